// node bench/ros-deploy.mjs [--short]: a deploy of many regions while the API turns three calls of ten away, against the same deploy that
// is never turned away: what is counted is how often each action is called. Made anew from nothing, then changed: one more member a region
// and another configuration, with which every member restarts. The product's own deploy core, on two embedded clouds in this process.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeAliyunEstate } from './ros-estate.mjs';

const require = createRequire(import.meta.url);
const ACCOUNT = '1111111111111111';
/** Source: "Speed" of the Aliyun issue. */
const GOAL = 3;
const SHARE = 0.3;

export async function benchRosDeploy(short) {
  const size = short ? { regions: 3, members: 3 } : { regions: 10, members: 10 };
  const needed = await counted(size);
  const made = await counted(size, { share: SHARE, seed: 7 });
  const ratios = [...new Set([...Object.keys(needed.calls), ...Object.keys(made.calls)])]
    // What is not needed at all is one too many already.
    .map((action) => ({ action, ratio: (made.calls[action] ?? 0) / Math.max(1, needed.calls[action] ?? 0) }))
    .sort((a, b) => b.ratio - a.ratio);
  const [worst] = ratios;
  const total = ({ calls }) => Object.values(calls).reduce((a, b) => a + b, 0);
  const verdict = worst.ratio <= GOAL ? 'met' : 'MISSED';
  console.log(
    `deploy of ${size.regions} Aliyun regions x ${size.members} members under ${SHARE * 100} % throttling / without: ` +
      `calls of the worst action ${worst.ratio.toFixed(2)}x (goal ${GOAL}: ${verdict}) [${worst.action}], ` +
      `all ${(total(made) / total(needed)).toFixed(2)}x, ${total(made)} / ${total(needed)} calls, ${made.throttled} turned away; ` +
      `${made.seconds.toFixed(0)} / ${needed.seconds.toFixed(0)} s`,
  );
  if (process.env.BENCH_VERBOSE === '1')
    for (const { action, ratio } of ratios)
      console.log(`  ${action} ${ratio.toFixed(2)}x: ${made.calls[action] ?? 0} / ${needed.calls[action] ?? 0}`);
}

/** Calls by action of a deploy and of an update, and how long both took. */
async function counted({ regions, members }, throttle) {
  const { startEmbeddedCloud } = require('../dist/lib/embedded-cloud/index.js');
  const root = mkdtempSync(join(tmpdir(), 'meissa-bench-'));
  const cloud = await startEmbeddedCloud({ aliyun: { account: ACCOUNT } });
  try {
    cloud.aliyun.throttle(throttle);
    const began = performance.now();
    const membersPerStack = members + 1;
    const names = writeAliyunEstate(root, { regions, members, membersPerStack });
    await deploy(root, names, cloud);
    writeAliyunEstate(root, { regions, members: members + 1, membersPerStack });
    for (const name of names) configureOtherwise(join(root, 'regions', `${name}.yaml`));
    await deploy(root, names, cloud);
    const seconds = (performance.now() - began) / 1000;
    mustStand(cloud, names, members + 1);
    const counts = Object.entries(cloud.aliyun.calls);
    return {
      seconds,
      calls: Object.fromEntries(counts.map(([action, count]) => [action, count.received])),
      throttled: counts.reduce((sum, [, count]) => sum + count.throttled, 0),
    };
  } finally {
    await cloud.close();
    rmSync(root, { recursive: true, force: true });
  }
}

function configureOtherwise(file) {
  writeFileSync(file, readFileSync(file, 'utf8').replace('profiles: [base, docker]', 'profiles: [base, docker, updates]'));
}

async function deploy(root, names, cloud) {
  const { deployTarget } = require('../dist/lib/cli/verbs/deploy-target.js');
  const { withEmitted } = require('../dist/lib/cli/verbs/deploy-emission.js');
  const { deployStacks } = require('../dist/lib/deploy/deploy.js');
  const { AliyunEngine } = require('../dist/lib/deploy/aliyun/engine.js');
  const { RpcClient, SYSTEM_CLOCK } = require('../dist/lib/aliyun/cloud/index.js');
  const target = deployTarget({ root, today: new Date().toISOString().slice(0, 10) }, names);
  await withEmitted(target, target.links, async (stacks) => {
    // What is counted are calls. Things take a six-hundredth of their time here: waits between two looks are shortened, too, if less.
    const clock = { ...SYSTEM_CLOCK, sleep: (milliseconds) => SYSTEM_CLOCK.sleep(milliseconds / 20) };
    const rpc = new RpcClient({ environment: cloud.aliyun.env(), clock });
    const engines = new Map([['aliyun', new AliyunEngine({ rpc, accountOf: () => ACCOUNT })]]);
    const options = { concurrency: 2 * names.length, regionsAtOnce: names.length, failureTolerance: 0 };
    const listener = { started() {}, progress() {}, finished() {} };
    const report = await deployStacks({ stacks, engines, options, replace: [], listener });
    const failed = report.stacks.filter(
      ({ outcome }) => outcome !== 'created' && outcome !== 'updated' && outcome !== 'unchanged',
    );
    if (failed.length > 0)
      throw new Error(
        `the deploy of the benchmark did not finish: ${failed.map((s) => `${s.path} ${s.outcome}: ${s.error?.message}`).join('; ')}`,
      );
  });
}

/** A deploy that says it is done and isn't would be a cheap one. */
function mustStand(cloud, names, members) {
  for (const name of names) {
    const { hosts, stacks } = cloud.aliyun.inventory(name);
    const digests = new Set(hosts.map((host) => host.applied));
    const well = hosts.length === members && digests.size === 1 && hosts.every((host) => host.healthy && !host.sourceDestCheck);
    if (!well || !stacks.every((stack) => stack.status.endsWith('_COMPLETE')))
      throw new Error(`${name} does not stand as described`);
  }
}

if (process.argv[1] === new URL(import.meta.url).pathname) await benchRosDeploy(process.argv.includes('--short'));
