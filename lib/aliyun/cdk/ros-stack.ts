/** A stack of Aliyun's ROS as a resource of a CDK app, so that `cdk diff` and `cdk deploy` work there too. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CustomResource, Lazy, type RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { nearest } from '../../estate/findings/nearest';
import type { PublishedConfiguration, RosAssembly, RosStackManifest } from '../assembly';
import { contentsOf } from './contents';
import { ATTRIBUTES, type ConfigurationProperty, type OutputProperty, type RosStackProperties } from './properties';
import type { IRosEngine } from './ros-engine';
import { rosFile } from './ros-files';

export interface RosStackProps {
  readonly engine: IRosEngine;
  /** What a template can't say; an emitted assembly has one a stack. */
  readonly manifest: RosStackManifest;
  /** Text of the template. */
  readonly template: string;
  /** Texts of members' configurations by the manifest's file names. @default - the manifest names none */
  readonly configurations?: ReadonlyMap<string, string>;
  /** UID of the Aliyun account that the secret's key must belong to; another one is refused before anything is touched. @default - any */
  readonly account?: string;
  /**
   * Values of parameters, such as outputs of another `RosStack` or of AWS resources; they go before the manifest's.
   *
   * @default - the handler reads the manifest's from ROS right before the stack is applied
   */
  readonly parameters?: Readonly<Record<string, string>>;
  /**
   * What becomes of the stack when it leaves the app. Retained, ROS isn't asked at all; destroyed, a protected stack refuses.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** Type of the resource. */
export const ROS_STACK = 'Custom::RosStack';

/**
 * A ROS stack. The template is an asset under its digest; its parts stand in the resource's properties too, so that `cdk diff` names what
 * changes. Configurations of members are published; members that run are not restarted, which {@link configurationDue} says.
 *
 * A stack that stood in ROS before is taken over: updated to the template, and never deleted by CloudFormation.
 */
export class RosStack extends Construct {
  /** ROS's id of the stack. */
  readonly stackId: string;
  /** Whose members run with an earlier configuration, and the command that rolls them; `none`. As of the last deploy of this resource. */
  readonly configurationDue: string;
  private readonly resource: CustomResource;
  private readonly known: readonly string[];
  private readonly read = new Set<string>();

  /** A stack of what `meissa synth` wrote. @param folder `aliyun.out` @throws RangeError for a path that isn't there */
  static fromAssembly(
    scope: Construct,
    id: string,
    {
      folder,
      path,
      ...props
    }: Omit<RosStackProps, 'manifest' | 'template' | 'configurations'> & { folder: string; path: string },
  ): RosStack {
    const read = (file: string) => readFileSync(join(folder, file), 'utf8');
    const { stacks } = JSON.parse(read('manifest.json')) as RosAssembly;
    const manifest = stacks.find((stack) => stack.path === path);
    if (manifest === undefined)
      throw unknown(
        'stack',
        path,
        stacks.map((stack) => stack.path),
      );
    const configurations = new Map(manifest.configurations.map(({ file }) => [file, read(file)]));
    return new RosStack(scope, id, { ...props, manifest, template: read(manifest.template), configurations });
  }

  constructor(scope: Construct, id: string, props: RosStackProps) {
    super(scope, id);
    const { manifest, template: text, engine, removalPolicy } = props;
    const template = JSON.parse(text) as { Outputs?: object } & Record<string, unknown>;
    this.known = Object.keys(template.Outputs ?? {});
    const { parameters: given = {}, account } = props;
    const properties: RosStackProperties = {
      Region: manifest.region,
      StackName: manifest.name,
      ...(account === undefined ? {} : { Account: account }),
      Template: rosFile(this, text),
      Parameters: given,
      ParametersFrom: fromRos(manifest, given),
      Tags: manifest.tags,
      TimeoutMinutes: String(manifest.timeoutMinutes),
      DisableRollback: String(manifest.disableRollback),
      DeletionProtection: String(manifest.deletionProtection),
      Configurations: manifest.configurations.map((one) => this.configuration(one, props.configurations)),
      OpenInstances: manifest.members.filter((member) => !member.sourceDestCheck).map((member) => member.instance),
      IsolatedGroups: manifest.isolatedGroups ?? [],
      BorderRouters: (manifest.borderRouters ?? []).map((router) => ({
        Resource: router.resource,
        MinTxInterval: String(router.minTxInterval),
        MinRxInterval: String(router.minRxInterval),
        DetectMultiplier: String(router.detectMultiplier),
      })),
      Outputs: Lazy.list({ produce: () => [...this.read].sort() }),
      RollCommand: `meissa deploy ${manifest.region}`,
      Contents: contentsOf(template),
    };
    this.resource = new CustomResource(this, 'Resource', {
      serviceToken: engine.serviceToken,
      resourceType: ROS_STACK,
      properties: { ...properties },
      removalPolicy,
    });
    this.stackId = this.resource.getAttString(ATTRIBUTES.stackId);
    this.configurationDue = this.resource.getAttString(ATTRIBUTES.configurationDue);
  }

  /** An output of the ROS stack. @throws RangeError for one that its template doesn't have, with the nearest name */
  output(name: string): string {
    if (!this.known.includes(name)) throw unknown('output', name, this.known);
    this.read.add(name);
    return this.resource.getAttString(name);
  }

  private configuration(
    { fleet, bucket, manifestKey, objectKey, digest, file }: PublishedConfiguration,
    texts: ReadonlyMap<string, string> = new Map(),
  ): ConfigurationProperty {
    const text = texts.get(file);
    if (text === undefined)
      throw new RangeError(`${this.node.path}: the manifest names the configuration ${file}, whose text is missing`);
    const asset = rosFile(this, text);
    if (asset.Digest !== digest)
      throw new RangeError(`${this.node.path}: ${file} is not what its digest says; synthesize the assembly anew`);
    const manifest = manifestKey === undefined ? {} : { ManifestKey: manifestKey };
    return { Fleet: fleet, Bucket: bucket, ...manifest, ObjectKey: objectKey, Text: asset };
  }
}

/** @throws RangeError for an output of CloudFormation: the handler reads ROS only */
function fromRos(
  { path, parameters }: RosStackManifest,
  given: Readonly<Record<string, string>>,
): Record<string, OutputProperty> {
  const open = Object.entries(parameters).filter(([name]) => !Object.hasOwn(given, name));
  return Object.fromEntries(
    open.map(([name, { provider, stack, region, output, path: from }]) => {
      if (provider !== 'aliyun')
        throw new RangeError(
          `${path}: parameter ${name} is ${output} of ${from}, a stack of ${provider}: give its value in parameters`,
        );
      return [name, { Stack: stack, Region: region, Output: output }];
    }),
  );
}

function unknown(what: string, name: string, known: readonly string[]): RangeError {
  const near = nearest(name, known);
  return new RangeError(
    `unknown ${what} ${name}${near === undefined ? '' : `: did you mean ${near}?`} (${what}s: ${known.join(', ')})`,
  );
}
