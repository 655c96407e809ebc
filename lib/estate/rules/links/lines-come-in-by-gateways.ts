import { CLOUDS } from '../../../clouds/clouds';
import { formatCidr } from '../../addresses/cidr';
import type { Advice } from '../../findings/finding';
import { nearest } from '../../findings/nearest';
import { type Remedy, remove, set } from '../../findings/remedy';
import { accountOf } from '../../model/account';
import { type GatewayLink, gatewayNumber, gatewayOf, hasGateway, namedGateway } from '../../model/line-gateways';
import { otherEnd } from '../../model/links';
import type { Estate } from '../../model/model';
import { type IdcLink, joinsIdc, linksIn, type ResolvedEnd } from '../../model/resolved-links';
import type { Problem, Rule } from '../rule';
import { freeAsNumber } from './as-numbers-are-distinct';
import { entryOf, lineOf } from './link-entry';

type Joined = IdcLink & GatewayLink;

/**
 * A gateway is made by one entry and associated once with a region. Source: "Direct Connect gateways" and "Transit gateway associations" of
 * Direct Connect (one association a gateway and transit gateway; another account's needs a proposal that it accepts).
 */
export const linesComeInByGateways: Rule = {
  code: 'LINK_GATEWAY',
  title:
    'A line or association says whose Direct Connect gateway it uses: an entry of its data centre makes it, and each region joins it once.',
  why: 'a line whose gateway stands nowhere, or is not joined with its region, carries nothing; a second association with a region is refused',
  check(estate) {
    const all = linksIn(estate).filter(joinsIdc).filter(hasGateway) as Joined[];
    return all.flatMap((link) => {
      if (link.edge.region.provider !== 'aws') return elsewhere(link);
      const named = namedGateway(link);
      if (named === undefined) return made(estate, link, all);
      const maker = all.find(({ group }) => group === named);
      const wrong = maker === undefined ? undefined : notIts(link, maker);
      if (maker === undefined || wrong !== undefined)
        return [
          {
            ...entryOf(link, 'gateway'),
            message: wrong ?? `no leased line or association is called ${named}`,
            ...another(estate, link, all),
          },
        ];
      return joined(estate, link, all);
    });
  },
};

function elsewhere(link: Joined): Problem[] {
  const cloud = CLOUDS[link.edge.region.provider];
  if (link.kind === 'association')
    return [
      {
        ...entryOf(link, 'kind'),
        message: `${cloud.name} has no Direct Connect gateway`,
        write: [remove(link.path)],
        fix: 'or `kind: transit` with `through:` the region that the line ends in',
      },
    ];
  const own = set([...link.path, 'asn'], cloud.asNumber);
  if (namedGateway(link) !== undefined)
    return [
      {
        ...entryOf(link, 'gateway'),
        message: `a ${cloud.lineEnd} belongs to one line`,
        write: [[...remove([...link.path, 'gateway']), ...own]],
      },
    ];
  return link.line.asn === 0 ? [{ ...entryOf(link), message: `the ${cloud.lineEnd} has no AS number`, write: [own] }] : [];
}

/** An entry that makes its gateway: it has a number, and some line comes in by it. */
function made(estate: Estate, link: Joined, all: readonly Joined[]): Problem[] {
  if (gatewayNumber(link) === 0)
    return [{ ...entryOf(link), message: "doesn't say whose Direct Connect gateway it uses", ...another(estate, link, all) }];
  if (link.kind === 'leased-line' || all.some((one) => one.kind === 'leased-line' && gatewayOf(one) === link.group)) return [];
  const makers = makersFor(link, all).map((group) => [
    ...remove([...link.path, 'asn']),
    ...set([...link.path, 'gateway'], group),
  ]);
  return [
    {
      ...entryOf(link, 'asn'),
      message: 'no leased line comes in by its Direct Connect gateway',
      write: [...makers, remove(link.path)],
    },
  ];
}

/** Why an entry's gateway can't be that of the link. */
function notIts(link: Joined, maker: Joined): string | undefined {
  const { group } = maker;
  if (namedGateway(maker) !== undefined) return `links.${group} makes no gateway: it uses that of links.${namedGateway(maker)}`;
  if (maker.edge.idc !== link.edge.idc) return `the gateway of links.${group} belongs to ${maker.edge.idc.name}`;
  if (accountOf(maker.edge.region) !== accountOf(link.edge.region))
    return `the gateway of links.${group} stands in the account of ${maker.edge.region.name}, and no gateway is shared between accounts here`;
  return undefined;
}

