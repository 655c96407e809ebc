/** Estates of joined places, made by hand and at random. */
import { join } from 'node:path';
import fc from 'fast-check';
import { type Cidr, cidr, parseIpv4, subrange } from '../../lib/estate/addresses/cidr';
import { diskSource, packageRoot } from '../../lib/estate/files/disk-source';
import type {
  AwsRegion,
  ContainerMode,
  Estate,
  Given,
  Idc,
  LeasedLineLink,
  Link,
  LinkKind,
  MembersFleet,
  Region,
  VpnLink,
} from '../../lib/estate/model/model';
import { readEstate } from '../../lib/estate/read/read';
import { estate, members, region, STORAGE, VOTERS } from './estate-fixture';

/** test/estates/hybrid, as the loader has it. */
export function hybrid(regions?: readonly string[]): Estate {
  const source = diskSource(join(__dirname, '../estates/hybrid'));
  const read = readEstate(source, { packaged: diskSource(packageRoot()), ...(regions === undefined ? {} : { regions }) });
  return read.estate!;
}

/** The example of nine regions. */
export function example(regions?: readonly string[]): Estate {
  const read = readEstate(diskSource(packageRoot()), regions === undefined ? {} : { regions });
  return read.estate!;
}

const HOSTS = cidr('10.0.0.0/8');
const CONTAINERS = cidr('172.16.0.0/12');

/** Region `r-<n>` (two digits) with block 10.n/16, and in host-gw container block n of the pool (from 0, sixteen of them). */
export function place(n: number, mode: ContainerMode = 'host-gw', rest: Partial<AwsRegion> = {}): Region {
  const name = `r-${String(n).padStart(2, '0')}`;
  const zones = [`${name}a`, `${name}b`];
  const fleet = (f: MembersFleet): MembersFleet => ({ ...f, zones });
  return region([fleet(STORAGE), fleet(VOTERS)], {
    name,
    file: `regions/${name}.yaml`,
    block: subrange(HOSTS, 16, n),
    network: { zones, nat: 'single', flowLogDays: 0 },
    containers: {
      mode,
      hostBits: 24,
      prefixesPerHost: 1,
      openTo: ['containers'],
      ...(mode === 'host-gw' ? { block: subrange(CONTAINERS, 16, n) } : {}),
    },
    transit: { asn: 64_600 + n },
    ...rest,
  });
}

/** A region with a members fleet of `count` in its first cluster. */
export function withStorage(of: Region, count: number): Region {
  return {
    ...of,
    clusters: of.clusters.map((c) => ({
      ...c,
      fleets: c.fleets.map((f) => (f.name === 'storage' ? members('storage', { ...(f as MembersFleet), count }) : f)),
    })),
  };
}

export function linked(regions: readonly Region[], links: readonly Link[], idcs: readonly Idc[] = []): Estate {
  return {
    ...estate({ regions }),
    addressing: { hosts: { pool: HOSTS, blockBits: 16 }, containers: { pool: CONTAINERS, blockBits: 16 } },
    idcs,
    links: [...links].sort((x, y) => (x.id < y.id ? -1 : 1)),
  };
}

export const ALL: readonly Given[] = ['hosts', 'containers'];

export function joined(
  one: { readonly name: string },
  other: { readonly name: string },
  kind: Exclude<LinkKind, 'vpn' | 'leased-line' | 'association'>,
  { gives = ALL, through }: { readonly gives?: readonly Given[]; readonly through?: string } = {},
): Link {
  const [a, b] = [one.name, other.name].sort() as [string, string];
  const base = { id: `${a}--${b}`, group: 'test', a: { place: a, gives }, b: { place: b, gives }, path: ['links', 'test'] };
  return { ...base, kind, ...(through === undefined ? {} : { through }) };
}

export function mesh(regions: readonly Region[], kind: 'peering' | 'transit'): Link[] {
  return regions.flatMap((one, i) => regions.slice(i + 1).map((other) => joined(one, other, kind)));
}

const address = (text: string) => parseIpv4(text)!;

