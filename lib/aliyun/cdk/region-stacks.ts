/** The stacks of Aliyun regions as stacks of a CDK app. */

import { ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam';
import { type App, CfnOutput, DefaultStackSynthesizer, Fn, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { CloudRegionId, RegionName } from '../../estate/model/model';
import { AWS_TAGS } from '../../facts/aws/tags';
import { cloudRegionId } from '../../facts/region';
import { takesTag } from '../../facts/tags';
import { type EmittedAssembly, emittedText } from '../app';
import type { RosStackManifest } from '../assembly';
import { acknowledgeEngine } from './acknowledged';
import { RosEngine } from './ros-engine';
import { RosStack } from './ros-stack';

/** The AWS region in which CloudFormation keeps the state of Aliyun's stacks. */
export interface HomeRegion {
  readonly name: string;
  readonly account: string;
  readonly bootstrapQualifier: string;
  /** Name of the managed policy that bounds every role. @default - no boundary */
  readonly permissionsBoundary?: string;
}

export interface AliyunStacksOptions {
  readonly assembly: EmittedAssembly;
  readonly home: HomeRegion;
  /** UID of a region's account. */
  readonly accountOf: (region: CloudRegionId) => string;
  /** Name or ARN of the secret that holds the access key of a region. */
  readonly secretOf: (region: CloudRegionId) => string;
  /** Folder of the bundled handler. @default - this package's own */
  readonly handler?: string;
}

/** Id of a region's stack that holds its engine. */
const ENGINE = 'engine';

/**
 * Adds them: `<region>/engine`, and each stack of the assembly under its own path as one CDK stack with one resource. One a ROS stack and
 * not one a region, because CloudFormation takes a stack back as a whole: where a fleet fails, neither the network nor another fleet is
 * touched, a quorum fleet can go without rollback by itself, each has an hour of its own, and `cdk diff` and selectors are as on AWS.
 *
 * Stacks that make routes of one VPC deploy one after the other also under `--concurrency` (VPC, "CreateRouteEntry": TaskConflict).
 */
export function addAliyunStacks(app: App, options: AliyunStacksOptions): Map<string, Stack> {
  const stacks = new Map<string, Stack>();
  const engines = new Map<string, Stack>();
  const routing = new Map<string, Stack>();
  for (const manifest of options.assembly.manifest.stacks) {
    const { path } = manifest;
    const region = placeOf(manifest);
    if (!engines.has(region) && path.startsWith(`${region}/`)) engines.set(region, engineStack(app, region, manifest, options));
    const stack = rosStack(app, manifest, options);
    const before = [engines.get(region), ...manifest.dependsOn.map((needed) => stacks.get(needed) ?? stackAt(app, needed))];
    if (makesRoutes(options.assembly, path)) {
      before.push(routing.get(region));
      routing.set(region, stack);
    }
    for (const one of new Set(before)) if (one !== undefined) stack.addStackDependency(one);
    stacks.set(path, stack);
  }
  return new Map([...[...engines.values()].map((stack): [string, Stack] => [stack.node.path, stack]), ...stacks]);
}

function engineStack(app: App, region: RegionName, { region: id, tags }: RosStackManifest, options: AliyunStacksOptions): Stack {
  const stack = newStack(app, `${region}/${ENGINE}`, engineName(region), options, {
    description: `deploys the ROS stacks of ${region}`,
    tags,
  });
  const { permissionsBoundary } = options.home;
  if (permissionsBoundary !== undefined)
    PermissionsBoundary.of(stack).apply(ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', permissionsBoundary));
  const engine = new RosEngine(stack, 'Engine', {
    credentialsSecret: options.secretOf(cloudRegionId(id)),
    handler: options.handler,
  });
  acknowledgeEngine(engine);
  new CfnOutput(stack, 'ServiceToken', {
    description: `what the stacks of ${region} are deployed by`,
    value: engine.serviceToken,
    exportName: tokenName(region),
  });
  return stack;
}

function rosStack(app: App, manifest: RosStackManifest, options: AliyunStacksOptions): Stack {
  const { path, name, region: id } = manifest;
  const region = placeOf(manifest);
  const stack = newStack(app, path, name, options, {
    description: `ROS stack ${name} of ${region}`,
    tags: manifest.tags,
    terminationProtection: manifest.deletionProtection,
  });
  // As for quorum fleets of AWS: the CDK CLI takes it for a whole call only, `--no-rollback`.
  if (manifest.disableRollback) stack.node.addMetadata('meissa:deploy', { rollback: false });
  const ros = new RosStack(stack, 'Ros', {
    engine: { serviceToken: Fn.importValue(tokenName(region)) },
    manifest,
    template: emittedText(options.assembly, path),
    configurations: options.assembly.configurations,
    account: options.accountOf(cloudRegionId(id)),
  });
  new CfnOutput(stack, 'RosStackId', { description: "ROS's id of the stack", value: ros.stackId });
  if (manifest.members.length > 0)
    new CfnOutput(stack, 'ConfigurationDue', {
      description: 'whether members are to be restarted with a changed configuration, as of the last deploy of this stack',
      value: ros.configurationDue,
    });
  return stack;
}

interface StackFacts {
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly terminationProtection?: boolean;
}

function newStack(app: App, path: string, stackName: string, { home }: AliyunStacksOptions, facts: StackFacts): Stack {
  const [id, ...scopes] = path.split('/').reverse();
  const scope = scopes
    .reverse()
    .reduce<Construct>((at, name) => (at.node.tryFindChild(name) as Construct | undefined) ?? new Construct(at, name), app);
  return new Stack(scope, id!, {
    stackName,
    env: { account: home.account, region: home.name },
    synthesizer: new DefaultStackSynthesizer({ qualifier: home.bootstrapQualifier }),
    analyticsReporting: false,
    ...facts,
    tags: takenByAws(facts.tags),
  });
}

/** Aliyun takes tags that AWS refuses: those stand on the stack of ROS only. */
function takenByAws(tags: Readonly<Record<string, string>>): Record<string, string> {
  const { key, value } = AWS_TAGS.place;
  const seen = new Set<string>();
  return Object.fromEntries(
    Object.entries(tags).filter(([k, v]) => {
      const another = !seen.has(k.toLowerCase());
      seen.add(k.toLowerCase());
      return another && takesTag(k, key) && takesTag(v, value);
    }),
  );
}

/** A stack of another cloud in the same app. */
function stackAt(app: App, path: string): Stack | undefined {
  const found = path
    .split('/')
    .reduce<Construct | undefined>((at, name) => at?.node.tryFindChild(name) as Construct | undefined, app);
  return Stack.isStack(found) ? found : undefined;
}

function makesRoutes({ templates }: EmittedAssembly, path: string): boolean {
  return Object.values(templates.get(path)!.Resources).some(({ Type }) => Type === 'ALIYUN::ECS::Route');
}

/** What the estate calls the region of a stack. */
const placeOf = ({ place, region }: RosStackManifest): RegionName => place ?? `${region}`;

const engineName = (region: RegionName): string => `${region}-${ENGINE}`;

/** Name of the export by which stacks know their engine. */
const tokenName = (region: RegionName): string => `${engineName(region)}:ServiceToken`;
