/**
 * A region of Aliyun that people worked on by hand: what `meissa status`, `drift` and `repair` make of it, on the embedded ROS and ECS. The
 * tests are one story: each begins where the one before it ended.
 */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { RpcClient } from '../../lib/aliyun/cloud';
import { type EmbeddedCloud, startEmbeddedCloud } from '../../lib/embedded-cloud';
import { ROOT } from '../child/run';
import { meissaOn } from './deployed-estate';
import { removeTemporaryFolders, temporaryFolder } from './example';

jest.setTimeout(180_000);

const ACCOUNT = '1111111111111111';
const REGION = 'cn-beijing';

let root: string;
let cloud: EmbeddedCloud;
const env = () => ({ ...cloud.env(), ...cloud.aliyun.env() });
const meissa = (...args: string[]) => meissaOn({ env }, root, ...args);
const world = () => cloud.region(REGION, ACCOUNT);
const stack = (id: string) => Object.values(world().stacks).find(({ name }) => name === `${REGION}-${id}`)!;
const host = (name: string) => Object.values(world().aliyun.instances).find((i) => i.name === `${REGION}-core-${name}`)!;
const ecs = (action: string, parameters: Record<string, string | string[]>) =>
  new RpcClient({ environment: env() }).call({
    product: 'ecs',
    region: REGION,
    action,
    parameters: { RegionId: REGION, ...parameters },
  });
const byHand = (id: string, logicalId: string) => cloud.ros.deleteByHand(world(), stack(id).id, logicalId);
const named = (id: string, pattern: RegExp) => Object.keys(stack(id).resources).find((logicalId) => pattern.test(logicalId))!;

beforeAll(async () => {
  root = temporaryFolder();
  cpSync(join(ROOT, 'test/estates/aliyun/regions'), join(root, 'regions'), { recursive: true });
  cloud = await startEmbeddedCloud({ aliyun: { account: ACCOUNT }, aliyunHosts: { bootMilliseconds: 10 } });
  const { code, stderr } = await meissa('deploy', REGION, '--yes');
  expect({ code, said: code === 0 ? '' : stderr }).toEqual({ code: 0, said: '' });
});
afterAll(async () => {
  await cloud.close();
  removeTemporaryFolders();
});

test('status shows every member with the word of ECS and its own', async () => {
  const { stdout } = await meissa('status', REGION);
  expect(stdout).toMatch(new RegExp(`  ${REGION}-core-voters-1  i-\\w+  running  runs with [0-9a-f]{12}  well`));
});

test('a route, a rule, a tag, a disk, a stopped and a deleted member are told by name, and put back: drift is clean', async () => {
  const others = () => [1, 2, 3, 4].filter((n) => n !== 2).map((n) => [host(`worker-${n}`)?.id, host(`worker-${n}`)?.starts]);
  await byHand('core-worker-1', 'M1RouteG1');
  await byHand('network', named('network', /^(?!SecurityGroupG|SecurityGroup\w+G1$).*(Ingress|Rule)/i));
  await ecs('UntagResources', { ResourceType: 'instance', ResourceId: [host('worker-3').id], TagKey: ['meissa:volume:data'] });
  await byHand('core-worker-1', 'M4AttachDataG1');
  await ecs('StopInstance', { InstanceId: host('voters-3').id });
  // ECS lets nobody delete what a route points at.
  await byHand('core-worker-1', 'M2RouteG1');
  await byHand('core-worker-1', 'M2InstanceG1');
  const { code, stdout } = await meissa('drift', REGION);
  expect(code).toBe(2);
  for (const words of [
    'worker-2 is gone',
    'voters-3 is stopped',
    'worker-3 differs',
    `route 172.24.48.0/24 to host ${REGION}-core-worker-1 is gone`,
  ])
    expect(stdout).toContain(words);
  const before = others();
  const ran = await meissa('repair', REGION, '--yes');
  expect({ code: ran.code, said: ran.code === 0 ? '' : ran.stderr }).toEqual({ code: 0, said: '' });
  expect(ran.stderr).toContain('put back: no drift');
  expect(host('voters-3').state).toBe('Running');
  expect(host('worker-3').tags['meissa:volume:data']).toMatch(/^d-/);
  expect(host('worker-2').disks).toHaveLength(1);
  expect(host('worker-4').disks).toHaveLength(1);
  expect(others()).toEqual(before);
});

test('a lost disk is left, with the command; made anew in two deploys, the old one is no longer of the stack', async () => {
  const disk = `${REGION}-core-worker-4/data`;
  await byHand('core-worker-1', 'M4AttachDataG1');
  await byHand('core-worker-1', 'M4VolumeData');
  const left = await meissa('repair', REGION, '--yes');
  expect(left.code).toBe(1);
  expect(left.stderr).toContain(`write: meissa replace --disk ${disk}`);
  const first = await meissa('replace', '--disk', disk, '--accept', disk);
  const command = /meissa (deploy [^;\n]*)/.exec(first.stderr)![1]!.split(' ');
  for (const args of [
    [...command, '--yes'],
    ['replace', '--disk', disk],
    ['deploy', REGION, '--yes'],
    ['drift', REGION],
  ]) {
    const { code, stderr } = await meissa(...args);
    expect({ args, code, said: code === 0 ? '' : stderr }).toEqual({ args, code: 0, said: '' });
  }
  expect(Object.keys(stack('core-worker-1').resources)).toEqual(expect.arrayContaining(['M4G2VolumeData', 'M4AttachDataG2']));
});
