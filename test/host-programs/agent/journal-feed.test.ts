import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { JournalFeed, type JournalFeedOptions } from '../../../lib/host-programs/agent/journal-feed';

// Programs start late on a machine that does everything at once.
jest.setTimeout(90_000);

let folder: string;
let feed: JournalFeed | undefined;
let journal: string;
const said: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'agent-journal-'));
  journal = join(folder, 'journal');
  said.length = 0;
});
afterEach(async () => {
  await feed?.stop();
  rmSync(folder, { recursive: true });
});

function start(options: Partial<JournalFeedOptions> = {}): JournalFeed {
  feed = new JournalFeed({
    name: 'journal app',
    topic: 'app',
    units: [],
    fields: [],
    cursor: undefined,
    batchBytes: 4096,
    batchMilliseconds: 0,
    maxLineBytes: 2000,
    journalctl: ['env', `FAKE_JOURNAL=${journal}`, process.execPath, join(__dirname, 'journalctl.mjs')],
    log: (text) => said.push(text),
    now: () => 5,
    ...options,
  });
  feed.start();
  return feed;
}

function write(from: number, to: number, more: object = {}): void {
  for (let i = from; i < to; i++)
    appendFileSync(
      journal,
      `${JSON.stringify({ __CURSOR: `s=1;i=${i}`, MESSAGE: `m${i}`, _SYSTEMD_UNIT: `u${i % 2}.service`, ...more })}\n`,
    );
}

async function until(what: () => boolean): Promise<void> {
  const end = Date.now() + 60_000;
  while (!what()) {
    if (Date.now() > end) throw new Error(`it doesn't come: ${said.join('\n')}`);
    await sleep(5);
  }
}

/** Takes until so many lines came; each batch is acknowledged. */
async function taken(from: JournalFeed, count: number): Promise<string[]> {
  const lines: string[] = [];
  while (lines.length < count) {
    await until(() => from.ready(5));
    const { lines: some } = (await from.take({ bytes: 1000, lines: 7 }))!;
    lines.push(...some.map((line) => (JSON.parse(line.toString()) as { MESSAGE: string }).MESSAGE));
    from.accept();
  }
  return lines;
}

const messages = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, i) => `m${from + i}`);
const asked = (): string[][] =>
  readFileSync(`${journal}.arguments`, 'utf8')
    .trim()
    .split('\n')
    .map((each) => JSON.parse(each));

test('the whole journal comes, and what is written later', async () => {
  write(0, 5);
  const from = start();
  expect(await taken(from, 5)).toEqual(messages(0, 5));
  write(5, 8);
  expect(await taken(from, 3)).toEqual(messages(5, 8));
  expect(from.cursor).toBe('s=1;i=7');
  expect(asked()).toEqual([['--output=json', '--all', '--no-pager', '--quiet', '--follow', '--no-tail']]);
});

test('it goes on after the cursor of the checkpoint, with its units and fields', async () => {
  write(0, 10);
  const from = start({ cursor: 's=1;i=3', units: ['u1.service'], fields: ['MESSAGE', 'PRIORITY'] });
  expect(await taken(from, 3)).toEqual(['m5', 'm7', 'm9']);
  expect(asked()[0]).toEqual(
    expect.arrayContaining(['--unit=u1.service', '--output-fields=MESSAGE,PRIORITY', '--after-cursor=s=1;i=3']),
  );
});

test('what was not acknowledged is taken again', async () => {
  write(0, 3);
  const from = start();
  await until(() => from.ready(5));
  const first = await from.take({ bytes: 1000, lines: 1 });
  const again = await from.take({ bytes: 1000, lines: 1 });
  expect(again).toEqual(first);
  expect([from.cursor, from.unsentSince]).toEqual([undefined, 5]);
});

test('journalctl that ends is started again after the last whole entry that it gave', async () => {
  write(0, 3);
  write(3, 4, { crash: true });
  write(4, 6);
  const from = start();
  expect(await taken(from, 6)).toEqual(messages(0, 6));
  expect(from.restarts).toBe(1);
  expect(asked()[1]).toContain('--after-cursor=s=1;i=2');
  expect(said.at(-1)).toMatch(/it ended \(1\).*again in 1 s/);
});

test('it reads only a few batches ahead while nothing is acknowledged', async () => {
  write(0, 5000);
  const from = start();
  await until(() => from.ready(5));
  // A pipe holds 64 KiB more.
  await until(() => from.paused);
  expect((await from.take({ bytes: 1e9, lines: 1e9 }))!.lines.length).toBeLessThan(2500);
  expect(await taken(from, 5000)).toEqual(messages(0, 5000));
});

test('an entry over the limit is given apart', async () => {
  write(0, 1);
  write(1, 2, { MESSAGE: 'x'.repeat(2000) });
  write(2, 3);
  const from = start();
  expect(await taken(from, 1)).toEqual(['m0']);
  await until(() => from.ready(5));
  const batch = await from.take({ bytes: 1000, lines: 7 });
  expect([...(batch!.overLong!() as Iterable<Buffer>)].join('')).toContain('x'.repeat(2000));
  from.accept();
  expect(await taken(from, 1)).toEqual(['m2']);
});

test('a program that is not there is tried again and said', async () => {
  const from = start({ journalctl: ['/nowhere/journalctl'] });
  await until(() => from.restarts > 0);
  expect(said.at(-1)).toContain('ENOENT');
});
