import { nearest } from '../../findings/nearest';
import { routerOf } from '../../model/links';
import type { Estate, Idc, Link } from '../../model/model';
import { type EdgeLink, isEdge, linksIn } from '../../model/resolved-links';
import type { Problem, Rule } from '../rule';
import { entryOf } from './link-entry';

/** A leased line or VPN ends at a router. Source: "Requirements for your customer gateway device" (an internet-routable address). */
export const linesEndAtRouters: Rule = {
  code: 'LINK_ROUTER',
  title: 'A leased line and a VPN end at a router of their data centre; a VPN at one with a public address.',
  why: 'without a router nobody answers at the other end of the line',
  check: (estate) =>
    linksIn(estate)
      .filter(isEdge)
      .flatMap((link) => problemsOf(estate, link)),
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
      fix: `write \`public:\` for ${name} in ${idc.file}, or name another router`,
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
  const fix =
    names.length === 0
      ? `write \`routers: { r1: { address: ... } }\` in ${idc.file}`
      : near === undefined || name === ''
        ? `write \`router:\` and one of ${names.join(', ')}`
        : `write \`router: ${near}\``;
  return { ...entryOf(link, 'router'), message, fix, also: [estate.locate(idc.file, ['routers'])] };
}
