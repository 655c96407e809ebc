/**
 * Two `meissa deploy` of one AWS region at once, as processes of their own, and what becomes of a run that is killed. Judged by the
 * cloud's own world: events of stacks, change sets, starts of hosts. The tests are one story.
 */
import { hostname } from 'node:os';
import { CloudFormationClient, CreateChangeSetCommand } from '@aws-sdk/client-cloudformation';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { HostBehaviour, HostStart } from '../../lib/embedded-cloud';
import { type Deploying, meissaOn, startMeissa, until } from './deployed-estate';
import { REGION, RehearsedRegion, succeeded } from './rehearsed-region';

jest.setTimeout(180_000);

const VOTERS = `${REGION}-core-voters`;
const BUCKET = `cdk-hnb659fds-assets-111111111111-${REGION}`;
const LEASE = `meissa/lease-${REGION}`;

let region: RehearsedRegion;
const behaviour: (host: HostStart) => HostBehaviour = () => 'healthy';
const starts: string[] = [];
beforeAll(async () => {
  const onStart = (host: HostStart) => {
    starts.push(host.name ?? '');
    return behaviour(host);
  };
  region = await RehearsedRegion.start({ onStart, bootMilliseconds: 400 });
  succeeded(await region.cdk(['bootstrap', '--app', region.synth(), `aws://111111111111/${REGION}`]));
});
afterAll(() => region.stop());

const meissa = (...args: string[]) => meissaOn(region.cloud, region.root, ...args);
const deploying = (...more: string[]): Deploying => startMeissa(region.cloud, region.root, 'deploy', REGION, '--yes', ...more);
const ends = async ({ ended, said }: Deploying) => ({ code: await ended, said: said() });
const stacks = () => Object.values(region.cloud.region(REGION).stacks).filter(({ name }) => name !== 'CDKToolkit');
const changeSets = () => stacks().flatMap((stack) => Object.keys(stack.changeSets));
/** Operations that stacks began. */
const begun = () =>
  stacks().flatMap((stack) =>
    stack.events
      .filter((e) => e.logicalId === stack.name && /^(CREATE|UPDATE|ROLLBACK|DELETE)_IN_PROGRESS$/.test(e.status))
      .map((e) => `${stack.name} ${e.status}`),
  );
/** Those that were begun since. */
function since(before: readonly string[]): string[] {
  const left = [...before];
  return begun().filter((line) => {
    const at = left.indexOf(line);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
}
const each = (lines: readonly string[]) => new Set(lines).size === lines.length;

async function oneOfTwo(first: Deploying, second: Deploying): Promise<void> {
  const both = [await ends(first), await ends(second)];
  expect({ codes: both.map(({ code }) => code).sort(), said: both.map(({ said }) => said) }).toMatchObject({ codes: [0, 1] });
  const refused = both.findIndex(({ code }) => code === 1);
  const { said } = both[refused]!;
  expect(said).toContain('DEPLOYING_ALREADY');
  expect(said).toContain(`@${hostname()} (pid ${[first, second][1 - refused]!.child.pid})`);
  expect(changeSets()).toEqual([]);
}

test('two first deploys: each stack is made once, one of the two goes through, no change set is left', async () => {
  const [first, second] = [deploying(), deploying()];
  await oneOfTwo(first, second);
  expect(each(begun())).toBe(true);
  expect(stacks().every(({ status }) => status === 'CREATE_COMPLETE')).toBe(true);
  expect(each(starts.filter((name) => name.startsWith(VOTERS)))).toBe(true);
});

test.each([
  [0, 'm5.large', 'm5.xlarge'],
  [300, 'm5.xlarge', 'm5.2xlarge'],
  [800, 'm5.2xlarge', 'm5.4xlarge'],
])('two that change the voters, %i ms apart: each voter starts again once', async (apart, from, to) => {
  region.edit(`instanceType: ${from}`, `instanceType: ${to}`);
  starts.length = 0;
  const before = begun();
  const first = deploying();
  await new Promise((resolve) => setTimeout(resolve, apart));
  await oneOfTwo(first, deploying());
  expect(starts.filter((name) => name.startsWith(VOTERS)).sort()).toEqual([1, 2, 3].map((n) => `${VOTERS}-${n}`));
  expect(since(before)).toEqual([`${VOTERS} UPDATE_IN_PROGRESS`]);
});

test('change sets are named by who makes them, within the rules of CloudFormation', () => {
  const { changeSetId } = stacks().find(({ name }) => name === VOTERS)!;
  const name = changeSetId!.split('/')[1]!;
  expect(name).toMatch(/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/);
  expect(name).toMatch(/^meissa-\d{8}T\d{6}Z-\d+-/);
  expect(name).toContain(hostname().replace(/[^0-9A-Za-z-]/g, '-'));
});

describe('another machine', () => {
  const env = () => region.cloud.env(REGION);
  const credentials = () => ({ accessKeyId: env().AWS_ACCESS_KEY_ID!, secretAccessKey: env().AWS_SECRET_ACCESS_KEY! });
  const client = () => ({ region: REGION, endpoint: region.cloud.url, credentials: credentials() });
  const object = () => region.cloud.backend.world.buckets[BUCKET]!.objects[LEASE]!;
  async function works(id: string): Promise<void> {
    const run = {
      id,
      pid: 7,
      host: 'ci-3',
      user: 'ann',
      verb: 'deploy',
      since: '2026-01-01T00:00:00Z',
      space: 'x',
      start: 'y/1',
    };
    const Body = `meissa-lease 1 ${JSON.stringify({ run, beat: 1, released: false })}\n`;
    await new S3Client({ ...client(), forcePathStyle: true }).send(new PutObjectCommand({ Bucket: BUCKET, Key: LEASE, Body }));
  }
  const lease = async () => {
    const s3 = new S3Client({ ...client(), forcePathStyle: true });
    return (await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: LEASE }))).Body!.transformToString();
  };

  test('works: nothing is touched, a destroy is kept out too; three minutes after it was last heard of it is taken over from', async () => {
    await works('20260101T000000Z-7-0123456789ab');
    const before = begun();
    for (const args of [
      ['deploy', REGION, '--yes'],
      ['destroy', REGION, '--including-data', '--yes'],
    ]) {
      const { code, stderr } = await meissa(...args);
      expect({ code, stderr }).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('ann@ci-3 (pid 7) works since 2026-01-01T00:00:00Z'),
      });
    }
    expect(begun()).toEqual(before);
    object().modified = new Date(Date.now() - 3.5 * 60_000).toISOString();
    expect(await meissa('deploy', REGION, '--yes')).toMatchObject({ code: 0 });
    expect(await lease()).toContain('"released":true');
  });

  test('was said to be dead: its change set goes, another tool its own stays', async () => {
    const cloudFormation = new CloudFormationClient(client());
    const stack = stacks().find(({ name }) => name === `${REGION}-base`)!;
    const make = (ChangeSetName: string) =>
      cloudFormation.send(
        new CreateChangeSetCommand({
          StackName: stack.name,
          ChangeSetName,
          TemplateBody: JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } }),
        }),
      );
    await make('meissa-20260101T000000Z-7-0123456789ab-ann-ci-3');
    await make('of-a-person');
    await works('20260101T000000Z-7-0123456789ab');
    expect(await meissa('deploy', REGION, '--yes', '--take-over', '20260101T000000Z-7-0123456789ab')).toMatchObject({ code: 0 });
    expect(Object.keys(stack.changeSets)).toEqual(['of-a-person']);
    stack.changeSets = {};
  });

  test('takes over while voters roll: the run stops before its next stack, and says who', async () => {
    region.edit('instanceType: c5.xlarge', 'instanceType: c5.2xlarge');
    region.edit('instanceType: m5.4xlarge', 'instanceType: m5.large');
    const before = begun();
    const first = deploying();
    await until('the voters are begun', () => since(before).length > 0);
    await works('20260101T000000Z-7-0123456789ac');
    const { code, said } = await ends(first);
    expect({ code, said }).toMatchObject({ code: 1, said: expect.stringContaining('LEASE_LOST') });
    expect(since(before)).toEqual([`${VOTERS} UPDATE_IN_PROGRESS`]);
    expect(changeSets()).toEqual([]);
    expect(await meissa('deploy', REGION, '--yes', '--take-over', '20260101T000000Z-7-0123456789ac')).toMatchObject({ code: 0 });
  });
});

