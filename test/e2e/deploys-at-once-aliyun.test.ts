/**
 * Two `meissa deploy` of one Aliyun region at once, as processes of their own, and what becomes of a run that is killed. Judged by the
 * cloud's own world: events of stacks, restarts of hosts, manifests. The tests are one story.
 */
import { hostname } from 'node:os';
import { OssClient } from '../../lib/aliyun/cloud';
import { type Deploying, until } from './deployed-estate';
import { removeTemporaryFolders } from './example';
import { ACCOUNT, REGION, SmallAliyun, STACKS, WHOLE } from './small-aliyun';

jest.setTimeout(120_000);

const STORE = `${REGION}-core-store`;
const LEASE = 'meissa/lease';
const DEPLOY = ['deploy', REGION, '--yes'];
const PROFILES = ['clusters', 'core', 'fleets', 'store', 'profiles'];

let region: SmallAliyun;
let restarts: string[] = [];
beforeAll(async () => {
  region = await SmallAliyun.start({
    bootMilliseconds: 1500,
    onStart: ({ name, starts }) => {
      if (starts > 1) restarts.push(name);
      return 'healthy';
    },
  });
});
afterAll(async () => {
  await region.cloud.close();
  removeTemporaryFolders();
});

const world = () => region.cloud.region(REGION, ACCOUNT);
const bucket = () => {
  const found = Object.values(region.cloud.backend.world.ossBuckets).find((b) => b.region === REGION);
  if (found === undefined) throw new Error('no bucket stands');
  return found;
};
/** Operations that stacks began: `cn-hangzhou-base CREATE_IN_PROGRESS`. */
const begun = () =>
  Object.values(world().stacks).flatMap((stack) =>
    stack.events
      .filter((e) => e.logicalId === stack.name && e.status.endsWith('_IN_PROGRESS'))
      .map((e) => `${stack.name} ${e.status}`),
  );
const ends = async ({ ended, said }: Deploying) => ({ code: await ended, said: said() });
const profiles = (...names: string[]) => region.edit(`${REGION}.yaml`, PROFILES, names);

/** One went through, the other changed nothing and said who works. */
async function oneOfTwo(first: Deploying, second: Deploying): Promise<void> {
  const both = [await ends(first), await ends(second)];
  const pids = [first.child.pid, second.child.pid];
  const refused = both.findIndex(({ code }) => code === 1);
  expect(both.map(({ code }) => code).sort()).toEqual([0, 1]);
  const { said } = both[refused]!;
  expect(said).toContain('DEPLOYING_ALREADY');
  expect(said).toContain(`@${hostname()} (pid ${pids[1 - refused]})`);
  expect(said).toMatch(/works since \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/);
}

test('two first deploys, when no bucket stands: each stack is made once, one of the two goes through', async () => {
  const [first, second] = [region.start(DEPLOY), region.start(DEPLOY)];
  const both = [await ends(first), await ends(second)];
  expect(both.map(({ code }) => code)).toContain(0);
  // Who waited for the other's first stack may come when all is done, and finds nothing to do; else it says who works.
  for (const { code, said } of both) if (code !== 0) expect(said).toContain('DEPLOYING_ALREADY');
  expect(begun().sort()).toEqual(STACKS.map((name) => `${name} CREATE_IN_PROGRESS`));
  expect(region.stacks()).toEqual(WHOLE);
});

test.each([0, 400, 1500])('two that publish a configuration, %i ms apart: the host restarts once', async (apart) => {
  profiles('base', 'docker', ...(apart === 400 ? [] : ['updates']));
  restarts = [];
  const before = begun().length;
  const first = region.start(DEPLOY);
  await new Promise((resolve) => setTimeout(resolve, apart));
  await oneOfTwo(first, region.start(DEPLOY));
  expect(restarts).toEqual([`${STORE}-1`]);
  expect(begun().length - before).toBeLessThanOrEqual(1);
});

