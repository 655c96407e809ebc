/** Whatever stands in a file: findings, never an exception. */
import { readEstate } from '../../lib/estate/read/read';
import { memorySource } from '../../lib/estate/read/source';
import { filesOf, fixtureProfiles, lines, written } from './written';

const valid = filesOf(written());
const region = valid['regions/sa-east-1.yaml']!;
const nested = (depth: number) => `${'['.repeat(depth)}1${']'.repeat(depth)}`;
const laughs = [
  'a: &a [x, x, x, x, x, x, x, x, x, x]',
  ...[...'bcdefgh'].map((c, i) => `${c}: &${c} [${Array(10).fill(`*${'abcdefgh'[i]}`).join(', ')}]`),
].join('\n');

/** What a file may hold, and the codes of which one is told. */
const bad: Record<string, [text: string, code: string]> = {
  'an empty file': ['', 'FILE_EMPTY'],
  'a file of comments': ['# nothing\n# at all\n', 'FILE_EMPTY'],
  'a byte order mark alone': ['\uFEFF', 'FILE_EMPTY'],
  'a list': ['- a\n- b\n', 'WRONG_TYPE'],
  'a word': ['hello', 'WRONG_TYPE'],
  'a number': ['42', 'WRONG_TYPE'],
  'an unclosed quote': ['region: "sa-east-1\nprovider: aws\n', 'YAML_SYNTAX'],
  'an unclosed bracket': ['region: [a, b\n', 'YAML_SYNTAX'],
  'a bad indent': ['region: a\n  provider: aws\n', 'YAML_SYNTAX'],
  'tabs for indentation': ['region: sa-east-1\nnetwork:\n\tzones: []\n', 'YAML_SYNTAX'],
  'two documents': ['region: a\n---\nregion: b\n', 'YAML_SYNTAX'],
  'control characters': ['region: \u0000\u0001\u0002\n', 'NAME_OR_VALUE'],
  'a duplicate key': [region.replace('provider: aws', 'provider: aws\nprovider: aws'), 'DUPLICATE_KEY'],
  'a duplicate key deep inside': [region.replace('generation: 1', 'generation: 1\n    generation: 2'), 'DUPLICATE_KEY'],
  'a __proto__ key': [`${region}__proto__: { polluted: true }\n`, 'UNKNOWN_KEY'],
  'a __proto__ fleet': [region.replace('voters:\n        kind', '__proto__:\n        kind'), 'UNKNOWN_KEY'],
  'a constructor key': [`${region}constructor: { prototype: { polluted: true } }\n`, 'UNKNOWN_KEY'],
  'an unknown key': [`${region}conatiners: { mode: host }\n`, 'UNKNOWN_KEY'],
  'a cyclic alias': ['region: sa-east-1\nnetwork: &n { zones: *n }\n', 'YAML_ALIAS'],
  'an alias of nothing': ['region: *nowhere\n', 'YAML'],
  'a billion laughs': [laughs, 'YAML_ALIAS'],
  'a mapping as a key': ['? { a: b }\n: c\n', 'KEY_NOT_TEXT'],
  'a null key': ['~: c\n', 'KEY_NOT_TEXT'],
  'brackets nested fifty deep': [`region: ${nested(50)}`, 'YAML_TOO_DEEP'],
  'brackets nested a hundred thousand deep': [`region: ${nested(100_000)}`, 'YAML'],
  'an infinite number': [region.replace('generation: 1', 'generation: .inf'), 'NUMBER_TOO_LARGE'],
  'a number of four hundred digits': [region.replace('generation: 1', `generation: 1${'0'.repeat(400)}`), 'NUMBER_TOO_LARGE'],
  'a huge count': [region.replace('count: 4', 'count: 9007199254740993'), 'VALUE_NOT_ALLOWED'],
  'a negative count': [region.replace('count: 4', 'count: -4'), 'VALUE_NOT_ALLOWED'],
  'half a member': [region.replace('count: 4', 'count: 3.5'), 'VALUE_NOT_ALLOWED|WRONG_TYPE'],
  'a count in words': [region.replace('count: 4', 'count: four'), 'WRONG_TYPE'],
  'a number for a text': [region.replace('role: storage', 'role: 7'), 'WRONG_TYPE'],
  'null for a fleet': [region.replace(/storage:\n {8}kind[\s\S]*$/, 'storage:\n'), 'WRONG_TYPE'],
  'null for the clusters': [region.replace(/clusters:[\s\S]*$/, 'clusters:\n'), 'WRONG_TYPE'],
  'a kind that is not there': [region.replace('kind: elastic', 'kind: elastik'), 'VALUE_NOT_ALLOWED'],
  'no kind': [region.replace('kind: elastic', '# kind'), 'KEY_MISSING'],
  'no block': [region.replace(/^block:.*\n/m, ''), 'KEY_MISSING'],
  'a range with host bits': [region.replace('10.9.0.0/16', '10.9.0.1/16'), 'VALUE_NOT_ALLOWED'],
  'a range that is none': [region.replace('10.9.0.0/16', '10.9.0.0/99'), 'VALUE_NOT_ALLOWED'],
  'a Unicode name': [region.replace('core:', 'kérn-集群:'), 'NAME_NOT_ALLOWED'],
  'a name that ends with a hyphen, which is no label of DNS': [region.replace('core:', 'core-:'), 'NAME_NOT_ALLOWED'],
  'a name that another alphabet makes look alike': [region.replace('core:', 'c\u043Ere:'), 'NAME_NOT_ALLOWED'],
  'an empty name': [region.replace('core:', '"":'), 'NAME_NOT_ALLOWED'],
  'a name of ten thousand letters': [region.replace('core:', `? ${'a'.repeat(10_000)}\n  :`), 'NAME_NOT_ALLOWED'],
  'another region than the name of the file': [region.replace('region: sa-east-1', 'region: sa-west-1'), 'FILE_NAME'],
  'text that is not UTF-8': [`${region}# \uFFFD\n`, 'FILE_UNREADABLE'],
  'ten thousand lines of one key': [Array.from({ length: 10_000 }, (_, i) => `key-${i}: ${i}`).join('\n'), 'UNKNOWN_KEY'],
  'ten thousand lines of words': ['lorem ipsum\n'.repeat(10_000), 'WRONG_TYPE'],
  'more than a file may have': [`# ${'x'.repeat(4_000_001)}`, 'FILE_TOO_LARGE'],
};

