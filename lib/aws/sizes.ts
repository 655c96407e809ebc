/** Whether a region's stacks fit into CloudFormation. */
import type { Finding } from '../estate/finding';
import type { MembersFleetPlan, RegionPlan, StackPlan } from '../plan/model';
import { RESOURCES_PER_STACK, TEMPLATE_BYTES } from './limits';
import { membersFragment } from './member-resources';
import type { MembersFleetProps } from './members';
import { networkFragment } from './network';
import { membersProps, networkProps, type RegionSource } from './region-props';

/** What CDK adds to every template: the parameter and the rule of the bootstrap version, a description. */
const CDK_BYTES = 2_000;

/** More than a member, a volume or a route takes, so that only stacks near the limit are written to be measured. */
const ROUGH_BYTES = { member: 3_000, volume: 800, route: 500 };

/**
 * Stacks over 500 resources or 1 MB, which CloudFormation refuses at deploy. Counted before anything is constructed, and all
 * told at once; CDK would stop at the first.
 */
export function sizeFindings(source: RegionSource): Finding[] {
  return source.region.stacks.flatMap((stack) => {
    if (stack.kind === 'network') return networkFindings(source, stack);
    const fleet = source.region.fleets.find((f) => f.cluster === stack.cluster && f.name === stack.fleet);
    return fleet?.kind === 'members' ? membersFindings(source, stack, fleet) : [];
  });
}

function membersFindings(source: RegionSource, stack: StackPlan, fleet: MembersFleetPlan): Finding[] {
  const props = membersProps(source, stack, fleet);
  const path = `clusters.${fleet.cluster}.fleets.${fleet.name}.membersPerStack`;
  const findings: Finding[] = [];
  const resources = countResources(props);
  if (resources > RESOURCES_PER_STACK) {
    findings.push({
      ...finding(source.region, 'STACK_TOO_MANY_RESOURCES', path),
      message: `stack ${stack.name} has ${resources} resources`,
      why: `CloudFormation takes ${RESOURCES_PER_STACK} a stack`,
      fix: `a fleet made anew with a smaller membersPerStack (${Math.floor((RESOURCES_PER_STACK * props.members.length) / resources)} fit); for one that stands, fewer volumes, route tables or alarms a member`,
    });
  }
  const bytes = roughBytes(props) > TEMPLATE_BYTES ? templateBytes(props, stack.name) : 0;
  if (bytes > TEMPLATE_BYTES) {
    findings.push({
      ...finding(source.region, 'TEMPLATE_TOO_LARGE', path),
      message: `the template of ${stack.name} has ${bytes} bytes`,
      why: `CloudFormation takes ${TEMPLATE_BYTES} bytes`,
      fix: 'a fleet made anew with a smaller membersPerStack',
    });
  }
  return findings;
}

function networkFindings(source: RegionSource, stack: StackPlan): Finding[] {
  const resources = Object.keys(networkFragment(networkProps(source), stack.name).Resources).length;
  if (resources <= RESOURCES_PER_STACK) return [];
  return [
    {
      ...finding(source.region, 'STACK_TOO_MANY_RESOURCES', 'clusters'),
      message: `stack ${stack.name} has ${resources} resources`,
      why: `CloudFormation takes ${RESOURCES_PER_STACK} a stack, and a region's security rules stand in one`,
      fix: 'fewer fleets or ports between them',
    },
  ];
}

/** Resources of a members stack, without making them. */
export function countResources({ members, volumes, routeTables, quorum, alarms }: MembersFleetProps): number {
  const tables = Object.keys(routeTables ?? {}).length;
  const instance = 1 + (quorum === undefined ? 0 : 1) + (alarms?.recoverAction === undefined ? 0 : 1);
  let count = alarms?.aggregate === true ? 1 : 0;
  for (const member of members) {
    count += 1 + (volumes?.length ?? 0) + (member.absent ? 0 : instance) + (member.containerRange === undefined ? 0 : tables);
  }
  return count;
}

function roughBytes({ members, volumes, routeTables, userData }: MembersFleetProps): number {
  const member =
    ROUGH_BYTES.member + (volumes?.length ?? 0) * ROUGH_BYTES.volume + Object.keys(routeTables ?? {}).length * ROUGH_BYTES.route;
  // JSON writes a control character as six.
  return members.length * member + userData.text.length * 6;
}

/** Bytes as CDK writes a members template: without indentation. */
function templateBytes(props: MembersFleetProps, stackName: string): number {
  return Buffer.byteLength(JSON.stringify(membersFragment(props, stackName))) + CDK_BYTES;
}

function finding(region: RegionPlan, code: string, path: string) {
  return { code, severity: 'error' as const, file: `regions/${region.name}.yaml`, line: 0, path };
}
