import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Comparison } from '../../lib/collection/compare';
import type { PlaceFigures } from '../../lib/collection/figure';
import type { Warning } from '../../lib/collection/warnings';
import { ROOT } from '../root';
import { exampleCopy, meissa, removeCopies } from './run';

const COLLECTION = join(ROOT, 'test/estates/collection');
const folders: string[] = [];

afterEach(() => {
  removeCopies();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A copy of the estate that collects, of which one region's file is changed. */
function changed(region: string, change: (text: string) => string): string {
  const folder = mkdtempSync(join(tmpdir(), 'meissa-size-'));
  folders.push(folder);
  cpSync(join(COLLECTION, 'regions'), join(folder, 'regions'), { recursive: true });
  edit(folder, `regions/${region}.yaml`, change);
  return folder;
}

function edit(root: string, path: string, change: (text: string) => string): void {
  const file = join(root, path);
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

interface Answer {
  readonly warnings?: readonly Warning[];
  readonly places: readonly PlaceFigures[];
  readonly comparison?: readonly Comparison[];
  readonly findings?: readonly { code: string }[];
}

async function answer(...args: string[]): Promise<Answer> {
  const { stdout, code } = await meissa('size', 'collection', ...args, '--json');
  expect(code).toBe(0);
  return JSON.parse(stdout);
}

function value({ places }: Answer, name: string, place = 0): number {
  const found = places[place]!.figures.find((figure) => figure.name === name);
  if (found === undefined) throw new Error(`no figure ${name}`);
  return found.value;
}

describe('a load from the command line', () => {
  test('is explained figure by figure, each with its formula and source', async () => {
    const { stdout, stderr, code } = await meissa('size', 'collection', '--peak', '50MB/s');
    expect(code).toBe(0);
    expect(stderr).toBe('');
    const lines = stdout.trimEnd().split('\n');
    const count = (start: string) => lines.filter((line) => line.startsWith(start)).length;
    expect(count('      = ')).toBeGreaterThan(15);
    expect(count('      from ')).toBe(count('      = '));
    expect(stdout).not.toMatch(/undefined|NaN/);
  });

  test('of one region goes nowhere; of several has a central region that takes them all', async () => {
    const one = await answer('--peak', '50MB/s');
    expect(one.places).toHaveLength(1);
    const nine = await answer('--peak', '50MB/s', '--regions', '9');
    expect(nine.places).toHaveLength(2);
    expect(value(nine, 'kept on all brokers', 1)).toBeCloseTo(9 * value(nine, 'kept on all brokers'), -6);
    expect(value(nine, 'to the central region, on average')).toBeGreaterThan(50e6);
  });

  test('is the same in words and JSON, whichever way its numbers are written', async () => {
    const args = ['--average', '20MB/s', '--retention', '7d', '--outage', '24h'];
    const said = await meissa('size', 'collection', '--peak', '50MB/s', ...args);
    const again = await meissa('size', 'collection', '--peak', '50000kB/s', '--average', '0.02GB/s', '--retention', '168h');
    expect(again.stdout).toBe(said.stdout);
  });

  test('is caught up with after as many times as long an outage', async () => {
    const day = value(await answer('--peak', '50MB/s', '--average', '20MB/s'), 'Kafka has caught up after');
    const week = value(await answer('--peak', '50MB/s', '--average', '20MB/s', '--outage', '7d'), 'Kafka has caught up after');
    expect(week).toBeCloseTo(7 * day, 3);
  });

  test('that leaves nothing to catch up with is told: never in words, null in JSON', async () => {
    // Six partitions have six tasks, which carry just that.
    const args = ['--peak', '60MB/s', '--growth', '1', '--regions', '9'];
    expect(value(await answer(...args), 'reports are on time again after', 1)).toBeNull();
    expect((await meissa('size', 'collection', ...args)).stdout).toMatch(/reports are on time again after +never/);
  });

  test('says before any figure what an outage loses, in words and in JSON', async () => {
    const args = [
      '--peak',
      '50MB/s',
      '--average',
      '20MB/s',
      '--retention',
      '1h',
      '--keep',
      '6h',
      '--outage',
      '24h',
      '--regions',
      '2',
    ];
    const { stdout } = await meissa('size', 'collection', ...args);
    const [first, write] = stdout.split('\n');
    expect(first).toBe(
      '! each region: when the central region is away for 1 d, brokers delete 1.66 TB of lines that it has not got yet, 3,312,000,000 lines: they are lost',
    );
    expect(write).toContain('write: --retention 1d');
    const said = await answer(...args);
    expect(said.warnings!.map(({ place, code }) => [place, code])).toEqual([
      ['each region', 'LINES_DELETED'],
      ['each region', 'LINES_REFUSED'],
      ['the central region, which collects 2', 'LINES_DELETED'],
      ['the central region, which collects 2', 'LINES_REFUSED'],
    ]);
    expect(value(said, 'lost while the central region is away')).toBe(20e6 * 23 * 3600);
    expect(value(said, 'spools can’t keep of the outage')).toBe(20e6 * 18 * 3600);
    expect((await answer(...args, '--retention', '1d', '--keep', '1d')).warnings).toEqual([]);
  });

  test('says that a lost disk is copied for days, in words and in JSON', async () => {
    const args = ['--peak', '50MB/s', '--average', '20MB/s'];
    expect((await meissa('size', 'collection', ...args)).stdout).toMatch(
      /^! the region: a broker whose disk is lost copies 21.6 TB.* 3.62 d/,
    );
    expect((await answer(...args)).warnings).toMatchObject([{ code: 'LONG_REFILL', place: 'the region' }]);
  });

  test.each([
    [['--peak', '50MB'], '--peak: "50MB" is not a rate', '--peak 50MB/s'],
    [['--peak', 'fast'], '--peak: "fast" is not a rate', '--peak 50MB/s'],
    [
      ['--peak', '1KB/s'],
      '--peak: "1KB/s" is not a rate such as 50MB/s: a number and B/s, kB/s, MB/s, GB/s or TB/s',
      '--peak 50MB/s',
    ],
    [
      ['--peak', '50MB/s', '--line', '1KiB'],
      '--line: "1KiB" is not a size such as 500B: a number and B, kB, MB, GB or TB',
      '--line 500B',
    ],
    [['--peak', '0B/s'], '--peak takes at least 1B/s, not 0B/s', '--peak 50MB/s'],
    [['--peak', '50MB/s', '--average', '60MB/s'], 'the average, 60MB/s, is more than the peak, 50MB/s', '--peak 60MB/s or more'],
    [['--peak', '50MB/s', '--line', '1MB'], '--line takes 1B to 262144B, not 1MB', '--line 500B'],
    [['--peak', '50MB/s', '--retention', 'week'], '--retention: "week" is not a span of time', '--retention 7d'],
    [['--peak', '50MB/s', '--replication', '2.5'], '--replication: "2.5" is not a whole number', '--replication 3'],
    [['--peak', '50MB/s', '--replication', '0'], '--replication takes 1 to 9, not 0', '--replication 3'],
    [['--peak', '50MB/s', '--growth', '0.5'], '--growth takes 1 to 10, not 0.5', '--growth 1.5'],
    [['--peak', '50MB/s', '--outage', '-1h'], '--outage: "-1h" is not a span of time', '--outage 24h'],
    [['--peak', '50MB/s', '--regions', 'nine'], '--regions: "nine" is not a whole number', '--regions 9'],
    [[], 'neither a load nor a region is given', '--peak 50MB/s, or --region <name>'],
    [['--region', 'us-east-1', '--regions', '9'], 'regions and zones are those of the estate', 'leave --regions and --zones out'],
  ])('%j is refused', async (args, message, fix) => {
    const said = await meissa('size', 'collection', ...args, '--root', COLLECTION);
    expect(said.code).toBe(1);
    expect(said.stdout).toBe('');
    expect(said.stderr).toContain(`BAD_OPTION: ${message}`);
    expect(said.stderr).toContain(`write: ${fix}`);
  });
});

describe('a region of an estate', () => {
  test('is sized from its file, and what it has stands beside what it needs', async () => {
    const said = await answer('--region', 'sa-east-1', '--root', COLLECTION);
    expect(said.places.map(({ place }) => place)).toEqual(['sa-east-1']);
    expect(said.comparison!.find(({ name }) => name === 'brokers')).toEqual({
      name: 'brokers',
      needed: 3,
      written: 3,
      unit: 'hosts',
      enough: true,
    });
    expect(said.findings).toEqual([]);
  });

  test('that others are carried into is sized for all of them', async () => {
    const said = await answer('--region', 'us-east-1', '--root', COLLECTION);
    expect(said.places.map(({ place }) => place)).toEqual(['us-east-1 (collects 2 other regions)']);
    const own = await answer('--region', 'sa-east-1', '--root', COLLECTION);
    expect(value(said, 'kept on all brokers')).toBeCloseTo(3 * value(own, 'kept on all brokers'), -3);
    expect(said.comparison!.map(({ name }) => name)).toContain('mirror hosts');
  });

  test('tries out what the command line says instead', async () => {
    const said = await answer('--region', 'sa-east-1', '--peak', '200MB/s', '--root', COLLECTION);
    expect(said.comparison!.find(({ name }) => name === 'brokers')).toMatchObject({ needed: 12, written: 3, enough: false });
  });

  test('that is too small is told what to write, with exit code 1', async () => {
    const root = changed('sa-east-1', (text) => text.replace('average: 400kB/s', 'average: 4MB/s'));
    const said = await meissa('size', 'collection', '--region', 'sa-east-1', '--root', root);
    expect(said.code).toBe(1);
    expect(said.stdout).toMatch(/! disks of all brokers\s+has 1,500 GiB, needs/);
    expect(said.stderr).toContain('KAFKA_DISKS');
    expect(said.stderr).toMatch(/write: write `gb: \d+`/);
  });

  test('without a collection, or unknown, is refused', async () => {
    const root = exampleCopy();
    // The collection stands last in the region's file.
    edit(root, 'regions/us-west-1.yaml', (text) => text.slice(0, text.indexOf('  collection:')));
    edit(root, 'regions/us-west-1.members.lock.yaml', (text) => text.replace(/^(?: {2}collection\/.*|topics:)\n/gm, ''));
    const none = await meissa('size', 'collection', '--region', 'us-west-1', '--root', root);
    expect([none.code, none.stderr.split('\n')[0]]).toEqual([1, 'x NO_COLLECTION: no cluster of us-west-1 has a collection']);
    const unknown = await meissa('size', 'collection', '--region', 'us-west-9', '--root', root);
    expect(unknown.stderr).toContain('us-west-1');
    expect(unknown.code).toBe(1);
  });
});

describe('an estate whose collection is too small for its own figures', () => {
  const root = () => changed('sa-east-1', (text) => text.replace('average: 400kB/s', 'average: 4MB/s'));

  test('is not valid', async () => {
    const said = await meissa('validate', '--root', root());
    expect(said.code).toBe(1);
    expect(said.stderr).toContain('KAFKA_DISKS');
    expect(said.stderr).toContain('SPOOL_SIZE');
  });

  test.each([['plan'], ['synth'], ['user-data sa-east-1/collection/brokers']])('%s refuses it', async (command) => {
    const said = await meissa(...command.split(' '), '--root', root());
    expect(said.code).toBe(1);
    expect(said.stderr).toContain('KAFKA_DISKS');
  });

  test('is still pinned: that has nothing to do with sizes', async () => {
    const said = await meissa('pin', '--dry-run', '--root', root());
    expect(said.stderr).not.toContain('KAFKA_DISKS');
    expect(said.code).toBe(0);
  });
});
