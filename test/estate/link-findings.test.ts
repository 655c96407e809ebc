/** What a person is told who writes a link that can't work: on the estate test/estates/hybrid, with file and line of both places. */
import { join } from 'node:path';
import { diskSource, packageRoot } from '../../lib/estate/files/disk-source';
import type { Finding } from '../../lib/estate/findings/finding';
import { readEstate } from '../../lib/estate/read/read';

const hybrid = diskSource(join(__dirname, '../estates/hybrid'));
const ESTATE = 'regions/estate.yaml';

/** Findings once a text is replaced in a file; the line of the text is asked for by `lineOf`. */
function changed(file: string, from: string, to: string): readonly Finding[] {
  const text = hybrid.read(file)!;
  expect(text).toContain(from);
  const source = {
    ...hybrid,
    list: hybrid.list,
    read: (path: string) => (path === file ? text.replace(from, to) : hybrid.read(path)),
  };
  return readEstate(source, { packaged: diskSource(packageRoot()) }).findings;
}

const lineOf = (file: string, text: string) =>
  hybrid
    .read(file)!
    .split('\n')
    .findIndex((l) => l.includes(text)) + 1;

test('the hybrid estate has no error; its links take packets of different sizes, and each is named', () => {
  const { findings } = readEstate(hybrid, { packaged: diskSource(packageRoot()) });
  expect(findings.filter((f) => f.severity === 'error')).toEqual([]);
  const mtu = findings.filter((f) => f.code === 'LINK_MTU');
  expect(mtu.map((f) => f.file)).toEqual(['regions/beijing.yaml', 'regions/eu-west-1.yaml', 'regions/us-east-1.yaml']);
  expect(mtu[2]!.message).toContain('beijing--us-east-1/fallback 1400, beijing--us-east-1/line 8500, eu-west-1--us-east-1 8500');
  expect(mtu[2]!.also).toHaveLength(3);
});

test('containers over peering are refused with the mode of the region, and what would carry them', () => {
  const found = changed(ESTATE, 'kind: transit', 'kind: peering').find((f) => f.code === 'PEERING_CARRIES_CONTAINERS');
  expect(found).toMatchObject({
    file: ESTATE,
    line: lineOf(ESTATE, 'carries: [hosts, containers]'),
    message: "containers of eu-west-1 (mode host-gw) can't be reached from us-east-1 over peering",
    also: [{ file: 'regions/eu-west-1.yaml', line: lineOf('regions/eu-west-1.yaml', 'host-gw') }],
  });
  expect(found!.fix).toContain('`carries: [hosts]`');
  expect(found!.fix).toContain('a transit link carries them, and so does peering where eu-west-1 has containers of mode prefix');
});

test('a way through a region that is joined by peering is refused with both links', () => {
  const found = changed(ESTATE, 'kind: transit', 'kind: peering').find((f) => f.code === 'LINK_THROUGH');
  expect(found).toMatchObject({
    line: lineOf(ESTATE, 'through: us-east-1'),
    fix: 'leave `europe` out under links; a transit link to a region, a leased line or VPN to a data centre, each to the region in the middle, would carry it',
    also: [{ file: ESTATE, line: lineOf(ESTATE, 'backbone:') }],
  });
});

test('a data centre in the block of a region is told with both files', () => {
  const found = changed('regions/beijing.yaml', 'block: 10.200.0.0/16', 'block: 10.2.0.0/16').find(
    (f) => f.code === 'ADDRESS_OVERLAP',
  );
  expect(found).toMatchObject({
    file: 'regions/beijing.yaml',
    line: 3,
    also: [{ file: 'regions/eu-west-1.yaml', line: lineOf('regions/eu-west-1.yaml', 'block:') }],
  });
});

test('a clash of AS numbers is told with both files', () => {
  const found = changed('regions/eu-west-1.yaml', '64602', '64600').find((f) => f.code === 'AS_NUMBER_CLASH');
  expect(found).toMatchObject({
    file: ESTATE,
    line: lineOf(ESTATE, 'asn: 64600'),
    message: 'the Direct Connect gateway of links.line has the AS number 64600 of the transit gateway of eu-west-1',
    also: [{ file: 'regions/eu-west-1.yaml', line: lineOf('regions/eu-west-1.yaml', 'transit:') }],
  });
});

