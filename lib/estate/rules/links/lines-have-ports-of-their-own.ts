import type { Advice } from '../../findings/finding';
import { remove, set } from '../../findings/remedy';
import type { Estate } from '../../model/model';
import { isEdge, linksIn } from '../../model/resolved-links';
import type { Problem, Rule } from '../rule';
import { entryOf } from './link-entry';

interface Use {
  /** What only one may use. */
  readonly key: string;
  readonly words: string;
  readonly file: string;
  readonly path: readonly (string | number)[];
}

/** Each line has its own VLAN on its connection and its own VLAN on its router's port. Source: "Create a transit virtual interface" (VLAN); "CreateCustomerGateway" (an identical request returns the existing one). */
export const linesHavePortsOfTheirOwn: Rule = {
  code: 'LINE_TWICE',
  title: 'No two lines share a VLAN of a connection or of a port, and no two VPNs of a router end at one region.',
  why: 'frames of one would arrive in the other, and the cloud takes a second request for the first',
  check(estate) {
    const first = new Map<string, Use>();
    const uses = usesOf(estate);
    return uses.flatMap((use): Problem[] => {
      const other = first.get(use.key);
      if (other === undefined) {
        first.set(use.key, use);
        return [];
      }
      return [
        {
          file: use.file,
          path: use.path,
          message: `${use.words} is used twice`,
          ...another(uses, use),
          also: [estate.locate(other.file, other.path)],
        },
      ];
    });
  },
};

function usesOf(estate: Estate): Use[] {
  return linksIn(estate).flatMap((link): Use[] => {
    if (!isEdge(link)) return [];
    const { idc, region } = link.edge;
    if (link.kind === 'vpn') {
      const words = `a VPN between ${idc.name}'s router ${link.vpn.router} and ${region.name}`;
      return [{ key: `vpn ${idc.name} ${link.vpn.router} ${region.name}`, words, ...entryOf(link, 'router') }];
    }
    const { connection, vlan, router, interface: port } = link.line;
    return [
      { key: `connection ${connection} ${vlan}`, words: `VLAN ${vlan} of ${connection}`, ...entryOf(link, 'vlan') },
      {
        key: `port ${idc.name} ${router} ${port} ${vlan}`,
        words: `VLAN ${vlan} of ${idc.name}'s port ${router}:${port}`,
        ...entryOf(link, 'interface'),
      },
    ];
  });
}

/** Another VLAN on the same port; a second VPN between the same two routers is one too many. */
function another(uses: readonly Use[], use: Use): Advice {
  const [entry, key] = [use.path.slice(0, 2), use.path.at(-1)];
  if (key === 'router') return { write: [remove(entry)], fix: 'or another router' };
  const taken = new Set(uses.map(({ key: one }) => Number(one.split(' ').at(-1))));
  let vlan = Number(use.key.split(' ').at(-1));
  while (taken.has(vlan)) vlan = (vlan % 2999) + 1;
  return { write: [set([...entry, 'vlan'], vlan)], fix: 'or another that the provider of the line agrees to' };
}
