/** What joins a data centre with a region: leased lines and VPNs. While one of them is up, the two reach each other. */
import { cloudOf } from '../../../clouds/clouds';
import { type Remedy, set } from '../../findings/remedy';
import { routerOf } from '../../model/links';
import type { Estate, Idc, Region } from '../../model/model';
import { type EdgeLink, type IdcLink, isEdge, joinsIdc, linksIn } from '../../model/resolved-links';
import { ESTATE_PATH, type RuleContext } from '../rule';
import { freeNetwork } from './link-remedies';

export interface WaysOut {
  readonly idc: Idc;
  readonly region: Region;
  /** The first entry of the two: of a region that a gateway of lines is associated with, its association. */
  readonly at: IdcLink;
  /** In order of id; at least one. */
  readonly links: readonly EdgeLink[];
}

/** Of every data centre to every region that a line or VPN of it leads to. */
export function waysOut(estate: Estate): WaysOut[] {
  const all = linksIn(estate);
  const edges = all.filter(isEdge);
  const found = new Map<string, WaysOut>();
  for (const at of all.filter(joinsIdc)) {
    const { idc, region } = at.edge;
    const links = edges.filter(({ edge }) => edge.idc === idc && edge.reaches.includes(region.name));
    const key = `${idc.name} ${region.name}`;
    if (links.length > 0 && !found.has(key)) found.set(key, { idc, region, at, links });
  }
  return [...found.values()];
}

/** Names of their entries in estate.yaml. */
export function namesOf(links: readonly EdgeLink[]): string {
  return links.map(({ group }) => group).join(' and ');
}

/** A VPN at a router that none of them ends at, which carries what the first entry of the two does; undefined where there is no such router. */
export function anotherVpn(estate: Estate, { written }: RuleContext, { idc, region, at, links }: WaysOut): Remedy | undefined {
  const used = new Set(links.map(routerOf));
  const router = idc.routers.find(({ name, public: address }) => address !== undefined && !used.has(name));
  if (router === undefined) return undefined;
  const reserved = cloudOf(region).tunnelsReserved;
  const first = freeNetwork(estate, reserved);
  const names = ['fallback', ...links.map((_, i) => `fallback-${i + 2}`), `fallback-${links.length + 2}`];
  const name = names.find((one) => !estate.links.some(({ group }) => group === one))!;
  const carries = written?.(ESTATE_PATH, [...at.path, 'carries']);
  const vpn = {
    kind: 'vpn',
    between: [idc.name, region.name],
    ...(carries === undefined ? {} : { carries }),
    router: router.name,
    tunnels: [first, freeNetwork(estate, [...reserved, first])],
    keyName: `vpn/${region.name}-${router.name}`,
  };
  return set(['links', name], vpn, ESTATE_PATH);
}
