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
