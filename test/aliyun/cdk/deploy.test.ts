/**
 * The unmodified CDK CLI deploys ROS stacks: assets, custom resource, CDK's provider framework, the shipped function, CloudFormation's rollback.
 * Functions of the embedded cloud have their code in the template, so framework and function share one, which loads both from here.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ROOT, run } from '../../child/run';
import { RosCloud, template, vpc, vSwitch } from '../../embedded-cloud/ros/ros-cloud';

const HOME = 'us-east-1';

/**
 * CDK's provider framework, its own code: only that it calls functions by Lambda, and waits by Step Functions, is replaced. The state
 * machine's retries are on a faster clock.
 */
const FRAMEWORK = `
Object.assign(process.env, { USER_ON_EVENT_FUNCTION_ARN: 'onEvent', USER_IS_COMPLETE_FUNCTION_ARN: 'isComplete', WAITER_STATE_MACHINE_ARN: 'waiter' });
const runtime = ${JSON.stringify(join(ROOT, 'node_modules/aws-cdk-lib/custom-resources/lib/provider-framework/runtime'))};
const handlers = require(${JSON.stringify(join(ROOT, 'dist/ros-stack-handler/index.js'))});
const outbound = require(runtime + '/outbound.js');
const framework = require(runtime + '/framework.js');
outbound.invokeFunction = async ({ FunctionName, Payload }) => {
  try {
    return { Payload: JSON.stringify(await handlers[FunctionName](JSON.parse(Payload))) };
  } catch (e) {
    return { FunctionError: 'Unhandled', Payload: JSON.stringify({ errorType: e.name, errorMessage: e.message, trace: [] }) };
  }
};
let waiting;
outbound.startExecution = async ({ input }) => {
  const wait = async () => {
    for (let left = 180; left > 0; left--) {
      try {
        return await framework.isComplete(JSON.parse(input));
      } catch (e) {
        await new Promise((done) => setTimeout(done, 2000));
      }
    }
  };
  waiting = wait();
};
exports.handler = async (event) => {
  await framework.onEvent(event);
  await waiting;
};`;

const APP = `
const cdk = require('aws-cdk-lib');
const { RosStack } = require(${JSON.stringify(join(ROOT, 'dist/lib/aliyun/cdk'))});
const app = new cdk.App({ analyticsReporting: false });
const env = { account: '111111111111', region: '${HOME}' };
const { NETWORK, HOSTS, ENDPOINT } = process.env;

const engine = new cdk.Stack(app, 'engine', { env });
const add = (id, type, properties) => new cdk.CfnResource(engine, id, { type, properties });
const allow = (Action, Resource) => ({ Effect: 'Allow', Action, Resource });
add('Role', 'AWS::IAM::Role', {
  AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }] },
  Policies: [{ PolicyName: 'own', PolicyDocument: { Statement: [
    allow('secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:${HOME}:111111111111:secret:ops/aliyun-??????'),
    allow('s3:GetObject', 'arn:aws:s3:::cdk-hnb659fds-assets-111111111111-${HOME}/*.ros'),
  ] } }],
});
const fn = add('Function', 'AWS::Lambda::Function', {
  Runtime: 'nodejs24.x', Handler: 'index.handler', Timeout: 900, Role: cdk.Fn.getAtt('Role', 'Arn'), Code: { ZipFile: ${JSON.stringify(FRAMEWORK)} },
  Environment: { Variables: { MEISSA_ALIYUN_SECRET: 'ops/aliyun', MEISSA_ALIYUN_ENDPOINT: ENDPOINT } },
});
const serviceToken = fn.getAtt('Arn').toString();

const manifest = (name) => ({
  path: 'cn-beijing/' + name, name: 'cn-beijing-' + name, region: 'cn-beijing', kind: 'network', template: name, dependsOn: [], tags: {},
  deletionProtection: false, disableRollback: false, timeoutMinutes: 60, parameters: {}, configurations: [], members: [],
});
const network = new RosStack(new cdk.Stack(app, 'network', { env }), 'Ros', { engine: { serviceToken }, manifest: manifest('network'), template: NETWORK });
const hosts = new cdk.Stack(app, 'hosts', { env });
const parameters = { VpcId: network.output('VpcIdG1') };
const ros = new RosStack(hosts, 'Ros', { engine: { serviceToken }, manifest: manifest('hosts'), template: HOSTS, parameters });
new cdk.CfnOutput(hosts, 'Due', { value: ros.configurationDue });
`;

let ros: RosCloud;
let folder: string;

