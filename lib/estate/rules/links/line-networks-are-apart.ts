import { type Cidr, containsAddress, formatCidr, type Ipv4, overlaps, sizeOfBits } from '../../addresses/cidr';
import type { Location } from '../../findings/finding';
import { set } from '../../findings/remedy';
import type { Estate } from '../../model/model';
import { ranges } from '../places';
import { ESTATE_PATH, type Problem, type Rule } from '../rule';
import { entryOf } from './link-entry';
import { freeNetwork } from './link-remedies';

interface Network {
  readonly range: Cidr;
  readonly label: string;
  readonly file: string;
  readonly path: readonly (string | number)[];
}

/** Networks of lines and tunnels are nobody's block, and not each other's. Source: "Tunnel options for your Site-to-Site VPN connection" (unique across all connections of a gateway). */
export const lineNetworksAreApart: Rule = {
  code: 'LINE_NETWORK_OVERLAP',
  title: 'Networks of lines and tunnels overlap no block, no pool and no other line or tunnel.',
  why: 'a router would take its neighbour for a host of another place, and the session never comes up',
  check(estate) {
    const networks = networksOf(estate);
    if (networks.length === 0) return [];
    const places = placesOf(estate);
    return networks.flatMap((network, i): Problem[] => {
      const others = [...networks.slice(0, i), ...places].filter((other) => overlaps(other.range, network.range));
      if (others.length === 0) return [];
      const also: Location[] = others.map((other) => estate.locate(other.file, other.path));
      return [
        {
          file: network.file,
          path: network.path,
          message: `${network.label} overlaps ${others.map((o) => o.label).join(' and ')}`,
          write: [set(network.path, freeNetwork(estate))],
          fix: 'or another network of 169.254.0.0/16 that nobody uses',
          also,
        },
      ];
    });
  },
};

function networksOf(estate: Estate): Network[] {
  return estate.links.flatMap((link): Network[] => {
    if (link.kind === 'vpn')
      return link.vpn.tunnels.map((range, i) => ({
        range,
        label: `${formatCidr(range)} (tunnel ${i + 1} of links.${link.group})`,
        ...entryOf(link, 'tunnels', i),
      }));
    if (link.kind !== 'leased-line') return [];
    const { cloudAddress, bits } = link.line;
    const base = (cloudAddress - (cloudAddress % sizeOfBits(bits))) as Ipv4;
    const range = { base, bits };
    return [{ range, label: `${formatCidr(range)} (links.${link.group})`, ...entryOf(link, 'network') }];
  });
}

/** Blocks, and the pools where no block of them is in the way. */
function placesOf(estate: Estate): Network[] {
  const blocks = ranges(estate).map((r) => ({ ...r, label: `${formatCidr(r.range)} (${r.kind} of ${r.of})` }));
  const pools = (['hosts', 'containers'] as const).map((kind): Network => {
    const { pool } = estate.addressing[kind];
    return { range: pool, label: `${formatCidr(pool)} (pool of ${kind})`, file: ESTATE_PATH, path: ['addressing', kind, 'pool'] };
  });
  return [...pools, ...blocks.filter(({ range }) => !pools.some((p) => containsAddress(p.range, range.base)))];
}
