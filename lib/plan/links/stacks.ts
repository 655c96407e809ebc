/** Stacks of links: which there are, where they stand, and what must stand before. */
import type { RegionName } from '../../estate/model/model';
import type { IdcLink } from '../../estate/model/resolved-links';
import type { LinkStackPlan } from '../model';
import { linkStackName } from '../names';

interface EndNames {
  readonly a: RegionName;
  readonly b: RegionName;
  /** The ends belong to two accounts: what reads the other one's outputs needs the role in its `base`. */
  readonly foreign: boolean;
}

function roleOf(region: RegionName, { foreign }: EndNames): string[] {
  return foreign ? [`${region}/base`] : [];
}

/** Of a VPC peering: the connection in region a, and each end's routes in its own region. */
export function peeringStacks(path: string, ends: EndNames): LinkStackPlan[] {
  const { a, b } = ends;
  return [
    stack(path, 'request', a, [`${a}/network`, `${b}/network`, ...roleOf(b, ends)]),
    stack(path, 'routes-a', a, [`${a}/network`, own(path, 'request')]),
    stack(path, 'routes-b', b, [`${b}/network`, ...roleOf(a, ends), own(path, 'request')]),
  ];
}

/**
 * Of two transit gateways: the attachment must stand before a route may lead to it.
 *
 * @param accept the attachment must be accepted in region b
 */
export function transitStacks(path: string, ends: EndNames, accept: boolean): LinkStackPlan[] {
  const { a, b } = ends;
  const attached = own(path, accept ? 'accept' : 'request');
  return [
    stack(path, 'request', a, [`${a}/transit`, `${b}/transit`, ...roleOf(b, ends)]),
    ...(accept ? [stack(path, 'accept', b, [`${b}/transit`, ...roleOf(a, ends), own(path, 'request')])] : []),
    stack(path, 'routes-a', a, [`${a}/network`, `${a}/transit`, attached]),
    stack(path, 'routes-b', b, [`${b}/network`, `${b}/transit`, attached]),
  ];
}

/**
 * Of two places that a third region's gateway joins: routes at the ends that are regions, over the attachment of their own link with it.
 *
 * @param legs by end, the id of that link
 */
export function throughStacks(path: string, ends: EndNames, legs: { readonly a?: string; readonly b?: string }): LinkStackPlan[] {
  return (['a', 'b'] as const).flatMap((end) => {
    const [region, leg] = [ends[end], legs[end]];
    if (leg === undefined) return [];
    return [
      stack(path, `routes-${end}`, region, [`${region}/network`, `${region}/transit`, own(leg, `routes-${sideOf(leg, region)}`)]),
    ];
  });
}

/**
 * Of a leased line, association or VPN.
 *
 * @param routes the stack with the region's routes towards the data centre, once a pair; undefined where another link has it
 * @param gateway construct path of the stack that makes the Direct Connect gateway; undefined where it makes its own, or has none
 */
export function linkStacks(
  path: string,
  link: Pick<IdcLink, 'kind' | 'group'>,
  region: RegionName,
  routes: RoutesStack | undefined,
  gateway?: string,
): LinkStackPlan[] {
  // A line without an association of its own has nothing in the transit gateway.
  const before = link.kind === 'leased-line' && gateway !== undefined ? [] : [`${region}/transit`];
  const made = stack(path, idcStack(link), region, [...before, ...(gateway === undefined ? [] : [gateway])]);
  if (routes === undefined) return [made];
  return [made, stack(path, routes.id, region, [`${region}/network`, `${region}/transit`, ...routes.after])];
}

/** The stack with a region's routes towards a data centre. */
interface RoutesStack {
  readonly id: string;
  /** What must stand before, beside the region's network and gateway. */
  readonly after: readonly string[];
}

/**
 * A region that is associated with another one's gateway has the stack of a link through that region, whose routes it had before: they
 * stay, and the static ones to the peering go once the gateway tells what they led to.
 *
 * @param associations of the pair with gateways of other regions
 */
export function routesStack(
  path: string,
  side: 'a' | 'b',
  associations: readonly Pick<IdcLink, 'kind' | 'group'>[],
): RoutesStack {
  if (associations.length === 0) return { id: 'routes', after: [] };
  return { id: `routes-${side}`, after: associations.map((link) => own(path, idcStack(link))) };
}

/** Id of the stack that a link of a data centre has alone. */
export function idcStack({ kind, group }: Pick<IdcLink, 'kind' | 'group'>): string {
  return `${kind === 'vpn' ? 'vpn' : 'line'}-${group}`;
}

function stack(path: string, id: string, region: RegionName, dependsOn: readonly string[]): LinkStackPlan {
  return { id, name: linkStackName(path, id), region, dependsOn };
}

/** Construct path of a link's stack. */
export function own(path: string, id: string): string {
  return `links/${path}/${id}`;
}

/** Id of a transit link is its path: `<a>--<b>`. */
function sideOf(leg: string, region: RegionName): 'a' | 'b' {
  return leg.startsWith(`${region}--`) ? 'a' : 'b';
}
