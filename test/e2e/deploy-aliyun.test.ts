/**
 * Two Aliyun regions and a data centre, deployed by `meissa deploy` on the embedded ROS, with gates, rolls of configurations and every
 * way to be interrupted. The tests are one story: each begins where the one before it ended.
 */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { type EmbeddedCloud, startEmbeddedCloud } from '../../lib/embedded-cloud';
import { type Ran, ROOT } from '../child/run';
import { type Deploying, meissaOn, startMeissa, until } from './deployed-estate';
import { removeTemporaryFolders, temporaryFolder } from './example';

jest.setTimeout(240_000);

const ACCOUNT = '1111111111111111';
const REGIONS = ['cn-beijing', 'cn-hangzhou'];

let root: string;
let cloud: EmbeddedCloud;
/** By name: hosts that never become well. */
const silent = new Set<string>();
/** Every restart: who, and which members of the same fleet were not well at that moment. */
let restarts: { name: string; down: string[] }[] = [];
let heard = '';

beforeAll(async () => {
  root = temporaryFolder();
  cpSync(join(ROOT, 'test/estates/aliyun/regions'), join(root, 'regions'), { recursive: true });
  cloud = await startEmbeddedCloud({
    aliyun: { account: ACCOUNT },
    aliyunHosts: {
      bootMilliseconds: 100,
      onStart: ({ name, starts }) => {
        const fleet = name.replace(/-\d+$/, '');
        const others = instances().filter((i) => i.name !== name && i.name.startsWith(`${fleet}-`));
        if (starts > 1) restarts.push({ name, down: others.filter((i) => !i.applied.healthy).map((i) => i.name) });
        return silent.has(name) ? 'silent' : 'healthy';
      },
    },
  });
});
afterAll(async () => {
  await cloud.close();
  removeTemporaryFolders();
});

const env = () => ({ env: () => ({ ...cloud.env(), ...cloud.aliyun.env() }) });
const meissa = async (...args: string[]): Promise<Ran> => {
  const ran = await meissaOn(env(), root, ...args);
  heard += `${ran.stdout}${ran.stderr}`;
  return ran;
};
const json = async (...args: string[]) => {
  const ran = await meissa(...args, '--json');
  return { ...ran, document: JSON.parse(ran.stdout) };
};
const deploying = (...args: string[]): Deploying => startMeissa(env(), root, 'deploy', ...args, '--yes');
const regionOf = (name: string) => cloud.region(name, ACCOUNT);
const instances = () => REGIONS.flatMap((name) => Object.values(regionOf(name).aliyun.instances));
const members = (fleet: string) =>
  instances()
    .filter((i) => i.name.startsWith(`${fleet}-`))
    .sort((a, b) => a.name.localeCompare(b.name));
const statusOf = (name: string) =>
  Object.values(regionOf(name.split('-').slice(0, 2).join('-')).stacks).find((s) => s.name === name)?.status;

/** Changes what a fleet's hosts run with. */
function editProfiles(region: string, fleet: string, profiles: string[]): void {
  const file = join(root, 'regions', `${region}.yaml`);
  const document = parseDocument(readFileSync(file, 'utf8'));
  document.setIn(['clusters', 'core', 'fleets', fleet, 'profiles'], profiles);
  writeFileSync(file, String(document));
}

const WITH_UPDATES = ['base', 'docker', 'etcd', 'updates'];
const WITHOUT = WITH_UPDATES.slice(0, 3);

const succeeded = (ran: Ran) => expect({ code: ran.code, said: ran.code === 0 ? '' : ran.stderr }).toEqual({ code: 0, said: '' });

test('keys of another account are refused before anything is made', async () => {
  const other = { env: () => ({ ...cloud.env(), ...cloud.aliyun.env(), ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'wrong' }) };
  const ran = await meissaOn(other, root, 'deploy', 'cn-hangzhou', '--yes', '--json');
  expect(ran.code).toBe(1);
  expect(ran.stdout).toContain('CREDENTIALS_REFUSED');
  expect(regionOf('cn-hangzhou').stacks).toEqual({});
});

