/** What joins a data centre with a region: leased lines and VPNs. While one of them is up, the two reach each other. */
import { cloudOf } from '../../../clouds/clouds';
import { type Remedy, set } from '../../findings/remedy';
import { routerOf } from '../../model/links';
import type { Estate, Idc, Region } from '../../model/model';
import { type EdgeLink, isEdge, linksIn } from '../../model/resolved-links';
import { ESTATE_PATH, type RuleContext } from '../rule';
import { freeNetwork } from './link-remedies';

export interface WaysOut {
  readonly idc: Idc;
  readonly region: Region;
  /** In order of id; at least one. */
  readonly links: readonly EdgeLink[];
}

/** Of every data centre to every region that a line or VPN of it ends in. */
export function waysOut(estate: Estate): WaysOut[] {
  const found = new Map<string, WaysOut & { readonly links: EdgeLink[] }>();
  for (const link of linksIn(estate).filter(isEdge)) {
    const { idc, region } = link.edge;
    const key = `${idc.name} ${region.name}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, { idc, region, links: [link] });
    else known.links.push(link);
  }
  return [...found.values()];
}

/** Names of their entries in estate.yaml. */
export function namesOf(links: readonly EdgeLink[]): string {
  return links.map(({ group }) => group).join(' and ');
}

/** A VPN at a router that none of them ends at, which carries what the first of them does; undefined where there is no such router. */
export function anotherVpn(estate: Estate, { written }: RuleContext, { idc, region, links }: WaysOut): Remedy | undefined {
  const used = new Set(links.map(routerOf));
  const router = idc.routers.find(({ name, public: address }) => address !== undefined && !used.has(name));
  if (router === undefined) return undefined;
  const reserved = cloudOf(region).tunnelsReserved;
  const first = freeNetwork(estate, reserved);
  const names = ['fallback', ...links.map((_, i) => `fallback-${i + 2}`), `fallback-${links.length + 2}`];
  const name = names.find((one) => !estate.links.some(({ group }) => group === one))!;
  const carries = written?.(ESTATE_PATH, [...links[0]!.path, 'carries']);
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
