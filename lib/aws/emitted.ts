/** Where the hosts of a region's members fleets stand in CloudFormation: for reading back what was deployed. */
import type { RegionPlan } from '../plan/model';
import { memberId } from './names';

/** Logical ids of one member. */
export interface EmittedMember {
  /** `<cluster>/<fleet>`. */
  readonly fleet: string;
  readonly number: number;
  readonly stackName: string;
  readonly interface: string;
  /** @default - none while the member is absent */
  readonly instance?: string;
  /** By the volume's name. */
  readonly volumes: Readonly<Record<string, string>>;
}

/** By host name. */
export function emittedMembers(region: RegionPlan): Map<string, EmittedMember> {
  const stackNames = new Map(region.stacks.map((stack) => [stack.id, stack.name]));
  const found = new Map<string, EmittedMember>();
  for (const fleet of region.fleets) {
    if (fleet.kind !== 'members') continue;
    for (const { number, name, stack, generation, absent } of fleet.members) {
      found.set(name, {
        fleet: `${fleet.cluster}/${fleet.name}`,
        number,
        stackName: stackNames.get(stack)!,
        interface: memberId.interface(number),
        ...(absent ? {} : { instance: memberId.instance(number, generation) }),
        volumes: Object.fromEntries(fleet.volumes.map((v) => [v.name, memberId.volume(number, v.name)])),
      });
    }
  }
  return found;
}
