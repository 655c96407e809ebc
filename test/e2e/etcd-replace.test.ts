/** `meissa etcd replace` against a real etcd: three voters, one loses its data. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EtcdMembership } from '../../lib/deploy/etcd-members';
import { carryOut, planReplacement } from '../../lib/deploy/etcd-replace';
import { describeWithRealParts } from '../real-parts';

interface Voter {
  readonly name: string;
  readonly peer: string;
  readonly client: string;
  process?: ChildProcess;
}

describeWithRealParts(['etcd-3.5', 'etcdctl-3.5'], [], 'meissa etcd replace', (path) => {
  const folder = mkdtempSync(join(tmpdir(), 'meissa-etcd-'));
  let voters: Voter[] = [];

  beforeAll(async () => {
    const ports = await freePorts(6);
    voters = [1, 2, 3].map((n) => ({
      name: `v-${n}-g1`,
      peer: `http://127.0.0.1:${ports[2 * n - 2]}`,
      client: `http://127.0.0.1:${ports[2 * n - 1]}`,
    }));
    for (const voter of voters) start(voter, 'new', voters.map((v) => `${v.name}=${v.peer}`).join(','));
    await eventually(() => etcdctl('endpoint', 'health'));
    for (let i = 0; i < 50; i++) etcdctl('put', `key-${i}`, String(i));
  }, 60_000);

  afterAll(async () => {
    await Promise.all(voters.map(stop));
    rmSync(folder, { recursive: true, force: true });
  }, 30_000);

  test('a voter that lost its data votes again, with all of it', async () => {
    const lost = voters[1]!;
    const cluster = new EtcdMembership([voters[0]!.client, voters[2]!.client], fetch);
    const wish = { name: lost.name, peerUrl: lost.peer };
    expect((await planReplacement(cluster, wish)).refused?.code).toBe('ETCD_NOT_LOST');

    await stop(lost);
    rmSync(join(folder, lost.name), { recursive: true });
    const planned = await planReplacement(cluster, wish);
    expect(planned.steps?.map((s) => s.kind)).toEqual(['remove', 'add', 'promote']);
    const said: string[] = [];
    const done = carryOut(cluster, planned.steps!, { say: (words) => said.push(words), sleep: pause, patience: 30_000 });
    // What the host does by itself every 10 s: it starts as soon as the others list it as a member that was never started.
    await eventually(async () => {
      const members = await cluster.list();
      const own = members.find((m) => m.peerUrls.includes(lost.peer));
      if (own?.learner !== true) throw new Error('not added yet');
      start(lost, 'existing', members.map((m) => `${m.name || lost.name}=${m.peerUrls[0]}`).join(','));
    });
    await done;
    expect(said).toHaveLength(3);
    expect((await cluster.list()).map((m) => m.learner)).toEqual([false, false, false]);
    expect(
      execFileSync(path('etcdctl-3.5'), ['--endpoints', lost.client, 'get', 'key-49', '--print-value-only'], {
        encoding: 'utf8',
      }),
    ).toBe('49\n');
    expect((await planReplacement(cluster, wish)).refused?.code).toBe('ETCD_NOT_LOST');
  }, 60_000);

  test('while two of three are away it says so, and changes nothing', async () => {
    await stop(voters[1]!);
    await stop(voters[2]!);
    const cluster = new EtcdMembership([voters[0]!.client], fetch);
    await expect(planReplacement(cluster, { name: voters[1]!.name, peerUrl: voters[1]!.peer })).rejects.toThrow(
      /member\/list|no endpoint answers/,
    );
  }, 30_000);

  function start(voter: Voter, state: 'new' | 'existing', members: string): void {
    const urls = [
      '--listen-peer-urls',
      voter.peer,
      '--initial-advertise-peer-urls',
      voter.peer,
      '--listen-client-urls',
      voter.client,
      '--advertise-client-urls',
      voter.client,
    ];
    voter.process = spawn(
      path('etcd-3.5'),
      [
        '--name',
        voter.name,
        '--data-dir',
        join(folder, voter.name),
        ...urls,
        '--initial-cluster',
        members,
        '--initial-cluster-state',
        state,
      ],
      { stdio: 'ignore' },
    );
  }

  function etcdctl(...args: string[]): void {
    execFileSync(path('etcdctl-3.5'), ['--endpoints', voters.map((v) => v.client).join(','), ...args], { stdio: 'ignore' });
  }
});

function stop(voter: Voter): Promise<void> {
  const { process: child } = voter;
  voter.process = undefined;
  if (child === undefined || child.exitCode !== null) return Promise.resolve();
  return new Promise((done) => {
    child.once('close', () => done());
    child.kill('SIGKILL');
  });
}

async function eventually(check: () => unknown): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await check();
      return;
    } catch (error) {
      if (tries >= 100) throw error;
      await pause(200);
    }
  }
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Ports that nobody listens on; held together until all are known. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((done) => {
          const server = createServer().listen(0, '127.0.0.1', () => done(server));
        }),
    ),
  );
  const ports = servers.map((s) => (s.address() as { port: number }).port);
  await Promise.all(servers.map((s) => new Promise((done) => s.close(done))));
  return ports;
}
