import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { assemblyFiles } from '../../../lib/aliyun/app';
import type { RosStackManifest } from '../../../lib/aliyun/assembly';
import { ROS_STACK, RosEngine, RosStack } from '../../../lib/aliyun/cdk';
import { contentsOf } from '../../../lib/aliyun/cdk/contents';
import { emit, inland } from '../fixtures';
import { handlerFolder } from './handler-folder';

const env = { account: '111111111111', region: 'us-east-1' };

const manifest: RosStackManifest = {
  path: 'cn-beijing/network',
  name: 'cn-beijing-network',
  region: 'cn-beijing',
  kind: 'network',
  template: 'cn-beijing-network.template.json',
  dependsOn: [],
  tags: { owner: 'platform' },
  deletionProtection: false,
  disableRollback: false,
  timeoutMinutes: 60,
  parameters: {},
  configurations: [],
  members: [],
};

const template = (cidr = '10.0.0.0/16', more: object = {}) =>
  JSON.stringify({
    ROSTemplateFormatVersion: '2015-09-01',
    Parameters: { Zone: { Type: 'String' } },
    Resources: { Vpc: { Type: 'ALIYUN::ECS::VPC', Properties: { CidrBlock: cidr, VpcName: { Ref: 'Zone' } } } },
    Outputs: { VpcIdG1: { Value: { Ref: 'Vpc' } } },
    ...more,
  });

function made(more: Partial<ConstructorParameters<typeof RosStack>[2]> = {}, text = template()) {
  const app = new App({ analyticsReporting: false, treeMetadata: false });
  const stack = new Stack(app, 'Ros', { env });
  const engine = new RosEngine(stack, 'Engine', { credentialsSecret: 'ops/aliyun', handler: handlerFolder() });
  const ros = new RosStack(stack, 'Network', { engine, manifest, template: text, ...more });
  return { app, stack, engine, ros };
}

const propertiesOf = (stack: Stack) => Object.values(Template.fromStack(stack).findResources(ROS_STACK))[0]!.Properties;

test('the template is an asset under the digest of its content, in the assembly and in what the handler is told', () => {
  const { app, stack } = made();
  const { Template: asset } = propertiesOf(stack);
  expect(asset).toEqual({
    Bucket: 'cdk-hnb659fds-assets-111111111111-us-east-1',
    Key: `${asset.Digest}.ros`,
    Digest: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  const { directory } = app.synth();
  expect(readFileSync(join(directory, `asset.${asset.Digest}.ros`), 'utf8')).toBe(template());
  expect(readFileSync(join(directory, 'Ros.assets.json'), 'utf8')).toContain(`"objectKey": "${asset.Key}"`);
});

test('a diff names the property that changes, and ROS functions stand as text, not as functions of CloudFormation', () => {
  const [before, after] = [made(), made({}, template('10.1.0.0/16'))].map(({ stack }) => propertiesOf(stack).Contents);
  expect(before.Resources.Vpc).toEqual({ Type: 'ALIYUN::ECS::VPC', CidrBlock: '10.0.0.0/16', VpcName: '{"Ref":"Zone"}' });
  expect(after).toEqual({ ...before, Resources: { Vpc: { ...before.Resources.Vpc, CidrBlock: '10.1.0.0/16' } } });
});

test('a template that is too large to show is shown by type and digest a resource', () => {
  const vpc = (i: number) => ({ Type: 'ALIYUN::ECS::VPC', Properties: { Description: `${i}`.repeat(300) } });
  const many = { Resources: Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`Vpc${i}`, vpc(i)])) };
  const shown = contentsOf(many);
  expect(Buffer.byteLength(JSON.stringify(shown))).toBeLessThan(60_000);
  expect(shown.Resources!.Vpc7).toMatch(/^ALIYUN::ECS::VPC sha256:[0-9a-f]{16}$/);
  many.Resources.Vpc7 = vpc(8);
  expect(contentsOf(many).Resources).toEqual({ ...shown.Resources, Vpc7: shown.Resources!.Vpc8 });
});

test('only outputs that are read become attributes, and an unknown one is named with the nearest', () => {
  const { stack, ros } = made();
  new CfnOutput(stack, 'Vpc', { value: ros.output('VpcIdG1') });
  expect(propertiesOf(stack).Outputs).toEqual(['VpcIdG1']);
  expect(() => ros.output('VpcIdG2')).toThrow('unknown output VpcIdG2: did you mean VpcIdG1?');
});

