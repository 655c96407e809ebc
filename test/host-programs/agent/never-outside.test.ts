/**
 * The agent reads as root, in folders that applications write: whatever they put there, nothing outside is ever sent. Files outside hold
 * a word that no file inside has; every line that the agent takes is searched for it.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, lchownSync, linkSync, mkdirSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { lacksRoot, testWhere } from '../../real-parts';
import { FilesWorld, type WorldOptions } from './files-world';

const SECRET = 'root:$6$secret';
let world: FilesWorld;
let outside: string;

function begin(options?: WorldOptions): FilesWorld {
  world = new FilesWorld(options);
  outside = `${world.folder}-outside`;
  mkdirSync(join(outside, 'etc'), { recursive: true });
  for (const name of ['shadow', 'app.log', 'etc/shadow', 'etc/app.log']) writeFileSync(join(outside, name), `${SECRET}\n`);
  return world;
}

afterEach(async () => {
  await world.end();
  rmSync(outside, { recursive: true, force: true });
});

const leaked = (): string[] => [...world.lines, ...world.overLong].filter((line) => line.includes('secret'));

test.each<[string, WorldOptions, () => void]>([
  ['a link to a file', {}, () => symlinkSync(join(outside, 'shadow'), world.path('app.log'))],
  ['a link by a way up', {}, () => symlinkSync(`../${outside.split('/').at(-1)}/shadow`, world.path('app.log'))],
  [
    'a link to a link',
    {},
    () => {
      symlinkSync(join(outside, 'shadow'), world.path('middle'));
      symlinkSync('middle', world.path('app.log'));
    },
  ],
  ['a folder that is a link', { patterns: ['*/app.log'] }, () => symlinkSync(outside, world.path('pod'))],
  [
    'a folder with a name of the pattern that is a link',
    { patterns: ['*/etc/app.log'] },
    () => {
      mkdirSync(world.path('pod'));
      symlinkSync(join(outside, 'etc'), world.path('pod/etc'));
    },
  ],
  ['a folder of any depth that is a link', { patterns: ['**/app.log'] }, () => symlinkSync(outside, world.path('pod'))],
  [
    'a link that goes out and comes in again',
    { patterns: ['*/app.log'] },
    () => {
      symlinkSync(world.folder, join(outside, 'back'));
      symlinkSync(join(outside, 'back/../etc'), world.path('pod'));
    },
  ],
])('%s is not followed out of the folder, counted, and told once', async (_what, options, make) => {
  begin(options);
  make();
  await world.drain();
  expect(leaked()).toEqual([]);
  expect(world.lines).toEqual([]);
  // Below `**` no link to a folder is looked into, wherever it leads.
  const refused = options.patterns?.[0] === '**/app.log' ? 0 : 1;
  expect(world.source.refusals).toBe(refused);
  expect(world.said.filter((text) => text.includes('not read'))).toHaveLength(refused);
});

test.each<[string, WorldOptions, () => void]>([
  ['a link to a file beside it', {}, () => symlinkSync('real', world.path('app.log'))],
  ['a link by its whole path', {}, () => symlinkSync(world.path('real'), world.path('app.log'))],
  [
    'a link in a folder to one above',
    { patterns: ['*/app.log'] },
    () => {
      mkdirSync(world.path('pod'));
      symlinkSync('../real', world.path('pod/app.log'));
    },
  ],
])('%s stays inside, and is read', async (_what, options, make) => {
  begin(options);
  writeFileSync(world.path('real'), 'inside\n');
  make();
  await world.drain();
  expect(world.lines).toEqual(['inside']);
  expect(world.source.refusals).toBe(0);
});

test('a file that becomes a link is not followed after a rotation, nor after a restart', async () => {
  begin();
  world.write('one\n');
  await world.drain();
  rmSync(world.path('app.log'));
  symlinkSync(join(outside, 'shadow'), world.path('app.log'));
  await world.drain();
  await world.restart();
  await world.drain();
  expect(world.lines).toEqual(['one']);
});

test('a checkpoint that names a file outside is not gone on with', async () => {
  begin();
  world.write('one\n');
  await world.drain();
  world.saved = world.saved.map((each) => ({
    ...each,
    path: join(outside, 'shadow'),
    inode: String(statSync(join(outside, 'shadow')).ino),
  }));
  rmSync(world.path('app.log'));
  await world.restart();
  await world.drain();
  expect(leaked()).toEqual([]);
});

test('a pipe and a socket are never opened, and hold nothing up', async () => {
  begin();
  execFileSync('mkfifo', [world.path('app.log.1')]);
  world.write('one\n');
  await world.drain();
  expect(world.lines).toEqual(['one']);
});

test('a link in the place of a loop ends', async () => {
  begin();
  symlinkSync('app.log', world.path('app.log'));
  symlinkSync('app.log.2', world.path('app.log.1'));
  symlinkSync('app.log.1', world.path('app.log.2'));
  await world.drain(20, 1);
  expect(world.lines).toEqual([]);
});

