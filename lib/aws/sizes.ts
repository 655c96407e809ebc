/** Whether the stacks of regions and links fit into CloudFormation. */
import { AWS } from '../clouds/aws';
import type { Finding } from '../estate/findings/finding';
import { STACK_OUTPUTS, STACK_RESOURCES, TEMPLATE_BYTES } from '../facts/aws/limits';
import type { MembersFleetPlan, RegionPlan, StackPlan } from '../plan/model';
import { baseFragment } from './base';
import { hasGates, membersFragment } from './fleet/member-resources';
import type { MembersFleetProps } from './fleet/members';
import { type LinkSource, linkStackSource } from './links/link-source';
import { linkFragment } from './links/link-stacks';
import { networkFragment } from './network/network';
import { baseProps, membersProps, networkProps, type RegionSource } from './region-props';
import type { TemplateFragment } from './template';

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
    if (stack.kind === 'base') return baseFindings(source, stack);
    if (stack.kind !== 'members') return [];
    const fleet = source.region.fleets.find((f) => f.cluster === stack.cluster && f.name === stack.fleet);
    return fleet?.kind === 'members' ? membersFindings(source, stack, fleet) : [];
  });
}

function membersFindings(source: RegionSource, stack: StackPlan, fleet: MembersFleetPlan): Finding[] {
  const props = membersProps(source, stack, fleet);
  const path = `clusters.${fleet.cluster}.fleets.${fleet.name}.membersPerStack`;
  const findings: Finding[] = [];
  const resources = countResources(props);
  if (resources > STACK_RESOURCES) {
    findings.push({
      ...finding(source.region, 'STACK_TOO_MANY_RESOURCES', path),
      message: `stack ${stack.name} has ${resources} resources`,
      why: `CloudFormation takes ${STACK_RESOURCES} a stack`,
      fix: `a fleet made anew with a smaller membersPerStack (${Math.floor((STACK_RESOURCES * props.members.length) / resources)} fit); for one that stands, fewer volumes, route tables or alarms a member`,
    });
  }
  const bytes = roughBytes(props) > TEMPLATE_BYTES.uploaded ? templateBytes(props, stack.name) : 0;
  if (bytes > TEMPLATE_BYTES.uploaded) {
    findings.push({
      ...finding(source.region, 'TEMPLATE_TOO_LARGE', path),
      message: `the template of ${stack.name} has ${bytes} bytes`,
      why: `CloudFormation takes ${TEMPLATE_BYTES.uploaded} bytes`,
      fix: 'a fleet made anew with a smaller membersPerStack',
    });
  }
  return findings;
}

function networkFindings(source: RegionSource, stack: StackPlan): Finding[] {
  return fragmentFindings(networkFragment(networkProps(source), stack.name), stack.name, {
    finding: (code) => finding(source.region, code, 'clusters'),
    why: "a region's security rules stand in one",
    fix: 'fewer fleets or ports between them',
  });
}

function baseFindings(source: RegionSource, stack: StackPlan): Finding[] {
  return fragmentFindings(baseFragment(baseProps(source), stack.name), stack.name, {
    finding: (code) => finding(source.region, code, 'clusters'),
    why: "the roles of a region's fleets stand in one",
    fix: 'fewer fleets',
  });
}

/** The same for the stacks of a link: a route a host table and range. */
export function linkSizeFindings(source: LinkSource): Finding[] {
  return source.link.stacks.flatMap((stack) =>
    fragmentFindings(linkFragment(linkStackSource(source, stack)), stack.name, {
      finding: (code) => ({ code, severity: 'error', file: 'regions/estate.yaml', line: 0, path: 'links' }),
      why: 'the routes of one end of a link stand in one',
      fix: 'fewer, larger ranges in `carries` of this link',
    }),
  );
}

interface Words {
  readonly finding: (code: string) => Pick<Finding, 'code' | 'severity' | 'file' | 'line' | 'path'>;
  readonly why: string;
  readonly fix: string;
}

function fragmentFindings({ Resources, Outputs = {} }: TemplateFragment, name: string, words: Words): Finding[] {
  const over = (code: string, count: number, limit: number, what: string): Finding[] => {
    if (count <= limit) return [];
    const message = `stack ${name} has ${count} ${what}`;
    return [{ ...words.finding(code), message, why: `CloudFormation takes ${limit} a stack, and ${words.why}`, fix: words.fix }];
  };
  return [
    ...over('STACK_TOO_MANY_RESOURCES', Object.keys(Resources).length, STACK_RESOURCES, 'resources'),
    ...over('STACK_TOO_MANY_OUTPUTS', Object.keys(Outputs).length, STACK_OUTPUTS, 'outputs'),
  ];
}

/** Resources of a members stack, without making them. */
export function countResources({ members, volumes, routeTables, quorum, gates, alarms }: MembersFleetProps): number {
  const tables = Object.keys(routeTables ?? {}).length;
  const parts = {
    volumes: volumes?.length ?? 0,
    gate: hasGates({ quorum, gates }),
    recover: alarms?.recoverAction !== undefined,
    heartbeat: alarms?.topicArn !== undefined,
  };
  const each = members.map(({ absent, containerRange }) =>
    AWS.memberResources({ ...parts, absent, routes: containerRange === undefined ? 0 : tables }),
  );
  return each.reduce((sum, count) => sum + count, alarms?.aggregate === true ? 1 : 0);
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
