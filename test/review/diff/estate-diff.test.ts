/** How the diff of an estate is told: once, worst first, in lines that fit. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Finding } from '../../../lib/estate/findings/finding';
import type { Loss, Timeline } from '../../../lib/rehearsal/model';
import {
  diffJson,
  diffMarkdown,
  diffStates,
  diffText,
  type EstateDiff,
  findingsSince,
  MEANING_KINDS,
  type Meaning,
  SEVERITIES,
  type StackState,
} from '../../../lib/review/diff';
import type { JsonObject } from '../../../lib/review/diff/model/json';
import { diffSchema } from '../../../lib/review/diff/words/json-schema';
import { placedLines } from '../../../lib/review/diff/words/placed-names';
import { wrapped } from '../../../lib/review/diff/words/wrap';
import { ROOT } from '../../root';

const REGIONS = Array.from({ length: 11 }, (_, i) => `eu-place-${String.fromCharCode(97 + i)}`);

const host = (name: string, UserData: string, type = 'm5.large') => ({
  Type: 'AWS::EC2::Instance',
  Properties: { InstanceType: type, UserData: { 'Fn::Base64': UserData }, Tags: [{ Key: 'Name', Value: name }] },
});

/** One text of a hundred lines, in which a line differs. */
const text = (value: number, place: string) =>
  [...Array.from({ length: 100 }, (_, i) => `line ${i}`), `kernel.panic = ${value}`, `of ${place}`].join('\n');

const fleet = (region: string, cluster: string, name: string, value: number): StackState => ({
  path: `${region}/${cluster}-${name}`,
  name: `${region}-${cluster}-${name}`,
  provider: 'aws',
  region,
  tags: { meissa_fleet: `${cluster}/${name}` },
  template: {
    Resources: Object.fromEntries(
      [1, 2, 3].map((n) => [`M${n}InstanceG1`, host(`${region}-${cluster}-${name}-${n}`, text(value, region))]),
    ),
  } as JsonObject,
});

const estate = (value: number) =>
  REGIONS.flatMap((region) => ['voters', 'store', 'front-ends'].map((name) => fleet(region, 'core', name, value)));

const meaning = (more: Partial<Meaning> = {}): Meaning => ({
  kind: 'other-changes',
  severity: 'addition',
  stack: 'r/s',
  what: 'x',
  hosts: [],
  details: [],
  explains: [],
  ...more,
});

const of = (more: Partial<EstateDiff> = {}): EstateDiff => ({ stacks: [], meanings: [], userData: [], ...more });

test('one change in eleven regions fits one screen: said once, with the names, and one patch for all fleets', () => {
  const diff = diffStates(estate(10), estate(20));
  const lines = diffText(diff, { columns: 100 }).split('\n');
  expect(lines.length).toBeLessThan(50);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(100);
  const said = lines.join(' ').replaceAll(/\s+/g, ' ');
  expect(said).toContain('99 hosts stop and start, in each of 33 stacks all at once: user-data');
  expect(said).toContain(`core-front-ends-1..3; core-store-1..3; core-voters-1..3 of 11 regions: ${REGIONS.join(', ')}`);
  expect(said).toContain('User-data of 33 fleets: 1 line comes, 1 goes');
  expect(lines.filter((line) => line.startsWith('+kernel.panic'))).toEqual(['+kernel.panic = 20']);
});

test('patches of which only the lines around differ are one without those lines; of another place in the text they are two', () => {
  const patched = (before: string[]) => {
    const userData = before.map((lines, i) => {
      const whole = (value: string) => `${lines}\n${value}\n`;
      return { fleet: `r-c-f${i}`, stacks: ['r/c'], before: whole('a = 1'), after: whole('a = 2') };
    });
    return diffText(of({ userData }));
  };
  const one = patched(['x\n1\n2\n', 'y\n1\n2\n']);
  expect(one).toContain('User-data of 2 fleets');
  expect(one).not.toMatch(/^ [xy]$/m);
  const two = patched(['one.conf:\n', 'other.conf:\n']);
  expect(two).toContain('User-data of r-c-f0');
  expect(two).toContain('User-data of r-c-f1');
});

