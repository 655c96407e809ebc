/** Folders of any shape: what isn't ours is refused, and after a refusal every byte is where it was. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { DiskRefusal } from '../../lib/disk/disk-refusal';
import { claimFolder, emptyFolder, replaceFolders, writeTexts } from '../../lib/disk/owned-folder';
import { runs } from '../runs';
import { treeOf } from './tree';

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'owned-'));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

type Entry = { readonly file: string } | { readonly link: string } | { readonly folder: true };

const marker = fc
  .record({
    meissa: fc.constantFrom('folder', 'lock', 'else'),
    kind: fc.constantFrom('cdk.out', 'aliyun.out', 'idc.out', 'rehearsal', 'scratch', 'other'),
    files: fc.option(fc.array(fc.constantFrom('one/two', 'manifest.json', '../kept', 'regions/a.yaml'), { maxLength: 3 }), {
      nil: undefined,
    }),
  })
  .map((each): Entry => ({ file: JSON.stringify(each) }));

const plain = fc.oneof(
  fc.constantFrom<Entry>({ file: 'mine' }, { file: '' }, { folder: true }),
  fc.constantFrom('..', '../kept', 'nowhere', '.', '../out').map((link): Entry => ({ link })),
);

const names = fc.constantFrom(
  'cdk.out',
  'manifest.json',
  'a.template.json',
  'asset.mine',
  'stack-policies',
  'one/two',
  'one/mine',
  'notes.txt',
  '.git/HEAD',
  'regions/a.yaml',
  'synth.lock',
  'world/world.json',
);

const shape = fc.record({
  /** What stands at the place itself. */
  at: fc.constantFrom(
    'nothing',
    'file',
    'folder',
    'folder',
    'folder',
    'folder',
    'link to a folder',
    'link to nothing',
    'link to itself',
  ),
  marker: fc.option(marker, { nil: undefined }),
  entries: fc.dictionary(names, plain, { maxKeys: 4 }),
});
type Shape = typeof shape extends fc.Arbitrary<infer S> ? S : never;

/** Mostly what may be taken, so that three at once often may. */
function often(kind: string): fc.Arbitrary<Shape> {
  const known = kind === 'cdk.out' ? ['cdk.out', 'manifest.json', 'a.template.json', 'synth.lock'] : ['one/two', 'manifest.json'];
  const ours = fc.record({
    at: fc.constantFrom<Shape['at'][]>('nothing', 'folder', 'link to a folder'),
    marker: fc.constant<Entry>({ file: JSON.stringify({ meissa: 'folder', kind, files: known }) }),
    entries: fc.dictionary(fc.constantFrom(...known), fc.constant<Entry>({ file: 'old' }), { maxKeys: 3 }),
  });
  return fc.oneof({ weight: 3, arbitrary: ours }, { weight: 1, arbitrary: shape });
}

function build(path: string, { at, marker: mark, entries }: Shape): void {
  if (at === 'nothing') return;
  if (at === 'file') writeFileSync(path, 'mine');
  else if (at === 'link to nothing') symlinkSync('nowhere', path);
  else if (at === 'link to itself') symlinkSync(path, path);
  if (!at.endsWith('folder')) return;
  const folder = at === 'folder' ? path : join(dirname(path), 'real', path.split('/').at(-1)!);
  mkdirSync(folder, { recursive: true });
  if (folder !== path) symlinkSync(folder, path);
  for (const [name, entry] of Object.entries({ ...entries, ...(mark === undefined ? {} : { '.meissa-folder': mark }) })) {
    const to = join(folder, name);
    if (existsSync(to)) continue;
    try {
      mkdirSync(dirname(to), { recursive: true });
      if ('file' in entry) writeFileSync(to, entry.file);
      else if ('link' in entry) symlinkSync(entry.link, to);
      else mkdirSync(to);
    } catch {
      // A file stands where this wants a folder.
    }
  }
}

/** By the rule as a user would say it, from what stood there. */
function mayBeTaken(before: Record<string, string>, place: string, kind: string, { at }: Shape): boolean {
  if (at === 'nothing') return true;
  if (at === 'file' || at.startsWith('link to nothing') || at === 'link to itself') return false;
  const within = `${at === 'folder' ? '' : 'real/'}${place}/`;
  const inside = Object.keys(before)
    .filter((path) => path.startsWith(within) && path !== within)
    .map((path) => path.slice(within.length));
  if (inside.length === 0) return true;
  const text = before[`${within}.meissa-folder`];
  if (text === undefined || text.startsWith('-> ')) return false;
  const read = JSON.parse(text) as { meissa: string; kind: string; files?: string[] };
  if (read.meissa !== 'folder' || read.kind !== kind) return false;
  const of_cdk = ['cdk.out', 'manifest.json', 'a.template.json', 'stack-policies', 'synth.lock'];
  const listed = new Set((read.files ?? []).flatMap((file) => [file, `${file.split('/')[0]}/`]));
  return inside.every((path) =>
    path === '.meissa-folder' ? true : kind === 'cdk.out' ? of_cdk.includes(path.split('/')[0]!) : listed.has(path),
  );
}

