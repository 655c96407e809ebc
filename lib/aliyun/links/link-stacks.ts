/** The stacks of links, below `links/<a>--<b>`. */
import type { EstatePlan, LinkPlan, LinkStackPlan } from '../../plan/model';
import type { BorderRouterTimers } from '../assembly';
import { type EmittedStack, emitStack } from '../emitted';
import { newParts } from '../parts';
import { addLeasedLine } from './leased-line';
import { addTransitRoutes } from './link-routes';
import { type LinkSource, type LinkStackSource, linkStackSource, placeOf } from './link-source';
import { addPeeringRequest, addPeeringRoutes } from './peering';
import { addTransitLinkRoutes, addTransitRequest } from './transit-links';
import { addVpn } from './vpn';

/**
 * Stacks of links, in the order that they deploy. Each stands in the region of one end and reads what it needs as parameters.
 *
 * @param links those of the plan that are wanted, all of Aliyun
 * @throws RangeError for a link whose legs, data centre or CEN the plan doesn't have
 */
export function linkStacks(links: readonly LinkPlan[], plan: EstatePlan): EmittedStack[] {
  const stacks = links.flatMap((link) => {
    const source: LinkSource = { link, links: plan.links, idcs: plan.idcs, ...cenOf(plan) };
    return link.stacks.map((stack) => emit(source, stack, plan));
  });
  return inOrder(stacks);
}

/** There is one in an estate, and every region with a transit router says where. */
function cenOf({ regions }: EstatePlan): Pick<LinkSource, 'cen'> {
  const cen = regions.flatMap((region) => (region.provider === 'aliyun' && region.cen !== undefined ? [region.cen] : []))[0];
  return cen === undefined ? {} : { cen };
}

function emit(source: LinkSource, stack: LinkStackPlan, { estate, tags }: EstatePlan): EmittedStack {
  const { link } = source;
  const own = link.a.place === stack.region ? link.a : link.b;
  const { name: place, cloudRegion: region } = placeOf(own);
  const parts = newParts(stack.name, own.generation);
  const borderRouters = fill(linkStackSource(source, stack, parts));
  const facts = {
    path: `links/${link.path}/${stack.id}`,
    region,
    place,
    kind: 'link',
    description: `${estate} ${link.path} ${stack.id}`,
    dependsOn: stack.dependsOn,
    tags: { ...tags },
    borderRouters,
  } as const;
  return emitStack(facts, parts);
}

/** @returns border routers whose BFD is set once the stack stands */
function fill(source: LinkStackSource): BorderRouterTimers[] {
  const { link, stack, own, parts } = source;
  switch (link.kind) {
    case 'peering':
      if (stack.id === 'request') addPeeringRequest(source, link);
      else addPeeringRoutes(source, link);
      return [];
    case 'transit':
      if (stack.id === 'request') addTransitRequest(source, link);
      else addTransitLinkRoutes(source, link);
      return [];
    case 'association':
      throw new RangeError(`${link.id}: Aliyun has no Direct Connect gateway`);
    case 'leased-line':
    case 'vpn':
      if (stack.id === 'routes') {
        addTransitRoutes(parts, own, link.routes ?? []);
        return [];
      }
      if (link.kind === 'leased-line') return [addLeasedLine(source, link)];
      addVpn(source, link);
      return [];
  }
}

/** Links come in order of name, and one that goes through a region needs the routes of its legs, whatever these are called. */
function inOrder(stacks: readonly EmittedStack[]): EmittedStack[] {
  const byPath = new Map(stacks.map((stack) => [stack.manifest.path, stack]));
  const done = new Set<EmittedStack>();
  const visit = (stack: EmittedStack): void => {
    if (done.has(stack)) return;
    for (const path of stack.manifest.dependsOn) {
      const before = byPath.get(path);
      if (before !== undefined) visit(before);
    }
    done.add(stack);
  };
  for (const stack of stacks) visit(stack);
  return [...done];
}
