/**
 * A region with voters, deployed by `meissa deploy` on the embedded cloud: gates, policies, and every way to be interrupted. The tests
 * are one story: each begins where the one before it ended.
 */
import type { HostBehaviour, HostStart } from '../../lib/embedded-cloud';
import { type Deploying, meissaOn, startMeissa, until } from './deployed-estate';
import { REGION, RehearsedRegion, succeeded } from './rehearsed-region';

jest.setTimeout(180_000);

const VOTERS = `${REGION}-core-voters`;

let region: RehearsedRegion;
let behaviour: (host: HostStart) => HostBehaviour = () => 'healthy';

beforeAll(async () => {
  region = await RehearsedRegion.start({
    onStart: (host) => behaviour(host),
    bootMilliseconds: 10,
    // As a console is: with controls, and with what a script said that should not have.
    console: ({ name }) =>
      `[    1.0] Linux version 6.6\r\n\u001b[0;1;31m${name}: meissa-apply failed: aws_secret_access_key=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\u001b[0m\r\n`,
  });
  succeeded(await region.cdk(['bootstrap', '--app', region.synth(), `aws://111111111111/${REGION}`]));
});
afterAll(() => region.stop());

const meissa = (...args: string[]) => meissaOn(region.cloud, region.root, ...args);
const deploying = (): Deploying => startMeissa(region.cloud, region.root, 'deploy', REGION, '--yes');
const statusOf = (name: string) => region.inventory.stacks.find((s) => s.name === name)?.status;
const instances = () => region.inventory.hosts.filter((host) => /-(voters|storage)-/.test(host.name ?? '')).length;

async function killed(at: string, holds: () => boolean): Promise<void> {
  const { child, ended } = deploying();
  await until(at, holds);
  child.kill('SIGKILL');
  expect(await ended).toBeNull();
}

/** While a person mends hosts: their agents signal whichever gate is open. */
async function whileMending<T>(work: Promise<T>): Promise<T> {
  const mending = setInterval(() => {
    const { resources } = region.cloud.engine.stack(region.cloud.region(REGION), VOTERS);
    for (const [id, { status }] of Object.entries(resources)) {
      const [, number] = /^M(\d+)Gate/.exec(id) ?? [];
      if (number !== undefined && status === 'CREATE_IN_PROGRESS')
        region.signal('core-voters', id, region.host(`core-voters-${number}`).instanceId);
    }
  }, 100);
  try {
    return await work;
  } finally {
    clearInterval(mending);
  }
}

/** What a voter's stack did, each thing once. */
function passings(from: number): string[] {
  return [
    ...new Set(
      region.events('core-voters', from).flatMap((line) => {
        const [, member, what, status] = /^(M\d+)(Instance|Gate)\w+ \w+?_(IN_PROGRESS|COMPLETE)$/.exec(line) ?? [];
        return what === undefined || (what === 'Gate' && status !== 'COMPLETE') ? [] : [`${member} ${what} ${status}`];
      }),
    ),
  ];
}

test('killed while the network is made, while voters wait at a gate, and while fleets come: each further deploy goes on, and the last finishes', async () => {
  await killed('the network is begun', () => statusOf(`${REGION}-network`)?.endsWith('IN_PROGRESS') === true);
  behaviour = ({ name }) => (name?.endsWith('voters-2') ? 'silent' : 'healthy');
  await killed('voter 2 waits at its gate', () => region.inventory.hosts.some((host) => host.name === `${VOTERS}-2`));
  behaviour = () => 'healthy';
  await whileMending(killed('voter 3 comes', () => region.inventory.hosts.some((host) => host.name === `${VOTERS}-3`)));
  await killed('storage comes', () => instances() > 3);
  const ran = await meissa('deploy', REGION, '--yes', '--json');
  expect({ code: ran.code, said: ran.code === 0 ? '' : ran.stderr }).toEqual({ code: 0, said: '' });
  expect(region.inventory.stacks.map((s) => s.status).every((status) => /^(CREATE|UPDATE)_COMPLETE$/.test(status))).toBe(true);
  expect(instances()).toBe(6);
});

test('a second deploy says no changes and touches nothing', async () => {
  const before = JSON.stringify(region.inventory);
  const { code, stderr } = await meissa('deploy', REGION, '--yes');
  expect({ code, last: stderr.trim().split('\n').at(-1) }).toEqual({ code: 0, last: 'no changes' });
  expect(JSON.stringify(region.inventory)).toBe(before);
});

test('members are protected by their stack policy', () => {
  const { policy, terminationProtection } = region.cloud.engine.stack(region.cloud.region(REGION), VOTERS);
  expect(policy).toContain('Update:Replace');
  expect(terminationProtection).toBe(true);
});

