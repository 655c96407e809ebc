/** Hosts of an elastic fleet of Aliyun follow what is described: `meissa deploy` exchanges them, and stops at the first that isn't well. */
import type { AliyunHostBehaviour } from '../../lib/embedded-cloud';
import { removeTemporaryFolders } from './example';
import { ACCOUNT, REGION, SmallAliyun } from './small-aliyun';

jest.setTimeout(120_000);

const WEB = {
  kind: 'elastic',
  instanceType: 'ecs.c7.large',
  profiles: ['base', 'docker'],
  min: 2,
  max: 3,
  signalTimeout: 60,
  zones: ['cn-hangzhou-h'],
};

/** What the next hosts that start do. */
let behaviour: AliyunHostBehaviour = 'healthy';
let region: SmallAliyun;
beforeAll(async () => {
  region = await SmallAliyun.start({ onStart: () => behaviour });
  region.edit(`${REGION}.yaml`, ['clusters'], { core: { generation: 1, fleets: { web: WEB } } });
  region.edit(`${REGION}.members.lock.yaml`, ['members'], {});
});
afterAll(async () => {
  await region.cloud.close();
  removeTemporaryFolders();
});

const DEPLOY = ['deploy', REGION, '--yes'];
const hosts = () => Object.values(region.cloud.region(REGION, ACCOUNT).aliyun.instances);
const applied = () => [...new Set(hosts().map((host) => host.applied.digest))];
const described = (journal: string) =>
  region.edit(`${REGION}.yaml`, ['clusters', 'core', 'fleets', 'web', 'parameters'], { base: { journalMaxUse: journal } });

test('a first deploy publishes what its hosts fetch, before they are made', async () => {
  const { code, stderr } = await region.meissa(DEPLOY);
  expect({ code, said: code === 0 ? '' : stderr }).toEqual({ code: 0, said: '' });
  expect(hosts()).toHaveLength(2);
  const before = applied();
  expect(before).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
  expect((await region.json(['diff', REGION])).code).toBe(0);
});

test('another configuration: the diff says that hosts are exchanged, the deploy does it, and nothing is left to do', async () => {
  const [digest] = applied();
  const ids = hosts().map(({ id }) => id);
  described('333M');
  const diff = await region.meissa(['diff', REGION]);
  expect([diff.code, diff.stdout]).toEqual([2, expect.stringMatching(/every host is exchanged, a batch at a\s+time/)]);
  expect(diff.stdout).toContain('SystemMaxUse=333M');
  const { code, stderr } = await region.meissa(DEPLOY);
  expect({ code, said: code === 0 ? '' : stderr }).toEqual({ code: 0, said: '' });
  expect(hosts()).toHaveLength(2);
  expect(hosts().filter(({ id }) => ids.includes(id))).toEqual([]);
  expect(applied()).not.toContain(digest);
  expect(applied()).toHaveLength(1);
  expect(await region.json(DEPLOY)).toMatchObject({ code: 0, document: { outcome: 'unchanged' } });
});

test('the first new host that does not get well stops it: the earlier ones run on, and the next deploy goes on', async () => {
  const ids = hosts().map(({ id }) => id);
  described('444M');
  behaviour = 'silent';
  const { code, document } = await region.json(DEPLOY);
  expect(code).toBe(1);
  expect(document.stacks.find(({ path }: { path: string }) => path === `${REGION}/core-web`).error).toMatchObject({
    code: 'HOST_NOT_WELL',
    message: expect.stringMatching(
      /^cn-hangzhou\/core\/web: after 60 s cn-hangzhou-core-web \(i-\w+\) is not well; no further host/,
    ),
  });
  expect(hosts().map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
  behaviour = 'healthy';
  // It gets well late.
  for (const host of hosts()) host.applied.healthy = true;
  const again = await region.meissa(DEPLOY);
  expect({ code: again.code, said: again.code === 0 ? '' : again.stderr }).toEqual({ code: 0, said: '' });
  expect(hosts().filter(({ id }) => ids.includes(id))).toEqual([]);
  expect(applied()).toHaveLength(1);
});
