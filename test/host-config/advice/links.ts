/** Links and racks. */
import { beijing, line, links, peering, west, wide } from '../../estate/cases/joined';
import { type AdviceRow, row } from './row';

export const linksRows: readonly AdviceRow[] = [
  row('LINK_SHAPE', 'places said twice', (w) => links(w, { a: { ...peering, pairs: [['sa-east-1', 'us-east-1']] } })),
  row('LINK_SHAPE', 'a hub beside two places', (w) => links(w, { a: { ...peering, hub: 'us-east-1', spokes: ['sa-east-1'] } })),
  row('LINK_SHAPE', 'spokes without a hub', (w) => links(w, { a: { ...peering, spokes: ['sa-east-1'] } })),
  row('LINK_SHAPE', 'a line of a mesh, too', (w) => {
    wide(w);
    links(w, { line: { ...line, mesh: 'all' } });
  }),
  row(
    'LINK_SHAPE',
    'no places',
    (w) => links(w, { a: { kind: 'peering' } }),
    /`between: \[a, b\]`, `pairs:`/,
    (w) => {
      w.estate.links = {};
      links(w, { a: peering });
    },
  ),
  row('LINK_SHAPE', 'a gateway of another entry and a number of its own', (w) => {
    wide(w);
    links(w, { second: { ...line, vlan: 302, network: '169.254.101.0/30', gateway: 'line', preference: 190, asn: 64610 } });
  }),
  row('LINK_SHAPE', 'prefixes of a gateway of another entry', (w) => {
    wide(w);
    const own = { asn: undefined, gateway: 'line', preference: 190, allowedPrefixes: ['10.1.0.0/16'] };
    links(w, { second: { ...line, vlan: 302, network: '169.254.101.0/30', ...own } });
  }),
  row('LINK_CARRIES', 'what is no end', (w) => {
    west(w);
    links(w, { a: { ...peering, carries: { 'sa-east-1': ['hosts'], 'us-west-2': ['hosts'] } } });
  }),
  row('LINK_CARRIES', 'one more than the ends', (w) => {
    west(w);
    links(w, { a: { ...peering, carries: { 'sa-east-1': ['hosts'], 'us-east-1': ['hosts'], 'us-west-2': ['hosts'] } } });
  }),
  row('IDC_HOST_NUMBER', 'a retired one that never was', (w) => (beijing(w).racks.a01.removed = [5])),
  row('IDC_HOST_NUMBER', 'retired twice', (w) => (beijing(w).racks.a01.removed = [2, 2])),
  row('IDC_HOST_NUMBER', 'a place of a retired one', (w) =>
    Object.assign(beijing(w).racks.a01, { removed: [2], units: { '2': '12' } }),
  ),
  row('IDC_HOST_NUMBER', 'a place of nobody', (w) => (beijing(w).racks.a01.units = { '9': '12' })),
];
