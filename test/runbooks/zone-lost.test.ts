/**
 * docs/runbooks/incidents/zone-lost.md on either cloud: its commands, one after the other as they stand there, on an embedded cloud whose
 * zone is gone. Judged by the cloud's own world: who restarted, where hosts stand. The tests of a cloud are one story.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import type { EmbeddedCloud, HostStart } from '../../lib/embedded-cloud';
import type { Ran } from '../child/run';
import { meissaOn } from '../e2e/deployed-estate';
import { removeTemporaryFolders } from '../e2e/example';
import { RehearsedRegion } from '../e2e/rehearsed-region';
import { ACCOUNT, SmallAliyun } from '../e2e/small-aliyun';
import { ROOT } from '../root';
import { meissaCommands, shellLines } from './commands';
import { FakeEtcd } from './fake-etcd';

jest.setTimeout(180_000);

const page = readFileSync(join(ROOT, 'docs/runbooks/incidents/zone-lost.md'), 'utf8');
/** In the order of the page. Its blocks are indented where they belong to a step. */
const commands = shellLines(page.replaceAll(/^ {3}/gm, '')).filter((line) => line.startsWith('meissa '));

interface Story {
  readonly region: string;
  readonly zones: readonly [string, string, string];
  readonly root: string;
  readonly cloud: Pick<EmbeddedCloud, 'env' | 'tell'>;
  /** Addresses of the voters 1, 2, 3 and 5. */
  readonly addresses: readonly [string, string, string, string];
  stop(): Promise<void>;
}

let starts: string[] = [];
const onStart = ({ name }: Pick<HostStart, 'name'>) => {
  starts.push(name);
  return 'healthy' as const;
};

async function onAws(): Promise<Story> {
  const region = await RehearsedRegion.start({ bootMilliseconds: 10, onStart });
  const { code } = await region.cdk(['bootstrap', '--app', region.synth(), 'aws://111111111111/sa-east-1']);
  expect(code).toBe(0);
  return {
    region: 'sa-east-1',
    zones: ['sa-east-1a', 'sa-east-1b', 'sa-east-1c'],
    root: region.root,
    cloud: region.cloud,
    addresses: ['10.9.8.16', '10.9.40.16', '10.9.72.16', '10.9.40.17'],
    stop: () => region.stop(),
  };
}

const ALIYUN_VOTERS = {
  kind: 'members',
  quorum: 'etcd',
  count: 3,
  instanceType: 'ecs.g7.large',
  profiles: ['base', 'docker', 'etcd'],
  addresses: { first: 16, perZone: 16 },
  membersPerStack: 5,
};

async function onAliyun(): Promise<Story> {
  const region = await SmallAliyun.start({ onStart });
  const zones = ['cn-hangzhou-h', 'cn-hangzhou-j', 'cn-hangzhou-k'] as const;
  const etcd = { bootstrap: 'static', voters: 'voters' };
  region.edit('cn-hangzhou.yaml', ['clusters'], { core: { generation: 1, etcd, fleets: { voters: ALIYUN_VOTERS } } });
  const entry = { generation: 1, image: 'aliyun_3_x64_20G_alibase_20240819.vhd', rootGb: 20 };
  const entries = zones.map((zone, at) => [`core/voters/${at + 1}`, { ...entry, zone }]);
  region.edit('cn-hangzhou.members.lock.yaml', ['members'], Object.fromEntries(entries));
  return {
    region: 'cn-hangzhou',
    zones,
    root: region.root,
    cloud: { env: () => region.env(), tell: (said) => region.cloud.tell({ account: ACCOUNT, ...said }) },
    addresses: ['10.33.232.16', '10.33.40.16', '10.33.72.16', '10.33.40.17'],
    stop: async () => {
      await region.cloud.close();
      removeTemporaryFolders();
    },
  };
}

test('the page names every command that its story needs, and no other', () => {
  expect(commands).toEqual([
    'meissa status <region>',
    'meissa zone lost <region>/<zone> --dry-run',
    'meissa zone lost <region>/<zone>',
    'meissa validate',
    'meissa diff <region>',
    'meissa deploy <region>',
    'meissa pin <region>',
    'meissa diff <region>',
    'meissa deploy <region> --accept MEMBER_GOES:<region>/<cluster>-<voters>',
    'meissa etcd replace <region>-<cluster>-<voters>-<new> --yes',
    'meissa zone back <region>/<zone>',
    'meissa status <region>',
    'meissa drift <region>',
    'meissa deploy <region>',
    'meissa pin --tell <region>/<cluster>',
    'meissa deploy <region>',
  ]);
  expect(meissaCommands(page).length).toBeGreaterThanOrEqual(2);
});

