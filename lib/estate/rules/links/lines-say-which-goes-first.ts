import type { Advice } from '../../findings/finding';
import { type Remedy, remove, set } from '../../findings/remedy';
import { gatewayOf, hasGateway, namedGateway } from '../../model/line-gateways';
import { preferenceOf } from '../../model/links';
import type { Estate } from '../../model/model';
import { rivalsOf, shareGateway } from '../../model/preferences';
import { type EdgeLink, isEdge, linksIn } from '../../model/resolved-links';
import type { Problem, Rule } from '../rule';
import { entryOf, lineOf } from './link-entry';

/**
 * Two ways to a place are main and spare, or share the load because somebody said so. Source: "Private virtual interface and transit
 * virtual interface routing policies" of Direct Connect; "Route evaluation order" of transit gateways; Aliyun, "Establish active/active
 * connections between a data center and Alibaba Cloud" (two border routers share the load by themselves).
 */
export const linesSayWhichGoesFirst: Rule = {
  code: 'LINE_PREFERENCE',
  title: 'Lines, and VPNs, to the same place have preferences of their own, or say that they share the load.',
  why: 'packets and their answers would go over either of the two as it happens, and nobody would know which one is full or dead',
  check(estate) {
    const edges = linksIn(estate).filter(isEdge);
    return edges.flatMap((link, i) => {
      const others = rivalsOf(link, edges.slice(0, i));
      const equal = others.find((other) => preferenceOf(other) === preferenceOf(link));
      return equal === undefined ? [] : equals(estate, equal, link, edges);
    });
  },
};

function equals(estate: Estate, first: EdgeLink, link: EdgeLink, edges: readonly EdgeLink[]): Problem[] {
  const preference = preferenceOf(link);
  const both = `links.${first.group} and links.${link.group}`;
  const found = { ...entryOf(link, 'preference'), also: [lineOf(estate, first)] };
  const spare = spareOf(link, edges);
  const apart = link.edge.region.provider === 'aws' && hasGateway(first) && !shareGateway(first, link);
  const silent = [first, link].filter((one) => !isSaid(one));
  if (silent.length > 0) {
    const share = silent.flatMap((one) => set([...one.path, 'preference'], preference));
    return [
      {
        ...found,
        message: `${both} have the same preference ${preference}, and it isn't said that they share the load`,
        write: [...spare, ...(apart ? [] : [share])],
        fix: `the lower one is the spare; the same one, said in both${apart ? ' and by one gateway' : ''}, shares the load`,
      },
    ];
  }
  if (apart)
    return [
      {
        ...found,
        message: `${both} share the load, but come in by two Direct Connect gateways`,
        why: 'a transit gateway shares the load over two of them only where AS paths are the same, and each has a number of its own',
        ...byOneGateway(estate, first, link, spare),
      },
    ];
  return [];
}

function isSaid(link: EdgeLink): boolean {
  return (link.kind === 'vpn' ? link.vpn.preferred : link.line.preferred) === true;
}

/** A preference below all of its rivals'. */
function spareOf(link: EdgeLink, edges: readonly EdgeLink[]): Remedy[] {
  const taken = rivalsOf(link, edges).map(preferenceOf);
  const least = link.kind === 'vpn' ? 1 : 101;
  let spare = Math.max(Math.min(...taken) - 10, least);
  while (taken.includes(spare)) spare++;
  return [set([...link.path, 'preference'], spare)];
}

/** The second by the first's gateway, unless others come in by its own. */
function byOneGateway({ links }: Estate, first: EdgeLink, link: EdgeLink, spare: readonly Remedy[]): Advice {
  const needed = links.some((other) => hasGateway(other) && namedGateway(other) === link.group);
  if (needed || !hasGateway(first)) return { write: spare };
  const own = hasGateway(link) && namedGateway(link) === undefined ? remove([...link.path, 'asn']) : [];
  return { write: [[...own, ...set([...link.path, 'gateway'], gatewayOf(first))], ...spare] };
}
