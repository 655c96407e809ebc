/** Every finding in a profile or a file, its advice followed to the letter: nothing is told of the estate any more. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectionRules } from '../../lib/collection/findings';
import type { Finding } from '../../lib/estate/findings/finding';
import { readEstate } from '../../lib/estate/read/read';
import { memorySource } from '../../lib/estate/read/source';
import { rules } from '../../lib/estate/rules';
import { SCHEMA_CODES } from '../../lib/estate/schema/json-check';
import { fragmentFindings, renderFindings } from '../../lib/host-config/fleet-user-data';
import { planEstate } from '../../lib/plan/plan';
import { type Files, followed } from '../estate/advice/apply';
import { filesOf, filesWithPins, fixtureProfiles, lines, type Written } from '../estate/written';
import { ROOT } from '../root';
import { adviceRows } from './advice/all';
import { estateWithMine, GONE } from './advice/row';
import { NO_FILE, TOLD_IN_WORDS } from './advice/told-in-words';

/** As `meissa validate` finds them. */
function findingsOf(files: Files): readonly Finding[] {
  const { estate, fragments, findings } = readEstate(memorySource(files), { packaged: fixtureProfiles, today: '2026-11-21' });
  const broken = estate === undefined || findings.some(({ severity }) => severity === 'error');
  const rendered = broken ? fragmentFindings(fragments) : renderFindings(estate, planEstate(estate));
  // What hangs on one thing in the small data centres of these cases is another matter.
  return [...findings.filter(({ code }) => !code.startsWith('SINGLE_')), ...rendered];
}

function filesWritten(w: Written): Files {
  return Object.fromEntries(Object.entries(filesOf(w)).filter(([, text]) => text !== GONE));
}

const followedBy = new Set<string>();

test('the estate of these cases is told nothing of', () => {
  expect(lines(findingsOf(filesOf(estateWithMine())))).toEqual([]);
});

describe.each([...new Set(adviceRows.map(({ code }) => code))])('%s', (code) => {
  const own = adviceRows.filter((row) => row.code === code);
  test.each(own.map((row) => [row.is, row] as const))('%s', async (_, { change, by }) => {
    const w = estateWithMine();
    change(w);
    const files = filesWritten(w);
    const found = findingsOf(files);
    expect(found.map((finding) => finding.code)).toEqual([code]);
    const [{ file, fix, write = [] }] = found as [Finding];
    if (by === undefined) expect({ fix, steps: write.length }).not.toEqual({ fix, steps: 0 });
    for (const remedy of write) {
      const left = lines(findingsOf(filesWithPins(await followed(files, file, remedy), [])));
      expect({ fix, remedy, left }).toEqual({ fix, remedy, left: [] });
      followedBy.add(code);
    }
    for (const { says, hand } of by === undefined ? [] : [by]) {
      expect(fix).toMatch(says);
      expect({ fix, left: lines(findingsOf(filesWritten(changed(w, hand)))) }).toEqual({ fix, left: [] });
    }
  });
});

function changed(w: Written, change: (w: Written) => unknown): Written {
  change(w);
  return w;
}

/** Every code in the sources of a room. */
function codesIn(room: string): string[] {
  return readdirSync(join(ROOT, 'lib', room), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [...readFileSync(join(ROOT, 'lib', room, file), 'utf8').matchAll(/'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)'/g)])
    .map(([, code]) => code!);
}

test('no code that a file can cause is left out', () => {
  const rooms = [
    'estate/build',
    'estate/findings',
    'estate/lock-files',
    'estate/read',
    'estate/schema',
    'host-config',
    'secrets',
  ];
  const all = new Set([...rooms.flatMap(codesIn), 'PARAMETER', ...Object.keys(SCHEMA_CODES)]);
  const elsewhere = [...rules, ...collectionRules].map(({ code }) => code);
  const here = adviceRows.map(({ code }) => code);
  const known = new Set([...elsewhere, ...here, ...Object.keys(NO_FILE)]);
  expect([...all].filter((code) => !known.has(code)).sort()).toEqual([]);
  expect(here.filter((code) => !all.has(code))).toEqual([]);
});

test('every code without steps is told in words, for a reason', () => {
  const without = new Set(adviceRows.map(({ code }) => code).filter((code) => !followedBy.has(code)));
  expect([...without].sort()).toEqual(Object.keys(TOLD_IN_WORDS).sort());
});