test('parameters come from ROS unless they are given, and one of another cloud must be given', () => {
  const from = {
    provider: 'aliyun',
    path: 'cn-beijing/base',
    stack: 'cn-beijing-base',
    region: 'cn-beijing',
    output: 'Zone',
  } as const;
  const read = made({ manifest: { ...manifest, parameters: { Zone: from } } });
  expect(propertiesOf(read.stack).ParametersFrom).toEqual({
    Zone: { Stack: 'cn-beijing-base', Region: 'cn-beijing', Output: 'Zone' },
  });
  const aws = { ...manifest, parameters: { Zone: { ...from, provider: 'aws' as const } } };
  expect(() => made({ manifest: aws })).toThrow('give its value in parameters');
  const { stack } = made({ manifest: aws, parameters: { Zone: 'cn-beijing-h' } });
  expect(propertiesOf(stack)).toMatchObject({ Parameters: { Zone: 'cn-beijing-h' }, ParametersFrom: {} });
});

test('a retained stack is left alone when it leaves the app', () => {
  const { stack } = made({ removalPolicy: RemovalPolicy.RETAIN });
  Template.fromStack(stack).hasResource(ROS_STACK, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
});

test("the function's role may read the one secret and ROS files, write its log, and nothing else", () => {
  const { stack, engine } = made();
  const roles = Template.fromStack(stack).findResources('AWS::IAM::Role');
  const { Policies, ManagedPolicyArns } = roles[stack.getLogicalId(engine.role.node.defaultChild as never)]!.Properties;
  expect(ManagedPolicyArns).toBeUndefined();
  expect(Policies).toHaveLength(1);
  expect(Policies[0].PolicyDocument.Statement).toEqual([
    expect.objectContaining({ Action: ['logs:CreateLogStream', 'logs:PutLogEvents'] }),
    expect.objectContaining({
      Action: 'secretsmanager:GetSecretValue',
      Resource: withPartition('arn:aws:secretsmanager:us-east-1:111111111111:secret:ops/aliyun-??????'),
    }),
    expect.objectContaining({
      Action: 's3:GetObject',
      Resource: withPartition('arn:aws:s3:::cdk-hnb659fds-assets-111111111111-us-east-1/*.ros'),
    }),
  ]);
  const policies = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  const own = policies.filter((policy) => JSON.stringify(policy.Properties.Roles).includes('EngineRole'));
  expect(own).toEqual([]);
});

/** Without the feature flag of cdk.json the partition of an ARN is a reference. */
const withPartition = (arn: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, arn.slice('arn:aws'.length)]] });

test('an ARN of a secret is taken as it is', () => {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Ros', { env });
  const arn = 'arn:aws:secretsmanager:us-east-1:111111111111:secret:ops/aliyun-AbCdEf';
  new RosEngine(stack, 'Engine', { credentialsSecret: arn, handler: handlerFolder() });
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
    Policies: [{ PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Resource: arn })]) } }],
  });
});

test('functions run on a runtime that is kept, in no VPC, for as long as Lambda lets them', () => {
  const functions = Object.values(Template.fromStack(made().stack).findResources('AWS::Lambda::Function'));
  expect(functions).toHaveLength(5);
  for (const { Properties } of functions) {
    expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Timeout: 900 });
    expect(Properties.VpcConfig).toBeUndefined();
  }
});

test('a handler that was not built is named', () => {
  const stack = new Stack(new App(), 'Ros');
  expect(() => new RosEngine(stack, 'Engine', { credentialsSecret: 'x', handler: '/nowhere' })).toThrow('npm run build');
});

describe('of an emitted assembly', () => {
  const assembly = emit(inland(), ['cn-beijing']);
  const folder = mkdtempSync(join(tmpdir(), 'aliyun-out-'));
  for (const [file, text] of assemblyFiles(assembly)) writeFileSync(join(folder, file), text);
  const read = (path: string) => {
    const stack = new Stack(new App({ analyticsReporting: false }), 'Ros', { env });
    RosStack.fromAssembly(stack, 'Ros', {
      engine: { serviceToken: 'arn:aws:lambda:us-east-1:111111111111:function:f' },
      folder,
      path,
    });
    return propertiesOf(stack);
  };

  test('members bring their configuration and the instances whose check is switched off', () => {
    const stack = assembly.manifest.stacks.find((one) => one.configurations.length > 0)!;
    const [configuration] = stack.configurations;
    const properties = read(stack.path);
    expect(properties.Configurations).toEqual([
      {
        Fleet: configuration!.fleet,
        Bucket: configuration!.bucket,
        ManifestKey: configuration!.manifestKey,
        ObjectKey: configuration!.objectKey,
        Text: expect.objectContaining({ Digest: configuration!.digest, Key: `${configuration!.digest}.ros` }),
      },
    ]);
    expect(properties.OpenInstances).toEqual(stack.members.filter((m) => !m.sourceDestCheck).map((m) => m.instance));
    expect(properties).toMatchObject({ DisableRollback: String(stack.disableRollback), RollCommand: 'meissa deploy cn-beijing' });
  });

  test('an unknown path is named with the nearest', () => {
    expect(() => read('cn-beijing/netwerk')).toThrow('unknown stack cn-beijing/netwerk: did you mean cn-beijing/network?');
  });
});
