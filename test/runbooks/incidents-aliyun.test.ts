/**
 * Incidents of a region of Aliyun, each made on the embedded cloud and ended by the commands of its page. The tests are one story: each
 * ends with the region as it should be, which is where the next begins. Of a lost zone and a lost lock: their own tests; of a bad roll that
 * of AWS, for a deploy here waits a minute at least, in real time, for a host that does not come back.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../e2e/deployed-estate';
import { removeTemporaryFolders, temporaryFolder } from '../e2e/example';
import { ACCOUNT, REGION, SmallAliyun } from '../e2e/small-aliyun';
import { takeLeakedKeyAway } from './leaked-key';
import { lockArtifacts } from './locked-artifacts';
import { OnCall } from './on-call';

jest.setTimeout(240_000);

const VOTERS = `${REGION}-core-voters`;
const STORE = `${REGION}-core-store-1`;
const IMAGE = 'aliyun_3_x64_20G_alibase_20240819.vhd';

const FLEETS = {
  voters: {
    ...{ kind: 'members', quorum: 'etcd', count: 3, instanceType: 'ecs.g7.large', profiles: ['base', 'docker', 'etcd'] },
    ...{ addresses: { first: 16, perZone: 16 }, membersPerStack: 5 },
  },
  store: {
    ...{ kind: 'members', count: 1, instanceType: 'ecs.g7.large', profiles: ['base', 'docker'], zones: ['cn-hangzhou-h'] },
    ...{ addresses: { first: 64, perZone: 16 }, membersPerStack: 5 },
    volumes: { data: { device: '/dev/sdg', gb: 200, type: 'gp3', mount: '/srv/data' } },
  },
};

let region: SmallAliyun;
let oncall: OnCall;
let downloads: string;

const FILE = `${REGION}.yaml`;
const tell = (incident: string, said: Record<string, string> = {}) => region.cloud.tell({ incident, ...said });
const world = () => region.cloud.region(REGION, ACCOUNT);
const host = (name: string) => Object.values(world().aliyun.instances).find((each) => each.name === name)!;
const disksOf = (name: string) => host(name).disks.map((id) => world().aliyun.disks[id]!);
const bucket = () => Object.values(region.cloud.backend.world.ossBuckets)[0]!;

/** All stacks are whole, all members are there and run, nothing drifted, and there is nothing to do. */
async function well(): Promise<void> {
  expect(region.stacks().filter((each) => !/ (CREATE|UPDATE|CHECK)_COMPLETE$/.test(each))).toEqual([]);
  for (const name of [1, 2, 3].map((n) => `${VOTERS}-${n}`).concat(STORE)) expect(host(name)).toMatchObject({ state: 'Running' });
  expect(await oncall.shell(`meissa drift ${REGION}`)).toContain('no drift');
  expect(await oncall.shell(`meissa deploy ${REGION}`)).toMatch(/no changes/);
}

beforeAll(async () => {
  region = await SmallAliyun.start();
  const etcd = { bootstrap: 'static', voters: 'voters' };
  region.edit(FILE, ['clusters'], { core: { generation: 1, etcd, fleets: FLEETS } });
  region.edit(`${REGION}.members.lock.yaml`, ['members'], {});
  downloads = lockArtifacts(region.root);
  oncall = new OnCall({ root: region.root, home: temporaryFolder(), env: () => region.env() });
  await oncall.shell(`meissa pin ${REGION}; meissa deploy ${REGION}; meissa artifacts push ${REGION} --from ${downloads}`);
  await oncall.commit('The estate');
});
afterAll(async () => {
  await region.cloud.close();
  removeTemporaryFolders();
});

test('a voter terminated', async () => {
  tell('host-gone', { region: REGION, host: `${VOTERS}-2` });
  const said = await oncall.follow('voter-terminated', { region: REGION });
  expect(said).toContain(`host ${VOTERS}-2 is gone`);
  await well();
});

test('a stopped deploy', async () => {
  region.edit(FILE, ['clusters', 'core', 'fleets', 'voters', 'instanceType'], 'ecs.g7.xlarge');
  const { child, ended } = region.start(['deploy', REGION, '--yes']);
  await until('voter 1 is changed', () => host(`${VOTERS}-1`).type === 'ecs.g7.xlarge', 90);
  child.kill('SIGKILL');
  await ended;
  await oncall.follow('stopped-deploy', { region: REGION });
  expect(host(`${VOTERS}-3`).type).toBe('ecs.g7.xlarge');
  await well();
  await oncall.commit('Larger voters');
});

test('a rule changed by hand', async () => {
  const group = Object.values(world().aliyun.groups).find(({ rules }) =>
    rules.some((r) => r.direction === 'ingress' && r.ports.startsWith('2380/')),
  )!;
  tell('rule-gone', { region: REGION, group: group.id, port: '2380' });
  const place = { region: REGION, from: `${VOTERS}-1`, to: `${VOTERS}-2`, port: '2380/tcp' };
  await oncall.follow('route-changed', place);
  await well();
});

