// Emission for Aliyun: the whole of `meissa synth` (which also loads, checks, plans, renders user-data and lints) against an app of
// ros-cdk that only makes the same instances and routes.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pairs } from './measure.mjs';
import { writeAliyunEstate } from './ros-estate.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const meissa = join(root, 'dist/bin/meissa.js');
const plain = join(root, 'bench/plain-ros-app.cjs');
const require = createRequire(import.meta.url);

/** @param scratch folder for estates and output */
export function benchRos(scratch, short, print) {
  const folder = join(scratch, 'aliyun');
  mkdirSync(folder);
  writeAliyunEstate(folder, { regions: 1, members: 400, membersPerStack: 90 });
  const ours = [[meissa, 'synth', 'cn-beijing', '--root', folder], {}];
  const theirs = [[plain], plainOptions(folder)];
  sameMembers(folder, theirs);
  print(
    'synth of 400 host-gw members on Aliyun / ros-cdk app of their instances and routes',
    pairs(ours, theirs, short ? 3 : 7),
    0.3,
  );
}

function plainOptions(folder) {
  const { loadEstate } = require('../dist/lib/estate/read/load.js');
  const { planEstate } = require('../dist/lib/plan/plan.js');
  const { estate, findings } = loadEstate(folder);
  const errors = findings.filter((f) => f.severity === 'error');
  if (errors.length > 0) throw new Error(JSON.stringify(errors, undefined, 1));
  const [fleet] = planEstate(estate).regions[0].fleets;
  const members = fleet.members.map((m) => ({ ...m, range: m.containerRange }));
  const file = join(folder, 'members.json');
  writeFileSync(file, JSON.stringify({ members, userData: '#cloud-config\n'.padEnd(1900, '# bench\n') }));
  return { env: { BENCH_MEMBERS: file, BENCH_OUT: mkdtempSync(join(folder, 'plain-')) } };
}

/** The reference is only fair if it makes the same instances and routes: counted over both outputs. */
function sameMembers(folder, [args, { env }]) {
  execFileSync(process.execPath, [meissa, 'synth', 'cn-beijing', '--root', folder], { stdio: ['ignore', 'ignore', 'pipe'] });
  execFileSync(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
  const count = (out) => {
    const types = {};
    for (const file of readdirSync(out).filter((f) => f.endsWith('.template.json'))) {
      for (const { Type } of Object.values(JSON.parse(readFileSync(join(out, file), 'utf8')).Resources ?? {})) {
        if (Type === 'ALIYUN::ECS::Instance' || Type === 'ALIYUN::ECS::Route') types[Type] = (types[Type] ?? 0) + 1;
      }
    }
    return JSON.stringify(types, Object.keys(types).sort());
  };
  const [own, other] = [count(join(folder, 'aliyun.out')), count(env.BENCH_OUT)];
  if (own !== other) throw new Error(`the ros-cdk app is not the same: ${own} / ${other}`);
  console.log(`both make ${own} on Aliyun`);
}
