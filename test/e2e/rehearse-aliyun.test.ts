/**
 * `meissa rehearse` of the example's Aliyun regions, with the links to its data centre, alone and beside a region of AWS. The tests are one
 * story on one embedded world. Whoever runs them seems to have keys of a real account everywhere; nothing may be asked with those.
 */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { type LinkedWorld, standsWhole } from '../../lib/cli/linked-world';
import type { AliyunInventory, RegionInventory } from '../../lib/embedded-cloud';
import { type Ran, ROOT } from '../child/run';
import { user as own } from '../credentials.json';
import { type Deploying, meissaOn, startMeissa, until } from './deployed-estate';
import { removeTemporaryFolders, temporaryFolder } from './example';
import { succeeded } from './rehearsed-region';

jest.setTimeout(240_000);

const INLAND = ['cn-beijing', 'cn-hangzhou'];

let root: string;
let state: string;
let home: string;
/** A real account, as far as this process can tell: whatever is asked of it is a fault. */
let account: Server;
let asked: string[] = [];

beforeAll(async () => {
  root = temporaryFolder();
  state = temporaryFolder();
  home = temporaryFolder();
  cpSync(join(ROOT, 'regions'), join(root, 'regions'), { recursive: true });
  // Hosts of AWS cost time and show nothing here.
  edit('sa-east-1.yaml', ['clusters'], {});
  edit('sa-east-1.members.lock.yaml', ['members'], {});
  account = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(500).end();
  });
  await new Promise<void>((listening) => account.listen(0, '127.0.0.1', listening));
});
afterAll(async () => {
  await new Promise((closed) => account.close(closed));
  removeTemporaryFolders();
});
afterEach(() => {
  expect(asked).toEqual([]);
  asked = [];
});

/** @param value undefined takes the key away */
function edit(file: string, path: string[], value: unknown): void {
  const name = join(root, 'regions', file);
  const document = parseDocument(readFileSync(name, 'utf8'));
  if (value === undefined) document.deleteIn(path);
  else document.setIn(path, value);
  writeFileSync(name, String(document));
}

/** Keys of a user in the environment, under old names and new, and in a profile. */
function user(): Record<string, string> {
  mkdirSync(join(home, '.aliyun'), { recursive: true });
  const profile = { name: 'real', mode: 'AK', access_key_id: 'LTAIuserprofile', access_key_secret: own.profileSecret };
  writeFileSync(join(home, '.aliyun', 'config.json'), JSON.stringify({ current: 'real', profiles: [profile] }));
  const url = `http://127.0.0.1:${(account.address() as AddressInfo).port}`;
  return {
    HOME: home,
    MEISSA_ALIYUN_ENDPOINT: url,
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'AKIA999999999999USER',
    AWS_SECRET_ACCESS_KEY: own.keySecret,
    ALIBABA_CLOUD_PROFILE: 'real',
    ALIBABA_CLOUD_ACCESS_KEY_ID: 'LTAIuserenvironment',
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: own.keySecret,
    ALIBABA_CLOUD_SECURITY_TOKEN: own.token,
    ALICLOUD_ACCESS_KEY: 'LTAIuserolder',
    ALICLOUD_SECRET_KEY: own.keySecret,
  };
}

const rehearse = (...args: string[]): Promise<Ran> => meissaOn({ env: user }, root, 'rehearse', ...args, '--state', state);

interface Told {
  readonly changed: boolean;
  readonly regions: readonly ({ readonly region: string } & (
    | ({ readonly provider: 'aliyun' } & AliyunInventory)
    | ({ readonly provider: 'aws' } & RegionInventory)
  ))[];
  readonly links: readonly LinkedWorld[];
}

const told = async (...args: string[]): Promise<Told> => JSON.parse(succeeded(await rehearse(...args, '--json')).stdout);

/** What is told of a region of Aliyun. */
function inventory({ regions }: Told, name: string): AliyunInventory {
  const found = regions.find(({ region }) => region === name);
  if (found?.provider !== 'aliyun') throw new Error(`${name} is not told of`);
  return found;
}

test('a region whose transit router needs the CEN of another one names the rehearsal that has both', async () => {
  const { code, stdout } = await rehearse('cn-hangzhou', '--json');
  expect(code).toBe(1);
  expect(JSON.parse(stdout).error).toMatchObject({ code: 'NEEDED_FIRST', fix: 'meissa rehearse cn-beijing cn-hangzhou' });
});