test('what is said of several regions in the same words is said once, whatever the place is called in it', () => {
  const meanings = REGIONS.map((region) =>
    meaning({ stack: `${region}/base`, what: `bucket ${region}-x changes`, details: [`in ${region}`] }),
  );
  const said = diffText(of({ meanings }), { columns: 1000 });
  expect(said).toContain(`  base of 11 regions: ${REGIONS.join(', ')}\n    bucket <region>-x changes\n      in <region>\n`);
  const other = diffText(of({ meanings: meanings.slice(0, 1) }), { columns: 1000 });
  expect(other).toContain(`  ${REGIONS[0]}/base\n    bucket ${REGIONS[0]}-x changes\n`);
});

test('names of hosts stand by what places have alike', () => {
  const at = (place: string, ...names: string[]) => names.map((name) => ({ place, name }));
  expect(placedLines([...at('a', 'x-1', 'x-2', 'x-3', 'y-1'), ...at('b', 'x-1', 'x-2', 'x-3'), { name: 'M1' }], '-')).toEqual([
    'x-1..3 of 2 regions: a, b',
    'M1; a-y-1',
  ]);
});

test('the sections stand in order: lost, reachability, security, hosts, routes, money, the rest', () => {
  const meanings = [...SEVERITIES].reverse().map((severity) => meaning({ severity, what: `of ${severity}` }));
  const said = diffText(of({ meanings }));
  const order = ['data-loss', 'quorum', 'replaced', 'reachability', 'security', 'interrupted', 'network', 'money', 'addition'];
  const places = order.map((severity) => said.indexOf(`of ${severity}\n`));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places.every((at) => at > 0)).toBe(true);
});

test('what is long is cut by default, with how much more there is; --all shows it; what is grave is cut last', () => {
  const many = (severity: Meaning['severity']) =>
    Array.from({ length: 30 }, (_, i) =>
      meaning({ severity, what: `thing ${i}`, details: Array.from({ length: 30 }, (_, j) => `d${i}-${j}`) }),
    );
  const quiet = of({ meanings: many('cosmetic') });
  expect(diffText(quiet)).toContain('... and 15 more lines (--all)');
  expect(diffText(quiet)).toContain('... and 10 more details (--all)');
  expect(diffText(quiet)).not.toContain('thing 15\n');
  const all = diffText(quiet, { all: true });
  for (const { what, details } of quiet.meanings) for (const words of [what, ...details]) expect(all).toContain(`${words}\n`);
  expect(all).not.toContain('more');
  expect(diffText(of({ meanings: many('data-loss') }))).toContain('thing 29\n');
});

test('a line is wrapped at spaces, keeps its indentation, and loses no word', () => {
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[a-z]{1,30}$/), { minLength: 1, maxLength: 60 }),
      fc.nat(8),
      fc.integer({ min: 30, max: 200 }),
      (words, indent, columns) => {
        const lines = wrapped(words.join(' '), indent, columns);
        expect(lines.flatMap((line) => line.trim().split(' '))).toEqual(words);
        for (const [at, line] of lines.entries()) {
          expect(/^ */.exec(line)![0].length).toBe(indent + (at === 0 ? 0 : 2));
          expect(line.length <= columns || line.trim().split(' ').length === 1).toBe(true);
        }
      },
    ),
  );
});

