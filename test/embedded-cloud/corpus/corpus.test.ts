/** What the embedded cloud refuses, beside AWS's validator and cfn-lint. `MEISSA_UPDATE_GOLDEN=1` writes the page anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWithRealPart } from '../../real-parts';
import { fixtures, probes } from './cases';
import { askUs, type Opinion, opinions } from './opinions';
import { corpusPage, theyRefuse, weTake } from './page';
import { LANGUAGE, pageOf, TAKEN } from './reasons';

const PAGE = join(__dirname, '..', '..', '..', 'docs', 'embedded-cloud-corpus.md');

/** Of what the validator or cfn-lint refuses, this much may be made. */
const MISSED = 0.05;

test('every template with a mistake is refused at the call or fails when made, and every right one is made', async () => {
  const wrong: string[] = [];
  for (const { name, text } of probes()) {
    const { refused, failed } = await askUs(text);
    if ((refused === undefined && failed === undefined) !== name.startsWith('right: ')) wrong.push(name);
  }
  expect(wrong).toEqual([]);
}, 60_000);

describeWithRealPart('cfn-lint', 'beside the validator and cfn-lint', (program) => {
  let all: Opinion[];
  beforeAll(async () => {
    expect(fixtures().length).toBeGreaterThan(50);
    const cases = [...probes(), ...fixtures()];
    if (process.env.MEISSA_CORPUS_CASES) writeFileSync(process.env.MEISSA_CORPUS_CASES, JSON.stringify(cases));
    all = await opinions(program, cases);
  }, 180_000);

  test('of what either refuses, at most a twentieth is made, each for a reason', () => {
    const refused = all.filter(theyRefuse);
    const taken = refused.filter(weTake).map(({ name }) => name);
    expect(taken.sort()).toEqual(Object.keys(TAKEN).sort());
    expect(taken.length).toBeLessThanOrEqual(refused.length * MISSED);
  });

  test("nothing that both take is refused at the call, but what CloudFormation's own language refuses there", () => {
    const alone = all.filter((o) => !theyRefuse(o) && o.refused !== undefined);
    expect(alone.map(({ name }) => name).sort()).toEqual(Object.keys(LANGUAGE).sort());
  });

  test('nothing that both take fails when made, but what a page of the service says', () => {
    const alone = all.filter((o) => !theyRefuse(o) && o.failed !== undefined);
    expect(
      alone.filter(({ failed }) => pageOf(failed as string) === undefined).map(({ name, failed }) => [name, failed]),
    ).toEqual([]);
  });

  test('the page says so', () => {
    const page = corpusPage(all);
    if (process.env.MEISSA_UPDATE_GOLDEN === '1') writeFileSync(PAGE, page);
    expect(readFileSync(PAGE, 'utf8')).toBe(page);
  });
});