testWhere(lacksRoot(), "a second name of somebody else's file is no file of the folder", async () => {
  begin();
  chownSync(world.folder, 4321, 4321);
  linkSync(join(outside, 'shadow'), world.path('app.log'));
  world.write('own\n', 'app.log.1');
  chownSync(world.path('app.log.1'), 4321, 4321);
  linkSync(world.path('app.log.1'), world.path('kept'));
  await world.drain();
  expect(world.lines).toEqual(['own']);
  expect(world.source.refusals).toBe(1);
});

testWhere(lacksRoot(), "a pattern's folder that is somebody else's link is none, and root's is", async () => {
  begin({ patterns: ['logs/*.log', 'kept/*.log'] });
  symlinkSync(join(outside, 'etc'), world.path('logs'));
  lchownSync(world.path('logs'), 4321, 4321);
  mkdirSync(world.path('disk'));
  writeFileSync(world.path('disk/app.log'), 'inside\n');
  symlinkSync('disk', world.path('kept'));
  await world.drain();
  expect(world.lines).toEqual(['inside']);
  expect(world.source.refusals).toBe(1);
});

test('a name with a newline and an escape forges no line of the log', async () => {
  begin();
  symlinkSync(join(outside, 'shadow'), world.path('app.log\nforged\u001b[2K'));
  await world.drain(20, 1);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
  expect(world.said.filter((text) => /[\u0000-\u001f]/.test(text))).toEqual([]);
  expect(world.said.join()).toContain('\\nforged');
});

/** Swaps, in a process of its own and as fast as it can, a file or a folder for a link that leads out. */
test.each<[string, WorldOptions, string]>([
  ['a file', {}, 'app.log'],
  ['a folder', { patterns: ['*/app.log'] }, 'pod'],
])(
  '%s that is swapped for a link all the time is never read through it',
  async (_what, options, name) => {
    begin(options);
    if (name === 'pod') {
      mkdirSync(world.path('good'));
      writeFileSync(world.path('good/app.log'), 'inside\n');
    } else writeFileSync(world.path('good'), 'inside\n');
    symlinkSync(join(outside, name === 'pod' ? '' : 'shadow'), world.path('evil'));
    renameSync(world.path('good'), world.path(name));
    const swap = spawn(
      'python3',
      [
        '-c',
        `
import os,sys
os.chdir(sys.argv[1]);n=sys.argv[2]
while 1:
 os.rename(n,'good');os.rename('evil',n);os.rename(n,'evil');os.rename('good',n)
`,
        world.folder,
        name,
      ],
      { stdio: 'ignore' },
    );
    // Until then it may still put something into the folder.
    const ended = once(swap, 'exit');
    try {
      const until = Date.now() + 4000;
      while (Date.now() < until) {
        await world.look();
        await world.send();
      }
      expect(swap.exitCode).toBeNull();
    } finally {
      swap.kill('SIGKILL');
      await ended;
    }
    expect(leaked()).toEqual([]);
    expect(world.lines).toContain('inside');
  },
  30_000,
);

/** Trees of folders, files and links to anywhere, inside and out. */
const names = ['a', 'b', 'app.log', 'app.log.1'];
const place = fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
const target = fc.oneof(
  place.map((to) => ({ kind: 'relative' as const, to })),
  place.map((to) => ({ kind: 'absolute' as const, to })),
  fc
    .tuple(fc.integer({ min: 1, max: 5 }), fc.constantFrom('OUT/shadow', 'OUT', 'OUT/etc', 'a', 'app.log'))
    .map(([ups, to]) => ({ kind: 'up' as const, to: `${'../'.repeat(ups)}${to}` })),
  fc.constantFrom('/shadow', '', '/etc', '/app.log').map((to) => ({ kind: 'outside' as const, to })),
);
const node = fc.oneof(
  place.map((at) => ({ at, kind: 'file' as const })),
  place.map((at) => ({ at, kind: 'folder' as const })),
  fc.tuple(place, target).map(([at, link]) => ({ at, kind: 'link' as const, link })),
);

test('whatever links are made, no byte of a file outside is read', async () => {
  begin();
  await fc.assert(
    fc.asyncProperty(fc.array(node, { minLength: 1, maxLength: 12 }), async (nodes) => {
      await world.end();
      rmSync(outside, { recursive: true, force: true });
      begin({ patterns: ['app.log*', '*/app.log*', '**/app.log*'] });
      for (const each of nodes) {
        const path = world.path(each.at);
        try {
          if (each.kind === 'folder') mkdirSync(path, { recursive: true });
          else if (each.kind === 'file') writeFileSync(path, 'inside\n', { flag: 'wx' });
          else {
            const { kind, to } = each.link;
            symlinkSync(
              kind === 'outside'
                ? `${outside}${to}`
                : kind === 'absolute'
                  ? world.path(to)
                  : to.replace('OUT', outside.split('/').at(-1)!),
              path,
            );
          }
        } catch {
          // Something is there already, or its folder isn't.
        }
      }
      // Through a link of the tree one may have been made out there: what is outside holds the secret alone.
      await world.drain(20, 2);
      expect(leaked()).toEqual([]);
    }),
    { numRuns: Number(process.env.MEISSA_RUNS ?? 150) },
  );
}, 120_000);
