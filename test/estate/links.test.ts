/** The link arithmetic, on the estate test/estates/hybrid and on small changes of it. */
import { join } from 'node:path';
import { cidr, formatCidr } from '../../lib/estate/cidr';
import { diskSource, packageRoot } from '../../lib/estate/files/disk-source';
import {
  allowedPrefixes,
  announcedPrefixes,
  givenContainers,
  givenRanges,
  type IdcLink,
  isIdc,
  legsOf,
  linkMtu,
  linksOf,
  linksThrough,
  needsTransit,
  pathMtu,
  placeOf,
  routedToIdc,
} from '../../lib/estate/links';
import type { Estate, Idc, LeasedLineLink, Link } from '../../lib/estate/model';
import { readEstate } from '../../lib/estate/read';

const { estate } = readEstate(diskSource(join(__dirname, '../estates/hybrid')), { packaged: diskSource(packageRoot()) });
const hybrid = estate!;
const link = (id: string, of: Estate = hybrid): Link => of.links.find((l) => l.id === id)!;
const line = link('beijing--us-east-1/line') as LeasedLineLink;
const beijing = placeOf(hybrid, 'beijing') as Idc;
const changed = (id: string, change: Partial<Link>): Estate => ({
  ...hybrid,
  links: hybrid.links.map((l) => (l.id === id ? ({ ...l, ...change } as Link) : l)),
});

test('a place is found by name, and its links in order of id', () => {
  expect(isIdc(beijing)).toBe(true);
  expect(placeOf(hybrid, 'us-east-1')?.block).toEqual(cidr('10.1.0.0/16'));
  expect(placeOf(hybrid, 'tokyo')).toBeUndefined();
  expect(linksOf(hybrid, 'us-east-1').map((l) => l.id)).toEqual([
    'beijing--us-east-1/fallback',
    'beijing--us-east-1/line',
    'eu-west-1--us-east-1',
  ]);
  expect(linksThrough(hybrid, 'us-east-1').map((l) => l.id)).toEqual(['beijing--eu-west-1']);
});

test('a region needs a transit gateway where a transit link, a line or a VPN ends or goes through, and not for peering', () => {
  expect(hybrid.regions.map((r) => needsTransit(hybrid, r))).toEqual([true, true]);
  const peered = { ...hybrid, links: [{ ...link('eu-west-1--us-east-1'), kind: 'peering' } as Link] };
  expect(hybrid.regions.map((r) => needsTransit(peered, r))).toEqual([false, false]);
  const middle = { ...hybrid, links: [{ ...link('beijing--eu-west-1'), a: { place: 'x', gives: [] } } as Link] };
  expect(needsTransit(middle, { name: 'us-east-1' })).toBe(true);
});

test('an end gives its host block, its container block and ranges as written, each once', () => {
  const given = (gives: Link['a']['gives'], place = 'us-east-1') =>
    givenRanges(hybrid, { place, gives }).map((r) => `${r.kind} ${formatCidr(r.cidr)}`);
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
  const end = { place: 'us-east-1', gives: ['hosts', 'containers'] } as const;
  expect(givenRanges(mode('prefix'), end)).toEqual([{ cidr: cidr('10.1.0.0/16'), kind: 'hosts' }]);
  expect(givenRanges(mode('prefix'), { ...end, gives: ['containers'] })).toEqual([
    { cidr: cidr('10.1.0.0/16'), kind: 'containers' },
  ]);
  expect(givenContainers(mode('prefix'), end)).toEqual([cidr('10.1.0.0/16')]);
  expect(givenRanges(mode('host'), end)).toEqual([{ cidr: cidr('10.1.0.0/16'), kind: 'hosts' }]);
  expect(givenContainers(mode('host'), end)).toEqual([]);
});

test('each kind of link has its packet size, and a link through a region that of its least leg', () => {
  expect(
    ['beijing--us-east-1/fallback', 'beijing--us-east-1/line', 'eu-west-1--us-east-1'].map((id) => linkMtu(link(id))),
  ).toEqual([1400, 8500, 8500]);
  expect(linkMtu({ ...link('eu-west-1--us-east-1'), kind: 'peering' } as Link)).toBe(1500);
  expect(legsOf(hybrid, link('beijing--eu-west-1')).map((l) => l.id)).toEqual([
    'beijing--us-east-1/fallback',
    'beijing--us-east-1/line',
    'eu-west-1--us-east-1',
  ]);
  expect(pathMtu(hybrid, link('beijing--eu-west-1'))).toBe(1400);
});

test('a line may tell exactly what its region gives and what is reached through that region', () => {
  const routed = ['10.1.0.0/16', '10.2.0.0/16', '172.16.0.0/16', '172.17.0.0/16'];
  expect(allowedPrefixes(hybrid, line).map(formatCidr)).toEqual(routed);
  expect(routedToIdc(hybrid, link('beijing--us-east-1/fallback') as IdcLink).map(formatCidr)).toEqual(routed);
  const alone = { ...hybrid, links: hybrid.links.filter((l) => l.id !== 'beijing--eu-west-1') };
  expect(allowedPrefixes(alone, line).map(formatCidr)).toEqual(['10.1.0.0/16', '172.16.0.0/16']);
  const written = { ...line, line: { ...line.line, allowedPrefixes: [cidr('10.1.0.0/16')] } };
  expect(allowedPrefixes(hybrid, written).map(formatCidr)).toEqual(['10.1.0.0/16']);
});

test('a data centre announces aggregates: what it gives on the link and to regions behind it', () => {
  expect(announcedPrefixes(hybrid, beijing, line).map(formatCidr)).toEqual(['10.200.0.0/16', '172.20.0.0/16']);
  const hosts = changed(line.id, { a: { place: 'beijing', gives: ['hosts'] } });
  expect(announcedPrefixes(hosts, beijing, link(line.id, hosts) as IdcLink).map(formatCidr)).toEqual([
    '10.200.0.0/16',
    '172.20.0.0/16',
  ]);
});
