/** A stack as it is emitted: the template, and what the manifest says of it. */
import type { CloudRegion, RegionName } from '../estate/model/model';
import { STACK_MINUTES } from '../facts/aliyun/limits';
import type { BorderRouterTimers, PublishedConfiguration, RosElastic, RosMember, RosStackManifest } from './assembly';
import { fragmentOf, type StackParts } from './parts';
import { type RosFragment, type RosTemplate, rosTemplate } from './ros';

/** What of a stack isn't known from its parts. */
export interface StackFacts {
  /** Construct path: `cn-beijing/network`. */
  readonly path: string;
  readonly region: CloudRegion;
  /** What the estate calls it. */
  readonly place: RegionName;
  readonly kind: RosStackManifest['kind'];
  readonly description: string;
  readonly dependsOn: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** @default false */
  readonly deletionProtection?: boolean;
  /** @default false */
  readonly disableRollback?: boolean;
  /** @default 60, ROS's own */
  readonly timeoutMinutes?: number;
  /** @default - none */
  readonly configurations?: readonly PublishedConfiguration[];
  /** @default - none */
  readonly members?: readonly RosMember[];
  /** @default - none */
  readonly elastic?: RosElastic;
  /** @default - none */
  readonly borderRouters?: readonly BorderRouterTimers[];
  /** @default - none */
  readonly isolatedGroups?: readonly string[];
}

export interface EmittedStack {
  readonly manifest: RosStackManifest;
  readonly template: RosTemplate;
}

export function emitStack(facts: StackFacts, parts: StackParts, more: Pick<RosFragment, 'Mappings'> = {}): EmittedStack {
  const { path, region, place, description } = facts;
  return {
    template: rosTemplate(parts.stackName, description, fragmentOf(parts, more)),
    manifest: {
      path,
      name: parts.stackName,
      region,
      ...(String(place) === region ? {} : { place }),
      kind: facts.kind,
      template: `${parts.stackName}.template.json`,
      dependsOn: facts.dependsOn,
      tags: facts.tags,
      deletionProtection: facts.deletionProtection ?? false,
      disableRollback: facts.disableRollback ?? false,
      timeoutMinutes: Math.min(Math.ceil(facts.timeoutMinutes ?? STACK_MINUTES.usual), STACK_MINUTES.most),
      parameters: parts.inputs.outputs(),
      configurations: facts.configurations ?? [],
      members: facts.members ?? [],
      ...(facts.elastic === undefined ? {} : { elastic: facts.elastic }),
      ...((facts.borderRouters ?? []).length === 0 ? {} : { borderRouters: facts.borderRouters! }),
      ...((facts.isolatedGroups ?? []).length === 0 ? {} : { isolatedGroups: facts.isolatedGroups! }),
    },
  };
}