test('Markdown fits a comment whatever it is of, worst first, and no fold is left open', () => {
  const words = fc.oneof(fc.string({ maxLength: 80 }), fc.constant('<details>`|`'.repeat(300)));
  const one = fc.record({
    severity: fc.constantFrom(...SEVERITIES),
    what: words,
    details: fc.array(words, { maxLength: 12 }),
    stack: fc.constantFrom('', 'a/b', 'links/a--b/request'),
  });
  fc.assert(
    fc.property(fc.array(one, { maxLength: 12 }), fc.nat(120), (some, times) => {
      const meanings = Array.from({ length: times + 1 }, (_, i) =>
        some.map((more) => meaning({ ...more, what: `${i} ${more.what}` })),
      ).flat();
      const userData = some.map(({ what, details }, i) => ({
        fleet: `f${i}`,
        stacks: ['a/b'],
        before: what,
        after: details.join('\n'),
      }));
      const page = diffMarkdown(of({ meanings, userData }));
      expect(page.length).toBeLessThan(65_536);
      // What stands in a fence is text.
      const outside = page.replaceAll(/^(`{3,})diff\n[\s\S]*?\n\1$/gm, '');
      const count = (tag: RegExp) => [...outside.matchAll(tag)].length;
      expect(count(/^ *<details>/gm)).toBe(count(/^ *<\/details>/gm));
    }),
    { numRuns: 40 },
  );
  const flood = Array.from({ length: 3000 }, (_, i) => meaning({ severity: 'cosmetic', what: `tag ${i} ${'x'.repeat(50)}` }));
  const page = diffMarkdown(of({ meanings: [...flood, meaning({ severity: 'data-loss', what: 'volume lost' })] }));
  expect(page.indexOf('volume lost')).toBeGreaterThan(0);
  expect(page.indexOf('volume lost')).toBeLessThan(page.indexOf('tag 0'));
  expect(page).toMatch(/\.\.\. and \d+ more lines, 0 more texts/);
});

const loss = (more: Partial<Loss> = {}): Loss => ({
  code: 'QUORUM_LOST',
  severity: 'error',
  name: 'QUORUM_LOST:r/core-voters',
  stack: 'r/core-voters',
  resource: 'M1InstanceG1',
  from: 100,
  to: 400,
  hosts: ['r-core-voters-1', 'r-core-voters-2'],
  what: '2 of 3 voters are away at once',
  why: 'etcd answers nobody without two voters',
  fix: 'put the gate back',
  ...more,
});

const step = (logicalId: string, from: number, to: number): Timeline['steps'][number] => ({
  stack: 'r/core-voters',
  logicalId,
  type: 'AWS::EC2::Instance',
  act: 'interrupt',
  from,
  to,
  properties: ['UserData'],
  through: [],
});

const timeline = (more: Partial<Timeline> = {}): Timeline => ({ stacks: [], steps: [], seconds: 840, losses: [], ...more });

test('losses of the deploy stand first, with why, the way out, and the name that accepts them', () => {
  const losses = [
    loss(),
    loss({ code: 'DISK_FREED', what: 'its disk goes' }),
    loss({ code: 'MEMBER_REPLACED', what: 'made anew', severity: 'warning' }),
  ];
  const diff = of({ timeline: timeline({ losses }) });
  const said = diffText(diff);
  expect(
    said
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith(' '))
      .slice(0, 3),
  ).toEqual(['Data is lost', 'Clusters that lose their quorum or stand empty', 'Hosts and things that go or are made anew']);
  expect(said).toContain('2 of 3 voters are away at once (QUORUM_LOST, M1InstanceG1; from 2 min to 7 min)');
  expect(said).toContain('why: etcd answers nobody without two voters');
  expect(said).toContain('way out: put the gate back');
  expect(said.match(/accepted by name: QUORUM_LOST:r\/core-voters/g)).toHaveLength(2);
  expect(diffSchema.safeParse(diffJson(diff)).error).toBeUndefined();
});

test.each([
  [[step('M1', 0, 60), step('M2', 60, 120)], '2 hosts stop and start, one at a time'],
  [[step('M1', 0, 60), step('M2', 30, 120)], '2 hosts stop and start, at most 2 at once'],
  [[step('M1', 0, 60)], '1 host stops and starts'],
  [[], 'no host stops'],
])('it is said how long the deploy takes (%#)', (steps, words) => {
  expect(diffText(of({ timeline: timeline({ steps }) }))).toContain(`the deploy takes about 14 min of virtual time; ${words}\n`);
});

describe('the order of stacks whose hosts stop', () => {
  const stacks = diffStates(
    ['voters', 'store', 'front-ends', 'gateways'].map((name) => fleet('r', 'core', name, 1)),
    ['voters', 'store', 'front-ends', 'gateways'].map((name) => fleet('r', 'core', name, 2)),
  );

  test('by what waits for what, through stacks that stop nothing', () => {
    const order = new Map([
      ['r/core-gateways', ['r/between', 'r/core-voters']],
      ['r/between', ['r/core-store']],
      ['r/core-store', ['r/core-voters']],
    ]);
    expect(diffText(of({ stacks, order }), { columns: 500 })).toContain(
      'order of stacks in r: first core-front-ends, core-voters; core-store after core-voters; core-gateways after core-store; those between which no order stands, side by side\n',
    );
  });

  test('once for all regions; where one has another order, it is named', () => {
    const ids = ['voters', 'store', 'gateways'];
    const of3 = (value: number) => ['a', 'b', 'c'].flatMap((region) => ids.map((id) => fleet(region, 'core', id, value)));
    const order = new Map(['a', 'b', 'c'].map((region) => [`${region}/core-store`, [`${region}/core-voters`]]));
    const said = (more: typeof order) =>
      diffText(of({ stacks: diffStates(of3(1), of3(2)), order: new Map([...order, ...more]) }), { columns: 500 });
    expect(said(new Map())).toContain(
      'order of stacks in each of 3 regions: first core-gateways, core-voters; core-store after core-voters;',
    );
    expect(said(new Map([['c/core-gateways', ['c/core-store']]]))).toContain(
      'first core-voters; core-store after core-voters; first core-gateways in a, b; core-gateways after core-store in c;',
    );
  });

  test('as the deploy ran, where it was run', () => {
    const run = (id: string, from: number, to: number) =>
      ({ path: `r/core-${id}`, provider: 'aws', region: 'r', from, to, outcome: 'updated' }) as const;
    const runs = [run('gateways', 50, 60), run('voters', 0, 30), run('store', 10, 50), run('front-ends', 70, 80)];
    expect(diffText(of({ stacks, timeline: timeline({ stacks: runs }) }), { columns: 500 })).toContain(
      'order of stacks in r: core-store, core-voters side by side, then core-gateways, then core-front-ends\n',
    );
  });
});

test('findings that are new are shown, on whichever line; standing ones are counted', () => {
  const finding = (more: Partial<Finding> = {}): Finding => ({
    file: 'regions/r.yaml',
    line: 3,
    code: 'LINK_MTU',
    severity: 'warning',
    path: 'containers',
    message: 'sizes differ',
    why: 'packets are dropped',
    fix: 'one size',
    ...more,
  });
  const findings = findingsSince('origin/main', [finding()], [finding({ line: 9 }), finding({ message: 'other sizes' })]);
  expect(findings).toMatchObject({ since: 'origin/main', standing: 1, new: [{ message: 'other sizes' }] });
  const diff = of({ findings });
  const said = diffText(diff);
  expect(said).toContain(
    'New findings since origin/main\n  warning LINK_MTU at regions/r.yaml:3 containers: other sizes\n      why: packets are dropped\n',
  );
  expect(said).toContain('no changes\n');
  expect(diffSchema.safeParse(diffJson(diff)).error).toBeUndefined();
});

test('hosts are data: place, cluster, fleet, number, and what happens to each', () => {
  const before = [fleet('r', 'core', 'front-ends', 1)];
  const diff = diffStates(before, [fleet('r', 'core', 'front-ends', 2)]);
  const { hosts } = diffJson(diff) as { hosts: object[] };
  expect(hosts[0]).toEqual({
    name: 'r-core-front-ends-1',
    region: 'r',
    cluster: 'core',
    fleet: 'front-ends',
    number: 1,
    act: 'restarts',
  });
  expect(hosts).toHaveLength(3);
  expect((diffJson(diffStates(before, [])) as { hosts: object[] }).hosts[2]).toMatchObject({ number: 3, act: 'stays' });
});

test('every kind of meaning that the code makes is in the list, and so in the schema', () => {
  const folders = ['meaning', 'idc', '.'].filter((folder) => existsSync(join(ROOT, 'lib/review/diff', folder)));
  const files = folders.flatMap((folder) => {
    const path = join(ROOT, 'lib/review/diff', folder);
    return readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
      entry.isFile() ? [readFileSync(join(path, entry.name), 'utf8')] : [],
    );
  });
  const severities = SEVERITIES.map((severity) => `'${severity}'`).join('|');
  const made = files.flatMap((file) => [
    ...[...file.matchAll(/kind: '([a-z]+(?:-[a-z]+)+|gate|order|tags)'[,;]? ?[^|]/g)].map((found) => found[1]!),
    ...[...file.matchAll(new RegExp(`'([a-z]+(?:-[a-z]+)+)',\\s*(?:kept|${severities})`, 'g'))].map((found) => found[1]!),
    ...[...file.matchAll(new RegExp(`(?:${severities}), '([a-z]+(?:-[a-z]+)+)'\\]`, 'g'))].map((found) => found[1]!),
  ]);
  // Told to nobody: they only explain.
  const silent = ['made-anew', 'member-parts', 'permissions-same', 'route-same'];
  const kinds: readonly string[] = [...MEANING_KINDS, ...silent, ...SEVERITIES];
  expect(made.length).toBeGreaterThan(40);
  expect([...new Set(made)].filter((kind) => !kinds.includes(kind))).toEqual([]);
});