/** Two routers, each with a rack, in block 10.200/16 and containers 172.31/16. */
export function dataCentre(rest: Partial<Idc> = {}): Idc {
  const rack = {
    bond: { interfaces: ['eno1'], mode: '802.3ad', switches: ['sw1'] },
    profiles: ['base'],
    parameters: {},
    metadata: {},
  } as const;
  return {
    name: 'bj',
    file: 'regions/bj.yaml',
    block: cidr('10.200.0.0/16'),
    containers: cidr('172.31.0.0/16'),
    hostBits: 24,
    asn: 65_010,
    core: { vlan: 2, subnet: cidr('10.200.255.0/28') },
    routers: [
      { name: 'r1', address: address('10.200.0.1'), core: address('10.200.255.1'), trunk: 'bond0' },
      {
        name: 'r2',
        address: address('10.200.0.2'),
        core: address('10.200.255.2'),
        public: address('203.0.113.10'),
        trunk: 'bond0',
      },
    ],
    racks: [
      {
        ...rack,
        name: 'a01',
        routers: ['r1'],
        vlan: 101,
        subnet: cidr('10.200.1.0/24'),
        containers: cidr('172.31.0.0/19'),
        hosts: [{ number: 1, unit: '12' }, { number: 2 }, { number: 5 }],
      },
      {
        ...rack,
        name: 'a02',
        routers: ['r2'],
        vlan: 102,
        subnet: cidr('10.200.2.0/24'),
        containers: cidr('172.31.32.0/19'),
        hosts: [{ number: 1 }],
      },
    ],
    time: [],
    mtu: 9000,
    ...rest,
  };
}

export function line(
  idc: Idc,
  to: Region,
  rest: Partial<LeasedLineLink['line']> = {},
  gives: readonly Given[] = ALL,
  group = 'line',
) {
  const link: LeasedLineLink = {
    kind: 'leased-line',
    id: `${idc.name}--${to.name}/${group}`,
    group,
    a: { place: idc.name, gives },
    b: { place: to.name, gives: ALL },
    path: ['links', group],
    line: {
      router: 'r1',
      connection: 'dxcon-fg5678gh',
      vlan: 301,
      interface: 'eno5',
      cloudAddress: address('169.254.100.1'),
      idcAddress: address('169.254.100.2'),
      bits: 30,
      asn: 64_512,
      mtu: 8500,
      maxPrefixes: 100,
      preference: 200,
      ...rest,
    },
  };
  return link;
}

export function vpn(idc: Idc, to: Region, gives: readonly Given[] = ALL): VpnLink {
  return {
    kind: 'vpn',
    id: `${idc.name}--${to.name}/backup`,
    group: 'backup',
    a: { place: idc.name, gives },
    b: { place: to.name, gives: ALL },
    path: ['links', 'backup'],
    vpn: {
      router: 'r2',
      tunnels: [cidr('169.254.21.0/30'), cidr('169.254.22.0/30')],
      outside: [],
      keyName: 'vpn/x',
      preference: 100,
      prepends: 2,
    },
  };
}

/** Two to eight regions of mixed modes, joined at random; a peering gives hosts, and containers only in mode prefix. */
export const linkedEstates: fc.Arbitrary<Estate> = fc
  .record({
    modes: fc.array(fc.constantFrom<ContainerMode>('host', 'host-gw', 'prefix'), { minLength: 2, maxLength: 8 }),
    kinds: fc.array(fc.constantFrom('none', 'peering', 'transit'), { minLength: 28, maxLength: 28 }),
    idc: fc.boolean(),
    fallback: fc.boolean(),
  })
  .map(({ modes, kinds, idc, fallback }) => {
    const regions = modes.map((mode, n) => place(n, mode));
    let next = 0;
    const links = regions.flatMap((one, i) =>
      regions.slice(i + 1).flatMap((other) => {
        const kind = kinds[next++]!;
        return kind === 'none'
          ? []
          : [joined(one, other, kind as 'peering' | 'transit', kind === 'peering' ? { gives: ['hosts'] } : {})];
      }),
    );
    if (!idc) return linked(regions, links);
    const bj = dataCentre();
    const behind = links
      .filter((l) => l.kind === 'transit' && l.a.place === 'r-00')
      .map((l) => regions.find((r) => r.name === l.b.place)!);
    return linked(
      regions,
      [
        ...links,
        line(bj, regions[0]!),
        ...(fallback ? [vpn(bj, regions[0]!)] : []),
        ...behind.map((r) => joined(bj, r, 'transit', { through: 'r-00' })),
      ],
      [bj],
    );
  });

export function ranges(...texts: string[]): Cidr[] {
  return texts.map(cidr);
}