test('regions of two accounts are not rehearsed together', async () => {
  const before = ['cn-hangzhou.yaml', 'estate.yaml'].map((file) => [file, readFileSync(join(root, 'regions', file))] as const);
  edit('cn-hangzhou.yaml', ['aliyun'], { account: '2222222222222222' });
  // A transit link would be refused already, and without it nobody collects from there.
  edit('cn-hangzhou.yaml', ['clusters', 'collection', 'kafka', 'into'], 'cn-hangzhou');
  edit('estate.yaml', ['links', 'inland'], undefined);
  try {
    const { code, stdout } = await rehearse(...INLAND, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout).error.code).toBe('REHEARSAL_ONE_ACCOUNT');
  } finally {
    for (const [file, text] of before) writeFileSync(join(root, 'regions', file), text);
  }
});

test('killed while voters come one by one, a rehearsal leaves a world that the next one goes on with', async () => {
  const { child, said, ended } = startMeissa({ env: user }, root, 'rehearse', ...INLAND, '--state', state);
  await until('the first voter is there', () => /core-voters {2}M1InstanceG1 CREATE_COMPLETE/.test(said()));
  child.kill('SIGKILL');
  expect(await ended).toBeNull();
});

test('two regions with their link and those to the data centre stand as planned: hosts, configurations, routes, transit, line', async () => {
  const document = await told(...INLAND);
  expect(document.changed).toBe(true);
  const { stacks, hosts, routeTables, borderRouters, vpns } = inventory(document, 'cn-beijing');
  expect(stacks.filter((s) => !/^(CREATE|UPDATE)_COMPLETE$/.test(s.status))).toEqual([]);
  const voters = hosts.filter((h) => h.name.startsWith('cn-beijing-core-voters-'));
  expect(voters.map((h) => [h.name, h.privateIp])).toEqual([
    ['cn-beijing-core-voters-1', '10.32.232.16'],
    ['cn-beijing-core-voters-2', '10.32.72.16'],
    ['cn-beijing-core-voters-3', '10.32.104.16'],
  ]);
  for (const { applied, healthy } of voters) expect({ applied, healthy }).toEqual({ applied: voters[0]?.applied, healthy: true });
  expect(voters[0]?.applied).toMatch(/^[0-9a-f]{64}$/);
  const [system] = routeTables.filter((t) => t.system);
  expect(system?.routes).toContainEqual({
    destination: '172.24.0.0/24',
    hop: voters[0]?.instanceId,
    type: 'Instance',
    state: 'active',
  });
  expect(borderRouters).toMatchObject([{ vlan: 301, local: '192.168.255.1', peer: '192.168.255.2' }]);
  expect(vpns).toMatchObject([{ bgp: true }]);
  const { links } = document;
  expect(links.map((l) => `${l.path} ${l.kind}`).sort()).toEqual([
    'bj-idc--cn-beijing leased-line',
    'bj-idc--cn-beijing vpn',
    'cn-beijing--cn-hangzhou transit',
  ]);
  expect(links.filter((l) => !standsWhole(l))).toEqual([]);
  const inland = links.find((l) => l.kind === 'transit');
  const attachments = inland?.ends.map((end) => end.attachments);
  expect(attachments).toMatchObject([
    [{ kind: 'TR', state: 'available', associated: true, propagated: false }],
    [{ kind: 'TR', state: 'available', associated: true, propagated: false }],
  ]);
  expect(attachments?.[0]?.[0]?.id).toBe(attachments?.[1]?.[0]?.id);
  for (const end of inland?.ends ?? []) expect(end.routes.length).toBeGreaterThan(1);
});

