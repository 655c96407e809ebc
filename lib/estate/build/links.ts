/** From the `links` of estate.yaml to one Link a pair of places: meshes, hubs and lists are written out. */
import { cloudOf } from '../../clouds/clouds';
import { type Cidr, cidr, type Ipv4, ipv4 } from '../addresses/cidr';
import { advised, type Finding, type Path } from '../findings/finding';
import { type Remedy, remove, rename } from '../findings/remedy';
import type { Given, Idc, Link, LinkEnd, Quotas, Region } from '../model/model';
import type { YamlFile } from '../read/yaml-file';
import type { LinkFile } from '../schema/link-schema';
import { sorted } from './parameters';
import { prefer } from './preferences';

export interface LinkContext {
  readonly source: YamlFile;
  readonly regions: readonly Region[];
  readonly idcs: readonly Idc[];
  readonly quotas: Quotas;
}

export interface BuiltLinks {
  /** Sorted by id; two of one id are a finding of a rule. */
  readonly links: readonly Link[];
  readonly findings: readonly Finding[];
}

export function buildLinks(written: Readonly<Record<string, LinkFile>>, context: LinkContext): BuiltLinks {
  const links: Link[] = [];
  const findings: Finding[] = [];
  const preferences = new Map<string, number>();
  for (const [group, link] of sorted(written)) {
    const path = ['links', group];
    const wrong = shapeProblem(link);
    if (wrong !== undefined) {
      findings.push({
        ...context.source.locate(path),
        code: 'LINK_SHAPE',
        severity: 'error',
        path: path.join('.'),
        message: wrong,
        why: 'an entry says in one way which places it joins',
        ...advised(context.source.file, path, {
          write: shapes(link, path),
          fix: joinsTwo(link)
            ? 'it says `between: [a, b]`, the data centre and the region'
            : 'it says one of `between: [a, b]`, `pairs:`, `mesh:` and `hub:`',
        }),
      });
      continue;
    }
    const twice = saysBoth(link);
    if (twice !== undefined) {
      findings.push({
        ...context.source.locate([...path, twice]),
        code: 'LINK_SHAPE',
        severity: 'error',
        path: [...path, twice].join('.'),
        message: `says \`gateway\` and \`${twice}\`, which the entry of that gateway says`,
        why: 'a Direct Connect gateway is described once, by the entry that makes it',
        ...advised(context.source.file, [...path, twice], {
          write: [remove([...path, twice]), ...(twice === 'asn' ? [remove([...path, 'gateway'])] : [])],
        }),
      });
      continue;
    }
    const pairs = pairsOf(link, context);
    // Who is meant by the stranger is not known: what its end carries would be told once more.
    const unknown = strangers(group, link, pairs, context);
    findings.push(...unknown);
    if (unknown.length > 0) continue;
    for (const pair of pairs) {
      const built = buildLink(group, link, pair, context, written);
      links.push(built);
      if ('preference' in link && link.preference !== undefined) preferences.set(built.id, link.preference);
    }
  }
  return { links: prefer(links, preferences).sort((x, y) => (x.id < y.id ? -1 : x.id > y.id ? 1 : 0)), findings };
}

const TOPOLOGIES = ['between', 'pairs', 'mesh', 'hub'] as const;

function shapeProblem(link: LinkFile): string | undefined {
  const said = TOPOLOGIES.filter((key) => link[key] !== undefined);
  if (said.length !== 1) return said.length === 0 ? 'says no places' : `says its places twice: ${said.join(' and ')}`;
  if (link.spokes !== undefined && link.hub === undefined) return 'has spokes and no hub';
  return joinsTwo(link) && said[0] !== 'between' ? `a ${link.kind} joins two places, not a ${said[0]}` : undefined;
}

/** What belongs to a gateway, where the entry names that of another one. */
function saysBoth(link: LinkFile): 'asn' | 'allowedPrefixes' | undefined {
  if ((link.kind !== 'leased-line' && link.kind !== 'association') || link.gateway === undefined) return undefined;
  if (link.asn !== undefined) return 'asn';
  return link.kind === 'leased-line' && link.allowedPrefixes !== undefined ? 'allowedPrefixes' : undefined;
}

function joinsTwo({ kind }: LinkFile): boolean {
  return kind === 'leased-line' || kind === 'vpn' || kind === 'association';
}

/** Each of the ways that an entry says its places in, alone; `spokes` belong to their hub. */
function shapes(link: LinkFile, path: Path): Remedy[] {
  const said = TOPOLOGIES.filter((key) => link[key] !== undefined);
  const kept = joinsTwo(link) ? said.filter((key) => key === 'between') : said;
  if (said.length === 0 || (said.length === 1 && kept.length === 0)) return [];
  return kept.flatMap((keep) => {
    const others = [...said, ...(link.spokes === undefined ? [] : ['spokes'])];
    const gone = others.filter((key) => key !== keep && !(key === 'spokes' && keep === 'hub'));
    return gone.length === 0 ? [] : [gone.flatMap((key) => remove([...path, key]))];
  });
}

type Pair = readonly [string, string];

function pairsOf(link: LinkFile, { regions }: LinkContext): Pair[] {
  const all = regions.filter((r) => cloudOf(r).joinsAll).map((r) => r.name);
  const listed = (names: 'all' | readonly string[]): readonly string[] => (names === 'all' ? all : names);
  if (link.between !== undefined) return [ordered(link.between)];
  if (link.pairs !== undefined) return link.pairs.map(ordered);
  if (link.mesh !== undefined) {
    const places = listed(link.mesh);
    return places.flatMap((one, i) => places.slice(i + 1).map((other) => ordered([one, other])));
  }
  const hub = link.hub!;
  const spokes = Array.isArray(link.spokes) ? link.spokes : all.filter((name) => name !== hub);
  return spokes.map((spoke) => ordered([hub, spoke]));
}

