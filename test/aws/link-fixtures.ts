/** Estates whose places are joined, for the tests of links. */
import { cidr, parseIpv4 } from '../../lib/estate/addresses/cidr';
import type { AssociationLink, AwsRegion, Given, Idc, LeasedLineLink, Link, Region } from '../../lib/estate/model/model';
import type { EstatePlan } from '../../lib/plan/model';
import { planEstate } from '../../lib/plan/plan';
import { ADSERVER, estate, region, STORAGE, VOTERS } from '../plan/estate-fixture';

export const HOSTS: readonly Given[] = ['hosts'];
export const BOTH: readonly Given[] = ['hosts', 'containers'];

const ip = (text: string) => parseIpv4(text)!;

/** A region of host-gw with a transit gateway. @param n second number of its block, and of its container block beyond 16 */
export function place(name: string, n: number, rest: Partial<AwsRegion> = {}): AwsRegion {
  const zones = ['a', 'b', 'c'].map((letter) => `${name}${letter}`);
  const fleets = [{ ...STORAGE, count: 2 }, VOTERS].map((fleet) => ({ ...fleet, zones }));
  return region(fleets, {
    name,
    file: `regions/${name}.yaml`,
    block: cidr(`10.${n}.0.0/16`),
    containers: {
      mode: 'host-gw',
      block: cidr(`172.${16 + n}.0.0/16`),
      hostBits: 24,
      prefixesPerHost: 1,
      openTo: ['containers', 'hosts'],
    },
    network: { zones, nat: 'per-zone', flowLogDays: 30 },
    transit: { asn: 64600 + n },
    ...rest,
  });
}

/** The same in mode host, without a gateway of its own. */
export function hostPlace(name: string, n: number, rest: Partial<AwsRegion> = {}): AwsRegion {
  const zones = ['a', 'b', 'c'].map((letter) => `${name}${letter}`);
  const fleets = [ADSERVER, VOTERS].map((fleet) => ({ ...fleet, zones }));
  const { transit: _transit, ...own } = place(name, n);
  return {
    ...own,
    containers: { mode: 'host', hostBits: 24, prefixesPerHost: 1, openTo: ['containers'] },
    clusters: own.clusters.map((cluster) => ({ ...cluster, fleets })),
    ...rest,
  };
}

export const IDC: Idc = {
  name: 'beijing',
  file: 'regions/beijing.yaml',
  block: cidr('10.200.0.0/16'),
  containers: cidr('172.30.0.0/16'),
  hostBits: 24,
  asn: 65010,
  routers: [{ name: 'r1', address: ip('10.200.0.1'), public: ip('203.0.113.10'), trunk: 'eno1' }],
  racks: [],
  time: [],
  mtu: 9000,
};

/** Ends in order of name, as the loader has them. */
function ends(one: string, other: string, gives: readonly Given[]) {
  const [a, b] = [one, other].sort() as [string, string];
  return { a: { place: a, gives }, b: { place: b, gives }, path: ['links', 'g'] };
}

export function peering(one: string, other: string, gives = HOSTS): Link {
  const { a, b, path } = ends(one, other, gives);
  return { kind: 'peering', id: `${a.place}--${b.place}`, group: 'g', a, b, path };
}

export function transit(one: string, other: string, through?: string, gives = BOTH): Link {
  const { a, b, path } = ends(one, other, gives);
  return { kind: 'transit', id: `${a.place}--${b.place}`, group: 'g', a, b, path, ...(through === undefined ? {} : { through }) };
}

export function line(idc: string, of: string, group = 'line', gives = BOTH): Link {
  const { a, b } = ends(idc, of, gives);
  return {
    kind: 'leased-line',
    id: `${a.place}--${b.place}/${group}`,
    group,
    a,
    b,
    path: ['links', group],
    line: {
      router: 'r1',
      connection: 'dxcon-fg5678gh',
      vlan: 301,
      interface: 'eno2',
      cloudAddress: ip('169.254.100.1'),
      idcAddress: ip('169.254.100.2'),
      bits: 30,
      asn: 64700,
      mtu: 8500,
      maxPrefixes: 100,
      preference: 200,
    },
  };
}

/** A line at r2 by the gateway of `line`. */
export function secondLine(rest: Partial<LeasedLineLink['line']> = {}, group = 'second', of = 'us-east-1'): LeasedLineLink {
  const { line: first, ...base } = line('beijing', of, group) as LeasedLineLink;
  const n = rest.vlan ?? 302;
  const network = { cloudAddress: ip(`169.254.${n - 200}.1`), idcAddress: ip(`169.254.${n - 200}.2`) };
  const own = { router: 'r2', connection: 'dxcon-gh6789ij', vlan: n, gateway: 'line', preference: 190 };
  return { ...base, line: { ...first, ...network, ...own, ...rest } };
}

/** A region joined with the Direct Connect gateway of an entry. */
export function association(idc: string, of: string, group = 'direct', gateway = 'line', gives = BOTH): AssociationLink {
  const { a, b } = ends(idc, of, gives);
  const id = `${a.place}--${b.place}/${group}`;
  return { kind: 'association', id, group, a, b, path: ['links', group], association: { gateway, asn: 64700 } };
}

export function vpnLink(idc: string, of: string, group = 'fallback', gives = BOTH): Link {
  const { a, b } = ends(idc, of, gives);
  return {
    kind: 'vpn',
    id: `${a.place}--${b.place}/${group}`,
    group,
    a,
    b,
    path: ['links', group],
    vpn: {
      router: 'r1',
      tunnels: [cidr('169.254.21.0/30'), cidr('169.254.22.0/30')],
      outside: [],
      keyName: 'vpn/us-east-1',
      preference: 100,
      prepends: 2,
    },
  };
}

export interface LinkedPlaces {
  readonly regions: readonly Region[];
  readonly idcs?: readonly Idc[];
  readonly links: readonly Link[];
}

export function linked({ regions, idcs = [], links }: LinkedPlaces, selected?: readonly string[]): EstatePlan {
  const sorted = [...regions].sort((x, y) => (x.name < y.name ? -1 : 1));
  const byId = [...links].sort((x, y) => (x.id < y.id ? -1 : 1));
  return planEstate({ ...estate({ regions: sorted }), idcs, links: byId }, selected);
}

/** Two host-gw regions over transit; a data centre by line and VPN at us-east-1, and through it at eu-west-1; a third region peered. */
export const HYBRID: LinkedPlaces = {
  regions: [place('eu-west-1', 2), place('us-east-1', 1), hostPlace('sa-east-1', 9)],
  idcs: [IDC],
  links: [
    transit('eu-west-1', 'us-east-1'),
    line('beijing', 'us-east-1'),
    vpnLink('beijing', 'us-east-1'),
    transit('beijing', 'eu-west-1', 'us-east-1'),
    peering('sa-east-1', 'us-east-1'),
  ],
};