describe.each([
  ['AWS', onAws],
  ['Aliyun', onAliyun],
] as const)('on %s', (_, begin) => {
  let story: Story;
  let etcd: FakeEtcd;
  const voter = (n: number) => `${story.region}-core-voters-${n}`;
  const peer = (at: number) => `http://${story.addresses[at]}:2380`;
  beforeAll(async () => {
    starts = [];
    story = await begin();
    etcd = new FakeEtcd([`${voter(1)}-g1`]);
    await etcd.start([1, 2, 3].map((n) => ({ name: `${voter(n)}-g1`, peer: peer(n - 1) })));
    const { code, stderr } = await run(`meissa deploy <region>`);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  });
  afterAll(async () => {
    await etcd.stop();
    await story.stop();
  });

  /** A command of the page with its names filled in; nobody is there to answer. */
  function run(command: string, ...more: string[]): Promise<Ran> {
    const names: Record<string, string> = {
      region: story.region,
      zone: story.zones[0],
      cluster: 'core',
      voters: 'voters',
      new: '5',
    };
    const [, ...words] = command.replaceAll(/<(\w+)>/g, (_all, name: string) => names[name]!).split(' ');
    const yes = words[0] === 'deploy' ? ['--yes'] : [];
    return meissaOn(story.cloud, story.root, ...words, ...yes, ...more);
  }
  const said = ({ stdout, stderr }: Ran): string => `${stdout}${stderr}`;
  const lock = (): string => readFileSync(join(story.root, `regions/${story.region}.members.lock.yaml`), 'utf8');
  function write(values: Record<string, unknown>): void {
    const path = join(story.root, `regions/${story.region}.yaml`);
    const document = parseDocument(readFileSync(path, 'utf8'));
    for (const [key, value] of Object.entries(values)) document.setIn(['clusters', 'core', 'fleets', 'voters', key], value);
    writeFileSync(path, String(document));
  }

  test('first it is looked at: what hangs by one is said, and nothing is written', async () => {
    story.cloud.tell({ incident: 'zone-lost', region: story.region, zone: story.zones[0] });
    const before = lock();
    const looked = await run(commands[1]!);
    expect(looked.code).toBe(2);
    expect(said(looked)).toContain('core/voters: 2 of 3 voters are left, 2 are needed: it hangs by one: restart none of them');
    expect(lock()).toBe(before);
    expect((await run(commands[0]!)).code).toBe(0);
  });

  test('written down it changes nothing of what stands, and a deploy finds nothing to do', async () => {
    starts = [];
    expect((await run(commands[2]!)).code).toBe(0);
    expect(lock()).toContain(`lostZones: [${story.zones[0]}]`);
    const diff = await run(commands[4]!);
    expect([diff.code, said(diff)]).toEqual([expect.any(Number), expect.not.stringMatching(/stop and start/)]);
    expect((await run(commands[5]!)).code).toBe(0);
    expect(starts.filter((name) => /voters/.test(name))).toEqual([]);
  });

  test('a changed text is refused while the zone is lost', async () => {
    write({ instanceType: story.region === 'sa-east-1' ? 'm5.xlarge' : 'ecs.g7.xlarge' });
    const refused = await run(commands[5]!);
    expect(refused.code).toBe(1);
    expect(said(refused)).toMatch(/QUORUM_LOST.*core-voters/);
    expect(starts.filter((name) => /voters/.test(name))).toEqual([]);
    write({ instanceType: story.region === 'sa-east-1' ? 'm5.large' : 'ecs.g7.large' });
  });

  test('the next number would stand in the lost zone: `pin` says which to write, and what it says is enough', async () => {
    write({ count: 4, removed: [1] });
    const refused = await run(commands[6]!);
    expect(refused.code).toBe(1);
    const [, count, removed] = /write `count: (\d+)` and write `removed: \[([\d, ]+)\]`/.exec(said(refused)) ?? [];
    write({ count: Number(count), removed: removed!.split(', ').map(Number) });
    const pinned = await run(commands[6]!);
    expect(pinned.code).toBe(0);
    expect(said(pinned)).toContain(`\`meissa etcd replace ${voter(5)} --yes\``);
    expect(lock()).toContain('core/voters/5:');
  });

  test('another voter comes, the lost one goes, and no other host restarts', async () => {
    starts = [];
    const diff = said(await run(commands[7]!));
    expect(diff).toContain('no host stops');
    const deploying = run(commands[8]!);
    // Beside the deploy, which holds the region and waits at the gate.
    const replaced = await run(commands[9]!, '--endpoint', etcd.url);
    expect({ code: replaced.code, said: replaced.code === 0 ? '' : said(replaced) }).toEqual({ code: 0, said: '' });
    expect(etcd.changes).toEqual([`remove ${voter(1)}-g1`, `add ${peer(3)}`, `promote ${peer(3)}`]);
    const { code, stderr } = await deploying;
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    expect(starts).toEqual([voter(5)]);
  });

  test('the zone is back: it is written so, and nothing is left to do', async () => {
    story.cloud.tell({ incident: 'zone-back', region: story.region, zone: story.zones[0] });
    expect((await run(commands[10]!)).code).toBe(0);
    expect(lock()).not.toContain('lostZones');
    await run(commands[11]!);
    starts = [];
    expect((await run(commands[13]!)).code).toBe(0);
    expect(starts.filter((name) => /voters/.test(name))).toEqual([]);
  });

  test('on a quiet day all are told of the voters of today, which restart one at a time', async () => {
    starts = [];
    expect((await run(commands[14]!)).code).toBe(0);
    const { code, stderr } = await run(commands[15]!);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    expect(starts.filter((name) => /voters/.test(name)).sort()).toEqual([2, 3, 5].map(voter));
  });
});
