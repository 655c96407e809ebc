// What a rehearsal in virtual time costs: the example's nine AWS regions, made and then changed; and how time and memory grow with an estate.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeEstate } from './estates.mjs';
import { once } from './measure.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const NINE = 'us-east-1,us-west-1,us-west-2,eu-west-1,ap-northeast-1,ap-south-1,ap-southeast-1,ap-southeast-2,sa-east-1';
/** Seconds: of first deploy and change together, of a diff; MB of the largest estate. */
const GOALS = { both: 5, diff: 2, peakMb: 1500 };
const meissa = join(root, 'dist/bin/meissa.js');

export function benchRehearsal(scratch, short) {
  const changed = join(scratch, 'rolled');
  mkdirSync(changed);
  cpSync(join(root, 'regions'), join(changed, 'regions'), { recursive: true });
  const file = join(changed, 'regions/estate.yaml');
  const text = readFileSync(file, 'utf8');
  const other = text.replace(/^profiles:\n/m, "profiles:\n  base: { sysctl: { kernel.panic: '7' } }\n");
  if (other === text) throw new Error(`nothing to edit in ${file}`);
  writeFileSync(file, other);
  const nothing = once(['-e', '0']).cpu;
  const { first, roll, peakMb } = rehearsed(root, NINE, changed);
  const both = first + roll;
  console.log(
    `rehearsed: first deploy of nine regions and a rolling change: ${both.toFixed(1)} CPU s (${first.toFixed(1)} + ${roll.toFixed(1)}), ` +
      `${(both / nothing).toFixed(0)}x node -e 0, ${peakMb.toFixed(0)} MB${both > GOALS.both ? `; over ${GOALS.both} s` : ''}`,
  );
  diffed(scratch, nothing);
  for (const count of short ? [5] : [10, 25, 50]) grown(scratch, count);
}

/** Hosts of one region of ten get another type; then one text of every host changes, so that all templates differ and all hosts restart. */
function diffed(scratch, nothing) {
  const folder = join(scratch, 'diffed');
  writeEstate(folder, { regions: 10, members: 400, membersPerStack: 100 });
  const git = (...args) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=bench', '-c', 'user.email=bench@localhost', ...args]);
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'before');
  const edit = (name, from, to) => {
    const file = join(folder, 'regions', name);
    const text = readFileSync(file, 'utf8');
    if (!text.includes(from)) throw new Error(`nothing to edit in ${file}`);
    writeFileSync(file, text.replace(from, to));
  };
  const say = (what, goal) => {
    const { cpu, peakMb } = once([meissa, 'diff', '--base', 'HEAD', '--root', folder], { exits: [2] });
    const over = goal !== undefined && cpu > goal ? `; over ${goal} s` : '';
    console.log(
      `diff of 4,000 hosts, ${what}: ${cpu.toFixed(1)} CPU s, ${(cpu / nothing).toFixed(0)}x node -e 0, ${peakMb.toFixed(0)} MB${over}`,
    );
  };
  edit('ap-south-1.yaml', 'instanceType: r5.xlarge', 'instanceType: r5.2xlarge');
  say('those of one region get another type', GOALS.diff);
  edit('estate.yaml', 'base: {', "base: { sysctl: { kernel.panic: '7' },");
  say('all of whose user-data changed');
}

function grown(scratch, count) {
  const folder = join(scratch, `rehearsed-${count}`);
  writeEstate(folder, { regions: count, members: 1000, membersPerStack: 100 });
  const { emit, first, hosts, peakMb } = rehearsed(folder, 'all');
  console.log(
    `rehearsed: ${count} regions x 1,000 members: ${first.toFixed(1)} CPU s, ${((first / hosts) * 1e6).toFixed(0)} us a host (emitted in ` +
      `${emit.toFixed(1)} CPU s), ${peakMb.toFixed(0)} MB${peakMb > GOALS.peakMb ? `; over ${GOALS.peakMb} MB` : ''}`,
  );
}

function rehearsed(...args) {
  const options = { encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, NO_COLOR: '1', CDK_VALIDATION: 'false' } };
  return JSON.parse(execFileSync(process.execPath, [join(root, 'bench/rehearse-process.cjs'), ...args], options));
}
