import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SYSTEM_CLOCK } from '../../../lib/aliyun/cloud/clock';
import { OssClient } from '../../../lib/aliyun/cloud/oss';
import { RpcClient } from '../../../lib/aliyun/cloud/rpc';
import { templateText } from '../../../lib/aliyun/ros';
import { applyStack, RosClient } from '../../../lib/aliyun/ros-client';
import type { EmbeddedAliyun } from '../../../lib/embedded-cloud';
import { emit, inland } from '../../aliyun/fixtures';
import { RosCloud } from './ros-cloud';

const REGION = 'cn-beijing';
const ACCOUNT = '1111111111111111';
const assembly = emit(inland(), [REGION]);
const clock = { ...SYSTEM_CLOCK, sleep: (milliseconds: number) => SYSTEM_CLOCK.sleep(milliseconds / 100) };

/** Deploys the region from its first stack to its last, as a deploy does that knows nothing of one before it. */
async function deploy(aliyun: EmbeddedAliyun): Promise<string[]> {
  const environment = aliyun.env(REGION) as NodeJS.ProcessEnv;
  const client = new RosClient({ region: REGION, rpc: new RpcClient({ environment, clock }) });
  const oss = new OssClient({ region: REGION, environment, clock });
  const kinds: string[] = [];
  for (const stack of assembly.manifest.stacks) {
    for (const { bucket, manifestKey, objectKey, digest, file } of stack.configurations) {
      await oss.put(bucket, objectKey, assembly.configurations.get(file) ?? '');
      if (manifestKey !== undefined) await oss.put(bucket, manifestKey, `meissa-config 1\n${digest}\n`);
    }
    const parameters: Record<string, string> = {};
    for (const [name, from] of Object.entries(stack.parameters))
      parameters[name] = (await client.stackOutputs(from.stack))[from.output] as string;
    const template = assembly.templates.get(stack.path);
    if (!template) throw new Error(stack.path);
    const { name, tags, timeoutMinutes, disableRollback } = stack;
    const request = { name, template: templateText(template), parameters, tags, timeoutMinutes, disableRollback };
    const outcome = await applyStack(client, request, { watching: { firstMs: 500, longestMs: 1500, patienceMs: 3000 } });
    if (outcome.kind === 'failed') throw new Error(JSON.stringify(outcome.problem));
    kinds.push(outcome.kind);
  }
  return kinds;
}

/** What stands when the last hosts are up too (no stack waits for a worker's), without ids that chance gives. */
async function standing(ros: RosCloud): Promise<unknown> {
  const until = Date.now() + 20_000;
  while (ros.cloud.aliyun.inventory(REGION).hosts.some((h) => !h.healthy) && Date.now() < until)
    await new Promise((resolve) => setTimeout(resolve, 20));
  const { stacks, hosts, vpcs, vSwitches, disks, securityGroups, scalingGroups } = ros.cloud.aliyun.inventory(REGION);
  return {
    stacks: stacks.map((s) => `${s.name} ${/_COMPLETE$/.test(s.status)} ${Object.keys(s.outputs)}`),
    // An elastic host's address is whichever was free.
    members: hosts
      .filter((h) => h.group === undefined)
      .map((h) => `${h.name} ${h.privateIp} ${h.applied} ${h.healthy} ${h.disks.length}`),
    elastic: hosts.filter((h) => h.group !== undefined).length,
    counts: [vpcs, vSwitches, disks, securityGroups, scalingGroups].map((list) => list.length),
  };
}

async function whole(): Promise<unknown> {
  const ros = await RosCloud.start({ aliyun: { account: ACCOUNT } });
  try {
    await deploy(ros.cloud.aliyun);
    return await standing(ros);
  } finally {
    await ros.close();
  }
}

let undisturbed: unknown;
beforeAll(async () => {
  undisturbed = await whole();
});

test.each([2, 9, 20, 33, 47, 60, 74])(
  'ended after %i events, a second deploy on the same world finishes, and nothing stands twice',
  async (events) => {
    const folder = mkdtempSync(join(tmpdir(), 'meissa-world-'));
    try {
      const first = await RosCloud.start({ aliyun: { account: ACCOUNT }, stateDir: folder });
      const region = first.cloud.aliyun.region(REGION);
      const count = () => Object.values(region.stacks).reduce((n, s) => n + s.events.length, 0);
      let over = false;
      const going = deploy(first.cloud.aliyun).then(
        () => (over = true),
        () => undefined,
      );
      while (count() < events && !over) await new Promise((resolve) => setImmediate(resolve));
      await first.close();
      expect(over).toBe(false);
      const second = await RosCloud.start({ aliyun: { account: ACCOUNT }, stateDir: folder });
      try {
        await going;
        await deploy(second.cloud.aliyun);
        expect(await standing(second)).toEqual(undisturbed);
        expect(new Set(await deploy(second.cloud.aliyun))).toEqual(new Set(['unchanged']));
      } finally {
        await second.close();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
