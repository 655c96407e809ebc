import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type EmbeddedCloud, startEmbeddedCloud } from '../../lib/embedded-cloud';

const APP = `
const cdk = require('aws-cdk-lib');
const app = new cdk.App();
const { USER_DATA = 'one', ADDRESS_OFFSET = '10', IMAGE = 'ami-0123456789abcdef0' } = process.env;
class Network extends cdk.Stack {
  constructor(scope, id, props) {
    super(scope, id, props);
    const add = (name, type, properties) => new cdk.CfnResource(this, name, { type, properties });
    add('Vpc', 'AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' });
    add('Net', 'AWS::EC2::Subnet', { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.1.0/24', AvailabilityZone: this.region + 'a' });
    new cdk.CfnOutput(this, 'NetG1', { value: cdk.Fn.ref('Net'), exportName: id + '-NetG1' });
  }
}
class Hosts extends cdk.Stack {
  constructor(scope, id, props) {
    super(scope, id, props);
    const add = (name, type, properties) => new cdk.CfnResource(this, name, { type, properties });
    add('Eni', 'AWS::EC2::NetworkInterface', { SubnetId: cdk.Fn.importValue(props.network + '-NetG1'), PrivateIpAddress: '10.0.1.' + ADDRESS_OFFSET });
    add('Host', 'AWS::EC2::Instance', {
      ImageId: IMAGE, InstanceType: 't3.small', UserData: cdk.Fn.base64(USER_DATA),
      NetworkInterfaces: [{ NetworkInterfaceId: { Ref: 'Eni' }, DeviceIndex: '0' }],
      Tags: [{ Key: 'Name', Value: 'host-1' }, { Key: 'meissa:gate', Value: id + '/Gate' + USER_DATA }],
    });
    const gate = add('Gate' + USER_DATA, 'AWS::CloudFormation::WaitCondition');
    gate.addDependency(this.node.findChild('Host'));
    gate.cfnOptions.creationPolicy = { resourceSignal: { count: 1, timeout: 'PT5M' } };
  }
}
for (const region of ['sa-east-1', 'us-west-2']) {
  const env = { account: '111111111111', region };
  const network = new Network(app, 'net-' + region, { env });
  new Hosts(app, 'hosts-' + region, { env, network: 'net-' + region }).addDependency(network);
}
`;

let cloud: EmbeddedCloud;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'meissa-cdk-cli-'));
  symlinkSync(dirname(dirname(require.resolve('aws-cdk-lib/package.json'))), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'app.js'), APP);
  writeFileSync(join(folder, 'cdk.json'), JSON.stringify({ app: 'node app.js', versionReporting: false, notices: false }));
  cloud = await startEmbeddedCloud();
});

afterAll(async () => {
  await cloud.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the unmodified CDK CLI against the embedded cloud. */
function cdk(args: string[], env: Record<string, string> = {}): Promise<{ code: number; text: string }> {
  const bin = require.resolve('aws-cdk/bin/cdk');
  const own = {
    PATH: process.env.PATH,
    HOME: folder,
    CI: '1',
    NO_COLOR: '1',
    CDK_VALIDATION: 'false',
    ...cloud.env('sa-east-1'),
    ...env,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [bin, ...args], { cwd: folder, env: own }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, text: stdout + stderr }),
    );
  });
}

test('the unmodified CDK CLI bootstraps, deploys, diffs, updates, rolls back, detects drift and destroys', async () => {
  const bootstrap = await cdk(['bootstrap', 'aws://111111111111/sa-east-1', 'aws://111111111111/us-west-2']);
  expect(bootstrap).toMatchObject({
    code: 0,
    text: expect.stringContaining('Environment aws://111111111111/us-west-2 bootstrapped'),
  });
  expect(cloud.inventory('sa-east-1').stacks).toMatchObject([{ name: 'CDKToolkit', status: 'CREATE_COMPLETE' }]);

  const deploy = await cdk(['deploy', 'net-*', '--require-approval', 'never', '--concurrency', '2']);
  expect(deploy.code).toBe(0);
  const hosts = await cdk(['deploy', 'hosts-sa-east-1', '--exclusively', '--require-approval', 'never']);
  expect(hosts.text).toMatch(/CREATE_COMPLETE +\| AWS::CloudFormation::WaitCondition/);
  expect(hosts.code).toBe(0);
  expect(cloud.inventory('sa-east-1').hosts).toMatchObject([
    { name: 'host-1', privateIp: '10.0.1.10', state: 'running', starts: 1, userData: 'one' },
  ]);
  expect(cloud.inventory('us-west-2')).toMatchObject({ hosts: [], subnets: [{ cidr: '10.0.1.0/24', zone: 'us-west-2a' }] });

  expect((await cdk(['diff', 'hosts-sa-east-1', '--exclusively', '--fail'])).code).toBe(0);
  const again = await cdk(['deploy', 'hosts-sa-east-1', '--exclusively', '--require-approval', 'never']);
  expect(again).toMatchObject({ code: 0, text: expect.stringContaining('(no changes)') });

  const changed = await cdk(['diff', 'hosts-sa-east-1', '--exclusively', '--fail'], { USER_DATA: 'two' });
  expect(changed).toMatchObject({ code: 1, text: expect.stringContaining('[~] UserData') });
  const replacing = await cdk(['diff', 'hosts-sa-east-1', '--exclusively', '--fail'], { IMAGE: 'ami-0123456789abcdef1' });
  expect(replacing.text).toContain('[~] ImageId (requires replacement)');

  const update = await cdk(['deploy', 'hosts-sa-east-1', '--exclusively', '--require-approval', 'never', '--no-rollback'], {
    USER_DATA: 'two',
  });
  expect(update.code).toBe(0);
  expect(update.text).not.toMatch(/UPDATE_COMPLETE +\| AWS::EC2::NetworkInterface/);
  expect(cloud.inventory('sa-east-1').hosts).toMatchObject([{ starts: 2, stops: 1, userData: 'two' }]);

  const failing = await cdk(['deploy', 'hosts-sa-east-1', '--exclusively', '--require-approval', 'never'], {
    USER_DATA: 'two',
    IMAGE: 'ami-0123456789abcdef1',
  });
  expect(failing).toMatchObject({ code: 1, text: expect.stringContaining('InvalidNetworkInterface.InUse') });
  expect(cloud.inventory('sa-east-1').stacks.at(-1)).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });

  const id = cloud.inventory('sa-east-1').hosts[0]?.instanceId ?? '';
  cloud.terminate('sa-east-1', id);
  const drift = await cdk(['drift', 'hosts-sa-east-1', '--fail'], { USER_DATA: 'two' });
  expect(drift).toMatchObject({ code: 1, text: expect.stringContaining('AWS::EC2::Instance') });

  const kept = await cdk(['destroy', 'net-sa-east-1', '--exclusively', '--force']);
  expect(kept).toMatchObject({ code: 1, text: expect.stringContaining('cannot be deleted as it is in use by hosts-sa-east-1') });
  expect((await cdk(['destroy', 'hosts-sa-east-1', '--exclusively', '--force'], { USER_DATA: 'two' })).code).toBe(0);
  expect((await cdk(['destroy', 'net-*', '--force'])).code).toBe(0);
  expect(cloud.inventory('sa-east-1')).toMatchObject({ vpcs: [], subnets: [], interfaces: [], hosts: [] });
}, 180_000);