test('a region whose transit router needs the CEN of another one names what to deploy first', async () => {
  const { code, document } = await json('deploy', 'cn-hangzhou', '--yes');
  expect(code).toBe(1);
  expect(document.error).toMatchObject({ code: 'NEEDED_FIRST', fix: 'deploy it first or together: meissa deploy cn-beijing' });
});

test('killed while the network is made, while voters come one by one, and while a link is made; the next deploy finishes it all', async () => {
  for (const [what, holds] of [
    ['the network is begun', () => statusOf('cn-beijing-network') !== undefined],
    ['voter 2 comes', () => members('cn-beijing-core-voters').length === 2],
    ['workers come', () => members('cn-beijing-core-worker').length > 1],
    ['the links are begun', () => Object.values(regionOf('cn-beijing').stacks).some((s) => s.name.startsWith('links-'))],
  ] as const) {
    const { child, ended } = deploying(...REGIONS);
    await until(what, holds);
    child.kill('SIGKILL');
    expect(await ended).toBeNull();
  }
  const ran = await json('deploy', ...REGIONS, '--yes');
  succeeded(ran);
  const stacks = REGIONS.flatMap((name) => Object.values(regionOf(name).stacks)).filter((s) => s.status !== 'DELETE_COMPLETE');
  expect(stacks.map((s) => s.name).sort()).toEqual(ran.document.stacks.map((s: { name: string }) => s.name).sort());
  expect(stacks.filter((s) => !/^(CREATE|UPDATE)_COMPLETE$/.test(s.status)).map((s) => [s.name, s.status])).toEqual([]);
  expect(members('cn-beijing-core-voters')).toHaveLength(3);
  // No host had to be restarted for its first configuration.
  expect(restarts).toEqual([]);
});

test('deployed again nothing changes, and diff says so', async () => {
  cloud.aliyun.resetCalls();
  const { code, document, stderr } = await json('deploy', ...REGIONS, '--yes');
  expect({ code, outcome: document.outcome, said: code === 0 ? '' : stderr }).toEqual({
    code: 0,
    outcome: 'unchanged',
    said: '',
  });
  expect(cloud.aliyun.calls['ros.CreateStack']?.received ?? 0).toBe(0);
  expect((await json('diff', ...REGIONS)).code).toBe(0);
});

test('hosts of a security group reach each other by rule only; a group that is open inside is drift', async () => {
  const groups = () => REGIONS.flatMap((name) => cloud.aliyun.inventory(name).securityGroups);
  expect(new Set(groups().map(({ innerAccess }) => innerAccess))).toEqual(new Set(['Drop']));
  const group = Object.values(regionOf('cn-hangzhou').aliyun.groups)[0]!;
  group.innerAccess = 'Accept';
  const { code, stdout } = await meissa('drift', 'cn-hangzhou');
  expect(code).toBe(2);
  expect(stdout).toContain('access inside the group: by rule only expected, everything there');
  succeeded(await meissa('deploy', 'cn-hangzhou', '--yes'));
  expect(group.innerAccess).toBe('Drop');
});

test('where containers have addresses of their own no interface checks source or destination; a check that is on is drift', async () => {
  expect(await json('drift', 'cn-beijing')).toMatchObject({ code: 0, document: { drift: false } });
  const [worker] = members('cn-beijing-core-worker');
  const { interfaces } = regionOf('cn-beijing').aliyun;
  const primary = interfaces[worker!.interfaces[0]!]!;
  expect(primary.sourceDestCheck).toBe(false);
  primary.sourceDestCheck = true;
  const { code, stdout } = await meissa('drift', 'cn-beijing');
  expect(code).toBe(2);
  expect(stdout).toContain('source/destination check: off expected, on there');
  succeeded(await meissa('deploy', 'cn-beijing', '--yes'));
  expect(primary.sourceDestCheck).toBe(false);
});