const WILD: Record<string, string> = { NAME_OR_VALUE: 'YAML|NAME|VALUE|WRONG|KEY' };

describe.each([
  'regions/sa-east-1.yaml',
  'regions/estate.yaml',
  'regions/sa-east-1.members.lock.yaml',
  'regions/images.lock.yaml',
  'regions/tokens.lock.yaml',
])('%s', (path) => {
  test.each(Object.entries(bad))('with %s is read without an exception', (_, [text, code]) => {
    const { findings } = readEstate(memorySource({ ...valid, [path]: text }), { packaged: fixtureProfiles, today: '2026-11-21' });
    expect(findings.length).toBeGreaterThan(0);
    // One expectation for all: ten thousand wrong keys are ten thousand findings.
    expect(findings.filter((f) => !/^[A-Z_]+$/.test(f.code) || f.message.length >= 700)).toEqual([]);
    expect(findings.filter((f) => /undefined|\[object|NaN|Invalid input/.test(`${f.message} ${f.why} ${f.fix}`))).toEqual([]);
    if (path === 'regions/sa-east-1.yaml')
      expect(lines(findings).join('\n')).toMatch(new RegExp(`sa-east-1.yaml:\\d+ .*(${WILD[code] ?? code})`));
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

test('a byte order mark before a valid file does no harm', () => {
  const { findings } = readEstate(memorySource({ ...valid, 'regions/sa-east-1.yaml': `\uFEFF${region}` }), {
    packaged: fixtureProfiles,
  });
  expect(lines(findings)).toEqual([]);
});

test('windows line ends do no harm', () => {
  const files = Object.fromEntries(Object.entries(valid).map(([path, text]) => [path, text.replaceAll('\n', '\r\n')]));
  expect(lines(readEstate(memorySource(files), { packaged: fixtureProfiles }).findings)).toEqual([]);
});

test('a bad file does not keep the others from being checked', () => {
  const files: Record<string, string> = { ...valid, 'regions/us-east-1.yaml': 'region: [' };
  files['regions/sa-east-1.yaml'] = region.replace('count: 3', 'count: 4');
  const codes = readEstate(memorySource(files), { packaged: fixtureProfiles }).findings.map((f) => f.code);
  expect(codes).toEqual(expect.arrayContaining(['YAML_SYNTAX', 'VOTERS_COUNT']));
});

test('everything that is wrong in a file is told at once, in order of its lines', () => {
  const text = region
    .replace('provider: aws', 'provider: azure')
    .replace('count: 4', 'count: many')
    .replace('kind: elastic', 'kind: elastik');
  const found = readEstate(memorySource({ ...valid, 'regions/sa-east-1.yaml': text }), { packaged: fixtureProfiles }).findings;
  const own = found.filter((f) => f.file === 'regions/sa-east-1.yaml');
  expect(own.map((f) => f.path)).toEqual([
    'provider',
    'clusters.core.fleets.adserver.kind',
    'clusters.core.fleets.storage.count',
  ]);
  expect(own[0]).toMatchObject({ code: 'VALUE_NOT_ALLOWED', line: 2, column: 1, message: '"azure" is none of aws, aliyun' });
});

test("a file that can't be read is a finding", () => {
  const source = memorySource(valid);
  const broken = {
    list: source.list,
    read: (path: string) => {
      if (path.endsWith('sa-east-1.yaml')) throw Object.assign(new Error('no'), { code: 'EACCES' });
      return source.read(path);
    },
  };
  expect(lines(readEstate(broken, { packaged: fixtureProfiles }).findings)[0]).toContain('FILE_UNREADABLE');
});

test('an empty folder says where estate.yaml belongs', () => {
  const { estate, findings } = readEstate(memorySource({}));
  expect(estate).toBeUndefined();
  expect(findings).toMatchObject([{ code: 'ESTATE_MISSING', file: 'regions/estate.yaml' }]);
});

test.each([
  ['an unknown keyword', 'parameters: { type: object, oneOf: [] }', 'PROFILE_SCHEMA'],
  ['a type that is none', 'parameters: { type: object, properties: { a: { type: text } } }', 'PROFILE_SCHEMA'],
  [
    'a default that its own schema refuses',
    'parameters: { type: object, properties: { a: { type: integer, default: x } } }',
    'PROFILE_SCHEMA',
  ],
  ['a broken pattern', 'parameters: { type: object, properties: { a: { type: string, pattern: "(" } } }', 'PROFILE_SCHEMA'],
  ['an unknown key', 'port: []', 'UNKNOWN_KEY'],
  [
    'a range of ports backwards',
    'ports: [{ name: a, port: 9100, toPort: 9000, protocol: tcp, from: cluster, why: x }]',
    'PORT_RANGE',
  ],
  [
    "a volume in a user's home",
    'volumes: [{ name: a, device: /dev/sdh, gb: 10, type: gp3, mount: /home/core/a, filesystem: ext4 }]',
    'VOLUME_HIDDEN',
  ],
  ['a last port of 0', 'ports: [{ name: a, port: 9100, toPort: 0, protocol: tcp, from: cluster, why: x }]', 'VALUE_NOT_ALLOWED'],
  ['a port of -1', 'ports: [{ name: a, port: -1, protocol: udp, from: cluster, why: x }]', 'VALUE_NOT_ALLOWED'],
  ['a range of ports as text', 'ports: [{ name: a, port: 9000-9100, protocol: tcp, from: cluster, why: x }]', 'WRONG_TYPE'],
  [
    'bounds that nothing is within',
    'parameters: { type: object, properties: { a: { type: integer, minimum: 5, maximum: 4 } } }',
    'PROFILE_SCHEMA',
  ],
  [
    'lengths that nothing has',
    'parameters: { type: object, properties: { a: { type: string, minLength: 5, maxLength: 4 } } }',
    'PROFILE_SCHEMA',
  ],
  ['a port out of range', 'ports: [{ name: a, port: 70000, protocol: tcp, from: cluster, why: x }]', 'VALUE_NOT_ALLOWED'],
])('a profile with %s is a finding at its line', (_, line, code) => {
  const files = {
    ...valid,
    'cloud-config/docker/profile.yaml': `profile: docker\ndescription: Mine.\n${line}\n`,
    'cloud-config/docker/cloud-config.yaml': '#cloud-config\n',
  };
  const found = readEstate(memorySource(files), { packaged: fixtureProfiles }).findings;
  expect(found).toMatchObject([{ code, file: 'cloud-config/docker/profile.yaml', line: 3 }]);
});

test('a value that has to be in quotes is shown as it is written, not as YAML reads it', () => {
  const tags = 'tags: { a: true, b: 1.0, c: 0x10, d: 1e3, e: 2026-11-30 }';
  const files = { ...valid, 'regions/sa-east-1.yaml': `${tags}\n${region}` };
  const found = readEstate(memorySource(files), { packaged: fixtureProfiles }).findings;
  expect(found.map(({ path, code, fix }) => [path, code, fix])).toEqual([
    ['tags.a', 'WRONG_TYPE', 'write `a: "true"`'],
    ['tags.b', 'WRONG_TYPE', 'write `b: "1.0"`'],
    ['tags.c', 'WRONG_TYPE', 'write `c: "0x10"`'],
    ['tags.d', 'WRONG_TYPE', 'write `d: "1e3"`'],
  ]);
});