test('a disk that is full', async () => {
  const filled = { region: REGION, 'old size': '200', 'new size': '300' };
  await oncall.follow('broker-disk', filled, [1]);
  expect(disksOf(STORE)).toMatchObject([{ size: 300 }]);
  await well();
  await oncall.commit('Larger disks');
});

test('a disk that is dead', async () => {
  const { id } = disksOf(STORE)[0]!;
  tell('volume-lost', { region: REGION, volume: `${STORE}/data` });
  await oncall.follow('broker-disk', { region: REGION, host: STORE, volume: 'data', stack: 'core-store-1' }, [3]);
  expect(disksOf(STORE).map((disk) => disk.id)).toEqual([expect.not.stringContaining(id)]);
  await well();
  await oncall.commit('A new disk');
});

test('a leaked key', async () => {
  await takeLeakedKeyAway(oncall, REGION, (keys) => region.edit(FILE, ['profiles', 'base', 'sshAuthorizedKeys'], keys));
  await well();
  await oncall.commit('One key less');
});

test('a bucket emptied, and one gone', async () => {
  const { name } = bucket();
  const at = { region: REGION, folder: downloads };
  const artifacts = () => Object.keys(bucket().objects).filter((each) => /^[0-9a-f]{64}$/.test(each));
  const pushed = artifacts();
  expect(pushed.length).toBeGreaterThan(0);
  const configured = () => Object.keys(bucket().objects).filter((each) => each.endsWith('/manifest'));
  const manifests = configured();
  tell('bucket-emptied', { bucket: name });
  await oncall.follow('key-or-bucket-gone', at, [7]);
  expect([artifacts(), configured()]).toEqual([pushed, manifests]);
  await well();
  const { versioned, properties } = structuredClone(bucket());
  tell('bucket-gone', { bucket: name });
  await oncall.follow('key-or-bucket-gone', { ...at, 'cloud-region': REGION, bucket: name }, [0, 5, 7]);
  expect([artifacts(), configured()]).toEqual([pushed, manifests]);
  expect(bucket()).toMatchObject({ versioned: false, properties: { RedundancyType: 'ZRS', AccessControl: 'private' } });
  // What is left to a person, and as the console does it.
  await expect(oncall.shell(`meissa repair ${REGION} --dry-run`)).rejects.toThrow(
    /VersioningConfiguration[\s\S]*by hand in the console/,
  );
  Object.assign(bucket(), { versioned, properties });
  await well();
});

test('an image gone, and a member that was made from it', async () => {
  const newer = 'aliyun_3_x64_20G_alibase_20251030.vhd';
  tell('image-gone', { region: REGION, image: IMAGE });
  tell('host-gone', { region: REGION, host: STORE });
  const failing = (verb: string) => oncall.shell(`meissa ${verb} ${REGION}`).catch((error: Error) => error.message);
  expect(await failing('repair')).toMatch(/REPAIR_HALF_DONE[\s\S]*meissa deploy/);
  expect(await failing('deploy')).toMatch(/IMAGE_GONE[\s\S]*aliyun\.image[\s\S]*image-gone\.md/);
  const said = { region: REGION, host: STORE, image: IMAGE, 'newer image': newer };
  await oncall.follow('image-gone', said, [0, 3, 5]);
  expect(host(STORE)).toMatchObject({ image: newer, state: 'Running' });
  await oncall.follow('image-gone', { region: REGION }, [4]);
  await well();
  await oncall.commit('A newer image');
});

test('somebody else deploys', async () => {
  region.edit(FILE, ['clusters', 'core', 'fleets', 'voters', 'instanceType'], 'ecs.g7.2xlarge');
  const both = [1, 2].map(() => region.start(['deploy', REGION, '--yes']));
  const ends = await Promise.all(both.map(async ({ ended, said }) => ({ code: await ended, said: said() })));
  expect(ends.map(({ code }) => code).sort()).toEqual([0, 1]);
  const refused = ends.find(({ code }) => code === 1)!.said;
  expect(refused).toMatch(/DEPLOYING_ALREADY[\s\S]*since[\s\S]*--take-over/);
  await well();
  await oncall.commit('Voters larger still');
});

test('a CVE', async () => {
  const file = join(downloads, 'etcd-v3.5.99-linux-amd64.tar.gz');
  writeFileSync(file, 'mended');
  const said = await oncall.follow('cve', { region: REGION, name: 'etcd', version: '3.5.99', file, folder: downloads });
  expect(said).toMatch(/etcd 3\.5\.99 .*uploaded/);
  expect(await oncall.shell(`meissa versions ${REGION}`)).not.toContain('3.5.21');
  await well();
});
