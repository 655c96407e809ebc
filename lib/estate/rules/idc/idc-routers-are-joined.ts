import { addressAt, cidrSize, containsAddress, formatCidr, formatIpv4, type Ipv4 } from '../../addresses/cidr';
import type { Location } from '../../findings/finding';
import { nearest } from '../../findings/nearest';
import type { Estate, Idc } from '../../model/model';
import type { Problem, Rule } from '../rule';

/** Racks have a gateway, routers a way to each other, and addresses one owner. Source: RFC 4271 section 1.1 (BGP identifier); RFC 4456 (routers of one AS tell each other). */
export const idcRoutersAreJoined: Rule = {
  code: 'IDC_ROUTER',
  title: 'Every rack has a router, several routers share a core network, and no two addresses of routers are the same.',
  why: 'a rack behind no router reaches nothing, and routers that do not meet know only their own lines',
  check: (estate) => [...estate.idcs.flatMap((idc) => [...racks(estate, idc), ...core(estate, idc)]), ...sameAddresses(estate)],
};

function racks(estate: Estate, idc: Idc): Problem[] {
  const names = idc.routers.map((r) => r.name);
  return idc.racks
    .filter((rack) => !names.includes(rack.router))
    .map((rack) => {
      const near = nearest(rack.router, names);
      const at = { file: idc.file, path: ['racks', rack.name, 'router'], also: [estate.locate(idc.file, ['routers'])] };
      if (names.length === 0)
        return {
          ...at,
          message: `rack ${rack.name} has no router: ${idc.name} has none`,
          fix: 'write `routers: { r1: { address: ... } }`',
        };
      return {
        ...at,
        message:
          rack.router === ''
            ? `rack ${rack.name} doesn't say which router is its gateway`
            : `${idc.name} has no router ${rack.router}`,
        fix:
          near === undefined || rack.router === ''
            ? `write \`router:\` and one of ${names.join(', ')}`
            : `write \`router: ${near}\``,
      };
    });
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
          fix: 'write `core: { vlan: 2, subnet: ... }` and `core:` for each router',
          also: [estate.locate(file, ['routers'])],
        },
      ];
    return on.map((r) => ({
      file,
      path: ['routers', r.name, 'core'],
      message: `${r.name} has a core address, but ${idc.name} has no core network`,
      fix: 'leave `core` out, or write `core: { vlan: 2, subnet: ... }`',
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
              fix: `write \`core:\` with an address of ${formatCidr(subnet)}`,
            },
          ];
    if (isHost(subnet, router.core)) return [];
    return [
      {
        ...at,
        message: `${formatIpv4(router.core)} is no address of a host in ${formatCidr(subnet)}`,
        fix: `write an address such as ${formatIpv4(addressAt(subnet, Math.min(1, cidrSize(subnet) - 1)))}`,
      },
    ];
  });
}

/** Inside, and neither the network address nor the broadcast address. */
function isHost(subnet: Parameters<typeof cidrSize>[0], address: Ipv4): boolean {
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
        path: ['routers', router.name, key],
      })),
    ),
  );
  return used.flatMap(({ idc, router, address, path }): Problem[] => {
    if (address === undefined) return [];
    const first = owners.get(address);
    if (first === undefined) {
      const label = `\`${path[2]}\` of ${router.name} of ${idc.name}`;
      owners.set(address, { label, where: estate.locate(idc.file, path) });
      return [];
    }
    const message = `${formatIpv4(address)} is also ${first.label}`;
    return [{ file: idc.file, path, message, fix: 'write another address', also: [first.where] }];
  });
}
