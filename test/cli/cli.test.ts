import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { VERBS } from '../../lib/cli/verbs';
import { wantsColor } from '../../lib/cli/words/output';
import { exampleCopy, meissa, removeCopies } from './run';

const TODAY = ['--today', '2026-11-21'];

afterEach(removeCopies);

function edit(root: string, file: string, change: (text: string) => string): void {
  const path = join(root, file);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
}

describe('every verb', () => {
  test.each(VERBS.map((v) => [v.name, v] as const))('%s has help with examples', async (name, verb) => {
    const said = await meissa(...name.split(' '), '--help');
    expect(said.code).toBe(0);
    for (const example of verb.examples) expect(said.stdout).toContain(`$ meissa ${example}`);
    expect(verb.examples.length).toBeGreaterThan(0);
    expect(said.stdout).toContain('--json');
  });

  test('an unknown verb is refused with the nearest right one, exit code 1', async () => {
    const said = await meissa('validat');
    expect(said.code).toBe(1);
    expect(said.stderr).toContain('validate');
    expect(said.stderr).not.toMatch(/\n\s+at /);
  });

  test('an unknown option is refused', async () => {
    const said = await meissa('validate', '--jsn');
    expect(said.code).toBe(1);
    expect(said.stderr).toContain('--json');
  });
});

describe('validate', () => {
  test('the example estate is valid, exit code 0', async () => {
    const said = await meissa('validate', '--root', exampleCopy(), ...TODAY);
    expect(said.stderr).toMatch(/example: 11 regions, 66 fleets: valid/);
    expect(said.code).toBe(0);
    expect(said.stdout).toBe('');
  });

  test('findings come all at once, with file, line, why and what to write', async () => {
    const root = exampleCopy();
    edit(root, 'regions/sa-east-1.yaml', (t) => t.replace('10.9.0.0/16', '10.1.0.0/16').replace('count: 3', 'cuont: 3'));
    edit(root, 'regions/us-east-1.yaml', (t) => t.replace(/block: .*/, 'block: 10.1.0.0/16'));
    const said = await meissa('validate', '--root', root, ...TODAY);
    expect(said.code).toBe(1);
    expect(said.stderr).toMatch(/regions\/sa-east-1\.yaml:\d+/);
    expect(said.stderr).toContain('count');
    expect(said.stderr).toContain('why:');
    expect(said.stderr).toContain('write:');
    expect(said.stderr).toMatch(/\d+ errors?, \d+ warnings?/);
  });

  test('--json writes one document on stdout and nothing else there', async () => {
    const root = exampleCopy();
    edit(root, 'regions/sa-east-1.yaml', (t) => t.replace('10.9.0.0/16', 'ten'));
    const said = await meissa('validate', '--root', root, '--json', ...TODAY);
    const document = JSON.parse(said.stdout);
    expect(document.version).toBe(1);
    expect(document.findings).toContainEqual(expect.objectContaining({ file: 'regions/sa-east-1.yaml', severity: 'error' }));
    expect(said.code).toBe(1);
  });

  test('a folder without an estate is a finding, not a stack trace', async () => {
    const said = await meissa('validate', '--root', '/nonexistent/estate');
    expect(said.code).toBe(1);
    expect(said.stderr).toContain('regions/estate.yaml');
    expect(said.stderr).not.toMatch(/\n\s+at /);
  });
});

