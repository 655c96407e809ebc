// npm run bench [-- --short]: each line is a ratio against a plain reference in the same run. CPU is the trustworthy column on a
// shared machine; the spread is the least and the greatest ratio of the pairs.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeEstate } from './estates.mjs';
import { benchFrontEnd } from './front-end.mjs';
import { benchHostGw } from './host-gw.mjs';
import { pairs } from './measure.mjs';
import { benchReach } from './reach.mjs';
import { benchRehearsal } from './rehearsal.mjs';
import { benchRos } from './ros.mjs';
import { benchRosDeploy } from './ros-deploy.mjs';
import { benchVerbs } from './verbs.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const short = process.argv.includes('--short');
const runs = short ? 3 : 7;
const app = [join(root, 'dist/bin/app.js')];
const plain = [join(root, 'bench/plain-app.cjs')];
const meissa = join(root, 'dist/bin/meissa.js');
const scratch = mkdtempSync(join(tmpdir(), 'meissa-bench-'));

try {
  const ten = estate('ten', { regions: 10, members: 400, membersPerStack: 100 });
  sameResources(ten);
  print(
    'synth 10 regions x 400 members / plain L1 app',
    pairs([app, { cwd: ten.folder }], [plain, plainOptions(ten)], runs),
    0.3,
    0.5,
  );

  const one = { cwd: ten.folder, env: { CDK_CONTEXT_JSON: JSON.stringify({ region: 'us-east-1' }) } };
  print(
    'one region of ten / plain L1 app of that region',
    pairs([app, one], [plain, plainOptions(ten, ['us-east-1'])], runs),
    1.25,
  );

  const fifty = estate('fifty', { regions: 50, members: 400, membersPerStack: 100 });
  const oneOfFifty = { ...one, cwd: fifty.folder };
  print('one region of fifty / one region of ten', pairs([app, oneOfFifty], [app, one], runs), 1.1);

  if (!short) {
    const large = estate('large', { regions: 50, members: 1000, membersPerStack: 100 });
    print(
      'synth 50 regions x 1,000 members / plain L1 app',
      pairs([app, { cwd: large.folder }], [plain, plainOptions(large)], 1),
      0.15,
      0.25,
    );
  }

  benchVerbs(scratch, short, print);
  bytesPerMember(ten);
  benchRos(scratch, short, print);
  await benchRosDeploy(short);
  benchReach(short);
  benchRehearsal(scratch, short);
  await benchHostGw(short);
  await benchFrontEnd(short);
  if (!short) collection();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** Two whole collections: a few minutes, so not in the short form. Needs root, for namespaces, and the real parts. */
function collection() {
  const script = ['--require', join(root, 'test/child/typescript.cjs'), join(root, 'bench/collection.ts')];
  execFileSync(process.execPath, script, { cwd: root, stdio: 'inherit' });
}

function estate(name, spec) {
  const folder = join(scratch, name);
  mkdirSync(folder);
  const regions = writeEstate(folder, spec);
  return { folder, spec: { ...spec, regions } };
}

function plainOptions({ folder, spec }, only) {
  const text = join(folder, 'user-data.txt');
  const userData = execFileSync(process.execPath, [meissa, 'user-data', 'us-east-1/core/storage', '--root', folder], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  writeFileSync(text, userData);
  return { env: { BENCH_USER_DATA: text, BENCH_SPEC: JSON.stringify({ ...spec, only }) } };
}

/** The reference is only fair if it makes the same resources: counted by type over both outputs. */
function sameResources(made) {
  const count = (args, options) => {
    const out = mkdtempSync(join(scratch, 'out-'));
    execFileSync(process.execPath, args, {
      cwd: made.folder,
      env: { ...process.env, CDK_VALIDATION: 'false', ...options.env, CDK_OUTDIR: out },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const types = {};
    for (const file of readdirSync(out).filter((f) => f.endsWith('.template.json'))) {
      for (const { Type } of Object.values(JSON.parse(readFileSync(join(out, file), 'utf8')).Resources))
        types[Type] = (types[Type] ?? 0) + 1;
    }
    return types;
  };
  const ours = count(app, {});
  const theirs = count(plain, plainOptions(made));
  const differing = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].filter((type) => ours[type] !== theirs[type]);
  const total = Object.values(ours).reduce((a, b) => a + b, 0);
  if (differing.length > 0)
    throw new Error(
      `the plain app is not the same estate: ${differing.map((t) => `${t} ${ours[t] ?? 0} / ${theirs[t] ?? 0}`).join(', ')}`,
    );
  console.log(`both make ${total} resources of ${Object.keys(ours).length} types`);
}

/** Bytes of the written templates by member, with the fleet's user-data in them. */
function bytesPerMember(made) {
  const out = mkdtempSync(join(scratch, 'out-'));
  execFileSync(process.execPath, app, {
    cwd: made.folder,
    env: { ...process.env, CDK_VALIDATION: 'false', CDK_OUTDIR: out },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const shards = readdirSync(out).filter((f) => f.endsWith('.template.json') && f.includes('storage'));
  const bytes = shards.reduce((sum, file) => sum + readFileSync(join(out, file)).length, 0);
  const members = made.spec.regions.length * made.spec.members;
  console.log(`template bytes a member: ${Math.round(bytes / members)} (with user-data, one data volume; at most 2200)`);
}

function print(what, { a, b, cpuRatio, spread, memoryRatio }, cpuGoal, memoryGoal) {
  const verdict = (value, goal) => (goal === undefined ? '' : value <= goal ? ` (goal ${goal}: met)` : ` (goal ${goal}: MISSED)`);
  console.log(
    `${what}: CPU ${cpuRatio.toFixed(3)}x${verdict(cpuRatio, cpuGoal)} [${spread.map((s) => s.toFixed(3)).join(' to ')}], ` +
      `${a.cpu.toFixed(2)} / ${b.cpu.toFixed(2)} s; memory ${memoryRatio.toFixed(2)}x${verdict(memoryRatio, memoryGoal)}, ${Math.round(a.peakMb)} / ${Math.round(b.peakMb)} MB`,
  );
}
