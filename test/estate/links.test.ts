/** The link arithmetic, on the estate test/estates/hybrid and on small changes of it. */
import { join } from 'node:path';
import { cidr, formatCidr } from '../../lib/estate/addresses/cidr';
import { diskSource, packageRoot } from '../../lib/estate/files/disk-source';
import { isIdc, linkMtu } from '../../lib/estate/model/links';
import type { Estate, LeasedLineLink, Link } from '../../lib/estate/model/model';
import { linksIn, linksOf, needsTransit, placeOf, transitLinkOf } from '../../lib/estate/model/resolved-links';
import { readEstate } from '../../lib/estate/read/read';

const { estate } = readEstate(diskSource(join(__dirname, '../estates/hybrid')), { packaged: diskSource(packageRoot()) });
const hybrid = estate!;
const link = (id: string, of: Estate = hybrid): Link => of.links.find((l) => l.id === id)!;
const line = link('beijing--us-east-1/line') as LeasedLineLink;
const beijing = placeOf(hybrid, 'beijing');
const resolved = (id: string, of: Estate = hybrid) => linksIn(of).find((l) => l.id === id)!;
const edge = (id: string, of: Estate = hybrid) => {
  const { routed, told, announced } = resolved(id, of).edge!;
  return { routed: routed.map(formatCidr), told: told.map(formatCidr), announced: announced.map(formatCidr) };
};
const changed = (id: string, change: object): Estate => ({
  ...hybrid,
  links: hybrid.links.map((l) => (l.id === id ? ({ ...l, ...change } as Link) : l)),
});

test('a place is found by name, and its links in order of id', () => {
  expect(isIdc(beijing)).toBe(true);
  expect(placeOf(hybrid, 'us-east-1')?.block).toEqual(cidr('10.1.0.0/16'));
  expect(placeOf(hybrid, 'tokyo')).toBeUndefined();
  expect(linksOf(hybrid, { name: 'us-east-1' }).map((l) => l.id)).toEqual([
    'beijing--us-east-1/fallback',
    'beijing--us-east-1/line',
    'eu-west-1--us-east-1',
  ]);
  expect(resolved('beijing--us-east-1/line')).toMatchObject({ ...line, a: { at: beijing }, b: { at: { name: 'us-east-1' } } });
  expect(resolved('beijing--eu-west-1').regions.map((r) => r.name)).toEqual(['eu-west-1', 'us-east-1']);
});

test('a region needs a transit gateway where a transit link, a line or a VPN ends or goes through, and not for peering', () => {
  expect(hybrid.regions.map((r) => needsTransit(hybrid, r))).toEqual([true, true]);
  const peered = { ...hybrid, links: [{ ...link('eu-west-1--us-east-1'), kind: 'peering' } as Link] };
  expect(hybrid.regions.map((r) => needsTransit(peered, r))).toEqual([false, false]);
  const middle = { ...hybrid, links: [{ ...link('beijing--eu-west-1'), a: { place: 'x', gives: [] } } as Link] };
  expect(needsTransit(middle, { name: 'us-east-1' })).toBe(true);
  expect(transitLinkOf(middle, { name: 'us-east-1' })?.id).toBe('beijing--eu-west-1');
});

/** An end of a link of its own, resolved. */
function end(of: Link['a'], estate: Estate = hybrid) {
  return linksIn({ ...estate, links: [{ ...link('eu-west-1--us-east-1'), b: of } as Link] })[0]!.b;
}

test('an end gives its host block, its container block and ranges as written, each once', () => {
  const given = (gives: Link['a']['gives'], place = 'us-east-1') =>
    end({ place, gives }).ranges.map((r) => `${r.kind} ${formatCidr(r.cidr)}`);
  expect(given(['hosts', 'containers'])).toEqual(['hosts 10.1.0.0/16', 'containers 172.16.0.0/16']);
  expect(given([cidr('172.16.4.0/22'), cidr('10.1.32.0/19')])).toEqual(['hosts 10.1.32.0/19', 'containers 172.16.4.0/22']);
  expect(given(['containers', cidr('172.16.4.0/22')])).toEqual(['containers 172.16.0.0/16']);
  expect(given(['hosts', 'containers'], 'beijing')).toEqual(['hosts 10.200.0.0/16', 'containers 172.20.0.0/16']);
  expect(given(['hosts'], 'tokyo')).toEqual([]);
});

