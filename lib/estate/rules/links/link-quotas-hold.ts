import { CLOUDS } from '../../../clouds/clouds';
import { TRANSIT_INTERFACES_PER_CONNECTION } from '../../../facts/aws/limits';
import { QUOTAS } from '../../../facts/aws/quotas';
import { routesOfTable, routesOfTransit } from '../../addresses/route-counts';
import type { Advice } from '../../findings/finding';
import { type Remedy, set } from '../../findings/remedy';
import type { Estate, LeasedLineLink, Link, Quotas, Region } from '../../model/model';
import { quotasOf } from '../../model/quotas';
import { type EdgeLink, isEdge, linksIn, linksOf, needsTransit, type ResolvedLink } from '../../model/resolved-links';
import { mostTold } from '../../model/told-parts';
import { regionsOf } from '../../regions-of';
import { raisedAlike, raisedTo } from '../raised';
import { type Problem, type Rule, wholeRegions } from '../rule';
import { containerGroupProblems } from './container-group-rules';
import { entryOf, lineOf } from './link-entry';

/** Routes, peerings, prefixes and rules for containers stay inside the quotas. Source: "Amazon VPC quotas"; "VPC peering quotas"; "Transit gateway quotas"; "Direct Connect quotas". */
export const linkQuotasHold: Rule = {
  code: 'LINK_QUOTA',
  title: 'Routes a table, peerings, prefixes and security group rules of links stay inside the quotas.',
  why: 'the cloud refuses the one too many in the middle of a deploy; a line whose data centre tells too many prefixes goes down',
  check: (estate) =>
    raisedAlike([
      ...regionsOf(estate, 'aws').flatMap((region) => ofRegion(estate, region)),
      ...linksIn(estate).flatMap((link) => [...ofLine(estate, link), ...(isEdge(link) ? ofTold(estate, link) : [])]),
      ...ofConnections(estate),
      ...wholeRegions(estate).flatMap((region) => containerGroupProblems(estate, region)),
    ]),
};

function ofRegion(estate: Estate, region: Region): Problem[] {
  const quotas = quotasOf(estate, region);
  const links = linksOf(estate, region);
  const problems: Problem[] = [];
  const over = (count: number, quota: keyof Quotas, kinds: readonly Link[], message: string, advice: Advice): void => {
    if (count <= quotas[quota]) return;
    const last = kinds.at(-1);
    const place = last === undefined ? { file: region.file, path: ['containers', 'mode'] } : entryOf(last);
    problems.push({ ...place, message, ...advice, also: [estate.locate(region.file, ['block'])] });
  };
  const routes = routesOfTable(estate, region);
  const parts = `${routes.local} local, ${routes.internet} to the internet, ${routes.members} of members, ${routes.links} of links`;
  over(
    routes.total,
    'routesPerTable',
    routes.members > routes.links ? [] : links,
    `a route table of ${region.name} would hold ${routes.total} routes (${parts}), over ${quotas.routesPerTable}`,
    raise('routesPerTable', routes.total, region, routes.members > 0 ? '; containers of mode prefix need no routes' : ''),
  );
  const peerings = links.filter((l) => l.kind === 'peering');
  over(
    peerings.length,
    'peeringsPerVpc',
    peerings,
    `${region.name} has ${peerings.length} peering connections, over ${quotas.peeringsPerVpc}`,
    raise('peeringsPerVpc', peerings.length, region, '; a transit gateway joins more'),
  );
  if (!needsTransit(estate, region)) return problems;
  const attachments = links.filter((l) => l.kind === 'transit' && l.through === undefined);
  over(
    attachments.length,
    'peeringsPerTransitGateway',
    attachments,
    `the transit gateway of ${region.name} has ${attachments.length} peering attachments, over ${quotas.peeringsPerTransitGateway}`,
    raise('peeringsPerTransitGateway', attachments.length, region),
  );
  const transit = routesOfTransit(estate, region);
  over(
    transit,
    'routesPerTransitGateway',
    attachments,
    `the transit gateway of ${region.name} has ${transit} static routes, over ${quotas.routesPerTransitGateway}`,
    raise('routesPerTransitGateway', transit, region),
  );
  return problems;
}

/** The quota as the account has it once it was raised. */
function raise(quota: keyof typeof QUOTAS & keyof Quotas, to: number, region?: Region, note = ''): Advice {
  const { most } = QUOTAS[quota];
  if (to > most)
    return { fix: `no account is granted more than ${most}: join fewer places, or move a cluster to another region${note}` };
  return {
    write: [raisedTo(quota, to, region)],
    fix: `once the account has so much: it is a limit that is raised when asked${note}`,
  };
}

