/** `meissa rehearse`: the deploy in virtual time, from whatever stands, with whatever goes wrong; nothing is touched. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkJson } from '../../lib/estate/schema/json-check';
import timelineSchema from '../../schemas/timeline.schema.json';
import { exampleCopy, meissa, removeCopies, type Said } from './run';

jest.setTimeout(120_000);
afterEach(removeCopies);

const rehearse = (root: string, ...args: string[]) => meissa('rehearse', ...args, '--root', root);

interface Told {
  readonly seconds: number;
  readonly killed?: number;
  readonly stacks: readonly { path: string; outcome: string; status?: string; reason?: string; from: number; to: number }[];
  readonly steps: readonly { stack: string; logicalId: string; type: string; act: string; from: number; to: number }[];
  readonly hosts: readonly { name: string; from: number; to?: number }[];
  readonly exchanges: readonly { name: string; hosts: number }[];
}

const told = ({ stdout }: Said): Told => JSON.parse(stdout);

function edit(root: string, from: string, to: string, file = 'sa-east-1'): void {
  const path = join(root, `regions/${file}.yaml`);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
}

function committed(): string {
  const root = exampleCopy();
  for (const args of [
    ['init', '-q'],
    ['add', '-A'],
    ['commit', '-qm', 'first'],
  ])
    execFileSync('git', ['-C', root, '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args]);
  return root;
}

test('from nothing the largest region of the example stands in less than a quarter of an hour (its six brokers come one by one, front ends and mirrors beside them), every stack after what it needs', async () => {
  const root = exampleCopy();
  const said = await rehearse(root, 'us-east-1', '--json');
  const { seconds, stacks, hosts } = told(said);
  expect(said.code).toBe(2);
  expect(new Set(stacks.map(({ outcome, status }) => `${outcome} ${status}`))).toEqual(new Set(['created CREATE_COMPLETE']));
  expect(seconds).toBeLessThan(15 * 60);
  const run = (id: string) => stacks.find(({ path }) => path === `us-east-1/${id}`)!;
  expect(run('core-voters').from).toBeGreaterThanOrEqual(run('network').to);
  expect(run('collection-brokers').from).toBeGreaterThanOrEqual(run('collection-controllers').to);
  for (const fleet of ['front-ends-1', 'mirrors-1'])
    expect(run(`collection-${fleet}`).to).toBeLessThan(run('collection-brokers').to);
  expect(hosts).toEqual([]);
  expect(checkJson(timelineSchema, JSON.parse(said.stdout)).problems).toEqual([]);
});

test('a change of all hosts of a collection takes controllers, then brokers, then front ends and mirrors', async () => {
  const root = committed();
  edit(root, '4.3.1-1', '4.3.2-1', 'artifacts.lock');
  const { stacks } = told(await rehearse(root, 'us-east-1', '--from', 'HEAD', '--json'));
  const run = (id: string) => stacks.find(({ path }) => path === `us-east-1/collection-${id}`)!;
  for (const fleet of ['front-ends-1', 'mirrors-1'])
    for (const [before, after] of [['controllers', 'brokers'] as const, ['brokers', fleet] as const]) {
      expect(run(before).outcome).toBe('updated');
      expect(run(after).from).toBeGreaterThanOrEqual(run(before).to);
    }
});

test('in words: when each stack begins and ends, a bar beside the others, how long in all, and when hosts are well', async () => {
  const { code, stdout, stderr } = await rehearse(exampleCopy(), 'sa-east-1');
  expect(code).toBe(2);
  expect(stdout).toMatch(/^The deploy in time, from nothing: \d+:\d\d in all\n\d+ steps /);
  expect(stdout).toMatch(/^ +0:00 +\d:\d\d {2}sa-east-1\/network +#+ +created, longest NatAG1 1:45$/m);
  expect(stdout).toMatch(/\nNo host stops\.\n17 new hosts are well, the first at \d+:\d\d, the last at \d+:\d\d\.\n$/);
  expect(stderr).toContain('sa-east-1-core-voters-1');
});

test('from a revision: only what changed, voters one at a time behind their gates, and nothing to do where nothing changed', async () => {
  const root = committed();
  const same = await rehearse(root, 'sa-east-1', '--from', 'HEAD');
  expect([same.code, same.stdout]).toEqual([0, 'From HEAD: nothing to do (9 stacks unchanged).\n']);
  edit(root, 'instanceType: m5.large', 'instanceType: m5.xlarge');
  const said = await rehearse(root, 'sa-east-1', '--from', 'HEAD', '--json');
  const { stacks, steps, hosts } = told(said);
  expect(said.code).toBe(2);
  const touched = stacks.filter(({ outcome }) => outcome !== 'unchanged').map(({ path, outcome }) => `${path} ${outcome}`);
  expect(touched).toEqual(['sa-east-1/core-voters updated']);
  const restarts = steps.filter(({ act }) => act === 'interrupt');
  expect(restarts.map(({ logicalId }) => logicalId)).toEqual(['M1InstanceG1', 'M2InstanceG1', 'M3InstanceG1']);
  const names = [1, 2, 3].map((n) => `sa-east-1-core-voters-${n}`);
  expect(hosts.map(({ name }) => name)).toEqual(names);
  for (const [n, host] of hosts.slice(1).entries()) expect(host.from).toBeGreaterThanOrEqual(hosts[n]!.to!);
  expect(checkJson(timelineSchema, JSON.parse(said.stdout)).problems).toEqual([]);
  const words = await rehearse(root, 'sa-east-1', '--from', 'HEAD');
  expect(words.stdout).toMatch(/\n {2}0:00-1:00 {2}interrupt M1InstanceG1 \(AWS::EC2::Instance\): .*InstanceType/);
  expect(words.stdout).toContain('\n3 hosts stop, at most 1 at once:\n  sa-east-1-core-voters-1  0:00-2:15 (135 s)\n');
});

test('a cluster whose generation is raised over its data is an error with a name, a reason and a way out: exit code 1', async () => {
  const root = committed();
  edit(root, 'generation: 1', 'generation: 2');
  const said = await rehearse(root, 'sa-east-1', '--from', 'HEAD');
  expect([said.code, said.stdout]).toEqual([1, expect.stringMatching(/x CLUSTER_EMPTIED:sa-east-1\/core/)]);
  expect(said.stdout).toMatch(/\n {4}why: .+\n {4}way out: .+/);
});

test('from a folder that synth wrote', async () => {
  const root = exampleCopy();
  await meissa('synth', 'sa-east-1', '--root', root, '--out', join(root, 'before/cdk.out'));
  expect((await rehearse(root, 'sa-east-1', '--from', join(root, 'before'))).code).toBe(0);
  edit(root, 'max: 40', 'max: 44');
  const said = await rehearse(root, 'sa-east-1', '--from', join(root, 'before'), '--json');
  expect(told(said).steps.map(({ stack, act }) => `${stack} ${act}`)).toEqual(['sa-east-1/core-adserver update']);
});

test('a resource that fails fails its stack, and what comes after is not begun: exit code 1', async () => {
  const root = exampleCopy();
  const said = await rehearse(root, 'sa-east-1', '--fail-at', 'sa-east-1/core-voters/M2InstanceG1', '--json');
  const { stacks } = told(said);
  expect(said.code).toBe(1);
  const voters = stacks.find(({ path }) => path === 'sa-east-1/core-voters');
  expect(voters).toMatchObject({ outcome: 'failed', status: 'CREATE_FAILED' });
  expect(voters?.reason).toMatch(/M2InstanceG1 \(AWS::EC2::Instance\): Internal failure \(--fail-at\)/);
  expect(stacks.find(({ path }) => path === 'sa-east-1/core-adserver')?.outcome).toBe('skipped');
  const words = await rehearse(root, 'sa-east-1', '--fail-at', 'AWS::EC2::NatGateway');
  expect(words.stdout).toContain('\nsa-east-1/network: failed\n  x ROLLBACK_COMPLETE: NatAG1 (AWS::EC2::NatGateway): ');
  const never = await rehearse(committed(), 'sa-east-1', '--from', 'HEAD', '--fail-at', 'M2InstanceG1');
  expect([never.code, never.stderr]).toEqual([0, expect.stringContaining('--fail-at M2InstanceG1 never struck')]);
});

test('killed at a step and run again, the deploy finishes with all that it would have made', async () => {
  const root = exampleCopy();
  const whole = told(await rehearse(root, 'sa-east-1', '--json'));
  for (const step of [3, 60, 120]) {
    const said = await rehearse(root, 'sa-east-1', '--kill-at', String(step), '--json');
    const killed = told(said);
    expect([said.code, killed.killed]).toEqual([2, expect.any(Number)]);
    expect(killed.stacks.map(({ path, outcome, status }) => [path, outcome, status])).toEqual(
      whole.stacks.map(({ path }) => [path, 'created', 'CREATE_COMPLETE']),
    );
    const made = (one: Told) => one.steps.map(({ stack, logicalId }) => `${stack}/${logicalId}`).sort();
    expect(made(killed)).toEqual(made(whole));
  }
});

test('clouds that turn requests away, or whose answer gets lost, take longer and the same in every run', async () => {
  const root = exampleCopy();
  const run = async (...args: string[]) => told(await rehearse(root, 'sa-east-1', '--json', ...args)).seconds;
  const [plain, throttled, again, lost] = [
    await run(),
    await run('--throttle', '30%'),
    await run('--throttle', '30%'),
    await run('--lost-answer', '7'),
  ];
  expect(throttled).toBeGreaterThan(plain + 10);
  expect(again).toBe(throttled);
  expect(lost).toBeGreaterThan(plain + 30);
});

test('places of Aliyun and the links among regions are rehearsed too; what is needed elsewhere is named', async () => {
  const root = exampleCopy();
  const refused = await rehearse(root, 'cn-hangzhou');
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('write: meissa rehearse cn-beijing cn-hangzhou')]);
  const said = await rehearse(root, 'cn-beijing', 'cn-hangzhou', 'sa-east-1', 'us-east-1', '--json');
  expect(said.code).toBe(2);
  expect(new Set(told(said).stacks.map(({ outcome }) => outcome))).toEqual(new Set(['created']));
  expect(told(said).stacks.filter(({ path }) => path.startsWith('links/')).length).toBeGreaterThan(2);
});

test.each([
  [['--throttle', '0%'], 'BAD_NUMBER: --throttle 0% is no share of requests'],
  [['--throttle', '30'], 'BAD_NUMBER'],
  [['--kill-at', '0'], 'BAD_NUMBER: --kill-at 0 is no number of a step'],
  [['--lost-answer', 'x'], 'BAD_NUMBER'],
  [['--fail-at', 'M1InstanceG'], 'write: M1InstanceG1'],
  [['--from', 'no-such-branch'], 'NO_BASE: git'],
  [['--serve', '--throttle', '1%'], 'TWO_REHEARSALS'],
  [['--fresh', '--kill-at', '3'], 'TWO_REHEARSALS: --fresh asks for a cloud that answers, and --kill-at'],
])('%j is refused in words', async (args, words) => {
  const { code, stderr } = await rehearse(exampleCopy(), 'sa-east-1', ...args);
  expect([code, stderr]).toEqual([1, expect.stringContaining(words)]);
  expect(stderr).not.toContain('    at ');
});
