import {
  addressAt,
  type Cidr,
  cidrSize,
  containsAddress,
  formatCidr,
  formatIpv4,
  type Ipv4,
  nextFree,
} from '../../addresses/cidr';
import type { Advice, Location } from '../../findings/finding';
import { nearest } from '../../findings/nearest';
import { remove, set } from '../../findings/remedy';
import type { Estate, Idc, IdcRack, IdcRouter } from '../../model/model';
import type { Problem, Rule } from '../rule';
import { partsOf } from './idc-ranges-are-apart';

/** Racks have a gateway, routers a way to each other, and addresses one owner. Source: RFC 4271 section 1.1 (BGP identifier); RFC 4456 (routers of one AS tell each other). */
export const idcRoutersAreJoined: Rule = {
  code: 'IDC_ROUTER',
  title: 'Every rack has a router, several routers share a core network, and no two addresses of routers are the same.',
  why: 'a rack behind no router reaches nothing, and routers that do not meet know only their own lines',
  check: (estate) => [...estate.idcs.flatMap((idc) => [...racks(estate, idc), ...core(estate, idc)]), ...sameAddresses(estate)],
};

function racks(estate: Estate, idc: Idc): Problem[] {
  const names = idc.routers.map((r) => r.name);
  // A data centre without routers is one cause.
  return (names.length === 0 ? idc.racks.slice(0, 1) : idc.racks).flatMap((rack): Problem[] => {
    const { routers } = rack;
    if (routers.length > 1) return pair(estate, idc, rack);
    const [router = ''] = routers;
    if (names.includes(router)) return [];
    const near = nearest(router, names);
    const at = { file: idc.file, path: ['racks', rack.name, 'router'], also: [estate.locate(idc.file, ['routers'])] };
    if (names.length === 0)
      return [
        {
          ...at,
          message: `rack ${rack.name} has no router: ${idc.name} has none`,
          ...withRouter(idc),
        },
      ];
    return [
      {
        ...at,
        message:
          router === '' ? `rack ${rack.name} doesn't say which router is its gateway` : `${idc.name} has no router ${router}`,
        write: [set(['racks', rack.name, 'router'], router === '' || near === undefined ? names[0] : near)],
        ...(near === undefined || router === '' ? { fix: `or another of ${names.join(', ')}` } : {}),
      },
    ];
  });
}

/** Two different routers that exist. */
function pair(estate: Estate, idc: Idc, { name, routers }: IdcRack): Problem[] {
  const names = idc.routers.map((r) => r.name);
  const at = ['racks', name, 'routers'];
  const also = [estate.locate(idc.file, ['routers'])];
  if (names.length === 0)
    return [{ file: idc.file, path: at, message: `rack ${name} has no router: ${idc.name} has none`, ...withRouter(idc), also }];
  const known = [...new Set(routers)].filter((router) => names.includes(router));
  const wrong = routers.filter((router) => !names.includes(router));
  if (known.length === routers.length) return [];
  const free = names.filter((router) => !known.includes(router));
  const message = wrong.length > 0 ? `${idc.name} has no router ${wrong.join(' and ')}` : `${routers[0]} alone is no pair`;
  // One that is left takes the first place that is wrong; with none left the rack has one router.
  const both = routers.map((router, i) =>
    known.includes(router) && routers.indexOf(router) === i ? router : (free.shift() ?? ''),
  );
  const write = both.includes('') ? [[...remove(at), ...set(['racks', name, 'router'], known[0] ?? names[0])]] : [set(at, both)];
  return [
    { file: idc.file, path: at, message, write, ...(both.includes('') ? { fix: 'a pair needs a second router' } : {}), also },
  ];
}

function core(estate: Estate, idc: Idc): Problem[] {
  const { file } = idc;
  const subnet = idc.core?.subnet;
  if (subnet === undefined) {
    const on = idc.routers.filter((r) => r.core !== undefined);
    if (idc.routers.length > 1)
      return [
        {
          file,
          path: ['core'],
          message: `${idc.routers.length} routers and no core network between them`,
          ...withCore(idc),
          also: [estate.locate(file, ['routers'])],
        },
      ];
    return on.map((r) => ({
      file,
      path: ['routers', r.name, 'core'],
      message: `${r.name} has a core address, but ${idc.name} has no core network`,
      write: [remove(['routers', r.name, 'core'])],
      fix: 'a core network joins several routers',
    }));
  }
  return idc.routers.flatMap((router): Problem[] => {
    const at = { file, path: ['routers', router.name, 'core'], also: [estate.locate(file, ['core', 'subnet'])] };
    if (router.core === undefined)
      return idc.routers.length < 2
        ? []
        : [
            {
              ...at,
              message: `${router.name} is not on the core network`,
              ...onCore(idc, subnet, router.name),
            },
          ];
    if (isHost(subnet, router.core)) return [];
    return [
      {
        ...at,
        message: `${formatIpv4(router.core)} is no address of a host in ${formatCidr(subnet)}`,
        ...onCore(idc, subnet, router.name),
      },
    ];
  });
}

