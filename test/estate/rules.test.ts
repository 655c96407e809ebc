import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { rules } from '../../lib/estate/rules';
import { SCHEMA_CODES } from '../../lib/estate/schema/check';
import { ruleCases as all } from './cases/all';
import { lines, load, loadChanged, written } from './written';

/** What is told of what is refused: `file path: what` of each finding, by code and sentence. */
const refused: Record<string, Record<string, string[]>> = parse(readFileSync(join(__dirname, 'cases/refused.yaml'), 'utf8'));

test('the small estate has no finding', () => {
  expect(lines(load(written()).findings)).toEqual([]);
});

test('every rule has a case that it refuses and one that it accepts', () => {
  const tested = all.filter((c) => Object.keys(c.refuses).length > 0 && Object.keys(c.accepts).length > 0).map((c) => c.code);
  expect(tested.sort()).toEqual(rules.map((r) => r.code).sort());
});

test('refused.yaml says what each of these cases is told, and nothing of others', () => {
  const sentences = (of: Readonly<Record<string, object>>): string[][] =>
    Object.entries(of).flatMap(([code, cases]) => Object.keys(cases).map((sentence) => [code, sentence]));
  expect(sentences(refused)).toEqual(sentences(Object.fromEntries(all.map(({ code, refuses }) => [code, refuses]))));
});

test('codes of rules are distinct, and every rule says what holds and why', () => {
  expect(new Set(rules.map((r) => r.code)).size).toBe(rules.length);
  for (const rule of rules) {
    expect(rule.code).toMatch(/^[A-Z][A-Z0-9_]+$/);
    expect(rule.title).toMatch(/\.$/);
    expect(rule.why.length).toBeGreaterThan(20);
  }
});

for (const { code, refuses, accepts } of all) {
  const rule = rules.find((r) => r.code === code);
  describe(`${code}: ${rule?.title}`, () => {
    for (const [sentence, change] of Object.entries(refuses)) {
      test(`refuses ${sentence}`, () => {
        const { findings } = loadChanged(change);
        expect(lines(findings.filter((f) => f.code in SCHEMA_CODES))).toEqual([]);
        const found = findings.filter((f) => f.code === code);
        expect(found.map(({ file, path, message }) => `${file} ${path}: ${message}`)).toEqual(refused[code]![sentence]);
        for (const f of found) {
          expect(f.line).toBeGreaterThan(0);
          expect(f.message).not.toMatch(/undefined|NaN|\[object/);
          expect(f.fix).not.toMatch(/undefined|NaN|\[object/);
          expect(f.fix.length).toBeGreaterThan(5);
        }
      });
    }
    for (const [sentence, change] of Object.entries(accepts)) {
      test(`accepts ${sentence}`, () => {
        const { estate, findings } = loadChanged(change);
        expect(estate).toBeDefined();
        expect(lines(findings.filter((f) => f.code === code || f.code in SCHEMA_CODES))).toEqual([]);
      });
    }
  });
}
