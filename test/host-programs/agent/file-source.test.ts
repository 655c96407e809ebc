import { renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { distinct, FilesWorld, type WorldOptions } from './files-world';

let world: FilesWorld;

function begin(options?: WorldOptions): FilesWorld {
  world = new FilesWorld(options);
  return world;
}

afterEach(() => world.end());

/** Lines long enough that a few are more than what is remembered of a file. */
const line = (name: string): string => `${name} ${'.'.repeat(120)}\n`;
const names = (): string[] => distinct(world.lines.map((each) => each.split(' ')[0]!));
const numbered = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, i) => `l${from + i}`);
const write = (from: number, to: number): void => {
  for (const name of numbered(from, to)) world.write(line(name));
};

test('lines come in the order in which they were written, each once', async () => {
  begin();
  write(0, 20);
  await world.drain();
  write(20, 25);
  await world.drain();
  expect(world.lines.map((each) => each.split(' ')[0])).toEqual(numbered(0, 25));
});

test('a file that is renamed is read to its end, and the new one from its beginning', async () => {
  begin({ patterns: ['app.log'] });
  write(0, 5);
  await world.look();
  await world.send();
  write(5, 8);
  world.rename();
  write(8, 10);
  await world.drain();
  expect(world.lines).toHaveLength(10);
  expect(new Set(names())).toEqual(new Set(numbered(0, 10)));
});

test('a file that is deleted is read to its end', async () => {
  begin();
  write(0, 5);
  await world.look();
  write(5, 30);
  rmSync(world.path());
  await world.drain();
  expect(names()).toEqual(numbered(0, 30));
  expect(world.source.files).toEqual([]);
});

test('a file that was renamed while the agent was away is found by its inode, also where no pattern finds it', async () => {
  begin({ patterns: ['app.log'] });
  write(0, 5);
  await world.drain();
  write(5, 8);
  world.rename();
  write(8, 10);
  await world.restart();
  await world.drain();
  expect(world.lines).toHaveLength(10);
  expect(new Set(names())).toEqual(new Set(numbered(0, 10)));
});

test('copytruncate: the copy is read from where the original was read to, and nothing twice', async () => {
  begin();
  write(0, 20);
  await world.look();
  await world.send();
  world.copy();
  await world.look();
  world.truncate();
  write(20, 22);
  await world.drain();
  expect(world.source.truncations).toBe(1);
  expect(world.lines.map((each) => each.split(' ')[0]).sort()).toEqual(numbered(0, 22).sort());
});

test('copytruncate: the copy is read though no pattern finds it', async () => {
  begin({ patterns: ['app.log'] });
  write(0, 20);
  await world.look();
  await world.send();
  world.copy();
  world.truncate();
  write(20, 22);
  await world.drain();
  expect(world.lines.map((each) => each.split(' ')[0]).sort()).toEqual(numbered(0, 22).sort());
});

test('a file that was truncated and has grown over the position since is read from its beginning', async () => {
  begin({ patterns: ['app.log'] });
  write(0, 4);
  await world.drain();
  truncateSync(world.path());
  write(100, 110);
  await world.drain();
  expect(names()).toEqual([...numbered(0, 4), ...numbered(100, 110)]);
});

test('another file with the inode of an earlier one is read from its beginning', async () => {
  begin({ patterns: ['app.log'] });
  write(0, 4);
  await world.drain();
  const { ino } = statSync(world.path());
  world.saved = world.saved.map((each) => ({ ...each, inode: String(ino) }));
  writeFileSync(world.path(), numbered(50, 60).map(line).join(''));
  await world.restart();
  await world.drain();
  expect(names()).toEqual([...numbered(0, 4), ...numbered(50, 60)]);
});

test('a file that begins as another one does is no copy for long', async () => {
  begin();
  write(0, 4);
  await world.drain();
  world.rename();
  write(0, 4);
  await world.look();
  await world.look();
  expect(await world.send()).toBe(0);
  await world.drain();
  expect(world.lines).toHaveLength(8);
});

test('a last line waits for its newline, and is taken without one when the file is gone', async () => {
  begin();
  world.write('half');
  await world.drain(1);
  expect(world.lines).toEqual([]);
  world.write(' and half\nrest');
  await world.drain(1);
  expect(world.lines).toEqual(['half and half']);
  rmSync(world.path());
  await world.drain();
  expect(world.lines).toEqual(['half and half', 'rest']);
});

test('a last line is taken without its newline after five minutes, under a key of its own', async () => {
  begin();
  world.write('half');
  await world.drain(301);
  expect(world.lines).toEqual(['half']);
  world.write(' more\n');
  await world.drain();
  expect(world.lines).toEqual(['half', ' more']);
  expect(world.keys[0]).toMatch(/^[\w-]{12}\/0\.4\/0$/);
});

test('a line over the limit is given piece by piece, and what follows it comes', async () => {
  begin({ maxLineBytes: 100 });
  world.write(`before\n${'x'.repeat(3_000_000)}\nafter\n`);
  await world.drain();
  expect(world.overLong).toEqual(['x'.repeat(3_000_000)]);
  expect(world.lines).toEqual(['before', 'after']);
});