/** Inside, and neither the network address nor the broadcast address. */
function isHost(subnet: Cidr, address: Ipv4): boolean {
  if (!containsAddress(subnet, address)) return false;
  const offset = address - subnet.base;
  return subnet.bits >= 31 || (offset > 0 && offset < cidrSize(subnet) - 1);
}

function sameAddresses(estate: Estate): Problem[] {
  const owners = new Map<number, { readonly label: string; readonly where: Location }>();
  const used = estate.idcs.flatMap((idc) =>
    idc.routers.flatMap((router) =>
      (['address', 'core', 'public'] as const).map((key) => ({
        idc,
        router,
        address: router[key],
        key,
        path: ['routers', router.name, key],
      })),
    ),
  );
  return used.flatMap(({ idc, router, address, key, path }): Problem[] => {
    if (address === undefined) return [];
    const first = owners.get(address);
    if (first === undefined) {
      const label = `\`${path[2]}\` of ${router.name} of ${idc.name}`;
      owners.set(address, { label, where: estate.locate(idc.file, path) });
      return [];
    }
    const message = `${formatIpv4(address)} is also ${first.label}`;
    return [{ file: idc.file, path, message, ...another(estate, idc, router, key), also: [first.where] }];
  });
}

/** The first address of the core network that no router has. */
function onCore(idc: Idc, subnet: Cidr, name: string): Advice {
  const taken = idc.routers.filter((r) => r.name !== name).map((r) => r.core);
  const free = hostsOf(subnet).find((address) => !taken.includes(address));
  if (free === undefined) return { fix: `no address of ${formatCidr(subnet)} is free: make the core network larger` };
  return { write: [set(['routers', name, 'core'], formatIpv4(free))] };
}

/** A core network in the data centre's block, and an address of it for each router. */
function withCore(idc: Idc): Advice {
  const free = nextFree(
    idc.block,
    28,
    partsOf(idc).map(({ range }) => range),
  );
  if (free === undefined) return { fix: `no /28 is free in ${formatCidr(idc.block)} for a core network` };
  const vlans = [...idc.racks.map((rack) => rack.vlan)];
  const vlan = [2, 3, 4, 5, 6, 7, 8, 9].find((one) => !vlans.includes(one)) ?? 4000;
  const routers = idc.routers.flatMap((r, i) => set(['routers', r.name, 'core'], formatIpv4(addressAt(free, i + 1))));
  return { write: [[...set(['core'], { vlan, subnet: formatCidr(free) }), ...routers]] };
}

/** Of documentation (RFC 5737): only its owner knows the address. */
export const EXAMPLE_ADDRESS = '203.0.113.10';
export const EXAMPLE_ADDRESSES: readonly string[] = Array.from({ length: 20 }, (_, i) => `203.0.113.${10 + i}`);

/** A first router, with a loopback address of the block. */
export function withRouter(idc: Idc, isPublic = false): Advice {
  const free = nextFree(idc.block, 32, [...partsOf(idc).map(({ range }) => range), { base: idc.block.base, bits: 32 }]);
  return free === undefined
    ? { fix: 'describe a router' }
    : {
        write: [
          set(['routers'], { r1: { address: formatIpv4(free.base), ...(isPublic && { public: EXAMPLE_ADDRESS }) } }, idc.file),
        ],
        ...(isPublic && { fix: 'with its own public address' }),
      };
}

/** Another address of the same network; of a public one only its owner knows. */
function another(estate: Estate, idc: Idc, router: IdcRouter, key: 'address' | 'core' | 'public'): Advice {
  if (key === 'core' && idc.core !== undefined) return onCore(idc, idc.core.subnet, router.name);
  if (key === 'public') return { fix: 'give each router the public address that it has' };
  const taken = estate.idcs.flatMap((one) => partsOf(one).map(({ range }) => range));
  const free = nextFree(idc.block, 32, [...taken, { base: idc.block.base, bits: 32 }]);
  return free === undefined
    ? { fix: 'give each router an address of its own' }
    : { write: [set(['routers', router.name, key], formatIpv4(free.base))] };
}

function hostsOf(subnet: Cidr): Ipv4[] {
  return Array.from({ length: Math.min(64, cidrSize(subnet)) }, (_, i) => addressAt(subnet, i)).filter((address) =>
    isHost(subnet, address),
  );
}