test('a folder is replaced only if the rule lets it, with all of its neighbours or not at all', async () => {
  let taken = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(often('cdk.out'), often('aliyun.out'), often('idc.out'), async (cdk, aliyun, idc) => {
      const root = mkdtempSync(join(base, 'case-'));
      writeFileSync(join(root, 'kept'), 'of the user');
      const shapes = { out: cdk, 'aliyun.out': aliyun, 'idc.out': idc };
      for (const [name, each] of Object.entries(shapes)) build(join(root, name), each);
      const before = treeOf(root);
      const write = writeTexts(new Map([['one/two', 'new']]));
      const done = await replaceFolders(
        [
          { path: join(root, 'out'), kind: 'cdk.out', write },
          { path: join(root, 'aliyun.out'), kind: 'aliyun.out', write },
          { path: join(root, 'idc.out'), kind: 'idc.out', write },
        ],
        { verb: 'test', wait: 0 },
        'elsewhere',
      ).then(
        () => true,
        (error: unknown) => {
          expect(error).toBeInstanceOf(DiskRefusal);
          return false;
        },
      );
      const may =
        mayBeTaken(before, 'out', 'cdk.out', cdk) &&
        mayBeTaken(before, 'aliyun.out', 'aliyun.out', aliyun) &&
        mayBeTaken(before, 'idc.out', 'idc.out', idc);
      expect(done).toBe(may);
      const after = treeOf(root);
      if (done) {
        taken++;
        for (const [name, { at }] of Object.entries(shapes)) {
          expect(after[`${at.startsWith('link') ? 'real/' : ''}${name}/one/two`]).toBe('new');
          if (at.startsWith('link')) expect(after[name]).toBe(before[name]);
        }
        expect(Object.keys(after).filter((path) => path.includes('meissa') && !path.endsWith('/.meissa-folder'))).toEqual([]);
        expect(after.kept).toBe('of the user');
      } else {
        refused++;
        expect(after).toEqual(before);
      }
      rmSync(root, { recursive: true });
    }),
    { numRuns: runs(400) },
  );
  // Both ways were walked.
  expect(Math.min(taken, refused)).toBeGreaterThan(10);
}, 120_000);

test('a state is claimed and emptied only if the rule lets it', () => {
  fc.assert(
    fc.property(shape, (state) => {
      const root = mkdtempSync(join(base, 'case-'));
      writeFileSync(join(root, 'kept'), 'of the user');
      build(join(root, 'out'), state);
      const before = treeOf(root);
      let done = true;
      try {
        claimFolder({ path: join(root, 'out'), kind: 'rehearsal' }, 'elsewhere');
        emptyFolder({ path: join(root, 'out'), kind: 'rehearsal' }, 'elsewhere');
      } catch (error) {
        expect(error).toBeInstanceOf(DiskRefusal);
        done = false;
      }
      const inside = Object.keys(before).filter((path) => /^(real\/)?out\/./.test(path) && !path.endsWith('out/.meissa-folder'));
      const isOurs = /"folder".*"rehearsal"/.test(before['out/.meissa-folder'] ?? before['real/out/.meissa-folder'] ?? '');
      const isEmpty = inside.length === 0 && !Object.keys(before).some((path) => path.endsWith('.meissa-folder'));
      const known = inside.every((path) => /out\/(world|cdk\.out)(\/|$)/.test(path));
      const isFolder = state.at === 'nothing' || state.at === 'folder' || state.at === 'link to a folder';
      expect(done).toBe(isFolder && (isEmpty || (isOurs && known)));
      if (!done) expect(treeOf(root)).toEqual(before);
      expect(readFileSync(join(root, 'kept'), 'utf8')).toBe('of the user');
      rmSync(root, { recursive: true });
    }),
    { numRuns: runs(200) },
  );
}, 60_000);

test('what fails while it is written leaves everything as it was, folders made on the way among it', async () => {
  writeFileSync(join(base, 'kept'), 'x');
  const before = treeOf(base);
  const write = (): never => {
    throw new Error('no');
  };
  const deep = { path: join(base, 'a/b/c/out'), kind: 'cdk.out', write } as const;
  await expect(replaceFolders([deep], { verb: 'test' }, 'elsewhere')).rejects.toThrow('no');
  expect(treeOf(base)).toEqual(before);
});

test('what a user puts in while it is written is not lost', async () => {
  const place = { path: join(base, 'out'), kind: 'aliyun.out' } as const;
  const text = (of: string) => writeTexts(new Map([['one', of]]));
  await replaceFolders([{ ...place, write: text('old') }], { verb: 'test' }, 'elsewhere');
  const write = (fresh: string) => {
    writeFileSync(join(base, 'out/notes'), 'mine');
    return text('new')(fresh);
  };
  await expect(replaceFolders([{ ...place, write }], { verb: 'test' }, 'elsewhere')).rejects.toThrow(/"notes"/);
  expect(treeOf(base)).toMatchObject({ 'out/notes': 'mine', 'out/one': 'old' });
});

test('an empty folder of the user, and a symlink, are not removed where nothing is to be written', async () => {
  mkdirSync(join(base, 'aliyun.out'));
  mkdirSync(join(base, 'real'));
  writeFileSync(join(base, 'real/.meissa-folder'), '{"meissa":"folder","kind":"idc.out"}');
  symlinkSync('real', join(base, 'idc.out'));
  await replaceFolders([{ path: join(base, 'aliyun.out'), kind: 'aliyun.out' }], { verb: 'test' }, 'elsewhere');
  const before = treeOf(base);
  await expect(replaceFolders([{ path: join(base, 'idc.out'), kind: 'idc.out' }], { verb: 'test' }, 'elsewhere')).rejects.toThrow(
    /is a symlink/,
  );
  expect(treeOf(base)).toEqual(before);
  expect(Object.keys(before)).toContain('aliyun.out/');
});