/** Lines that come in over one connection. */
function ofConnections(estate: Estate): Problem[] {
  const lines = linksIn(estate).flatMap((link) =>
    link.kind === 'leased-line' && link.edge?.region.provider === 'aws' ? [link] : [],
  );
  const connections = [...new Set(lines.map(({ line }) => line.connection))];
  return connections
    .map((connection) => [connection, lines.filter(({ line }) => line.connection === connection)] as const)
    .filter(([, over]) => over.length > TRANSIT_INTERFACES_PER_CONNECTION)
    .map(([connection, over]) => ({
      ...entryOf(over.at(-1)!, 'connection'),
      message: `${over.length} lines come in over ${connection}, which takes ${TRANSIT_INTERFACES_PER_CONNECTION} transit virtual interfaces`,
      fix: 'give it another connection, or join places through one region (`kind: transit`, `through:`)',
      also: over.slice(0, -1).map((link) => lineOf(estate, link, 'connection')),
    }));
}

function ofLine(estate: Estate, link: ResolvedLink): Problem[] {
  if (link.kind !== 'leased-line' || link.edge === undefined) return [];
  const { idc } = link.edge;
  const { prefixesToDirectConnect, prefixesFromIdc } = estate.quotas;
  const problems: Problem[] = [];
  const told = link.edge.allowed.length;
  if (told > prefixesToDirectConnect)
    problems.push({
      ...entryOf(link, 'allowedPrefixes'),
      message: `${told} prefixes are told to ${idc.name}, over ${prefixesToDirectConnect}`,
      ...raise('prefixesToDirectConnect', told, undefined, ', or carry fewer ranges'),
    });
  const { maxPrefixes } = link.line;
  if (maxPrefixes > prefixesFromIdc)
    problems.push({
      ...entryOf(link, 'maxPrefixes'),
      message: `the line would take ${maxPrefixes} prefixes, but the cloud takes ${prefixesFromIdc}`,
      write: [
        set(entryOf(link, 'maxPrefixes').path, prefixesFromIdc),
        ...(maxPrefixes > QUOTAS.prefixesFromIdc.most ? [] : [raisedTo('prefixesFromIdc', maxPrefixes)]),
      ],
    });
  return problems;
}

/** What a data centre tells over a line or VPN: aggregates, and parts of them by which the cloud finds a rack's router. */
function ofTold(estate: Estate, link: EdgeLink): Problem[] {
  const { idc, announced, parts } = link.edge;
  const most = link.kind === 'vpn' ? mostTold(link) : Math.min(mostTold(link), estate.quotas.prefixesFromIdc);
  const takes = `the ${link.kind === 'vpn' ? 'VPN' : 'line'} takes ${most}`;
  const also = link.kind === 'vpn' ? [] : [lineOf(estate, link, 'maxPrefixes')];
  if (announced.length > most)
    return [
      {
        ...entryOf(link, 'carries'),
        message: `${idc.name} tells ${announced.length} prefixes, and ${takes}`,
        write: [set(entryOf(link, 'carries').path, ['hosts'])],
        fix: '`hosts` and `containers` are one prefix each, single ranges one by one',
        also,
      },
    ];
  const told = announced.length + parts.length;
  if (told <= most) return [];
  return [
    {
      ...entryOf(link, 'carries'),
      message: `${idc.name} tells ${told} prefixes, and ${takes}: its aggregates (${announced.length}), and ${parts.length} ranges with racks of the same routers each, by which a region finds the router that still has a rack`,
      ...(link.kind === 'vpn' || CLOUDS[link.edge.region.provider].lineRoutes !== undefined || told > QUOTAS.prefixesFromIdc.most
        ? { fix: NEIGHBOURS }
        : { write: [moreTaken(estate, link, told)], fix: NEIGHBOURS }),
      also: [...also, estate.locate(idc.file, ['racks'])],
    },
  ];
}

const NEIGHBOURS =
  'give racks of the same router ranges beside each other, so that one prefix holds them; or let all lines and VPNs of the region end at one router';

/** The line's own limit where it is written, and the quota where that is less. */
function moreTaken(estate: Estate, link: EdgeLink & LeasedLineLink, told: number): Remedy {
  const own = link.line.maxPrefixes < told && estate.quotas.prefixesFromIdc !== link.line.maxPrefixes;
  const quota = estate.quotas.prefixesFromIdc < told ? raisedTo('prefixesFromIdc', told) : [];
  return [...(own ? set(entryOf(link, 'maxPrefixes').path, told) : []), ...quota];
}