test('containers of mode prefix have addresses of the host block, and nothing is given beyond it; those of mode host have none', () => {
  const mode = (m: 'prefix' | 'host'): Estate => ({
    ...hybrid,
    regions: hybrid.regions.map((r) => {
      const { block: _, ...containers } = r.containers;
      return { ...r, containers: { ...containers, mode: m } };
    }),
  });
  const both = { place: 'us-east-1', gives: ['hosts', 'containers'] } as const;
  expect(end(both, mode('prefix')).ranges).toEqual([{ cidr: cidr('10.1.0.0/16'), kind: 'hosts' }]);
  expect(end({ ...both, gives: ['containers'] }, mode('prefix')).ranges).toEqual([
    { cidr: cidr('10.1.0.0/16'), kind: 'containers' },
  ]);
  expect(end(both, mode('prefix')).containers).toEqual([cidr('10.1.0.0/16')]);
  expect(end(both, mode('host')).ranges).toEqual([{ cidr: cidr('10.1.0.0/16'), kind: 'hosts' }]);
  expect(end(both, mode('host')).containers).toEqual([]);
});

test('each kind of link has its packet size, and a link through a region that of its least leg', () => {
  expect(
    ['beijing--us-east-1/fallback', 'beijing--us-east-1/line', 'eu-west-1--us-east-1'].map((id) => linkMtu(link(id), 'aws')),
  ).toEqual([1400, 8500, 8500]);
  expect(linkMtu(link('beijing--us-east-1/fallback'), 'aliyun')).toBe(1399);
  expect(linkMtu({ ...link('eu-west-1--us-east-1'), kind: 'peering' } as Link, 'aws')).toBe(1500);
  expect(resolved('beijing--eu-west-1').legs.map((l) => l.id)).toEqual([
    'beijing--us-east-1/fallback',
    'beijing--us-east-1/line',
    'eu-west-1--us-east-1',
  ]);
  expect(resolved('beijing--eu-west-1').mtu).toBe(1400);
});

test('a line may tell exactly what its region gives and what is reached through that region', () => {
  const routed = ['10.1.0.0/16', '10.2.0.0/16', '172.16.0.0/16', '172.17.0.0/16'];
  expect(edge(line.id)).toMatchObject({ routed, told: routed });
  expect(edge('beijing--us-east-1/fallback')).toMatchObject({ routed, told: routed });
  const alone = { ...hybrid, links: hybrid.links.filter((l) => l.id !== 'beijing--eu-west-1') };
  expect(edge(line.id, alone).told).toEqual(['10.1.0.0/16', '172.16.0.0/16']);
  const written = changed(line.id, { line: { ...line.line, allowedPrefixes: [cidr('10.1.0.0/16')] } });
  expect(edge(line.id, written)).toMatchObject({ routed, told: ['10.1.0.0/16'] });
});

test('a data centre announces aggregates: what it gives on the link and to regions behind it', () => {
  expect(edge(line.id).announced).toEqual(['10.200.0.0/16', '172.20.0.0/16']);
  const hosts = changed(line.id, { a: { place: 'beijing', gives: ['hosts'] } });
  expect(edge(line.id, hosts).announced).toEqual(['10.200.0.0/16', '172.20.0.0/16']);
});

test('a link is resolved once an estate, and joins no data centre where it has none', () => {
  expect(linksIn(hybrid)).toBe(linksIn(hybrid));
  expect(linksIn({ ...hybrid })).not.toBe(linksIn(hybrid));
  const regions = changed(line.id, { a: { place: 'eu-west-1', gives: ['hosts'] } });
  expect(resolved(line.id, regions).edge).toBeUndefined();
  const nowhere = changed(line.id, { a: { place: 'tokyo', gives: ['hosts'] } });
  expect(resolved(line.id, nowhere)).toMatchObject({ a: { ranges: [], containers: [] } });
  expect(resolved(line.id, nowhere).edge).toBeUndefined();
});
