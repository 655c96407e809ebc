/**
 * A second opinion on the life cycle: a region goes through the unmodified CDK CLI on ministack, an emulator that others
 * wrote. It knows only some of our resource types; the test prints those that it doesn't (test/child/ministack-app.ts).
 * It launches no hosts, so the test itself does what a member's agent does: it signals the gates.
 */
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  DescribeLaunchTemplatesCommand,
  DescribeLaunchTemplateVersionsCommand,
  DescribeSubnetsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { userDataOf } from '../../lib/host-config/fleet-user-data';
import { planEstate } from '../../lib/plan/plan';
import { type Ran, ROOT, run, TYPESCRIPT } from '../child/run';
import { describeWithRealPart } from '../real-parts';
import { exampleEstate, removeTemporaryFolders, temporaryFolder } from './example';
import { type Ministack, startMinistack } from './ministack';
import { leaveOutCollection } from './without-collection';

const REGION = 'sa-east-1';
const ACCOUNT = '111111111111';
const ALL = `${REGION}/*`;
const VOTERS = `${REGION}-core-voters`;
const STORAGE = `${REGION}-core-storage-1`;

/** What this opinion is silent about, as the app says it. It must not grow unseen. */
const NOT_COVERED = [
  'AWS::EC2::EIP',
  'AWS::EC2::NatGateway',
  'AWS::EC2::FlowLog',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::Route',
  'AWS::EC2::NetworkInterface',
  'AWS::EC2::Volume',
  'AWS::EC2::Instance',
  'AWS::CloudWatch::Alarm',
];