beforeAll(async () => {
  expect(await run(process.execPath, [join(ROOT, 'scripts/build.mjs')], { timeout: 110 })).toMatchObject({ code: 0 });
  folder = mkdtempSync(join(tmpdir(), 'ros-stack-cli-'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'app.js'), APP);
  const context = { '@aws-cdk/core:enablePartitionLiterals': true };
  writeFileSync(
    join(folder, 'cdk.json'),
    JSON.stringify({ app: 'node app.js', versionReporting: false, notices: false, context }),
  );
  ros = await RosCloud.start();
  const { ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET } = ros.cloud.aliyun.env();
  const keys = { accessKeyId: ALIBABA_CLOUD_ACCESS_KEY_ID, accessKeySecret: ALIBABA_CLOUD_ACCESS_KEY_SECRET };
  const { id, secret } = ros.cloud.key();
  const credentials = { accessKeyId: id, secretAccessKey: secret };
  const secrets = new SecretsManagerClient({ region: HOME, endpoint: ros.cloud.url, credentials });
  await secrets.send(new CreateSecretCommand({ Name: 'ops/aliyun', SecretString: JSON.stringify(keys) }));
}, 150_000);
afterAll(async () => {
  await ros.close();
  rmSync(folder, { recursive: true, force: true });
});

const network = (more: object = {}) =>
  template({ Vpc: vpc(more) }, { Outputs: { VpcIdG1: { Value: { 'Fn::GetAtt': ['Vpc', 'VpcId'] } } } });
const hosts = (cidr = '10.0.0.0/24') =>
  template({ Switch: vSwitch({ VpcId: { Ref: 'VpcId' }, CidrBlock: cidr }) }, { Parameters: { VpcId: { Type: 'String' } } });

function cdk(args: string[], templates: { NETWORK?: string; HOSTS?: string } = {}): Promise<{ code: number; text: string }> {
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    CI: '1',
    NO_COLOR: '1',
    CDK_VALIDATION: 'false',
    ...ros.cloud.env(HOME),
    ENDPOINT: ros.cloud.url,
    NETWORK: network(),
    HOSTS: hosts(),
    ...templates,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [require.resolve('aws-cdk/bin/cdk'), ...args], { cwd: folder, env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, text: stdout + stderr }),
    );
  });
}

const DEPLOY = ['deploy', '--all', '--require-approval', 'never', '--progress', 'events'];
const live = async () => {
  const { Stacks } = await ros.call('ListStacks');
  const there = Stacks.filter((stack: { Status: string }) => stack.Status !== 'DELETE_COMPLETE');
  return Object.fromEntries(there.map((stack: { StackName: string; Status: string }) => [stack.StackName, stack.Status]));
};

test('cdk deploy creates, cdk diff sees the change, an update comes through, a refused one is taken back, cdk destroy deletes', async () => {
  expect(await cdk(['bootstrap', `aws://111111111111/${HOME}`])).toMatchObject({ code: 0 });
  const deployed = await cdk(DEPLOY);
  expect(deployed).toMatchObject({ code: 0, text: expect.stringContaining('hosts.Due = none') });
  expect(await live()).toEqual({ 'cn-beijing-network': 'CREATE_COMPLETE', 'cn-beijing-hosts': 'CREATE_COMPLETE' });
  expect(await cdk(['diff', '--fail'])).toMatchObject({ code: 0 });

  const named = { NETWORK: network({ VpcName: 'named' }) };
  const diff = await cdk(['diff', '--fail'], named);
  expect(diff).toMatchObject({ code: 1, text: expect.stringMatching(/\.Vpc:\s+[│ ]*└─ \[\+\] Added: \.VpcName/) });
  expect(await cdk(DEPLOY, named)).toMatchObject({ code: 0 });
  expect(await live()).toEqual({ 'cn-beijing-network': 'UPDATE_COMPLETE', 'cn-beijing-hosts': 'CREATE_COMPLETE' });

  // The CLI cuts statuses to the width of its column.
  const refused = await cdk(DEPLOY, { ...named, HOSTS: hosts('10.0.9.0/24') });
  expect(refused).toMatchObject({ code: 1, text: expect.stringContaining('UPDATE_ROLLBACK_COMPLET') });
  expect(refused.text).toContain('Switch');
  const { Stacks } = await ros.call('ListStacks', { StackName: ['cn-beijing-hosts'] });
  expect((await ros.call('GetTemplate', { StackId: Stacks[0].StackId })).TemplateBody).toBe(hosts());
  expect(await cdk(DEPLOY, named)).toMatchObject({ code: 0 });

  expect(await cdk(['destroy', '--all', '--force'], named)).toMatchObject({ code: 0 });
  expect(await live()).toEqual({});
  const { ALIBABA_CLOUD_ACCESS_KEY_SECRET: secret } = ros.cloud.aliyun.env();
  for (const { text } of [deployed, diff, refused]) expect(text).not.toContain(secret);
}, 240_000);