test('rehearsed again, nothing changes; it is told in words', async () => {
  const { stderr } = succeeded(await rehearse(...INLAND));
  expect(stderr).toMatch(/^no changes$/m);
  expect(stderr).toMatch(/^Rehearsal: .*as meissa deploy does it.*No account, no credentials/m);
  expect(stderr).toMatch(
    /host {3}cn-beijing-core-worker-4 {2}10\.32\.232\.65 {2}i-\w+ {2}Running {2}configuration [0-9a-f]{12}$/m,
  );
  expect(stderr).toMatch(/host {3}\S+ {2}10\.33\.\d+\.\d+ {2}i-\w+ {2}Running {2}configuration [0-9a-f]{12}$/m);
  expect(stderr).toMatch(/route {2}vtb-\w+ {2}172\.28\.0\.0\/16 -> tr-attach-\w+$/m);
  expect(stderr).toMatch(/transit {2}cn-beijing-transit {2}10\.33\.0\.0\/16 -> tr-attach-\w+ \(TR\)$/m);
  expect(stderr).toMatch(/line {3}links-bj-idc--cn-beijing-line-line {2}pc-2zeexample VLAN 301 .*BGP 45104 - 65010 with BFD/);
  expect(stderr).toMatch(/cn-beijing {2}route System {2}172\.28\.0\.0\/16 -> tr-attach-\w+ {2}active/);
});

describe('kept up for another terminal', () => {
  let served: Deploying;
  let env: Record<string, string>;
  beforeAll(async () => {
    served = startMeissa({ env: user }, root, 'rehearse', ...INLAND, '--state', state, '--serve');
    await until('the environment is printed', () => /^npx meissa diff/m.test(served.said()));
    env = Object.fromEntries([...served.said().matchAll(/^export (\w+)='(.*)'$/gm)].map(([, name, value]) => [name!, value!]));
  });
  afterAll(async () => {
    served.child.kill('SIGINT');
    expect(await served.ended).toBe(0);
  });
  const meissa = (...args: string[]): Promise<Ran> => meissaOn({ env: () => env }, root, ...args);

  test('what is printed is the embedded cloud and its own keys, with no token of somebody else', () => {
    expect(env.MEISSA_ALIYUN_ENDPOINT).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(env.ALIBABA_CLOUD_ACCESS_KEY_ID).toMatch(/^LTAI/);
    expect(Object.keys(env).filter((name) => name.startsWith('AWS_'))).toEqual([]);
    expect(served.said()).toMatch(/^unset ALIBABA_CLOUD_SECURITY_TOKEN /m);
  });

  test('diff, drift and deploy find nothing to do', async () => {
    for (const args of [
      ['diff', ...INLAND],
      ['drift', 'cn-beijing'],
      ['status', 'cn-beijing'],
    ])
      succeeded(await meissa(...args));
    expect(succeeded(await meissa('deploy', ...INLAND, '--yes')).stderr).toMatch(/^no changes$/m);
  });

  test('an edited file is seen by diff and deployed', async () => {
    edit('cn-beijing.yaml', ['clusters', 'core', 'fleets', 'worker', 'profiles'], ['base', 'docker', 'etcd']);
    expect((await meissa('diff', 'cn-beijing')).code).toBe(2);
    succeeded(await meissa('deploy', 'cn-beijing', '--yes'));
    expect((await meissa('diff', 'cn-beijing')).code).toBe(0);
  });
});

test('what was deployed from another terminal stands in the next rehearsal; a region of AWS beside it goes by the CDK CLI', async () => {
  const document = await told(...INLAND, 'sa-east-1');
  expect(document.changed).toBe(true);
  expect(document.regions.map(({ region, provider }) => `${region} ${provider}`)).toEqual([
    'cn-beijing aliyun',
    'cn-hangzhou aliyun',
    'sa-east-1 aws',
  ]);
  expect(document.regions.find(({ region }) => region === 'sa-east-1')).toMatchObject({ vpcs: [{ cidr: '10.9.0.0/16' }] });
  const workers = inventory(document, 'cn-beijing').hosts.filter((h) => h.name.startsWith('cn-beijing-core-worker-'));
  // Every worker was restarted by the other terminal's deploy, and not again by this one.
  expect(workers.map((h) => h.starts)).toEqual([2, 2, 2, 2]);
});

test('a changed configuration is rolled by a rehearsal, and then nothing changes', async () => {
  edit('cn-beijing.yaml', ['clusters', 'core', 'fleets', 'voters', 'profiles'], ['base', 'docker', 'etcd']);
  const rolled = await told(...INLAND);
  expect(rolled.changed).toBe(true);
  const voters = inventory(rolled, 'cn-beijing').hosts.filter((h) => h.name.startsWith('cn-beijing-core-voters-'));
  expect(voters.map((h) => [h.starts, h.healthy])).toEqual([
    [2, true],
    [2, true],
    [2, true],
  ]);
  expect((await told(...INLAND)).changed).toBe(false);
});
