/** What hosts of a rack boot with, in a diff: text, units, packet filter. */
import { diffMarkdown, diffText, placesThatChange } from '../../../../lib/review/diff';
import { filterChange } from '../../../../lib/review/diff/meaning/packet-filter-words';
import { changed, editedFile, ofKind, sides, told } from './sides';

const IDC = 'regions/beijing.yaml';
const PROFILE = 'cloud-config/docker/profile.yaml';
const TEXT = 'racks/a01/user-data.yaml';

const BOOTS = 'get another text to boot with, which counts from the next start on: nobody restarts them for you';

test('another text of a profile is told once a rack, as text, with the hosts that get it and when', () => {
  const places = changed(['cloud-config/docker/cloud-config.yaml', '"shutdown-timeout": {{', '"shutdown-timeout": 1{{']);
  expect(told(places)).toEqual([`beijing/rack-a01: ${BOOTS}`, `beijing/rack-a02: ${BOOTS}`]);
  expect(places.userData.map(({ fleet, stacks }) => [fleet, stacks])).toEqual([
    ['beijing-a01', ['beijing/rack-a01']],
    ['beijing-a02', ['beijing/rack-a02']],
  ]);
  const text = diffText({ stacks: [], ...places });
  expect(text).toContain('5 hosts get another text to boot with, which counts from the next start on, when applied: nobody\n');
  expect(text).toContain('User-data of 2 fleets: 1 line comes, 1 goes\n  beijing-a01; beijing-a02\n');
  expect(text).toContain('-  "shutdown-timeout": 60,\n+  "shutdown-timeout": 160,');
  expect(diffMarkdown({ stacks: [], ...places })).toContain('beijing-a01');
});

test('units of a profile that a rack no longer has go, those of one that it gets come', () => {
  const rack = 'containers: 172.20.0.0/19,';
  const [without, having] = [
    sides([IDC, rack, `${rack} profiles: [base, docker],`]),
    sides([IDC, rack, `${rack} profiles: [base, docker, updates],`]),
  ];
  expect(without).toEqual(sides());
  const unit = (places: ReturnType<typeof changed>) => {
    const { severity, what, details } = ofKind(places, 'rack-units');
    return { severity, what, details };
  };
  const comes = unit(placesThatChange(without, having));
  expect(comes.details.length).toBeGreaterThan(0);
  expect(comes.details.every((line) => line.startsWith('+ '))).toBe(true);
  expect(comes.severity).toBe('addition');
  const goes = unit(placesThatChange(having, without));
  expect(goes.details).toEqual(
    comes.details.map((line) => `-${line.slice(1)}: stopped and taken away when the host starts again`),
  );
  expect(goes.severity).toBe('interrupted');
});

test('a port that a profile opens is open in the hosts’ packet filter', () => {
  const port = 'ports:\n  - { name: metrics, port: 9100, protocol: tcp, from: estate, why: metrics }';
  const places = changed([PROFILE, 'requires: [base]', `requires: [base]\n${port}`]);
  expect(diffText({ stacks: [], ...places })).toContain(
    '5 hosts get another packet filter, when applied: open from now on tcp/9100\n      beijing-a01-1..3; beijing-a02-1, 2\n',
  );
  expect(places.meanings.filter(({ kind }) => kind === 'host-filter').map(({ severity }) => severity)).toEqual([
    'access',
    'access',
  ]);
});

test('a filter that drops less is less safe', () => {
  const places = editedFile(TEXT, '  ip saddr 10.0.0.0/8 goto planned\n', '  \n');
  expect(ofKind(places, 'host-filter')).toMatchObject({
    severity: 'security',
    what: 'get another packet filter: chain inet meissa / input - ip saddr 10.0.0.0/8 goto planned',
  });
});

test.each([
  [
    'a port',
    'udp sport 67 udp dport 68 accept',
    'udp sport 67 udp dport 68 accept\n ip saddr 10.9.0.0/16 tcp dport 22-23 accept',
    'access',
    ['open from now on tcp/22-23 from 10.9.0.0/16'],
  ],
  ['icmp', 'meta l4proto icmp accept\n', '\n', 'access', ['closed from now on meta l4proto icmp']],
  [
    'a rule that drops',
    /counter drop\n(?=\s*\}\s*chain outward)/,
    '\n',
    'security',
    ['chain inet meissa / planned drops no longer everything that no rule before takes'],
  ],
  ['the whole filter', /nft -f - <<EOF[\s\S]*?\n\s*EOF\n/, '', 'security', ['none, so nothing is dropped']],
] as const)('of %s it is said what is open from now on, and what no longer', (_what, from, to, severity, words) => {
  const text = sides()[0]!.files.get(TEXT)!;
  const edited = text.replace(from, to);
  expect(edited).not.toBe(text);
  expect(filterChange(text, edited)).toEqual({ severity, words });
  expect(filterChange(text, text)).toBeUndefined();
});

test('secrets in a text are not shown', () => {
  const places = editedFile(TEXT, 'MEISSA_REGION=beijing\n', 'MEISSA_REGION=beijing\n  DB_PASSWORD=hunter2hunter2\n');
  expect(diffText({ stacks: [], ...places })).not.toContain('hunter2');
});
