/** Ordinary mistakes in files: each is one finding, whose words name it, and whose advice mends it. */
import type { Finding } from '../../lib/estate/findings/finding';
import { readEstate } from '../../lib/estate/read/read';
import { memorySource } from '../../lib/estate/read/source';
import { type Files, followed } from './advice/apply';
import { collect } from './collecting';
import { filesOf, filesWithPins, fixtureProfiles, lines, written } from './written';

const SOUTH = 'regions/sa-east-1.yaml';
const ESTATE = 'regions/estate.yaml';

/** A place of a text, what somebody writes there, and what they are told. */
type Row = readonly [slip: string, from: string | RegExp, to: string, told: RegExp, file?: string];

const rows: readonly Row[] = [
  // Indentation and spaces.
  ['a key indented by one space too many', '        first: 16', '         first: 16', /indented by 1[12] spaces/],
  [
    'a key indented by one space too few',
    '          perZone: 16',
    '         perZone: 16',
    /indented by 9 spaces, and stands beside lines of 10/,
  ],
  ['a tab before a key', '  mode: host', '\tmode: host', /a tab/],
  ['tabs before all keys of a mapping', /( {2})(zones:|mode: host)/g, '\t$2', /a tab.*and 1 more/],
  ['spaces that are none before a key', '  mode: host', '\u00a0\u00a0mode: host', /U\+00A0/],
  ['full-width spaces before a key', '  mode: host', '　mode: host', /a full-width space/],
  [
    'a block that slipped to the margin',
    /^ {2}mode: host$/m,
    'mode: host',
    /"mode" belongs under containers: it is indented too little/,
  ],
  [
    'a key of a fleet that slipped to the cluster',
    /^ {8}instanceType: r5.xlarge$/m,
    '      instanceType: r5.xlarge',
    /indented by 6 spaces, and stands beside lines of 8/,
  ],
  ['a cluster beside `clusters`', /^ {2}core:$/m, 'core:', /core|indented/],
  // Signs of other keyboards.
  ['a full-width colon', 'provider: aws', 'provider：aws', /full-width sign ：/],
  ['a full-width colon with a space', 'provider: aws', 'provider： aws', /full-width sign ：/],
  ['typographic quotes around a value', 'provider: aws', 'provider: “aws”', /typographic quotes/],
  ['single typographic quotes around a name', 'bootstrap: static', 'bootstrap: ‘static’', /typographic quotes/],
  ['full-width digits', 'count: 4', 'count: ４', /full-width signs/],
  [
    'one full-width comma in a list',
    /zones:\n.*\n.*\n.*\n/,
    'zones: [sa-east-1a, sa-east-1b，sa-east-1c]\n',
    /"sa-east-1b，sa-east-1c" is one item.*parted by commas/,
  ],
  ['full-width commas in a list', /zones:\n.*\n.*\n.*\n/, 'zones: [sa-east-1a， sa-east-1b， sa-east-1c]\n', /parted by commas/],
  ['full-width brackets', /zones:\n.*\n.*\n.*\n/, 'zones: 【sa-east-1a, sa-east-1b, sa-east-1c】\n', /full-width|typographic/],
  ['a dash that is no hyphen in a range of addresses', 'region: sa-east-1', 'region: sa–east–1', /dash is no hyphen/],
  ['a no-break space behind a value', 'provider: aws', 'provider: aws\u00a0', /space that is none/],
  // What git and other languages leave.
  [
    'a conflict of git',
    'provider: aws',
    '<<<<<<< HEAD\nprovider: aws\n=======\nprovider: aliyun\n>>>>>>> other',
    /conflict of git/,
  ],
  ['the marker of a conflict alone', 'provider: aws', '>>>>>>> other\nprovider: aws', /conflict of git/],
  [
    'a conflict with its base',
    'provider: aws',
    '<<<<<<< HEAD\nprovider: aws\n||||||| base\nprovider: azure\n=======\nprovider: aliyun\n>>>>>>> other',
    /conflict of git/,
  ],
  [
    'a merge key with an alias',
    /addresses:\n {10}first: 64\n {10}perZone: 64/,
    'addresses:\n          <<: { first: 64, perZone: 64 }',
    /merge key <</,
  ],
  ['= for the colon', 'provider: aws', 'provider = aws', /colon and a space.*not =/],
  ['= without spaces', 'provider: aws', 'provider=aws', /colon and a space.*not =/],
  ['=> for the colon', 'provider: aws', 'provider => aws', /colon and a space.*not =/],
  ['a comment of another language', 'provider: aws', '// the cloud\nprovider: aws', /\/\/ begins no comment/],
  ['a comment of C', 'provider: aws', '/* the cloud */\nprovider: aws', /\/\* begins no comment/],
  ['a comma behind a number', 'count: 4', 'count: 4,', /ends with a comma/],
  ['a comma behind a word', 'provider: aws', 'provider: aws,', /ends with a comma/],
  ['a semicolon behind a word', 'provider: aws', 'provider: aws;', /ends with a comma/],
  // Colons, dashes, quotes and brackets.
  ['no space behind a colon', 'provider: aws', 'provider:aws', /no space stands behind the colon/],
  ['no space behind the only colon of a mapping', '  mode: host', '  mode:host', /no space stands behind the colon/],
  ['no colon', 'provider: aws', 'provider aws', /no colon stands behind provider/],
  ['no colon behind the key of a mapping', 'containers:', 'containers', /no colon stands behind containers/],
  [
    'no space behind the dashes of a list',
    /(?: +- (?:base|docker|etcd|updates)\n)+/,
    '          -base\n          -docker\n          -etcd\n          -updates\n',
    /no space|space stands behind the dash/,
  ],
  ['a quote that is not closed', 'provider: aws', 'provider: "aws', /quote " is opened/],
  ['a single quote that is not closed', 'provider: aws', "provider: 'aws", /quote ' is opened/],
  [
    'a bracket that is not closed',
    /zones:\n.*\n.*\n.*\n/,
    'zones: [sa-east-1a, sa-east-1b, sa-east-1c\n',
    /bracket \[ is opened/,
  ],
  ['a brace that is not closed', 'metadata:\n          role: storage', 'metadata: { role: storage', /bracket \{ is opened/],
  ['a bracket that closes nothing', /zones:\n.*\n.*\n.*\n/, 'zones: [sa-east-1a, sa-east-1b, sa-east-1c]]\n', /bracket|closes/],
  [
    'a value that begins with @',
    'central: us-east-1',
    'central: us-east-1\ntags:\n  owner: @platform',
    /begins with @ stands in quotes/,
    ESTATE,
  ],
  ['a value in braces of a template', 'region: sa-east-1', 'region: {{ region }}', /\{\{|not text|text/],
  [
    'a colon inside a value',
    'central: us-east-1',
    'central: us-east-1\ntags:\n  owner: platform: ads',
    /colon and a space in it/,
    ESTATE,
  ],
  // Keys.
  ['a key twice', 'provider: aws', 'provider: aws\nprovider: aws', /second time/],
  ['a key in small letters', 'instanceType: r5.xlarge', 'instancetype: r5.xlarge', /capital letters/],
  ['a key with underscores', 'instanceType: r5.xlarge', 'instance_type: r5.xlarge', /one word/],
  ['a key with hyphens', 'instanceType: r5.xlarge', 'instance-type: r5.xlarge', /one word/],
  ['a key with a capital in front', 'instanceType: r5.xlarge', 'InstanceType: r5.xlarge', /capital letters/],
  ['a key misspelt', 'instanceType: r5.xlarge', 'instanceTpye: r5.xlarge', /unknown key "instanceTpye"/],
  ['the plural of a key', 'network:', 'networks:', /unknown key "networks"/],
  [
    'the singular of a key',
    'profiles:\n          - base\n          - docker\n          - etcd\n          - updates\n        addresses:\n          first: 64',
    'profile:\n          - base\n          - docker\n          - etcd\n          - updates\n        addresses:\n          first: 64',
    /unknown key "profile"/,
  ],
  ['a key that nothing reads', 'count: 4', 'count: 4\n        colour: green', /unknown key "colour"/],
  ['a key that is missing', /^ {8}instanceType: r5.xlarge\n/m, '', /"instanceType" is missing/],
  // Types.
  ['a number in quotes', 'count: 4', 'count: "4"', /number in quotes is text/],
  ['a number as a word', 'count: 4', 'count: four', /written in digits/],
  ['a number with separators', 'gb: 500', 'gb: 1,000', /separators/],
  ['a number with a unit', 'gb: 500', 'gb: 500GB', /counted in GiB/],
  ['a number with a larger unit', 'gb: 500', 'gb: 1TB', /counted in GiB/],
  ['a number with a unit and a space', 'gb: 500', 'gb: 500 GiB', /counted in GiB/],
  ['a number with a fraction', 'count: 4', 'count: 4.0001', /whole/],
  ['a negative number', 'gb: 500', 'gb: -500', /at least/],
  ['a number that is too large', 'gb: 500', 'gb: 5000000', /at most/],
  ['an account without quotes', 'account: "111111111111"', 'account: 011111111111', /without quotes it is the number/, ESTATE],
  ['a list where one value belongs', 'provider: aws', 'provider: [aws]', /one value, not a list/],
  ['one value where a list belongs', /zones:\n.*\n.*\n.*\n/, 'zones: sa-east-1a, sa-east-1b, sa-east-1c\n', /a list/],
  ['values with spaces where a list belongs', /profiles:\n.*\n.*\n.*\n.*\n/, 'profiles: base docker etcd updates\n', /a list/],
  [
    'a mapping where a list belongs',
    /zones:\n.*\n.*\n.*\n/,
    'zones:\n    sa-east-1a:\n    sa-east-1b:\n    sa-east-1c:\n',
    /have a dash/,
  ],
  [
    'a list with names where a mapping belongs',
    /volumes:\n {10}data:\n {12}device/,
    'volumes:\n          - name: data\n            device',
    /found by their names|not a list/,
  ],
  ['a list of keys where a mapping belongs', /metadata:\n {10}role: storage/, 'metadata:\n          - role: storage', /no dash/],
  ['nothing where a mapping belongs', /^containers:\n.*\n/m, 'containers:\n', /nothing where a mapping belongs/],
  ['a word of YAML 1.1 for true', 'kind: elastic', 'kind: elastic\n        alarms: { recover: no }', /no word for false/],
  ['a boolean in quotes', 'kind: elastic', 'kind: elastic\n        alarms: { recover: "false" }', /in quotes/],
  // Values.
  ['a word in capitals', 'provider: aws', 'provider: AWS', /called aws|capital/],
  ['a word misspelt', 'kind: elastic', 'kind: elatsic', /called elastic/],
  ['a range without its length', 'block: 10.9.0.0/16', 'block: 10.9.0.0', /a range has a length/],
  ['a range that is not aligned', 'block: 10.9.0.0/16', 'block: 10.9.0.1/16', /not the first of the range/],
  ['a range with a space', 'block: 10.9.0.0/16', 'block: 10.9.0.0 /16', /spaces/],
  ['a name with a space', 'core:', 'my core:', /name "my core" is not allowed/],
  ['a name in capitals', 'estate: small', 'estate: Small', /capital letters/, ESTATE],
  ['a name with underscores', 'estate: small', 'estate: small_estate', /underscores/, ESTATE],
  ['a label with a space', 'role: voter\n', 'role: voter host\n', /spaces/],
  [
    'a URL with a slash at its end',
    'central: us-east-1',
    'central: us-east-1\ndiscovery: { url: "https://discovery.etcd.io/" }',
    /ends with a slash/,
    ESTATE,
  ],
  // Units of a collection.
  ['days written out', 'retention: 7d', 'retention: 7 days', /days is no unit/],
  ['days without a unit', 'retention: 7d', 'retention: 7', /no unit/],
  ['weeks', 'retention: 7d', 'retention: 1w', /w is no unit/],
  ['hours written out', 'retention: 7d', 'retention: 168 hours', /hours is no unit/],
  ['a rate without its second', 'peak: 2MB/s', 'peak: 2MB', /no unit here/],
  ['a rate in small letters', 'peak: 2MB/s', 'peak: 2mb/s', /no unit here/],
  ['a rate with a space', 'peak: 2MB/s', 'peak: 2 MB/s', /no unit here/],
  ['a rate in bits', 'peak: 2MB/s', 'peak: 16Mbit/s', /Mbit\/s is no unit/],
  ['a rate in binary units', 'peak: 2MB/s', 'peak: 2MiB/s', /MiB\/s is no unit/],
  ['a size without a unit', 'line: 500B', 'line: 500', /no unit/],
];

/** An estate without a finding. */
const plain = filesOf(written());

/** The same with collections, whose profiles the fixtures have not. */
function collected(): Files {
  const w = written();
  const { south } = collect(w);
  south.kafka.load = { peak: '2MB/s', average: '1MB/s', line: '500B' };
  south.kafka.topics.logs.retention = '7d';
  return filesOf(w);
}

function findingsOf(files: Files): readonly Finding[] {
  return readEstate(memorySource(files), { packaged: fixtureProfiles, today: '2026-11-21' }).findings.filter(
    ({ code }) => !BESIDE.includes(code),
  );
}

/** What collections are told here for want of their profiles. */
const BESIDE = ['PROFILE_UNKNOWN', 'MEMBER_ADDRESS_OVERLAP'];

test('there are at least 75', () => {
  expect(rows.length).toBeGreaterThanOrEqual(75);
  expect(lines(findingsOf(plain))).toEqual([]);
  expect(lines(findingsOf(collected()))).toEqual([]);
});

for (const [slip, from, to, told, file = SOUTH] of rows)
  test(slip, async () => {
    const files = /retention|peak|line: /.test(String(from)) ? collected() : plain;
    const text = files[file]!.replace(from, to);
    expect(text).not.toBe(files[file]);
    const mistaken = { ...files, [file]: text };
    const found = findingsOf(mistaken);
    expect(lines(found)).toHaveLength(1);
    expect(found[0]!.message).toMatch(told);
    for (const remedy of found[0]!.write ?? [])
      expect(lines(findingsOf(filesWithPins(await followed(mistaken, file, remedy), [])))).toEqual([]);
  });
