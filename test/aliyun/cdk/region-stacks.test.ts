/** Aliyun regions in the app that the CDK CLI runs. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { addAliyunStacks, ROS_STACK } from '../../../lib/aliyun/cdk';
import { ACKNOWLEDGED_ENGINE } from '../../../lib/aliyun/cdk/acknowledged';
import type { Estate, Region } from '../../../lib/estate/model/model';
import { describeWithRealPart } from '../../real-parts';
import { emit, inland } from '../fixtures';
import { handlerFolder } from './handler-folder';

/** CDK says what a function waits for twice: by reference and by name. */
const IGNORED = ['W3005'];

const home = { name: 'us-east-1', account: '111111111111', bootstrapQualifier: 'hnb659fds' };

function app(regions?: readonly string[], more: object = {}, estate = inland()) {
  const made = new App({
    analyticsReporting: false,
    treeMetadata: false,
    context: { '@aws-cdk/core:enablePartitionLiterals': true },
  });
  const stacks = addAliyunStacks(made, {
    assembly: emit(estate, regions),
    home: { ...home, ...more },
    accountOf: () => '1111111111111111',
    secretOf: (region) => `inland/aliyun/${region}`,
    handler: handlerFolder(),
  });
  return { app: made, stacks };
}

function withRegions(estate: Estate, change: (region: Region) => Region): Estate {
  return { ...estate, regions: estate.regions.map(change) };
}

const dependencies = (stack: Stack) => stack.dependencies.map((one) => one.node.path);

test('each ROS stack is a CDK stack under its own path, behind what it needs and the engine of its region', () => {
  const { stacks } = app();
  const { manifest } = emit(inland());
  expect([...stacks.keys()].sort()).toEqual(
    [...manifest.stacks.map((stack) => stack.path), 'cn-beijing/engine', 'cn-hangzhou/engine'].sort(),
  );
  for (const { path, region, dependsOn } of manifest.stacks) {
    const own = manifest.stacks.map((one) => one.path);
    expect(dependencies(stacks.get(path)!)).toEqual(
      expect.arrayContaining([`${region}/engine`, ...dependsOn.filter((needed) => own.includes(needed))]),
    );
  }
});

test('stacks that make routes of one VPC are in a row, so that no concurrency runs two at once', () => {
  const { stacks } = app();
  const assembly = emit(inland());
  for (const region of ['cn-beijing', 'cn-hangzhou']) {
    const routing = assembly.manifest.stacks
      .filter((stack) => stack.region === region)
      .filter(({ path }) => Object.values(assembly.templates.get(path)!.Resources).some((r) => r.Type === 'ALIYUN::ECS::Route'))
      .map(({ path }) => path);
    for (const [i, path] of routing.entries()) if (i > 0) expect(dependencies(stacks.get(path)!)).toContain(routing[i - 1]);
  }
  const chained = assembly.manifest.stacks.filter(({ path, region }) => {
    const types = Object.values(assembly.templates.get(path)!.Resources).map((r) => r.Type);
    return region === 'cn-beijing' && types.includes('ALIYUN::ECS::Route');
  });
  expect(chained.length).toBeGreaterThan(1);
});

test('a region alone has the same bytes as with the others', () => {
  const [one, all] = [app(['cn-beijing']), app()];
  for (const [path, stack] of one.stacks)
    expect(Template.fromStack(stack).toJSON()).toEqual(Template.fromStack(all.stacks.get(path)!).toJSON());
});

test('what holds data is protected, and what must not be rolled back says so to who deploys', () => {
  const { stacks } = app();
  for (const { path, deletionProtection, disableRollback } of emit(inland()).manifest.stacks) {
    const stack = stacks.get(path)!;
    expect([path, stack.terminationProtection]).toEqual([path, deletionProtection]);
    const said = stack.node.metadata.filter((entry) => entry.type === 'meissa:deploy').map((entry) => entry.data);
    expect([path, said]).toEqual([path, disableRollback ? [{ rollback: false }] : []]);
  }
});

test('a stack with members has an output that says whether a roll is due', () => {
  const { stacks } = app();
  for (const { path, members } of emit(inland()).manifest.stacks) {
    const outputs = Template.fromStack(stacks.get(path)!).findOutputs('ConfigurationDue');
    expect([path, Object.keys(outputs).length]).toEqual([path, members.length > 0 ? 1 : 0]);
  }
});

test('nothing that CloudFormation is given is longer than it and the framework take', () => {
  const { stacks } = app();
  for (const stack of stacks.values()) {
    for (const { Properties } of Object.values(Template.fromStack(stack).findResources(ROS_STACK)))
      expect(Buffer.byteLength(JSON.stringify(Properties))).toBeLessThan(100_000);
  }
});

test('tags that only Aliyun takes stand on the stack of ROS, not on that of CloudFormation', () => {
  const tags = { owner: 'platform', 'team (ads)': 'x', note: 'R&D', spot: '', Owner: 'b' };
  const { stacks } = app(
    ['cn-hangzhou'],
    {},
    withRegions(inland(), (region) => ({ ...region, tags })),
  );
  for (const name of ['engine', 'network'])
    expect(stacks.get(`cn-hangzhou/${name}`)!.tags.tagValues()).toEqual({ owner: 'platform' });
  const [resource] = Object.values(Template.fromStack(stacks.get('cn-hangzhou/network')!).findResources(ROS_STACK));
  expect(resource!.Properties.Tags).toEqual({ owner: 'platform', 'team (ads)': 'x', note: 'R&D', spot: '', Owner: 'b' });
});

test('the home region bounds every role of an engine', () => {
  const { stacks } = app(['cn-beijing'], { permissionsBoundary: 'bounds' });
  const roles = Object.values(Template.fromStack(stacks.get('cn-beijing/engine')!).findResources('AWS::IAM::Role'));
  expect(roles.length).toBeGreaterThan(2);
  for (const { Properties } of roles) expect(JSON.stringify(Properties.PermissionsBoundary)).toContain('policy/bounds');
});

test('cdk-nag AwsSolutions finds nothing that is not acknowledged with a reason', () => {
  const { app: made } = app();
  const { violations } = new AwsSolutionsChecks(made).validateScope(made);
  expect(violations.map((violation) => violation.ruleName)).toEqual([]);
  for (const reason of Object.values(ACKNOWLEDGED_ENGINE)) expect(reason.split(' ').length).toBeGreaterThan(6);
});

describeWithRealPart('cfn-lint', 'cfn-lint', (path) => {
  test('has nothing to say', () => {
    const assembly = app().app.synth();
    const found = assembly.stacks.map((stack) => join(assembly.directory, stack.templateFile));
    const lint = spawnSync(path, ['--ignore-checks', ...IGNORED, '--', ...found], { encoding: 'utf8' });
    expect(lint.stdout + lint.stderr).toBe('');
    expect(lint.status).toBe(0);
  }, 120_000);
});
