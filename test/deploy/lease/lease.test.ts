/** A lease over a store that writes only over what was read: whatever the order of readings and writings, one holds it at a time. */
import fc from 'fast-check';
import { type Lease, type LeaseStore, takeLease } from '../../../lib/deploy/lease/lease';
import { parseRecord } from '../../../lib/deploy/lease/record';
import { changeSetName, type DeployRun, runOfChangeSet } from '../../../lib/deploy/lease/run';
import { runs } from '../../runs';

const run = (id: string, more: Partial<DeployRun> = {}): DeployRun => ({
  id: `20260101T000000Z-1-${id}`,
  pid: 1,
  host: 'h',
  user: 'u',
  verb: 'deploy',
  since: '2026-01-01T00:00:00Z',
  space: `another machine ${id}`,
  start: '',
  ...more,
});

class Store implements LeaseStore {
  text = '';
  version = 0;
  age = 0;
  /** The next write is done and its answer lost: the client tries again, and meets what it wrote. */
  loses = false;
  constructor(private readonly turn: () => Promise<void> = async () => {}) {}

  order(version: string): number {
    return Number(version);
  }

  async read() {
    await this.turn();
    return this.version === 0 ? undefined : { text: this.text, version: String(this.version), age: this.age };
  }

  async write(text: string, over?: string) {
    await this.turn();
    if (over !== (this.version === 0 ? undefined : String(this.version))) return undefined;
    Object.assign(this, { text, version: this.version + 1, age: 0 });
    if (this.loses) {
      this.loses = false;
      return undefined;
    }
    return String(this.version);
  }
}

const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: { code?: string }) => String(error.code),
  );

test('in every interleaving at most one run is inside at a time, and a run that renews is the last that took it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 4 }), fc.boolean(), async (scheduler, runs, dies) => {
      const store = new Store(() => scheduler.schedule(Promise.resolve()));
      let inside = 0;
      const worked: string[] = [];
      const work = async (n: number) => {
        const lease = await takeLease(store, run(`r${n}`), { what: 'x' }).catch(() => undefined);
        if (lease === undefined) return;
        if ((await code(lease.renew())) !== 'done') return lease.release();
        inside++;
        expect(inside).toBe(1);
        worked.push(`r${n}`);
        await scheduler.schedule(Promise.resolve());
        inside--;
        if (!(dies && n === 0)) await lease.release();
      };
      const all = Promise.all(Array.from({ length: runs }, (_, n) => work(n)));
      await scheduler.waitFor(all);
      expect(worked.length).toBeGreaterThan(0);
    }),
    { numRuns: runs(300) },
  );
});

test('a write whose answer was lost is found to be ours', async () => {
  const store = new Store();
  store.loses = true;
  const lease = await takeLease(store, run('a'), { what: 'x' });
  store.loses = true;
  await lease.renew();
  await lease.release();
  expect(parseRecord(store.text)).toMatchObject({ released: true });
});

describe('who holds it', () => {
  let store: Store;
  let lease: Lease;
  beforeEach(async () => {
    store = new Store();
    lease = await takeLease(store, run('a'), { what: 'sa-east-1' });
  });
  afterEach(() => lease.release());

  test.each([
    ['heard of just now', 0, 'DEPLOYING_ALREADY'],
    ['heard of three minutes ago', 3 * 60_000, 'DEPLOYING_ALREADY'],
    ['not heard of for longer', 3 * 60_000 + 1, 'done'],
  ])('%s', async (_, age, outcome) => {
    store.age = age;
    expect(await code(takeLease(store, run('b'), { what: 'sa-east-1' }))).toBe(outcome);
  });

  test('taken over from, it changes nothing more and gives nothing back that is not its own', async () => {
    await takeLease(store, run('b'), { what: 'sa-east-1', takeOver: run('a').id });
    const held = store.text;
    expect(await code(lease.renew())).toBe('LEASE_LOST');
    await lease.release();
    expect(store.text).toBe(held);
  });

  test('each who takes it over has a larger fence; who wrote it first knows of nobody before, and has none', async () => {
    expect(lease.fence).toBeUndefined();
    const second = await takeLease(store, run('b'), { what: 'x', takeOver: run('a').id });
    const third = await takeLease(store, run('c'), { what: 'x', takeOver: run('b').id });
    expect(third.fence).toBeGreaterThan(second.fence!);
    await Promise.all([second, third].map((one) => one.release()));
  });

  test('something else in its place is held by nobody known: it can be taken over from, and runs out', async () => {
    Object.assign(store, { text: 'x\u001b[2K', version: 9 });
    await expect(takeLease(store, run('b'), { what: 'x' })).rejects.toMatchObject({
      code: 'DEPLOYING_ALREADY',
      fix: expect.stringContaining('--take-over unknown'),
    });
    expect(await code(takeLease(store, run('b'), { what: 'x', takeOver: 'unknown' }))).toBe('done');
  });
});

test('words of a record are held to patterns: nothing of it moves the cursor or names a run that is none', () => {
  fc.assert(
    fc.property(
      fc.record({ id: fc.string(), host: fc.string(), user: fc.string(), verb: fc.string(), since: fc.string() }),
      (words) => {
        const record = parseRecord(
          `meissa-lease 1 ${JSON.stringify({ run: { ...words, pid: 3, space: '', start: '' }, beat: 1 })}\n`,
        );
        for (const text of Object.values(record?.run ?? {})) expect(String(text)).toMatch(/^[\w .:@/-]*$/);
      },
    ),
  );
  for (const text of ['', '{}', 'meissa-lease 1 null', 'meissa-lease 1 {"run":null}', 'meissa-lease 1 {"run":{"id":1}}'])
    expect(parseRecord(text)).toBeUndefined();
});

test('a change set is named within the rules of CloudFormation whoever makes it, and the name says who', () => {
  fc.assert(
    fc.property(fc.string(), fc.string({ maxLength: 300 }), fc.integer({ min: 1, max: 4_194_304 }), (user, host, pid) => {
      const made = run('0123456789ab', { user, host: host || 'h', pid });
      const name = changeSetName({ ...made, id: `20260101T000000Z-${pid}-0123456789ab` });
      expect(name).toMatch(/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/);
      expect(runOfChangeSet(name)).toMatchObject({ pid, since: '2026-01-01T00:00:00Z' });
    }),
  );
  for (const name of ['cdk-deploy-change-set', 'meissa-mine', 'update-1']) expect(runOfChangeSet(name)).toBeUndefined();
});

test('what lies in the cloud tells a dead run of this machine from a live one, and nothing of the machine', async () => {
  const { newRun, lifeOfRun } = await import('../../../lib/deploy/lease/run');
  const own = newRun('deploy');
  expect(lifeOfRun(own)).toBe(own.space === '' ? 'elsewhere' : 'lives');
  // The pid was given again: another process started at another time.
  expect(lifeOfRun({ ...own, start: '1' })).toBe(own.space === '' ? 'elsewhere' : 'gone');
  expect(lifeOfRun({ ...own, space: own.space.replace(/./, 'x') })).toBe('elsewhere');
  expect(own.space).toMatch(/^([0-9a-f]{64})?$/);
});
