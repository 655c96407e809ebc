// node bench/rehearse-process.cjs <root> <regions, or "all"> [<root of the same, changed>]: rehearses the first deploy, and the change if there is
// one. Prints what each part took, CPU seconds, and the peak memory, MB, as JSON.
const { join } = require('node:path');

const dist = join(__dirname, '..', 'dist', 'lib');
const { deployTarget } = require(join(dist, 'cli/verbs/deploy-target.js'));
const { withEmitted } = require(join(dist, 'cli/verbs/deploy-emission.js'));
const { rehearsedStacks } = require(join(dist, 'cli/rehearsed-stacks.js'));
const { rehearseDeploy } = require(join(dist, 'rehearsal/rehearse.js'));

const silent = { say: () => undefined, style: (_, text) => text };
const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

async function timed(work) {
  const start = cpu();
  const value = await work();
  return { value, seconds: cpu() - start };
}

function emitted(root, regions) {
  const target = deployTarget({ root, json: false, output: silent }, regions === 'all' ? 'all' : regions.split(','));
  return withEmitted(target, target.links, async (stacks) => rehearsedStacks(stacks, target.estate));
}

async function main([root, regions, changed]) {
  const now = await timed(() => emitted(root, regions));
  const first = await timed(() => rehearseDeploy({ before: [], after: now.value }));
  const failed = first.value.stacks.find(({ outcome }) => outcome !== 'created');
  if (failed !== undefined) throw new Error(`${failed.path} ${failed.outcome}: ${failed.reason}`);
  const result = {
    emit: now.seconds,
    first: first.seconds,
    hosts: new Set(first.value.hosts.map(({ instanceId }) => instanceId)).size,
  };
  if (changed !== undefined) {
    const rolled = await emitted(changed, regions);
    const roll = await timed(() => rehearseDeploy({ before: now.value, after: rolled }));
    if (!roll.value.steps.some(({ act }) => act === 'interrupt')) throw new Error('the change restarts nobody');
    result.roll = roll.seconds;
  }
  console.log(JSON.stringify({ ...result, peakMb: process.resourceUsage().maxRSS / 1024 }));
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