test('a voter that does not come back stops the roll: rollback is off, the next voter is not touched; mended, the next deploy goes on', async () => {
  region.edit('instanceType: m5.large', 'instanceType: m5.xlarge');
  behaviour = ({ name }) => (name?.endsWith('voters-2') ? 'silent' : 'healthy');
  const from = region.events('core-voters').length;
  const failed = await meissa('deploy', REGION, '--yes', '--json');
  expect(failed.code).toBe(1);
  const voters = JSON.parse(failed.stdout).stacks.find((s: { name: string }) => s.name === VOTERS);
  expect(voters.error).toMatchObject({ code: 'STACK_FAILED', message: expect.stringContaining('M2Gate') });
  expect(voters.error.message).toContain(`${VOTERS}-2 did not come back`);
  expect(voters.error.journals).toEqual([
    { host: `${VOTERS}-2`, lines: ['[    1.0] Linux version 6.6', expect.stringMatching(/^[\w-]+-2: meissa-apply failed: /)] },
  ]);
  expect(failed.stdout + failed.stderr).not.toContain('wJalrXUtnFEMI');
  expect(failed.stdout + failed.stderr).not.toContain('\u001b');
  expect(failed.stderr).toContain(`last lines of ${VOTERS}-2:`);
  expect(voters.error.fix).toContain('no further member was touched');
  expect(statusOf(VOTERS)).toBe('UPDATE_FAILED');
  expect(passings(from)).toEqual([
    'M1 Instance IN_PROGRESS',
    'M1 Instance COMPLETE',
    'M1 Gate COMPLETE',
    'M2 Instance IN_PROGRESS',
    'M2 Instance COMPLETE',
  ]);
  const status = await meissa('status', REGION);
  expect(status.stdout).toMatch(new RegExp(`${REGION}/core-voters +UPDATE_FAILED`));

  behaviour = () => 'healthy';
  const again = deploying();
  expect({ code: await whileMending(again.ended), said: again.said() }).toMatchObject({ code: 0 });
  expect(statusOf(VOTERS)).toBe('UPDATE_COMPLETE');
  expect(region.host('core-voters-3').type).toBe('m5.xlarge');
});

test('nor does a roll over members that do not vote go on behind one that does not come back; the old text is the way back', async () => {
  const storage = `${REGION}-core-storage-1`;
  const types = () => [1, 2, 3].map((n) => region.host(`core-storage-${n}`).type);
  region.edit('instanceType: r5.xlarge', 'instanceType: r5.2xlarge');
  behaviour = ({ name }) => (name === storage ? 'silent' : 'healthy');
  const failed = await meissa('deploy', REGION, '--yes', '--json');
  expect(failed.code).toBe(1);
  const { error } = JSON.parse(failed.stdout).stacks.find((s: { name: string }) => s.name === storage);
  expect(error).toMatchObject({ code: 'STACK_FAILED', message: expect.stringContaining(`${storage} did not come back`) });
  expect(error.journals).toMatchObject([{ host: storage }]);
  expect(error.fix).toContain('no further member was touched');
  expect(statusOf(storage)).toBe('UPDATE_FAILED');
  expect(types()).toEqual(['r5.2xlarge', 'r5.xlarge', 'r5.xlarge']);

  behaviour = () => 'healthy';
  region.edit('instanceType: r5.2xlarge', 'instanceType: r5.xlarge');
  const back = await meissa('deploy', REGION, '--yes');
  expect({ code: back.code, said: back.code === 0 ? '' : back.stderr }).toEqual({ code: 0, said: '' });
  expect({ status: statusOf(storage), types: types() }).toEqual({ status: 'UPDATE_COMPLETE', types: Array(3).fill('r5.xlarge') });
});

test('Ctrl-C: what runs is waited for, nothing new is started, the way on is said, exit code 1', async () => {
  region.edit('instanceType: c5.xlarge', 'instanceType: c5.2xlarge');
  region.edit('instanceType: m5.xlarge', 'instanceType: m5.2xlarge');
  behaviour = ({ name }) => (name?.endsWith('voters-1') ? 'silent' : 'healthy');
  const { child, ended, said } = deploying();
  await until(
    'voter 1 waits',
    () => statusOf(VOTERS) === 'UPDATE_IN_PROGRESS' && region.host('core-voters-1').type === 'm5.2xlarge',
  );
  behaviour = () => 'healthy';
  child.kill('SIGINT');
  expect({ code: await whileMending(ended), said: said() }).toMatchObject({ code: 1 });
  expect(said()).toContain('nothing new is started');
  expect(said()).toContain(`to go on: meissa deploy ${REGION}`);
  expect(statusOf(VOTERS)).toBe('UPDATE_COMPLETE');
  // The elastic fleet waits for the voters, and was not begun.
  expect(said()).not.toContain(`> ${REGION}/core-adserver`);
  const { code, stderr } = await meissa('deploy', REGION, '--yes');
  expect({ code, said: code === 0 ? '' : stderr }).toEqual({ code: 0, said: '' });
  expect(stderr).toContain('core-adserver updated');
});