describeWithRealPart('ministack', 'a region on ministack 1.5.33, by the CDK CLI', (program) => {
  let ministack: Ministack;
  let folder: string;

  beforeAll(async () => {
    folder = temporaryFolder();
    for (const part of ['regions', 'cloud-config']) cpSync(join(ROOT, part), join(folder, part), { recursive: true });
    leaveOutCollection(folder, REGION);
    const app = [process.execPath, ...TYPESCRIPT, join(ROOT, 'test/child/ministack-app.ts')].map((word) => `"${word}"`).join(' ');
    writeFileSync(
      join(folder, 'cdk.json'),
      JSON.stringify({ app, notices: false, versionReporting: false, pathMetadata: false }),
    );
    ministack = await startMinistack(program, { folder, account: ACCOUNT, region: REGION });
  }, 40_000);

  afterAll(async () => {
    await ministack?.stop();
    removeTemporaryFolders();
  });

  test('the environment is bootstrapped', async () => {
    expectExit(await cdk('bootstrap', `aws://${ACCOUNT}/${REGION}`), 0);
  }, 60_000);

  test('the region deploys, stack after stack, and its gates open when they are signalled', async () => {
    const { ran, signalled } = await deploySignalling();
    const left = ran.stderr.match(/^not on ministack: .*$/gm) ?? [];
    process.stderr.write(`${left.join('\n')}\n`);
    expect(left.map((line) => line.replace(/^not on ministack: | \(\d+\)$/g, ''))).toEqual(NOT_COVERED);
    expectExit(ran, 0);
    const order = [...ran.stderr.matchAll(/✅ {2}(\S+)/g)].map((match) => match[1]);
    expect(order).toEqual(['base', 'network', 'core-voters', 'core-storage-1', 'core-adserver'].map((id) => `${REGION}/${id}`));
    expect(signalled.size).toBe(6);
  }, 90_000);

  test('what stands there is what was planned: subnets, and the whole user-data of a fleet', async () => {
    const estate = exampleEstate();
    const [region] = planEstate(estate, [REGION]).regions;
    const ec2 = new EC2Client({
      endpoint: ministack.url,
      region: REGION,
      credentials: { accessKeyId: ACCOUNT, secretAccessKey: 'test' },
    });
    const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}));
    // ministack gives every region a default VPC, as AWS does.
    const own = Subnets.filter((subnet) => subnet.CidrBlock?.startsWith('10.9.'));
    const places = own.map((subnet) => `${subnet.AvailabilityZone} ${subnet.CidrBlock}`);
    expect(places.sort()).toEqual(region!.network.subnets.map((subnet) => `${subnet.zone} ${subnet.cidr}`).sort());

    const { LaunchTemplates = [] } = await ec2.send(new DescribeLaunchTemplatesCommand({}));
    expect(LaunchTemplates).toHaveLength(1);
    const latest = { LaunchTemplateId: LaunchTemplates[0]!.LaunchTemplateId, Versions: ['$Latest'] };
    const { LaunchTemplateVersions = [] } = await ec2.send(new DescribeLaunchTemplateVersionsCommand(latest));
    const adserver = region!.fleets.find((fleet) => fleet.name === 'adserver')!;
    expect(LaunchTemplateVersions.map((version) => version.LaunchTemplateData?.UserData)).toEqual([
      userDataOf(estate)(adserver).base64,
    ]);
    ec2.destroy();
  }, 30_000);

  test('a second look finds no differences', async () => {
    const ran = await cdk('diff', ALL, '--fail');
    expect(ran.stderr).toContain('Number of stacks with differences: 0');
    expectExit(ran, 0);
  }, 60_000);

  test('a changed instance type is a difference of that fleet, and the voters’ new gates wait for new signals', async () => {
    const file = join(folder, 'regions', `${REGION}.yaml`);
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('c5.xlarge', 'c5.2xlarge').replace('m5.large', 'm5.xlarge'));
    const before = gates().map(({ gate }) => gate);
    const diff = await cdk('diff', ALL, '--fail');
    expect(diff.stderr).toContain('Number of stacks with differences: 2');
    expect(diff.stderr).toContain('c5.2xlarge');
    expectExit(diff, 1);

    const { ran, signalled } = await deploySignalling();
    expectExit(ran, 0);
    expect(signalled.size).toBe(3);
    expect([...signalled].filter((gate) => before.includes(gate))).toEqual([]);
    expectExit(await cdk('diff', ALL, '--fail'), 0);
  }, 120_000);

  test('stacks that hold data refuse to be destroyed until their protection is taken away', async () => {
    const refused = await cdk('destroy', ALL, '--force');
    expect(refused.stderr).toContain(`${REGION}/core-storage-1 (${STORAGE}): destroy failed`);
    expect(refused.stderr).toContain('TerminationProtection is enabled');
    expectExit(refused, 1);

    for (const StackName of [VOTERS, STORAGE, `${REGION}-base`]) {
      const parameters = { StackName, EnableTerminationProtection: 'false' };
      expect(await ministack.cloudFormation('UpdateTerminationProtection', parameters)).toMatchObject({ ok: true });
    }
    expectExit(await cdk('destroy', ALL, '--force'), 0);
    const { text } = await ministack.cloudFormation('DescribeStacks', {});
    expect([...text.matchAll(/<StackName>([^<]+)</g)].map((match) => match[1])).toEqual(['CDKToolkit']);
  }, 90_000);

  function cdk(...args: string[]): Promise<Ran> {
    const cli = join(ROOT, 'node_modules/aws-cdk/bin/cdk');
    return run(process.execPath, [cli, ...args], { cwd: folder, env: { ...ministack.env, CI: undefined }, timeout: 80 });
  }

  /** Deploys, and signals every gate until it is done; says which were waiting for it. */
  async function deploySignalling(): Promise<{ ran: Ran; signalled: Set<string> }> {
    const signalled = new Set<string>();
    let done = false;
    const deployed = cdk('deploy', ALL, '--require-approval', 'never').finally(() => {
      done = true;
    });
    while (!done) {
      for (const { stack, gate } of gates()) {
        const parameters = { StackName: stack, LogicalResourceId: gate, UniqueId: 'i-1', Status: 'SUCCESS' };
        // Refused while nothing waits for it.
        if ((await ministack.cloudFormation('SignalResource', parameters)).ok) signalled.add(gate);
      }
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    return { ran: await deployed, signalled };
  }

  /** Logical ids of the gates, as synthesized last. */
  function gates(): { stack: string; gate: string }[] {
    return [VOTERS, STORAGE].flatMap((stack) => {
      const assembly = join(folder, 'cdk.out');
      const begins = stack.replaceAll('-', '');
      const file =
        existsSync(assembly) && readdirSync(assembly).find((name) => name.startsWith(begins) && name.endsWith('.template.json'));
      if (!file) return [];
      try {
        const { Resources } = JSON.parse(readFileSync(join(assembly, file), 'utf8'));
        const waits = Object.keys(Resources).filter((id) => Resources[id].Type === 'AWS::CloudFormation::WaitCondition');
        return waits.map((gate) => ({ stack, gate }));
      } catch {
        // It is being written.
        return [];
      }
    });
  }
});

/** What the CLI said is the reason, so it is shown when the code is another. */
function expectExit({ code, stdout, stderr }: Ran, expected: number): void {
  if (code !== expected) throw new Error(`the CDK CLI ended with ${code}, not ${expected}:\n${stdout}${stderr}`);
}
