/** What the embedded cloud refuses, beside AWS's validator and cfn-lint. `MEISSA_UPDATE_GOLDEN=1` writes the page anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWithRealPart } from '../../real-parts';
import { fixtures, probes } from './cases';
import { askUs, type Opinion, opinions } from './opinions';
import { corpusPage, theyRefuse } from './page';
import { pageOf, TAKEN } from './reasons';

const PAGE = join(__dirname, '..', '..', '..', 'docs', 'embedded-cloud-corpus.md');

/** Of what the validator or cfn-lint refuses, this much may be taken. */
const MISSED = 0.05;

test('every template with a mistake is refused, and every right one is taken, by an answer of the cloud', async () => {
  const ask = askUs();
  const wrong: string[] = [];
  for (const { name, text } of probes()) if (((await ask(text)) === undefined) !== name.startsWith('right: ')) wrong.push(name);
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

  test('of what either refuses, at most a twentieth is taken, each for a reason', () => {
    const refused = all.filter(theyRefuse);
    const taken = refused.filter(({ us }) => us === undefined).map(({ name }) => name);
    expect(taken.sort()).toEqual(Object.keys(TAKEN).sort());
    expect(taken.length).toBeLessThanOrEqual(refused.length * MISSED);
  });

  test('nothing that both take is refused, but what a page of AWS says', () => {
    const alone = all.filter((o) => !theyRefuse(o) && o.us !== undefined);
    expect(alone.filter(({ us }) => pageOf(us as string) === undefined).map(({ name, us }) => [name, us])).toEqual([]);
  });

  test('the page says so', () => {
    const page = corpusPage(all);
    if (process.env.MEISSA_UPDATE_GOLDEN === '1') writeFileSync(PAGE, page);
    expect(readFileSync(PAGE, 'utf8')).toBe(page);
  });
});