function ordered(pair: readonly string[]): Pair {
  const [one, other] = pair as unknown as Pair;
  return one <= other ? [one, other] : [other, one];
}

/** `carries` by place may name only the ends. */
function strangers(group: string, link: LinkFile, pairs: readonly Pair[], { source }: LinkContext): Finding[] {
  if (Array.isArray(link.carries)) return [];
  const ends = new Set(pairs.flat());
  const free = [...ends].filter((end) => !Object.hasOwn(link.carries, end)).sort();
  return Object.keys(link.carries)
    .filter((place) => !ends.has(place))
    .map((place) => ({ place, path: ['links', group, 'carries', place] }))
    .map(({ place, path }) => ({
      ...source.locate(path),
      code: 'LINK_CARRIES',
      severity: 'error' as const,
      path: path.join('.'),
      message: `${place} is no end of this link`,
      why: 'what is carried belongs to the ends',
      ...advised(source.file, path, {
        write: free.length > 0 ? free.map((end) => rename(path, end)) : [remove(path)],
      }),
    }));
}

/** Preferences are given when all are known. */
function buildLink(
  group: string,
  link: LinkFile,
  [a, b]: Pair,
  context: LinkContext,
  written: Readonly<Record<string, LinkFile>>,
): Link {
  const end = (place: string): LinkEnd => ({ place, gives: givenOf(link, place) });
  const all = link.mesh === 'all' || (link.hub !== undefined && !Array.isArray(link.spokes));
  const base = { group, a: end(a), b: end(b), path: ['links', group], ...(all ? { all } : {}) } as const;
  const pair = `${a}--${b}`;
  switch (link.kind) {
    case 'peering':
      return { ...base, kind: 'peering', id: pair };
    case 'transit':
      return { ...base, kind: 'transit', id: pair, ...(link.through === undefined ? {} : { through: link.through }) };
    case 'leased-line': {
      const network = cidr(link.network);
      // A /31 has no network address ("Using 31-Bit Prefixes on IPv4 Point-to-Point Links", RFC 3021).
      const first = network.bits === 31 ? 0 : 1;
      return {
        ...base,
        kind: 'leased-line',
        id: `${pair}/${group}`,
        line: {
          router: link.router ?? onlyRouter([a, b], context),
          connection: link.connection,
          ...(link.location === undefined ? {} : { location: link.location }),
          vlan: link.vlan,
          interface: link.interface,
          cloudAddress: neighbour(network, first),
          idcAddress: neighbour(network, first + 1),
          bits: network.bits,
          ...(link.gateway === undefined ? {} : { gateway: link.gateway }),
          asn: gatewayNumber(link, written),
          mtu: link.mtu,
          ...(link.allowedPrefixes === undefined ? {} : { allowedPrefixes: link.allowedPrefixes.map(cidr) }),
          maxPrefixes: link.maxPrefixes ?? context.quotas.prefixesFromIdc,
          preference: link.preference ?? 0,
          ...(link.preference === undefined ? {} : { preferred: true }),
        },
      };
    }
    case 'association':
      return {
        ...base,
        kind: 'association',
        id: `${pair}/${group}`,
        association: {
          ...(link.gateway === undefined ? {} : { gateway: link.gateway }),
          asn: gatewayNumber(link, written),
        },
      };
    case 'vpn':
      return {
        ...base,
        kind: 'vpn',
        id: `${pair}/${group}`,
        vpn: {
          router: link.router ?? onlyRouter([a, b], context),
          tunnels: link.tunnels.map(cidr),
          outside: link.outside.map(ipv4),
          keyName: link.keyName,
          ...(link.logDays === undefined ? {} : { logDays: link.logDays }),
          preference: link.preference ?? 0,
          ...(link.preference === undefined ? {} : { preferred: true }),
          prepends: link.prepends,
        },
      };
  }
}

/** AS number of a Direct Connect gateway: the entry that makes it says it. Where none does, a rule asks for one. */
function gatewayNumber(
  { gateway, asn }: Extract<LinkFile, { kind: 'leased-line' | 'association' }>,
  written: Readonly<Record<string, LinkFile>>,
): number {
  if (gateway === undefined) return asn ?? 0;
  const maker = Object.hasOwn(written, gateway) ? written[gateway] : undefined;
  return (maker?.kind === 'leased-line' || maker?.kind === 'association' ? maker.asn : undefined) ?? 0;
}

function givenOf(link: LinkFile, place: string): Given[] {
  const written = Array.isArray(link.carries) ? link.carries : Object.hasOwn(link.carries, place) ? link.carries[place]! : [];
  return written.map((word): Given => (word === 'hosts' || word === 'containers' ? word : cidr(word)));
}

/** The data centre's only router; empty when there is none or a choice: a rule asks for it. */
function onlyRouter(places: readonly string[], { idcs }: LinkContext): string {
  const idc = idcs.find((i) => places.includes(i.name));
  return idc?.routers.length === 1 ? idc.routers[0]!.name : '';
}

/** An address of a line's network. Of a single address there is none: a rule tells of that, and nothing is thrown here. */
function neighbour({ base }: Cidr, offset: number): Ipv4 {
  return Math.min(base + offset, 2 ** 32 - 1) as Ipv4;
}
