/** Files as people who never saw this toolkit write them: each is refused once, by its cause. */
import { readEstate } from '../../lib/estate/read/read';
import { memorySource } from '../../lib/estate/read/source';
import { collect } from './collecting';
import { filesOf, fixtureProfiles, type Written, written } from './written';

/** What is wrong with the fixture's collection already. */
const BESIDE = ['PROFILE_UNKNOWN', 'MEMBER_ADDRESS_OVERLAP'];

function findings(change: (w: Written) => unknown, after: (files: Record<string, string>) => unknown = () => {}) {
  const w = written();
  change(w);
  const files = filesOf(w);
  after(files);
  return readEstate(memorySource(files), { packaged: fixtureProfiles, today: '2026-11-21' }).findings.filter(
    ({ severity, code }) => severity === 'error' && !BESIDE.includes(code),
  );
}
const text = (after: (files: Record<string, string>) => unknown) => findings(() => {}, after);
const US = 'regions/us-east-1.yaml';
const SA = 'regions/sa-east-1.yaml';

test('the estate itself has no errors', () => expect(text(() => {})).toEqual([]));

test.each([
  ['images', 'IMAGE_MISSING'],
  ['artifacts', 'ARTIFACT_MISSING'],
  ['sa-east-1.members', 'MEMBER_NOT_PINNED'],
])('of the lock of %s that stands in a conflict of git, nothing in it is missed (%s)', (lock) => {
  const path = `regions/${lock}.lock.yaml`;
  const found = findings(collect, (files) => (files[path] = `<<<<<<< HEAD\n${files[path] ?? ''}=======\n>>>>>>> topic\n`));
  expect(found.map(({ file, code }) => [file, code])).toEqual([[path, 'YAML_SYNTAX']]);
});

test('a region whose file ends with .yml is told, with the name that it would be read by', () => {
  const found = text((files) => (files['regions/eu-west-1.yml'] = files[US]!.replaceAll('us-east-1', 'eu-west-1')));
  expect(found).toMatchObject([
    { code: 'FILE_NAME', file: 'regions/eu-west-1.yml', write: [[{ move: 'regions/eu-west-1.yaml' }]] },
  ]);
});

test.each(['us-east-1-foe-wlz-1a', 'us-east-1-wl1-bos-wlz-1'])('%s is a wavelength zone, and one finding', (zone) => {
  const found = findings((w) => ((w.places['us-east-1'] as { network: { zones: string[] } }).network.zones[1] = zone));
  expect(found).toMatchObject([{ code: 'ZONE_UNKNOWN' }]);
});

test.each([
  ['arn:aws:iam::111111111111:policy/team/boundary', 'team/boundary'],
  ['arn:aws-cn:iam::111111111111:policy/boundary', 'boundary'],
])('of the ARN %s the name is advised', (arn, name) => {
  const found = findings((w) => ((w.estate.aws as Record<string, string>).permissionsBoundary = arn));
  expect(found).toMatchObject([{ code: 'VALUE_NOT_ALLOWED', write: [[{ value: name }]] }]);
});

test('zeros in front of the numbers of a range are named', () => {
  const found = text((files) => (files[US] = files[US]!.replace(/block: 10\.(\d+)/, 'block: 10.0$1')));
  expect(found).toMatchObject([{ message: expect.stringContaining('its numbers have zeros in front') }]);
});

test('a dash before a whole file is advised away', () => {
  const found = text((files) => (files[US] = `- ${files[US]!.trimEnd().replaceAll('\n', '\n  ')}\n`));
  expect(found.length).toBe(1);
  expect(JSON.stringify(found)).not.toContain('undefined');
});

test.each(['!!binary us-east-1', '!Ref Name', '!vault x'])('the tag of %s is refused where it stands', (value) => {
  const found = text((files) => (files[US] = files[US]!.replace(/^region: .*$/m, `region: ${value}`)));
  expect(found).toMatchObject([{ code: 'YAML_SYNTAX', message: expect.stringMatching(/^the tag !/) }]);
});

test('two documents are told in words of a person', () => {
  const found = text((files) => (files[SA] += `---\n${files[SA]}`));
  expect(found).toMatchObject([{ code: 'YAML_SYNTAX', message: 'a second document begins here (---)' }]);
});