test('killed while a voter is made anew: the next run goes on at once, each voter starts once, no change set is left', async () => {
  region.edit('instanceType: m5.large', 'instanceType: m5.xlarge');
  starts.length = 0;
  const first = deploying();
  await until('a voter starts', () => starts.some((name) => name.startsWith(VOTERS)));
  first.child.kill('SIGKILL');
  await first.ended;
  expect(await meissa('deploy', REGION, '--yes')).toMatchObject({ code: 0 });
  expect(starts.filter((name) => name.startsWith(VOTERS)).sort()).toEqual([1, 2, 3].map((n) => `${VOTERS}-${n}`));
  expect(changeSets()).toEqual([]);
});

test('another tool updates the stack between our change set and its execution: ours is not applied, and goes', async () => {
  region.edit('instanceType: m5.xlarge', 'instanceType: m5.large');
  starts.length = 0;
  const { engine } = region.cloud;
  const stack = stacks().find(({ name }) => name === VOTERS)!;
  const other = JSON.parse(stack.template);
  other.Resources.Topic = { Type: 'AWS::SNS::Topic' };
  const request = {
    name: VOTERS,
    body: JSON.stringify(other),
    parameters: [],
    capabilities: ['CAPABILITY_NAMED_IAM'],
    tags: stack.tags,
  };
  let overtook = false;
  const overtaking = setInterval(() => {
    if (overtook || !Object.keys(stack.changeSets).some((name) => name.startsWith('meissa-'))) return;
    overtook = true;
    engine.update(region.cloud.region(REGION), request);
  }, 1);
  const { code, stderr } = await meissa('deploy', REGION, '--yes');
  clearInterval(overtaking);
  expect({ overtook, code, stderr }).toMatchObject({
    overtook: true,
    code: 1,
    stderr: expect.stringContaining('CHANGED_MEANWHILE'),
  });
  expect(JSON.parse(stack.template)).toEqual(other);
  expect(starts).toEqual([]);
  expect(changeSets()).toEqual([]);
  await until('the other is done', () => stack.status === 'UPDATE_COMPLETE');
  expect(await meissa('deploy', REGION, '--yes')).toMatchObject({ code: 0 });
  expect(starts.filter((name) => name.startsWith(VOTERS)).sort()).toEqual([1, 2, 3].map((n) => `${VOTERS}-${n}`));
});
