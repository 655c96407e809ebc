/** Hosts of a stack as EC2 knows them, beside what the stack's template says of them. */
import {
  DescribeInstanceStatusCommand,
  DescribeInstancesCommand,
  type EC2Client,
  type Filter,
  type Instance,
} from '@aws-sdk/client-ec2';
import type { DriftedResource, MemberState, StandingResource } from '../engine';
import { type Template, tagOf } from '../standing-template';

/** EC2, "DescribeInstances": a filter takes 200 values. */
const VALUES = 200;

/** An instance that a stack made itself. */
export interface StackInstance {
  readonly logicalId: string;
  readonly name: string;
  readonly physicalId: string;
  /** Undefined where EC2 has it no more, or as terminated. */
  readonly instance?: Instance;
  /** Volumes that its template attaches, by device. */
  readonly volumes: readonly { readonly device: string; readonly volumeId: string }[];
}

/** Those that stand in the template, and in a group those that it launched. */
export interface StackHosts {
  readonly own: readonly StackInstance[];
  readonly launched: readonly Instance[];
}

/** @returns undefined where the credentials may not ask EC2 */
export async function stackHosts(
  client: EC2Client,
  template: Template,
  resources: readonly StandingResource[],
): Promise<StackHosts | undefined> {
  const idOf = new Map(resources.map(({ logicalId, physicalId }) => [logicalId, physicalId]));
  const ids = (type: string) => resources.flatMap((one) => (one.type === type && one.physicalId ? [one.physicalId] : []));
  const groups = ids('AWS::AutoScaling::AutoScalingGroup');
  try {
    const found = await instances(client, 'instance-id', ids('AWS::EC2::Instance'));
    const standing = new Map(found.filter(isThere).map((instance) => [instance.InstanceId, instance]));
    const own = Object.entries(template.Resources ?? {}).flatMap(([logicalId, { Type, Properties = {} }]): StackInstance[] => {
      const physicalId = idOf.get(logicalId);
      if (Type !== 'AWS::EC2::Instance' || physicalId === undefined) return [];
      const instance = standing.get(physicalId);
      const attached = Array.isArray(Properties.Volumes)
        ? (Properties.Volumes as { Device: string; VolumeId: { Ref: string } }[])
        : [];
      const volumes = attached.map(({ Device, VolumeId }) => ({ device: Device, volumeId: idOf.get(VolumeId.Ref) ?? '' }));
      const name = tagOf(Properties, 'Name') ?? logicalId;
      return [{ logicalId, name, physicalId, volumes, ...(instance === undefined ? {} : { instance }) }];
    });
    const launched = await instances(client, 'tag:aws:autoscaling:groupName', groups);
    return { own, launched: launched.filter(isThere) };
  } catch (error) {
    if (/UnauthorizedOperation|AccessDenied/.test((error as Error).name)) return undefined;
    throw error;
  }
}

const isThere = ({ State }: Instance): boolean => State?.Name !== 'terminated' && State?.Name !== 'shutting-down';

export const isStopped = ({ State }: Instance): boolean => State?.Name === 'stopped' || State?.Name === 'stopping';

async function instances(client: EC2Client, name: string, values: readonly string[]): Promise<Instance[]> {
  const found: Instance[] = [];
  for (let from = 0; from < values.length; from += VALUES) {
    const filters: Filter[] = [{ Name: name, Values: values.slice(from, from + VALUES) }];
    let NextToken: string | undefined;
    do {
      const page = await client.send(new DescribeInstancesCommand({ Filters: filters, ...(NextToken && { NextToken }) }));
      for (const { Instances = [] } of page.Reservations ?? []) found.push(...Instances);
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
  }
  return found;
}

/** With EC2's status checks: of the system below it, and of the instance. The worse of both counts. */
export async function hostStates(client: EC2Client, { own, launched }: StackHosts): Promise<MemberState[]> {
  const running = [...own.flatMap(({ instance }) => instance ?? []), ...launched].filter(
    ({ State }) => State?.Name === 'running',
  );
  const checks = new Map<string, string>();
  const ids = running.map(({ InstanceId }) => InstanceId!);
  // EC2, "DescribeInstanceStatus": InstanceIds takes at most 100.
  for (let from = 0; from < ids.length; from += 100) {
    const answer = await client.send(new DescribeInstanceStatusCommand({ InstanceIds: ids.slice(from, from + 100) }));
    for (const { InstanceId = '', SystemStatus, InstanceStatus } of answer.InstanceStatuses ?? []) {
      const both = [SystemStatus?.Status, InstanceStatus?.Status];
      checks.set(InstanceId, both.find((status) => status !== 'ok') ?? 'ok');
    }
  }
  const state = (name: string, instance: Instance | undefined): MemberState => ({
    name,
    ...(instance?.InstanceId === undefined ? {} : { instance: instance.InstanceId }),
    state: instance?.State?.Name ?? 'gone',
    ...(checks.has(instance?.InstanceId ?? '') ? { checks: checks.get(instance!.InstanceId!)! } : {}),
    rollDue: false,
  });
  return [
    ...own.map(({ name, instance }) => state(name, instance)),
    ...launched.map((instance) => state(instance.Tags?.find(({ Key }) => Key === 'Name')?.Value ?? '', instance)),
  ];
}

/** What CloudFormation does not look at: instances that don't run, and volumes that are not attached. */
export function hostDrift({ own }: StackHosts, told: readonly DriftedResource[]): DriftedResource[] {
  return own.flatMap(({ logicalId, physicalId, instance, volumes }): DriftedResource[] => {
    if (instance === undefined) return [];
    const base = { logicalId, physicalId, type: 'AWS::EC2::Instance' };
    const known = told.some((one) => one.logicalId === logicalId && one.differences.some(({ property }) => isVolumes(property)));
    const missing = known ? [] : detached(instance, volumes);
    return [
      ...(isStopped(instance) ? [{ ...base, drift: 'stopped' as const, differences: [] }] : []),
      ...(missing.length === 0
        ? []
        : [
            {
              ...base,
              drift: 'modified' as const,
              differences: missing.map(({ device, volumeId }) => ({ property: `Volumes ${device}`, expected: volumeId })),
            },
          ]),
    ];
  });
}

/** `Volumes`, `Volumes.0.VolumeId`, or as `hostDrift` says it. */
export const isVolumes = (property: string): boolean => /^Volumes\b/.test(property);

/** Volumes of its template that an instance has not. */
export function detached({ BlockDeviceMappings = [] }: Instance, volumes: StackInstance['volumes']): StackInstance['volumes'] {
  const attached = new Set(BlockDeviceMappings.map(({ Ebs }) => Ebs?.VolumeId));
  return volumes.filter(({ volumeId }) => !attached.has(volumeId));
}
