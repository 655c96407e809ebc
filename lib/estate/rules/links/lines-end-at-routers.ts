import { formatIpv4 } from '../../addresses/cidr';
import type { Advice } from '../../findings/finding';
import { nearest } from '../../findings/nearest';
import { set } from '../../findings/remedy';
import { routerOf } from '../../model/links';
import type { Estate, Idc, Link } from '../../model/model';
import { type EdgeLink, isEdge, linksBetween, linksIn } from '../../model/resolved-links';
import { EXAMPLE_ADDRESS, EXAMPLE_ADDRESSES, withRouter } from '../idc/idc-routers-are-joined';
import type { Problem, Rule } from '../rule';
import { entryOf } from './link-entry';

/** A leased line or VPN ends at a router. Source: "Requirements for your customer gateway device" (an internet-routable address). */
export const linesEndAtRouters: Rule = {
  code: 'LINK_ROUTER',
  title: 'A leased line and a VPN end at a router of their data centre; a VPN at one with a public address.',
  why: 'without a router nobody answers at the other end of the line',
  check: (estate) => {
    // That a data centre has no router at all is told once, of a VPN where one ends there: it wants a public address too.
    const edges = linksIn(estate).filter(isEdge);
    const bare = [...edges.filter(({ kind }) => kind === 'vpn'), ...edges].filter(({ edge }) => edge.idc.routers.length === 0);
    const first = bare.filter((link, i) => bare.findIndex(({ edge }) => edge.idc === link.edge.idc) === i);
    return edges
      .filter((link) => link.edge.idc.routers.length > 0 || first.includes(link))
      .flatMap((link) => problemsOf(estate, link));
  },
};

function problemsOf(estate: Estate, link: EdgeLink): Problem[] {
  const { idc } = link.edge;
  const name = routerOf(link);
  const router = idc.routers.find((r) => r.name === name);
  if (router === undefined) return [noRouter(estate, link, idc, name)];
  if (link.kind !== 'vpn' || router.public !== undefined) return [];
  return [
    {
      ...entryOf(link, 'router'),
      message: `the router ${name} of ${idc.name} has no public address, which the tunnels end at`,
      ...publicRouter(estate, link, name),
      also: [estate.locate(idc.file, ['routers', name])],
    },
  ];
}

function noRouter(estate: Estate, link: Link, idc: Idc, name: string): Problem {
  const names = idc.routers.map((r) => r.name);
  const near = nearest(name, names);
  const message =
    names.length === 0
      ? `${idc.name} has no router that the ${link.kind} could end at`
      : name === ''
        ? `the ${link.kind} doesn't say at which router of ${idc.name} it ends`
        : `${idc.name} has no router ${name}`;
  const meant = name === '' ? names[0] : (near ?? names[0]);
  const advice: Advice =
    meant === undefined
      ? withRouter(idc, link.kind === 'vpn')
      : { write: [set([...link.path, 'router'], meant)], ...(names.length > 1 && { fix: `routers are ${names.join(', ')}` }) };
  return { ...entryOf(link, 'router'), message, ...advice, also: [estate.locate(idc.file, ['routers'])] };
}

/** Another router that the tunnels could end at; the public address of this one only its owner knows. */
function publicRouter(estate: Estate, link: EdgeLink, name: string): Advice {
  const { idc, region } = link.edge;
  // At the router of the line that it takes over from it would fall with it.
  const used = linksBetween(estate, idc.name, region.name).filter(isEdge).map(routerOf);
  const other = idc.routers.find((r) => r.public !== undefined && !used.includes(r.name));
  if (other !== undefined)
    return { write: [set([...link.path, 'router'], other.name)], fix: `or say its \`public:\` address in ${idc.file}` };
  const taken = estate.idcs.flatMap(({ routers }) =>
    routers.flatMap((r) => (r.public === undefined ? [] : [formatIpv4(r.public)])),
  );
  const free = EXAMPLE_ADDRESSES.find((address) => !taken.includes(address)) ?? EXAMPLE_ADDRESS;
  return { write: [set(['routers', name, 'public'], free, idc.file)], fix: 'with the address that it has' };
}
