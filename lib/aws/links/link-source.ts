/** A link as the emitter sees it, and how a stack of it reads what stands elsewhere. */

import { dnsSuffix } from '../../facts/aws/regions';
import type { IdcPlan, LinkEndPlan, LinkPlan, LinkStackPlan } from '../../plan/model';
import { stackName } from '../../plan/names';
import { networkOutput, transitOutput } from '../names';
import { accountArn, type Place } from '../partition';
import { getStackOutput, importValue, type Value } from '../template';

export interface LinkSource {
  readonly link: LinkPlan;
  /** All links that touch the same places: a transit link through a region uses the attachments of two others. */
  readonly links: readonly LinkPlan[];
  readonly idcs: readonly IdcPlan[];
  /** Name of the estate. */
  readonly estate: string;
  /** Tags of the estate: a link belongs to no region. */
  readonly tags: Readonly<Record<string, string>>;
  readonly expand?: boolean;
}

/** One stack of a link: from the end whose region it stands in. */
export interface LinkStackSource extends LinkSource {
  readonly stack: LinkStackPlan;
  readonly own: LinkEndPlan;
  readonly other: LinkEndPlan;
}

export function linkStackSource(source: LinkSource, stack: LinkStackPlan): LinkStackSource {
  const { a, b } = source.link;
  return a.place === stack.region ? { ...source, stack, own: a, other: b } : { ...source, stack, own: b, other: a };
}

/** Where an end's stacks stand; throws for a data centre, which has none. */
export function linkPlace({ place, cloudRegion, aws }: Pick<LinkEndPlan, 'place' | 'cloudRegion' | 'aws'>): Place {
  if (aws === undefined || cloudRegion === undefined) throw new RangeError(`${place} is no region of AWS: no stack stands there`);
  return { partition: aws.partition, region: cloudRegion, account: aws.account, dnsSuffix: dnsSuffix(aws.partition) };
}

/** ARN of the managed policy that bounds every role of the end's account. */
export function linkBoundary(end: LinkEndPlan): string | undefined {
  const name = end.aws?.permissionsBoundary;
  return name === undefined ? undefined : accountArn(linkPlace(end), 'iam', `policy/${name}`);
}

/**
 * A hand-named output of a stack at one of the link's ends. In the same region by import: who is read can't go away. From
 * another one only `Fn::GetStackOutput` can, in another account by the role that its region has for links.
 */
export function readOutput(
  reader: LinkEndPlan,
  producer: Pick<LinkEndPlan, 'place' | 'cloudRegion' | 'aws' | 'role'>,
  stack: string,
  output: string,
): Value {
  if (reader.place === producer.place) return importValue(stack, output);
  const foreign = reader.aws?.account !== producer.aws?.account;
  return getStackOutput(stack, output, linkPlace(producer).region, foreign ? producer.role : undefined);
}

/** Outputs of a region's own stacks. */
export const regionOutput = {
  vpcId: (reader: LinkEndPlan, end: LinkEndPlan) =>
    readOutput(reader, end, stackName(end.place, 'network'), networkOutput.vpcId(end.generation)),
  routeTable: (end: LinkEndPlan, id: string) =>
    readOutput(end, end, stackName(end.place, 'network'), networkOutput.routeTable(id, end.generation)),
  securityGroup: (end: LinkEndPlan, id: string) =>
    readOutput(end, end, stackName(end.place, 'network'), networkOutput.securityGroup(id, end.generation)),
  transitGateway: (reader: LinkEndPlan, end: LinkEndPlan) =>
    readOutput(reader, end, stackName(end.place, 'transit'), transitOutput.gateway(end.generation)),
  transitTable: (end: LinkEndPlan) =>
    readOutput(end, end, stackName(end.place, 'transit'), transitOutput.routeTable(end.generation)),
};
