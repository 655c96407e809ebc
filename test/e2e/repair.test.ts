/**
 * A region of AWS that people worked on by hand: what `meissa status`, `drift` and `repair` make of it, on the embedded cloud by real
 * clients. The tests are one story: each begins where the one before it ended.
 */
import {
  DeleteRouteCommand,
  DeleteTagsCommand,
  DetachVolumeCommand,
  EC2Client,
  ReplaceRouteCommand,
  RevokeSecurityGroupIngressCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { meissaOn } from './deployed-estate';
import { REGION, RehearsedRegion, succeeded } from './rehearsed-region';

jest.setTimeout(180_000);

let region: RehearsedRegion;
let ec2: EC2Client;

beforeAll(async () => {
  region = await RehearsedRegion.start({ bootMilliseconds: 10 });
  succeeded(await region.cdk(['bootstrap', '--app', region.synth(), `aws://111111111111/${REGION}`]));
  succeeded(await meissa('deploy', REGION, '--yes'));
  const {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: accessKeyId = '',
    AWS_SECRET_ACCESS_KEY: secretAccessKey = '',
  } = region.cloud.env(REGION);
  ec2 = new EC2Client({ region: REGION, endpoint, credentials: { accessKeyId, secretAccessKey } });
});
afterAll(async () => {
  ec2?.destroy();
  await region.stop();
});

const meissa = (...args: string[]) => meissaOn(region.cloud, region.root, ...args);
const world = () => region.cloud.region(REGION);
const voter = (number: number) => region.host(`core-voters-${number}`);
const storage = (number: number) => region.host(`core-storage-${number}`);
const clean = async () => {
  const { code, stderr } = await meissa('drift', REGION);
  expect({ code, last: stderr.trim().split('\n').at(-1) }).toEqual({
    code: 0,
    last: expect.stringMatching(/^no drift: \d+ stacks looked at$/),
  });
};

test('status shows every host with the word of EC2, elastic ones too, and that it has said nothing yet', async () => {
  const { stdout } = await meissa('status', REGION);
  expect(stdout).toContain(`  ${REGION}-core-voters-1  ${voter(1).instanceId}  running, checks ok  has said nothing yet`);
  expect(stdout).toMatch(new RegExp(`  ${REGION}-core-adserver  i-[0-9a-f]+  running, checks ok`));
});

test('what people did by hand is told by the names of hosts and destinations, with what it means and the command', async () => {
  const tables = Object.values(world().routeTables);
  const [table, route] = tables.flatMap((t) => t.routes.flatMap((r) => (r.target.kind === 'nat' ? [[t, r] as const] : [])))[0]!;
  const gateway = Object.keys(world().internetGateways)[0]!;
  await ec2.send(
    new ReplaceRouteCommand({ RouteTableId: table.id, DestinationCidrBlock: route.destination, GatewayId: gateway }),
  );
  const group = Object.values(world().groups).find((g) => g.rules.some((r) => r.direction === 'ingress'))!;
  const rule = group.rules.find((r) => r.direction === 'ingress')!;
  await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: group.id, SecurityGroupRuleIds: [rule.id] }));
  await ec2.send(new DeleteTagsCommand({ Resources: [storage(1).instanceId], Tags: [{ Key: 'meissa:volume:data' }] }));
  await ec2.send(new StopInstancesCommand({ InstanceIds: [storage(2).instanceId] }));
  await ec2.send(new DetachVolumeCommand({ VolumeId: Object.values(storage(3).volumes)[0]!.id }));
  await ec2.send(new TerminateInstancesCommand({ InstanceIds: [voter(2).instanceId] }));
  const { code, stdout } = await meissa('drift', REGION);
  expect(code).toBe(2);
  const told = (start: string) => expect(stdout).toMatch(new RegExp(`^  ${start}`, 'm'));
  told(`route ${route.destination} differs \\(`);
  told(`host ${REGION}-core-storage-1 differs \\(M1InstanceG1, i-`);
  told(`host ${REGION}-core-storage-2 is stopped \\(M2InstanceG1, i-`);
  told(`host ${REGION}-core-storage-3 differs`);
  told(`host ${REGION}-core-voters-2 is gone`);
  expect(stdout).toContain('    means: what is sent to');
  expect(stdout.match(/ {4}write: meissa repair sa-east-1$/gm)!.length).toBeGreaterThanOrEqual(6);
  const { stdout: status } = await meissa('status', REGION);
  expect(status).toContain(`${REGION}-core-voters-2  gone`);
  expect(status).toMatch(new RegExp(`${REGION}-core-storage-2  i-\\w+  stopped`));
});

