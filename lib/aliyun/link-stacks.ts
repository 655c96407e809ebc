/** The stacks of a link, below `links/<a>--<b>`, as parts of ROS templates. */
import type { LinkPlan, LinkStackPlan } from '../plan/model';
import { addLeasedLine, type BorderRouterTimers } from './leased-line';
import { addTransitRoutes } from './link-routes';
import { type LinkSource, type LinkStackSource, linkStackSource } from './link-source';
import { newParts, type StackParts } from './parts';
import { addPeeringRequest, addPeeringRoutes } from './peering';
import { addTransitLinkRoutes, addTransitRequest } from './transit-links';
import { addVpn } from './vpn';

export interface LinkStack {
  readonly link: LinkPlan;
  readonly plan: LinkStackPlan;
  readonly parts: StackParts;
  /** Border routers of this stack whose BFD is set once the stack stands. */
  readonly borderRouters: readonly BorderRouterTimers[];
}

/**
 * Stacks of one Aliyun link, in the order of the plan. Each stands in the region of one end and reads what it needs as parameters.
 *
 * @throws RangeError for a link of another cloud, or one whose legs, data centre or CEN are not given
 */
export function linkStacks(source: LinkSource): LinkStack[] {
  const { link } = source;
  if (link.cloud !== 'aliyun') throw new RangeError(`${link.id} is no link of Aliyun`);
  return link.stacks.map((plan) => {
    const { generation } = link.a.place === plan.region ? link.a : link.b;
    const parts = newParts(plan.name, generation);
    const borderRouters = fill(linkStackSource(source, plan, parts));
    return { link, plan, parts, borderRouters };
  });
}

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