test('a changed configuration rolls voters one at a time, lowest number first, each while the others are well', async () => {
  editProfiles('cn-beijing', 'voters', WITHOUT);
  restarts = [];
  const ran = await json('deploy', 'cn-beijing', '--yes');
  succeeded(ran);
  expect(restarts).toEqual([1, 2, 3].map((n) => ({ name: `cn-beijing-core-voters-${n}`, down: [] })));
  expect(ran.document.stacks.find((s: { path: string }) => s.path === 'cn-beijing/core-voters').outcome).toBe('updated');
  expect(new Set(members('cn-beijing-core-voters').map((i) => i.applied.digest)).size).toBe(1);
  expect(members('cn-beijing-core-voters').every((i) => i.applied.healthy)).toBe(true);
});

test('killed while it rolls, the next deploy goes on with the rest; instances, disks and addresses stay', async () => {
  editProfiles('cn-beijing', 'voters', WITH_UPDATES);
  restarts = [];
  const before = members('cn-beijing-core-voters').map(({ id, disks, interfaces }) => ({ id, disks, interfaces }));
  for (const count of [1, 2]) {
    const { child, ended } = deploying('cn-beijing');
    await until(`${count} voters were restarted`, () => restarts.length >= count);
    child.kill('SIGKILL');
    expect(await ended).toBeNull();
  }
  succeeded(await meissa('deploy', 'cn-beijing', '--yes'));
  expect(restarts.map((r) => r.down)).toEqual([[], [], []]);
  expect(restarts.map((r) => r.name)).toEqual([1, 2, 3].map((n) => `cn-beijing-core-voters-${n}`));
  expect(members('cn-beijing-core-voters').map(({ id, disks, interfaces }) => ({ id, disks, interfaces }))).toEqual(before);
});

test('interrupted while a voter does not come back: no other is touched, status says what is due, mended it goes on', async () => {
  editProfiles('cn-beijing', 'voters', WITHOUT);
  restarts = [];
  silent.add('cn-beijing-core-voters-2');
  const { child, ended, said } = deploying('cn-beijing');
  await until('voter 2 was restarted', () => restarts.length === 2);
  child.kill('SIGINT');
  await until('it was heard', () => said().includes('nothing new is started'));
  const { stdout } = await meissa('status', 'cn-beijing');
  expect(stdout).toMatch(/cn-beijing-core-voters-2 {2}.*not well/);
  expect(stdout).toMatch(/cn-beijing-core-voters-3 {2}i-\w+ {2}running {2}runs with \w+ {2}well {2}restart due/);
  expect(restarts.map((r) => r.name)).toEqual([1, 2].map((n) => `cn-beijing-core-voters-${n}`));
  // A person mends the host.
  silent.clear();
  regionOf('cn-beijing').aliyun.instances[members('cn-beijing-core-voters')[1]!.id]!.applied.healthy = true;
  expect(await ended).toBe(1);
  expect(said()).toContain('ROLL_INTERRUPTED');
  succeeded(await meissa('deploy', 'cn-beijing', '--yes'));
  expect(restarts.at(-1)).toEqual({ name: 'cn-beijing-core-voters-3', down: [] });
});

test('including its data everything goes, links first; what is kept is named', async () => {
  const refused = await json('destroy', ...REGIONS, '--yes');
  expect(refused.document.error.code).toBe('HOLDS_DATA');
  const { code, document, stderr } = await json('destroy', ...REGIONS, '--including-data', '--yes');
  expect({ code, said: code === 0 ? '' : stderr }).toEqual({ code: 0, said: '' });
  expect(document.kept.some((kept: { type: string }) => kept.type === 'ALIYUN::ECS::Disk')).toBe(true);
  const left = REGIONS.flatMap((name) => Object.values(regionOf(name).stacks)).filter((s) => s.status !== 'DELETE_COMPLETE');
  expect(left.map((s) => s.name)).toEqual([]);
});

test('no key and no secret was said by any of it', () => {
  const { ALIBABA_CLOUD_ACCESS_KEY_ID: id, ALIBABA_CLOUD_ACCESS_KEY_SECRET: secret } = cloud.aliyun.env();
  expect(heard.length).toBeGreaterThan(1000);
  expect(heard).not.toContain(id);
  expect(heard).not.toContain(secret);
  expect(heard).not.toMatch(/Signature=|SecurityToken=/);
});
