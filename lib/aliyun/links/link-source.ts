/** A link as the emitter sees it, and how a stack of it reads what stands elsewhere. */
import type { CenPlan, IdcPlan, LinkEndPlan, LinkPlan, LinkStackPlan } from '../../plan/model';
import { linkStackName } from '../../plan/names';
import { baseOutput, transitOutput } from '../../plan/output-names';
import type { StackOutput } from '../assembly';
import { outputOf, type Place, type Producer, regionOutput, type StackParts } from '../parts';
import type { Intrinsic } from '../ros';

export interface LinkSource {
  readonly link: LinkPlan;
  /** All links that touch the same places: a transit link through a region uses the attachments of two others. */
  readonly links: readonly LinkPlan[];
  readonly idcs: readonly IdcPlan[];
  /** Where the estate's Cloud Enterprise Network stands, as every region with a transit router has it. @default - the link is a peering */
  readonly cen?: CenPlan;
}

/** One stack of a link: from the end whose region it stands in. */
export interface LinkStackSource extends LinkSource {
  readonly stack: LinkStackPlan;
  readonly own: LinkEndPlan;
  readonly other: LinkEndPlan;
  /** What the stack is made of. */
  readonly parts: StackParts;
}

export function linkStackSource(source: LinkSource, stack: LinkStackPlan, parts: StackParts): LinkStackSource {
  const { a, b } = source.link;
  const [own, other] = a.place === stack.region ? [a, b] : [b, a];
  return { ...source, stack, own, other, parts };
}

/** Throws for a data centre, which has no stacks. */
function producer({ place, cloudRegion, generation }: LinkEndPlan): Producer {
  if (cloudRegion === undefined) throw new RangeError(`${place} is no region of Aliyun: no stack stands there`);
  return { name: place, cloudRegion, generation };
}

/** A region of an end, by both of its names. */
export const placeOf = (end: LinkEndPlan): Place => producer(end);

/** Output of another stack of a link. */
export function linkStackOutput(path: string, id: string, end: LinkEndPlan, output: string): StackOutput {
  const { cloudRegion: region } = placeOf(end);
  return { provider: 'aliyun', path: `links/${path}/${id}`, stack: linkStackName(path, id), region, output };
}

/** Outputs of an end's region, as parameters of the stack. */
export const endOutput = {
  vpcId: (parts: StackParts, end: LinkEndPlan) => parts.inputs.read(regionOutput.vpcId(producer(end))),
  routeTable: (parts: StackParts, end: LinkEndPlan, id: string) => parts.inputs.read(regionOutput.routeTable(producer(end), id)),
  securityGroup: (parts: StackParts, end: LinkEndPlan, id: string) =>
    parts.inputs.read(regionOutput.securityGroup(producer(end), id)),
  transitRouter: (parts: StackParts, end: LinkEndPlan) => parts.inputs.read(regionOutput.transitRouter(producer(end))),
  transitTable: (parts: StackParts, end: LinkEndPlan) => parts.inputs.read(regionOutput.transitTable(producer(end))),
  vpcAttachment: (parts: StackParts, end: LinkEndPlan) =>
    parts.inputs.read(outputOf(placeOf(end), 'transit', transitOutput.vpcAttachment(end.generation))),
};

/** Id of the estate's Cloud Enterprise Network; throws where the caller has none for a link that needs it. */
export function cenId({ cen, link, parts }: LinkStackSource): Intrinsic {
  if (cen === undefined) throw new RangeError(`${link.id}: the estate has no Cloud Enterprise Network`);
  return parts.inputs.read(outputOf(cen, 'base', baseOutput.cen(cen.generation)));
}
