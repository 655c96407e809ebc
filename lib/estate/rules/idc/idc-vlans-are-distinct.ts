import type { Advice } from '../../findings/finding';
import { set } from '../../findings/remedy';
import type { Estate, Idc, IdcRouter } from '../../model/model';
import { linksIn } from '../../model/resolved-links';
import { entryOf } from '../links/link-entry';
import type { Problem, Rule } from '../rule';

/** A VLAN of a trunk is one network. Source: IEEE 802.1Q (VLAN identifier). */
export const idcVlansAreDistinct: Rule = {
  code: 'IDC_VLAN',
  title: 'Racks, core and lines on the trunk of a router have VLANs of their own.',
  why: 'two networks of one VLAN are one broadcast domain: hosts would answer for the addresses of the other rack',
  check: (estate) => estate.idcs.flatMap((idc) => idc.routers.flatMap((router) => problemsOf(estate, idc, router))),
};

interface Use {
  readonly vlan: number;
  readonly label: string;
  readonly file: string;
  readonly path: readonly (string | number)[];
}

function problemsOf(estate: Estate, idc: Idc, router: IdcRouter): Problem[] {
  const first = new Map<number, Use>();
  return usesOf(estate, idc, router).flatMap((use): Problem[] => {
    const other = first.get(use.vlan);
    if (other === undefined) {
      first.set(use.vlan, use);
      return [];
    }
    return [
      {
        file: use.file,
        path: use.path,
        message: `${use.label} and ${other.label} both have VLAN ${use.vlan} on ${router.trunk} of ${router.name}`,
        ...another(usesOf(estate, idc, router), use),
        also: [estate.locate(other.file, other.path)],
      },
    ];
  });
}

function usesOf(estate: Estate, idc: Idc, router: IdcRouter): Use[] {
  const { file } = idc;
  return [
    ...(idc.core === undefined ? [] : [{ vlan: idc.core.vlan, label: 'the core network', file, path: ['core', 'vlan'] }]),
    ...idc.racks
      .filter((rack) => rack.routers.includes(router.name))
      .map((rack) => ({ vlan: rack.vlan, label: `rack ${rack.name}`, file, path: ['racks', rack.name, 'vlan'] })),
    ...linksIn(estate).flatMap((link): Use[] =>
      link.kind === 'leased-line' &&
      link.line.router === router.name &&
      link.line.interface === router.trunk &&
      link.edge?.idc === idc
        ? [{ vlan: link.line.vlan, label: `links.${link.group}`, ...entryOf(link, 'vlan') }]
        : [],
    ),
  ];
}

/** The next number that nobody on the trunk has; that of a line is agreed with its provider. */
function another(uses: readonly Use[], { vlan, file, path }: Use): Advice {
  const taken = new Set(uses.map((use) => use.vlan));
  let free = vlan;
  while (taken.has(free)) free = (free % MOST) + 1;
  return {
    write: [set(path, free, file)],
    ...(path[0] === 'links' ? { fix: 'or another that the provider of the line agrees to' } : {}),
  };
}

/** Source: IEEE 802.1Q: 4095 is reserved. */
const MOST = 4094;