test('a line of exactly the limit is none over it', async () => {
  begin({ maxLineBytes: 300 });
  world.write(`${'x'.repeat(300)}\n${'y'.repeat(301)}\n`);
  await world.drain();
  expect([world.lines, world.overLong]).toEqual([['x'.repeat(300)], ['y'.repeat(301)]]);
});

test('an empty line is a line', async () => {
  begin();
  world.write('a\n\nb\n');
  await world.drain();
  expect(world.lines).toEqual(['a', '', 'b']);
});

test('a line that is sent again has the same key again, however the batches lie', async () => {
  begin();
  write(0, 3);
  await world.look();
  await world.send(false);
  write(3, 12);
  await world.restart();
  await world.drain();
  const byLine = new Map<string, Set<string>>();
  for (const [i, each] of world.lines.entries()) byLine.set(each, (byLine.get(each) ?? new Set()).add(world.keys[i]!));
  expect([...byLine.values()].map((keys) => keys.size)).toEqual(numbered(0, 12).map(() => 1));
  expect(new Set(world.keys).size).toBe(12);
});

/** The id that keys of `app.log` begin with, from the checkpoint. */
const idOf = (): string => world.saved.find(({ path }) => path === world.path())!.id;

test.each([
  ['lines', '', 4096],
  ['a line over the limit', '', 20],
  ['lines after a header that every file has', '#Fields: time text\n', 4096],
])('what takes the place of %s sent without an answer has other keys, also after two kills', async (_, header, maxLineBytes) => {
  begin({ maxLineBytes });
  world.write(header);
  await world.drain();
  world.write(`${'a'.repeat(40)}\n`);
  // The file is in the checkpoint before anything of these was taken.
  await world.look();
  await world.restart();
  for (let i = 0; i < 2; i++) await world.look();
  expect(await world.send(false)).toBe(1);
  const first = idOf();
  world.copy();
  world.truncate();
  world.write(`${header}${'b'.repeat(60)}\n`);
  await world.restart();
  await world.drain();
  expect(world.saved.find(({ path }) => path === world.path())).toMatchObject({ offset: header.length + 61 });
  expect(idOf()).not.toBe(first);
});

type Step =
  | { readonly kind: 'write'; readonly lines: number; readonly partial: boolean }
  | { readonly kind: 'rename' | 'copyTruncate' | 'slowCopyTruncate' | 'delete' | 'look' | 'restart' | 'moveAway' }
  | { readonly kind: 'send'; readonly answered: boolean; readonly lines: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('write' as const), lines: fc.integer({ min: 0, max: 15 }), partial: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'rename',
        'copyTruncate',
        'slowCopyTruncate',
        'delete',
        'look',
        'look',
        'restart',
        'moveAway' as const,
      ),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('send' as const), answered: fc.boolean(), lines: fc.integer({ min: 1, max: 20 }) }),
  },
) as fc.Arbitrary<Step>;

test('whatever is done to files and agent, every complete line arrives, and those of a file first in their order', async () => {
  begin();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), fc.boolean(), async (steps, header) => {
      await world.end();
      const each = begin();
      let count = 0;
      let file = 0;
      let open = '';
      const written: string[] = [];
      const perFile = new Map<number, string[]>();
      const finish = (): void => {
        if (open !== '') each.write('\n');
        open = '';
      };
      for (const step of steps) {
        if (step.kind === 'write') {
          finish();
          // What every file of a format begins with tells none from another.
          if (header && !perFile.has(file) && step.lines > 0) each.write('#Fields: time text\n');
          for (let i = 0; i < step.lines + (step.partial ? 1 : 0); i++) {
            const text = `f${file}-${count++}-${'.'.repeat((count * 7) % 90)}`;
            const last = step.partial && i === step.lines;
            each.write(last ? text : `${text}\n`);
            if (last) open = text;
            written.push(text);
            perFile.set(file, [...(perFile.get(file) ?? []), text]);
          }
        } else if (step.kind === 'send') await each.send(step.answered, step.lines);
        else if (step.kind === 'look') await each.look();
        else if (step.kind === 'restart') await each.restart();
        else {
          finish();
          // What was never seen can't be read after it is gone.
          await each.look();
          if (step.kind === 'rename') each.rename();
          else if (step.kind === 'moveAway') {
            each.rename();
            if (perFile.has(file)) renameSync(each.path('app.log.1'), each.path(`old-${file}`));
          } else if (step.kind === 'delete') {
            rmSync(each.path(), { force: true });
            // A deleted file is read while it is open.
            do await each.look();
            while ((await each.send()) > 0);
          } else {
            each.copy();
            if (step.kind === 'slowCopyTruncate') await each.look();
            each.truncate();
          }
          file++;
        }
      }
      finish();
      await each.drain(20, 8);
      expect(written.filter((text) => !each.lines.includes(text))).toEqual([]);
      for (const lines of perFile.values()) {
        const own = new Set(lines);
        expect(distinct(each.lines.filter((text) => own.has(text)))).toEqual(lines);
      }
      const keys = new Map(each.keys.map((key, i) => [key, each.lines[i]]));
      expect(each.keys.filter((key, i) => keys.get(key) !== each.lines[i])).toEqual([]);
    }),
    { numRuns: Number(process.env.MEISSA_RUNS ?? 150) },
  );
}, 120_000);