test('a dry run says by which means, and touches nothing', async () => {
  const before = JSON.stringify(region.inventory);
  const { code, stderr } = await meissa('repair', REGION, '--dry-run');
  expect(code).toBe(2);
  for (const words of ['put back: its instance is started', 'put back: its volumes are attached again', '(REVERT_DRIFT)'])
    expect(stderr).toContain(words);
  expect(JSON.stringify(region.inventory)).toBe(before);
});

test('repair puts all of it back by the engine’s own means: the voter comes again on its interface, nobody else is touched, drift is clean', async () => {
  const interfaces = new Map(
    [1, 2, 3].map((n) => [n, Object.values(world().interfaces).find((i) => i.tags.Name === `${REGION}-core-voters-${n}`)!.id]),
  );
  const [one, three] = [voter(1), voter(3)];
  const ran = await meissa('repair', REGION, '--yes', '--json');
  expect({ code: ran.code, said: ran.code === 0 ? '' : ran.stderr }).toEqual({ code: 0, said: '' });
  expect(JSON.parse(ran.stdout)).toMatchObject({ verb: 'repair', outcome: 'done', stacks: [] });
  expect(voter(2).interfaces.map(({ id }) => id)).toEqual([interfaces.get(2)]);
  expect([voter(1), voter(3)]).toEqual([one, three]);
  expect(world().instances[storage(1).instanceId]!.tags).toMatchObject({ 'meissa:volume:data': expect.stringMatching(/^vol-/) });
  expect(storage(2)).toMatchObject({ state: 'running' });
  expect(Object.values(storage(3).volumes)).toHaveLength(1);
  await clean();
  const again = await meissa('repair', REGION, '--yes');
  expect({ code: again.code, last: again.stderr.trim() }).toMatchObject({ code: 0, last: expect.stringContaining('no drift') });
});

test('what would stop two voters at once is left, and so is a volume whose data is gone: each with its own command', async () => {
  for (const n of [1, 2]) world().instances[voter(n).instanceId]!.type = 'm5.2xlarge';
  const volume = Object.values(storage(1).volumes)[0]!.id;
  await ec2.send(new DetachVolumeCommand({ VolumeId: volume }));
  delete world().volumes[volume];
  const before = JSON.stringify(region.inventory);
  const { code, stderr } = await meissa('repair', REGION, '--yes');
  expect(code).toBe(1);
  expect(stderr).toContain(`it would stop ${REGION}-core-voters-1 and ${REGION}-core-voters-2 at once, and they vote`);
  expect(stderr).toContain(`write: meissa replace --disk ${REGION}-core-storage-1/data`);
  expect(JSON.stringify(region.inventory)).toBe(before);
});

test('one voter of another type than described is stopped and started again', async () => {
  world().instances[voter(1).instanceId]!.type = 'm5.large';
  const { stderr } = await meissa('repair', REGION, '--yes');
  expect(stderr).toContain('something is left, named above');
  expect(voter(2).type).toBe('m5.large');
});

test('the lost volume is made anew in two deploys, and the old one’s place is clean', async () => {
  const disk = `${REGION}-core-storage-1/data`;
  const first = await meissa('replace', '--disk', disk, '--accept', disk);
  expect(first.code).toBe(0);
  const command = /meissa deploy [^;\n]*/.exec(first.stderr)![0].split(' ').slice(1);
  succeeded(await meissa(...command, '--yes'));
  succeeded(await meissa('replace', '--disk', disk));
  succeeded(await meissa('deploy', REGION, '--yes'));
  expect(Object.values(storage(1).volumes)).toHaveLength(1);
  await clean();
});

test('a route that is gone and a run that holds the region: who works there is said, and nothing is touched', async () => {
  const table = Object.values(world().routeTables).find((t) => t.routes.some((r) => r.target.kind === 'nat'))!;
  const { destination } = table.routes.find((r) => r.target.kind === 'nat')!;
  await ec2.send(new DeleteRouteCommand({ RouteTableId: table.id, DestinationCidrBlock: destination }));
  const both = await Promise.all([meissa('repair', REGION, '--yes'), meissa('repair', REGION, '--yes')]);
  expect(both.filter(({ code }) => code === 0).length).toBeGreaterThanOrEqual(1);
  for (const { code, stderr } of both) if (code !== 0) expect(stderr).toMatch(/DEPLOYING_ALREADY|CHANGED_MEANWHILE/);
  await clean();
});
