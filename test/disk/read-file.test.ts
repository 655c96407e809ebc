/** What is read of an estate: regular files inside of it, up to a size. Everything else is a finding, and no other finding is lost. */
import { execFileSync } from 'node:child_process';
import { cpSync, linkSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBelow, readNamed, utf8 } from '../../lib/disk/read-file';
import { Unreadable } from '../../lib/disk/unreadable';
import { ROOT, run } from '../child/run';

let outer: string;
let root: string;
beforeEach(() => {
  outer = mkdtempSync(join(tmpdir(), 'reading-'));
  root = join(outer, 'estate');
  for (const name of ['regions', 'cloud-config']) cpSync(join(ROOT, name), join(root, name), { recursive: true });
  writeFileSync(join(outer, 'secret.txt'), 'VERY-PRIVATE\n');
});
afterEach(() => rmSync(outer, { recursive: true, force: true }));

const most = { bytes: 100, why: 'it is a test' };
const region = 'regions/sa-east-1.yaml';

/** Findings of the real command line, `<file> <code>` each, and all that it printed. */
async function findings(): Promise<{ readonly told: string[]; readonly text: string }> {
  const { stdout, stderr } = await run(process.execPath, [
    join(ROOT, 'dist/bin/meissa.js'),
    'validate',
    '--json',
    '--root',
    root,
  ]);
  const { findings: all = [], error } = JSON.parse(stdout) as {
    findings?: { file: string; code: string; severity: string }[];
    error?: { code: string };
  };
  const told = all.filter(({ severity }) => severity === 'error').map(({ file, code }) => `${file} ${code}`);
  return { told: error === undefined ? told : [...told, error.code], text: stdout + stderr };
}

function change(path: string, from: string | RegExp, to: string): void {
  const before = readFileSync(join(root, path), 'utf8');
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  writeFileSync(join(root, path), after);
}

const link = (to: string, at: string): void => {
  rmSync(join(root, at), { recursive: true, force: true });
  symlinkSync(to, join(root, at));
};

/** What somebody left in an estate, and which file the finding names. */
const LEFT: Readonly<Record<string, readonly [make: () => void, file: string]>> = {
  'a link to a file outside, in a profile': [
    () => link(join(outer, 'secret.txt'), 'cloud-config/base/pw'),
    'cloud-config/base/pw',
  ],
  'a link to another file of the profile': [() => link('lib.sh', 'cloud-config/base/pw'), 'cloud-config/base/pw'],
  'a link in the place of a region': [
    () => {
      renameSync(join(root, region), join(outer, 'r.yaml'));
      link(join(outer, 'r.yaml'), region);
    },
    region,
  ],
  'a link in the place of a profile': [
    () => {
      renameSync(join(root, 'cloud-config/etcd'), join(outer, 'etcd'));
      link(join(outer, 'etcd'), 'cloud-config/etcd');
    },
    'cloud-config/etcd',
  ],
  'a circle of links': [() => link('round.yaml', 'regions/round.yaml'), 'regions/round.yaml'],
  'an endless device': [() => link('/dev/zero', 'regions/zero.yaml'), 'regions/zero.yaml'],
  'a pipe': [() => execFileSync('mkfifo', [join(root, 'regions/pipe.yaml')]), 'regions/pipe.yaml'],
  'a folder in the place of a region': [() => mkdirSync(join(root, 'regions/x.yaml')), 'regions/x.yaml'],
  'a pipe in a folder of a profile': [
    () => {
      mkdirSync(join(root, 'cloud-config/base/more'));
      execFileSync('mkfifo', [join(root, 'cloud-config/base/more/pipe')]);
    },
    'cloud-config/base/more',
  ],
  'a profile in a folder of another': [
    () => cpSync(join(root, 'cloud-config/docker'), join(root, 'cloud-config/base/docker'), { recursive: true }),
    'cloud-config/base/docker',
  ],
  'a file of two megabytes': [() => writeFileSync(join(root, 'regions/x.yaml'), `a: ${'x'.repeat(2 << 20)}\n`), 'regions/x.yaml'],
  'a picture': [
    () => writeFileSync(join(root, 'cloud-config/base/x.png'), Buffer.from([0x89, 0x50, 0, 0xff])),
    'cloud-config/base/x.png',
  ],
};

