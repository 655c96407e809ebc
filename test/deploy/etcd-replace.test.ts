import { type EtcdMember, EtcdMembership } from '../../lib/deploy/etcd-members';
import { carryOut, planReplacement } from '../../lib/deploy/etcd-replace';

const LOST = { name: 'v-2-g1', peerUrl: 'http://10.9.40.16:2380' };

function member(n: number, rest: Partial<EtcdMember> = {}): EtcdMember {
  return {
    id: String(n),
    name: `v-${n}-g1`,
    peerUrls: [n === 2 ? LOST.peerUrl : `http://v${n}:2380`],
    clientUrls: [`http://v${n}:2379`],
    learner: false,
    ...rest,
  };
}

/** A cluster as it says it is; `sick` are the ids that don't say they are well. */
class Told extends EtcdMembership {
  readonly done: string[] = [];
  constructor(
    private members: EtcdMember[],
    private readonly sick: readonly string[],
  ) {
    super([], fetch);
  }
  override list = async () => this.members;
  override isHealthy = async (m: EtcdMember) => !this.sick.includes(m.id);
  override remove = async (id: string) => {
    this.done.push(`remove ${id}`);
    this.members = this.members.filter((m) => m.id !== id);
  };
  override addLearner = async (peerUrl: string) => {
    this.done.push(`add ${peerUrl}`);
    const made = member(4, { peerUrls: [peerUrl], name: '', clientUrls: [], learner: true });
    this.members = [...this.members, made];
    return made;
  };
  override promote = async (id: string) => void this.done.push(`promote ${id}`);
}

const QUIET = { say: () => {}, sleep: async () => {}, patience: 5000 };

test('a lost voter is removed, added as a learner and promoted', async () => {
  const cluster = new Told([member(1), member(2), member(3)], ['2']);
  const { steps } = await planReplacement(cluster, LOST);
  await carryOut(cluster, steps!, QUIET);
  expect(cluster.done).toEqual(['remove 2', `add ${LOST.peerUrl}`, 'promote 4']);
});

test('voters that are retired and not well are given up before another is added; one that is well stays for a person to take away', async () => {
  const retired = [{ name: 'v-1-g1', peerUrl: 'http://v1:2380' }];
  const comes = { name: 'v-5-g1', peerUrl: 'http://v5:2380' };
  const cluster = new Told([member(1), member(2), member(3)], ['1']);
  expect((await planReplacement(cluster, comes)).refused?.code).toBe('ETCD_UNWELL');
  const { steps } = await planReplacement(cluster, comes, retired);
  await carryOut(cluster, steps!, QUIET);
  expect(cluster.done).toEqual(['remove 1', 'add http://v5:2380', 'promote 4']);
  const well = await planReplacement(new Told([member(1), member(2), member(3)], []), comes, retired);
  expect(well.steps?.map(({ kind }) => kind)).toEqual(['add', 'promote']);
  const another = await planReplacement(new Told([member(1), member(2), member(3)], ['1', '3']), comes, retired);
  expect(another.refused?.message).toContain('v-3-g1 is not well');
});

test('interrupted after the removal it adds; after the addition it promotes', async () => {
  expect((await planReplacement(new Told([member(1), member(3)], []), LOST)).steps?.map((s) => s.kind)).toEqual([
    'add',
    'promote',
  ]);
  const added = member(2, { learner: true });
  expect((await planReplacement(new Told([member(1), added, member(3)], ['2']), LOST)).steps?.map((s) => s.kind)).toEqual([
    'promote',
  ]);
});

test('one that was added as a voter and has not started yet is left to start', async () => {
  expect(
    (await planReplacement(new Told([member(1), member(2, { name: '', clientUrls: [] }), member(3)], []), LOST)).steps,
  ).toEqual([]);
});

test.each([
  ['ETCD_NOT_LOST', [member(1), member(2), member(3)], []],
  ['ETCD_UNWELL', [member(1), member(2), member(3)], ['2', '3']],
  ['ETCD_LEARNER', [member(1), member(2), member(3, { learner: true })], ['2']],
  ['ETCD_ALONE', [member(2)], ['2']],
])('it refuses with %s', async (code, members, sick) => {
  const cluster = new Told(members, sick);
  expect((await planReplacement(cluster, LOST)).refused?.code).toBe(code);
  expect(cluster.done).toEqual([]);
});

test('a promotion is tried until the learner has caught up, and what etcd says last is said when it never does', async () => {
  const cluster = new Told([member(1), member(2, { learner: true }), member(3)], []);
  let tries = 0;
  cluster.promote = async () => {
    tries += 1;
    if (tries < 3) throw new Error('can only promote a learner member which is in sync with leader');
  };
  await carryOut(cluster, [{ kind: 'promote', peerUrl: LOST.peerUrl }], QUIET);
  expect(tries).toBe(3);
  cluster.promote = async () => {
    throw new Error('not in sync');
  };
  await expect(carryOut(cluster, [{ kind: 'promote', peerUrl: LOST.peerUrl }], QUIET)).rejects.toThrow('not in sync');
});

describe('a read while etcd elects', () => {
  const said = (status: number, body: object) =>
    ({ ok: status === 200, status, json: () => Promise.resolve(body) }) as unknown as Response;
  const electing = said(503, { message: 'etcdserver: leader changed' });

  test('is asked again until there is a leader', async () => {
    const answers = [electing, electing, said(200, { members: [{ ID: '7', name: 'v-1' }] })];
    const cluster = new EtcdMembership(['http://10.0.0.1:2379'], async () => answers.shift()!);
    expect((await cluster.list()).map((m) => m.id)).toEqual(['7']);
    expect(answers).toEqual([]);
  });

  test('any other answer is told at once', async () => {
    let asked = 0;
    const cluster = new EtcdMembership(['http://10.0.0.1:2379'], async () => {
      asked++;
      return said(503, { message: 'etcdserver: request timed out' });
    });
    await expect(cluster.list()).rejects.toThrow('request timed out');
    expect(asked).toBe(1);
  });
});