/** Entries whose gateway the link may use. */
function makersFor(link: Joined, all: readonly Joined[]): string[] {
  return all.filter((one) => one !== link && namedGateway(one) === undefined && suits(one, link)).map(({ group }) => group);
}

function suits({ edge: one }: Joined, { edge: other }: Joined): boolean {
  return one.idc === other.idc && one.region.provider === 'aws' && accountOf(one.region) === accountOf(other.region);
}

/** The gateway of another entry, the one that was meant first; or one of its own. */
function another(estate: Estate, link: Joined, all: readonly Joined[]): Advice {
  const [named, makers] = [namedGateway(link), makersFor(link, all)];
  const used = all.find(({ group }) => group === named);
  const meant = used === undefined ? nearest(named ?? '', makers) : gatewayOf(used);
  const inOrder = [...makers].sort((x, y) => Number(y === meant) - Number(x === meant));
  const own: Remedy = [
    ...(named === undefined ? [] : remove([...link.path, 'gateway'])),
    ...set([...link.path, 'asn'], freeAsNumber(estate)),
  ];
  const gateways = inOrder.map((group) => set([...link.path, 'gateway'], group));
  // A gateway outlives the line that made it, if the entry stays.
  const gone = named !== undefined && used === undefined;
  const kept = `where that line went and its gateway stands, keep the entry ${named} as \`kind: association\` with its \`asn\``;
  const note = gone ? { fix: kept } : {};
  if (link.kind === 'leased-line') return { write: [...gateways, own], ...note };
  return { write: gateways.length > 0 ? gateways : [remove(link.path)], ...note };
}

/** The link that associates the gateway with the region: the maker where it ends there, else the first association. */
function associationOf(link: Joined, all: readonly Joined[]): Joined | undefined {
  const here = all.filter((one) => gatewayOf(one) === gatewayOf(link) && one.edge.region === link.edge.region);
  return here.find((one) => namedGateway(one) === undefined) ?? here.find(({ kind }) => kind === 'association');
}

function joined(estate: Estate, link: Joined, all: readonly Joined[]): Problem[] {
  const { region, idc } = link.edge;
  const first = associationOf(link, all);
  const gateway = gatewayOf(link);
  if (first === undefined) {
    const entry = { kind: 'association', between: [idc.name, region.name], gateway, carries: carried(link) };
    return [
      {
        ...entryOf(link, 'gateway'),
        message: `the gateway of links.${gateway} is not associated with the transit gateway of ${region.name}`,
        write: [set(['links', freeName(estate, region.name)], entry)],
      },
    ];
  }
  if (first === link) return [];
  if (link.kind === 'association')
    return [
      {
        ...entryOf(link),
        message: `links.${first.group} associates the gateway of links.${gateway} with ${region.name} already`,
        write: [remove(link.path)],
        also: [lineOf(estate, first)],
      },
    ];
  if (sameRanges(link, first)) return [];
  return [
    {
      ...entryOf(link, 'carries'),
      message: `links.${link.group} and links.${first.group} come in by one gateway and carry different ranges`,
      why: 'a gateway tells over each of its lines what its associations allow, whatever a line is meant to carry',
      write: [set([...link.path, 'carries'], carried(first))],
      also: [lineOf(estate, first, 'carries')],
    },
  ];
}

function sameRanges(link: Joined, other: Joined): boolean {
  const ranges = ({ ranges: all }: ResolvedEnd) => all.map(({ cidr }) => formatCidr(cidr)).join(' ');
  return [link.edge.region.name, link.edge.idc.name].every(
    (place) => ranges(otherEnd(link, place)) === ranges(otherEnd(other, place)),
  );
}

/** What a link carries, by place, as it is written. */
function carried({ a, b }: Joined): Record<string, string[]> {
  return Object.fromEntries(
    [a, b].map(({ place, gives }) => [place, gives.map((given) => (typeof given === 'string' ? given : formatCidr(given)))]),
  );
}

function freeName({ links }: Estate, region: string): string {
  const taken = new Set(links.map(({ group }) => group));
  let name = `gateway-${region}`;
  for (let n = 2; taken.has(name); n++) name = `gateway-${region}-${n}`;
  return name;
}
