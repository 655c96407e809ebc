/** What a stack is made of, while its parts put in what they add. */
import type { CloudRegionId, RegionName } from '../estate/model/model';
import { stackName } from '../plan/names';
import { entryOutput, networkOutput, transitOutput } from '../plan/output-names';
import type { StackOutput } from './assembly';
import { pascal } from './names';
import { type Intrinsic, type RosFragment, type RosOutputJson, type RosParameterJson, type RosResourceJson, ref } from './ros';

/** A stack of which the resources are being made. */
export interface StackParts {
  readonly resources: Record<string, RosResourceJson>;
  readonly outputs: Record<string, RosOutputJson>;
  readonly inputs: Inputs;
  /** ROS's name of the stack. */
  readonly stackName: string;
  /** Generation of the region; stands in logical ids. */
  readonly generation: number;
}

/** The parts as ROS takes them. */
export function fragmentOf(parts: StackParts, more: Pick<RosFragment, 'Mappings'> = {}): RosFragment {
  return { Parameters: parts.inputs.parameters(), ...more, Resources: parts.resources, Outputs: parts.outputs };
}

export function newParts(stackName: string, generation: number): StackParts {
  return { resources: {}, outputs: {}, inputs: new Inputs(), stackName, generation };
}

/** An output; its name is hand-made and planned. */
export function output(value: unknown, description: string): RosOutputJson {
  return { Description: description, Value: value };
}

/**
 * Values of a stack that other stacks give: each is one parameter of the template, and the manifest says whose output it is. Whoever
 * deploys reads it from the engine right before. ROS itself reads outputs by a stack's id only, which nobody knows before it stands.
 */
export class Inputs {
  private readonly sources = new Map<string, StackOutput>();

  /** The parameter, as a value of a property. */
  read(source: StackOutput): Intrinsic {
    const name = parameterName(source);
    this.sources.set(name, source);
    return ref(name);
  }

  parameters(): Record<string, RosParameterJson> {
    const described = [...this.sources].map(([name, { path, output: key }]): [string, RosParameterJson] => [
      name,
      { Type: 'String', Description: `output ${key} of ${path}` },
    ]);
    return Object.fromEntries(described.sort(byName));
  }

  /** For the manifest. */
  outputs(): Record<string, StackOutput> {
    return Object.fromEntries([...this.sources].sort(byName));
  }
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

/** `CnBeijingNetworkVpcIdG1`: letters and digits only. */
/** Name of the parameter by which a stack is given an output of another one. */
export function parameterName({ path, output: key }: Pick<StackOutput, 'path' | 'output'>): string {
  return pascal(path) + key;
}

/** An output of one of a region's own stacks. */
export function outputOf({ name, cloudRegion }: Place, stack: string, key: string): StackOutput {
  return { provider: 'aliyun', path: `${name}/${stack}`, stack: stackName(name, stack), region: cloudRegion, output: key };
}

/** A region by both of its names. */
export interface Place {
  readonly name: RegionName;
  readonly cloudRegion: CloudRegionId;
}

/** A region as the readers of its outputs know it. */
export interface Producer extends Place {
  readonly generation: number;
}

/** What the stacks of a region give. */
export const regionOutput = {
  vpcId: (region: Producer) => outputOf(region, 'network', networkOutput.vpcId(region.generation)),
  subnet: (region: Producer, id: string) => outputOf(region, 'network', networkOutput.subnet(id, region.generation)),
  routeTable: (region: Producer, id: string) => outputOf(region, 'network', networkOutput.routeTable(id, region.generation)),
  securityGroup: (region: Producer, id: string) =>
    outputOf(region, 'network', networkOutput.securityGroup(id, region.generation)),
  targets: (region: Producer, stack: string, part: string) =>
    outputOf(region, stack, entryOutput.targets(part, region.generation)),
  transitRouter: (region: Producer) => outputOf(region, 'transit', transitOutput.gateway(region.generation)),
  transitTable: (region: Producer) => outputOf(region, 'transit', transitOutput.routeTable(region.generation)),
};