test('a line without a router is told with the file of the data centre', () => {
  const found = changed(ESTATE, '    router: r1\n', '').find((f) => f.code === 'LINK_ROUTER');
  expect(found).toMatchObject({
    file: ESTATE,
    message: "the leased-line doesn't say at which router of beijing it ends",
    fix: 'write `router: r1`; routers are r1, r2',
    also: [{ file: 'regions/beijing.yaml', line: lineOf('regions/beijing.yaml', 'r1: {') - 1 }],
  });
});

test('an unknown place is told with the nearest name', () => {
  const found = changed(ESTATE, 'between: [eu-west-1, us-east-1]', 'between: [eu-wets-1, us-east-1]');
  expect(found.find((f) => f.code === 'LINK_PLACE_UNKNOWN')).toMatchObject({
    fix: 'write `eu-west-1` under links.backbone.between; or describe it in regions/eu-wets-1.yaml, or leave it out of the links',
    line: lineOf(ESTATE, 'backbone:'),
  });
});

test('a route table that would be too full is told with every part of the figure', () => {
  const found = changed(ESTATE, 'tags:', 'quotas: { routesPerTable: 50 }\ntags:');
  expect(found.filter((f) => f.code === 'LINK_QUOTA')).toEqual([]);
  const full = changed('regions/eu-west-1.yaml', 'count: 4', 'count: 600').find((f) => f.code === 'LINK_QUOTA');
  expect(full!.message).toBe(
    'a route table of eu-west-1 would hold 609 routes (1 local, 1 to the internet, 603 of members, 4 of links), over 500',
  );
  expect(full!.fix).toContain('`routesPerTable: 609` under quotas');
  const never = changed('regions/eu-west-1.yaml', 'count: 4', 'count: 1200').find((f) => f.code === 'LINK_QUOTA');
  expect(never!.fix).toContain('no account is granted more than 1000');
});

test('retired and placed hosts of a rack must be hosts', () => {
  const found = changed('regions/beijing.yaml', 'hosts: 2 }', 'hosts: 2, removed: [1, 5], units: { "1": "7", "9": "8" } }');
  expect(found.filter((f) => f.code === 'IDC_HOST_NUMBER').map((f) => f.path)).toEqual([
    'racks.a02.removed.1',
    'racks.a02.units.1',
    'racks.a02.units.9',
  ]);
});

test.each([
  ['a word that is none', 'carries: [hosts, containers]', 'carries: [hostz]', 'VALUE_NOT_ALLOWED', 'links.backbone.carries.0'],
  [
    'a range whose address is not aligned',
    'carries: [hosts, containers]',
    'carries: { us-east-1: [10.1.0.1/16], eu-west-1: [hosts] }',
    'VALUE_NOT_ALLOWED',
    'links.backbone.carries.us-east-1.0',
  ],
  [
    'a range that is none',
    'carries: [hosts, containers]',
    'carries: [10.1.0.300/16]',
    'VALUE_NOT_ALLOWED',
    'links.backbone.carries.0',
  ],
  ['a number', 'carries: [hosts, containers]', 'carries: 7', 'WRONG_TYPE', 'links.backbone.carries'],
  ['a mesh of something', 'between: [eu-west-1, us-east-1]', 'mesh: some', 'VALUE_NOT_ALLOWED', 'links.backbone.mesh'],
  [
    'places said twice',
    'between: [eu-west-1, us-east-1]',
    'mesh: all\n    between: [eu-west-1, us-east-1]',
    'LINK_SHAPE',
    'links.backbone',
  ],
  ['no places', 'between: [eu-west-1, us-east-1]', '', 'LINK_SHAPE', 'links.backbone'],
  [
    'a mesh of lines',
    'between: [beijing, us-east-1]\n    carries: [hosts, containers]\n    router: r1',
    'mesh: all',
    'LINK_SHAPE',
    'links.line',
  ],
  [
    'a carrier that is no end',
    'carries: [hosts, containers]',
    'carries: { beijing: [hosts], us-east-1: [hosts], eu-west-1: [hosts] }',
    'LINK_CARRIES',
    'links.backbone.carries.beijing',
  ],
  ['an address that is none', 'keyName:', 'outside: [300.1.1.1]\n    keyName:', 'VALUE_NOT_ALLOWED', 'links.fallback.outside.0'],
  ['a kind that is none', 'kind: transit', 'kind: peerng', 'VALUE_NOT_ALLOWED', 'links.backbone.kind'],
])('%s is told at its place', (_, from, to, code, path) => {
  const found = changed(ESTATE, from, to).filter((f) => f.code === code);
  expect(found.map((f) => f.path)).toContain(path);
  for (const f of found) expect(f.line).toBeGreaterThan(0);
});