test.each(Object.entries(LEFT))(
  '%s is a finding with its name, and what else is wrong is told too',
  async (_, [make, file]) => {
    make();
    // A second fault, in another file.
    change('regions/us-west-2.yaml', /block: .*/, 'block: nonsense');
    const { told, text } = await findings();
    expect(told.filter((each) => each.startsWith(file))).not.toEqual([]);
    expect(told.some((each) => each.startsWith('regions/us-west-2.yaml'))).toBe(true);
    expect(text).not.toMatch(/UNEXPECTED|SYSTEM_|\n\s+at |VERY-PRIVATE/);
  },
  60_000,
);

/** Values that crashed something later. */
const ODD: Readonly<Record<string, readonly [path: string, from: string | RegExp, to: string]>> = {
  'properties that are a list': [
    'cloud-config/etcd/profile.yaml',
    /^ports:/m,
    'parameters: { type: object, properties: [null] }\nports:',
  ],
  'a property that is nothing': [
    'cloud-config/etcd/profile.yaml',
    /^ports:/m,
    'parameters: { type: object, properties: { a: null } }\nports:',
  ],
  'a pattern that takes for ever': [
    'cloud-config/docker/profile.yaml',
    /properties:\n/,
    "properties:\n    slow: { type: string, description: x, pattern: '^(a+)+$', default: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab' }\n",
  ],
  'a pattern that looks back': [
    'cloud-config/docker/profile.yaml',
    /properties:\n/,
    "properties:\n    odd: { type: string, description: x, pattern: '(?<=a)b' }\n",
  ],
  'a zone behind the last letter': [region, 'sa-east-1c]', 'sa-east-1z]'],
  'an id of a zone': [region, 'sa-east-1c]', 'sae1-az1]'],
  'an image that is none': ['regions/images.lock.yaml', /ami-[0-9a-f]+/, 'ami-xyz'],
  'a type that is none': [region, /instanceType: .*/, 'instanceType: "c5 large"'],
  'a name of the language': [region, /^clusters:/m, '__proto__: { a: 1 }\nconstructor: 1\nclusters:'],
  'a bomb of aliases': [
    region,
    /^provider/m,
    `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nprovider`,
  ],
};

test.each(Object.entries(ODD))(
  '%s is a finding in its file, and what else is wrong is told too',
  async (_, [path, from, to]) => {
    change(path, from, to);
    change('regions/us-west-2.yaml', /block: .*/, 'block: nonsense');
    const { told, text } = await findings();
    expect(told.filter((each) => each.startsWith(path.split('/').slice(0, 2).join('/')))).not.toEqual([]);
    expect(told.some((each) => each.startsWith('regions/us-west-2.yaml'))).toBe(true);
    expect(text).not.toMatch(/UNEXPECTED|SYSTEM_|\n\s+at /);
  },
  60_000,
);

test('bytes come from regular files inside the folder, and from those that are named', () => {
  writeFileSync(join(root, 'a'), 'text');
  linkSync(join(root, 'a'), join(root, 'hard'));
  link('a', 'soft');
  expect(readBelow(root, 'a', most)?.toString()).toBe('text');
  expect(readBelow(root, 'hard', most)?.toString()).toBe('text');
  expect(readBelow(root, 'none', most)).toBeUndefined();
  for (const path of ['soft', '../secret.txt', '/etc/passwd', 'regions', 'a\0b'])
    expect(() => readBelow(root, path, most)).toThrow(Unreadable);
  expect(readNamed(join(root, 'soft'), most)?.toString()).toBe('text');
  expect(() => readNamed('/dev/zero', most)).toThrow(Unreadable);
  writeFileSync(join(root, 'large'), 'x'.repeat(101));
  expect(() => readBelow(root, 'large', most)).toThrow('100');
  expect(() => utf8('x', Buffer.from([0xff]))).toThrow(Unreadable);
});