describe('plan', () => {
  test('says hosts, subnets, rules and stacks of a region', async () => {
    const said = await meissa('plan', 'sa-east-1', '--hosts', '--root', exampleCopy());
    expect(said.code).toBe(0);
    expect(said.stdout).toContain('sa-east-1-core-voters-1  10.9.8.16  sa-east-1a');
    expect(said.stdout).toContain('keeps its quorum when any one zone of sa-east-1 is lost');
    expect(said.stdout).toContain('entry  collection/front-ends  lines.collection.sa-east-1.example.internal  8080/tcp');
    expect(said.stdout).toContain(
      'sa-east-1/base, sa-east-1/network, sa-east-1/collection-front-ends-entry, sa-east-1/collection-controllers',
    );
  });

  test('says what three voters over two zones lose', async () => {
    const said = await meissa('plan', 'us-west-1', '--root', exampleCopy());
    expect(said.stdout).toMatch(/loses its quorum when us-west-1[abc] is lost \(3 voters over 2 zones\)/);
  });

  test('an unknown region is refused with the nearest name', async () => {
    const said = await meissa('plan', 'sa-east-2', '--root', exampleCopy());
    expect(said.code).toBe(1);
    expect(said.stderr).toContain('sa-east-1');
  });

  test('--json is the whole plan', async () => {
    const said = await meissa('plan', 'sa-east-1', '--json', '--root', exampleCopy());
    const plan = JSON.parse(said.stdout);
    expect(plan.regions.map((r: { name: string }) => r.name)).toEqual(['sa-east-1']);
    expect(plan.regions[0].fleets).toHaveLength(6);
    expect(plan.regions[0].fleets[0].userData).toMatchObject({
      format: 'coreos',
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });
});

describe('user-data', () => {
  test('prints what a fleet gets, and only that, on stdout', async () => {
    const said = await meissa('user-data', 'sa-east-1/core/voters', '--root', exampleCopy());
    expect(said.code).toBe(0);
    expect(said.stdout.startsWith('#cloud-config\n')).toBe(true);
    expect(said.stderr).toMatch(/of 16384 bytes/);
  });

  test('is the same for every host of the fleet', async () => {
    const root = exampleCopy();
    const [one, two] = [
      await meissa('user-data', 'sa-east-1/core/storage/1', '--root', root),
      await meissa('user-data', 'sa-east-1/core/storage/2', '--root', root),
    ];
    expect(one.stdout).toBe(two.stdout);
  });

  test('--budget shows bytes by section', async () => {
    const said = await meissa('user-data', 'sa-east-1/core/voters', '--budget', '--root', exampleCopy());
    expect(said.stdout).toMatch(/\d+ {2}.*etcd/);
    expect(said.stdout).toMatch(/of 16384 bytes/);
  });

  test.each([
    ['cn-beijing/core/voters', 262_144],
    ['cn-hangzhou/core/adserver', 262_144],
  ])('%s is measured by what its hosts take: those of Aliyun fetch a configuration', async (target, limit) => {
    const root = join(__dirname, '../estates/aliyun');
    expect((await meissa('user-data', target, '--root', root)).stderr).toContain(` of ${limit} bytes`);
    expect((await meissa('user-data', target, '--root', root, '--budget')).stdout).toContain(`  of ${limit} bytes`);
  });

  test.each([
    ['sa-east-1/core/voterz', 'voters'],
    ['sa-east-1/core/voters/9', '1 to 3'],
    ['sa-east-1/coer/voters', 'core'],
    ['sa-east-1', '<region>/<cluster>/<fleet>'],
  ])('%s is refused, naming %s', async (target, hint) => {
    const said = await meissa('user-data', target, '--root', exampleCopy());
    expect(said.code).toBe(1);
    expect(said.stderr).toContain(hint);
  });
});

describe('synth', () => {
  test('writes cdk.out for the regions it was given, and leaves nothing half-written when it refuses', async () => {
    const root = exampleCopy();
    const said = await meissa('synth', 'sa-east-1', '--root', root, '--json');
    expect(said.code).toBe(0);
    expect(JSON.parse(said.stdout).stacks).toEqual([
      'sa-east-1/base',
      'sa-east-1/network',
      'sa-east-1/collection-controllers',
      'sa-east-1/collection-front-ends-entry',
      'sa-east-1/core-voters',
      'sa-east-1/collection-brokers',
      'sa-east-1/core-adserver',
      'sa-east-1/core-storage-1',
      'sa-east-1/collection-front-ends-1',
    ]);
    const before = readFileSync(join(root, 'cdk.out/manifest.json'), 'utf8');
    edit(root, 'regions/sa-east-1.yaml', (t) => t.replace('m5.large', 'm5d.large'));
    expect((await meissa('synth', 'sa-east-1', '--root', root)).code).toBe(1);
    expect(readFileSync(join(root, 'cdk.out/manifest.json'), 'utf8')).toBe(before);
    expect(readdirSync(root).sort()).toEqual(['cdk.out', 'regions']);
  });

  test('refuses a member without a lock entry and names the command, writing no lock', async () => {
    const root = exampleCopy();
    const lock = join(root, 'regions/sa-east-1.members.lock.yaml');
    edit(root, 'regions/sa-east-1.yaml', (t) =>
      t.replace('count: 3\n        instanceType: r5.xlarge', 'count: 4\n        instanceType: r5.xlarge'),
    );
    const before = readFileSync(lock, 'utf8');
    const said = await meissa('synth', '--root', root);
    expect(said.code).toBe(1);
    expect(said.stderr).toContain('meissa pin');
    expect(readFileSync(lock, 'utf8')).toBe(before);
    expect(existsSync(join(root, 'cdk.out'))).toBe(false);
  });
});

describe('bad input never shows a stack trace and never writes', () => {
  const cases: [string, (root: string) => void][] = [
    ['malformed YAML', (root) => edit(root, 'regions/sa-east-1.yaml', (t) => `${t}\n  : : [`)],
    ['a wrong type', (root) => edit(root, 'regions/sa-east-1.yaml', (t) => t.replace('clusters:', 'clusters: 7 #'))],
    ['cyclic aliases', (root) => edit(root, 'regions/sa-east-1.yaml', (t) => `${t}\nx: &x [*x]\n`)],
    ['a profile that is not there', (root) => edit(root, 'regions/sa-east-1.yaml', (t) => t.replaceAll('docker', 'dokcer'))],
    [
      'a huge number',
      (root) => edit(root, 'regions/sa-east-1.yaml', (t) => t.replaceAll('count: 3', 'count: 99999999999999999999')),
    ],
    ['a Unicode name', (root) => edit(root, 'regions/sa-east-1.yaml', (t) => t.replace('adserver:', 'ads\u00e9rver:'))],
    ['a long file', (root) => edit(root, 'regions/sa-east-1.yaml', (t) => t + 'x: 1\n'.repeat(10_000))],
    ['broken Handlebars in an own profile', (root) => brokenProfile(root, 'files: [{ path: /etc/x, content: "{{#if}" }]\n')],
    [
      'a missing variable in an own profile',
      (root) => brokenProfile(root, 'files: [{ path: /etc/x, content: "{{region.nmae}}" }]\n'),
    ],
  ];

  test.each(cases)('%s', async (_name, spoil) => {
    const root = exampleCopy();
    spoil(root);
    for (const verb of [['validate'], ['plan'], ['synth']]) {
      const said = await meissa(...verb, '--root', root);
      if (verb[0] !== 'plan') expect(said.code).toBe(1);
      expect(said.stderr).not.toMatch(/\n\s+at .*:\d+:\d+/);
      expect(said.stderr).not.toContain('UNEXPECTED');
      expect(existsSync(join(root, 'cdk.out'))).toBe(false);
    }
  });

  function brokenProfile(root: string, fragment: string): void {
    const folder = join(root, 'cloud-config/own');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'profile.yaml'), 'profile: own\ndescription: a profile of the estate itself\n');
    writeFileSync(join(folder, 'cloud-config.yaml'), fragment);
    edit(root, 'regions/sa-east-1.yaml', (t) => t.replace('[base, docker, etcd, updates]', '[base, docker, etcd, updates, own]'));
  }
});

describe('colour', () => {
  test('follows NO_COLOR, FORCE_COLOR and the terminal', () => {
    expect(wantsColor({}, { isTTY: true })).toBe(true);
    expect(wantsColor({ NO_COLOR: '1' }, { isTTY: true })).toBe(false);
    expect(wantsColor({}, {})).toBe(false);
    expect(wantsColor({ FORCE_COLOR: '1' }, {})).toBe(true);
    expect(wantsColor({ TERM: 'dumb' }, { isTTY: true })).toBe(false);
  });
});