/** As another machine writes it. */
async function workedOnElsewhere(id: string, beat = 1): Promise<void> {
  const run = { id, pid: 7, host: 'ci-3', user: 'ann', verb: 'deploy', since: '2026-01-01T00:00:00Z', space: 'x', start: 'y/1' };
  const oss = new OssClient({ region: REGION, environment: region.env() });
  const text = `meissa-lease 1 ${JSON.stringify({ run, beat, released: false })}\n`;
  const written = () => oss.append(bucket().name, LEASE, text, bucket().objects[LEASE]?.size ?? 0);
  // Whoever works writes as well.
  for (let tried = 0; tried < 50; tried++) if ((await written()) !== undefined) return;
  throw new Error('the lease could not be written');
}

/** All but the lease: what a run that is kept out must not touch. */
const touched = () => JSON.stringify([begun(), restarts, Object.entries(bucket().objects).filter(([key]) => key !== LEASE)]);

test('another machine is working: nothing is touched, who it is is said; a destroy is kept out as well', async () => {
  profiles('base', 'docker');
  restarts = [];
  await workedOnElsewhere('20260101T000000Z-7-0123456789ab');
  const before = touched();
  for (const verb of [DEPLOY, ['destroy', REGION, '--including-data', '--yes']]) {
    const { code, stderr } = await region.meissa(verb);
    expect(code).toBe(1);
    expect(stderr).toContain('meissa deploy of ann@ci-3 (pid 7) works since 2026-01-01T00:00:00Z');
    expect(stderr).toContain('--take-over 20260101T000000Z-7-0123456789ab');
  }
  const { code } = await region.meissa([...DEPLOY, '--take-over', '20260101T000000Z-7-another-one']);
  expect(code).toBe(1);
  expect(touched()).toBe(before);
});

test('it is taken over from when it has not been heard of for three minutes', async () => {
  bucket().objects[LEASE]!.modified = new Date(Date.now() - 2.5 * 60_000).toISOString();
  expect((await region.meissa(DEPLOY)).code).toBe(1);
  bucket().objects[LEASE]!.modified = new Date(Date.now() - 3.5 * 60_000).toISOString();
  const { code, stderr } = await region.meissa(DEPLOY);
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  expect(restarts).toEqual([`${STORE}-1`]);
});

test('or at once, by the id that was said', async () => {
  await workedOnElsewhere('20260101T000000Z-7-0123456789ac');
  expect((await region.meissa([...DEPLOY, '--take-over', '20260101T000000Z-7-0123456789ac'])).code).toBe(0);
});

test('killed in the middle of a restart: this machine knows that it is dead, the next run goes on, the host restarts once', async () => {
  profiles('base', 'docker', 'updates');
  restarts = [];
  const first = region.start(DEPLOY);
  await until('the host restarts', () => restarts.length > 0);
  first.child.kill('SIGKILL');
  await first.ended;
  const { code, stderr } = await region.meissa(DEPLOY);
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  expect(restarts).toEqual([`${STORE}-1`]);
});

const manifest = () => Object.entries(bucket().objects).find(([key]) => key.endsWith('/manifest'))![1].digest;

test('a run that was taken over from stops before the next thing it changes: no host restarts', async () => {
  profiles('base', 'docker');
  restarts = [];
  const before = manifest();
  const first = region.start(DEPLOY);
  await until('the configuration is published', () => manifest() !== before);
  await workedOnElsewhere('20260101T000000Z-7-0123456789ad');
  const { code, said } = await ends(first);
  expect({ code, said }).toMatchObject({ code: 1, said: expect.stringContaining('LEASE_LOST') });
  expect(said).toContain('ann@ci-3');
  expect(restarts).toEqual([]);
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s: the lease is given back at the end', async (signal) => {
  profiles('base', 'docker', ...(signal === 'SIGTERM' ? ['updates'] : []));
  restarts = [];
  const first = region.start([...DEPLOY, '--take-over', '20260101T000000Z-7-0123456789ad']);
  await until('the host restarts', () => restarts.length > 0);
  first.child.kill(signal);
  await first.ended;
  const tail = await new OssClient({ region: REGION, environment: region.env() }).tail(bucket().name, LEASE, 1000);
  expect(tail?.content.toString().trimEnd().split('\n').at(-1)).toContain('"released":true');
});
