/**
 * `diff --base` makes only what is made from other inputs. What it says must be what a diff of everything says.
 * MEISSA_PROPERTY_RUNS says how many pairs are tried; MEISSA_PROPERTY_SEED repeats a run that failed.
 */
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { idcFiles } from '../../lib/cli/idc-out';
import type { DeployTarget } from '../../lib/cli/verbs/deploy-target';
import { sidesOf } from '../../lib/cli/verbs/diff-base';
import { idcsOfBase } from '../../lib/cli/verbs/diff-idcs';
import { FindingsError } from '../../lib/estate/findings/finding';
import type { Estate } from '../../lib/estate/model/model';
import { ESTATE_PATH } from '../../lib/estate/rules/rule';
import { renderFindings } from '../../lib/host-config/fleet-user-data';
import { planEstate } from '../../lib/plan/plan';
import { diffJson, diffMarkdown, diffStates, diffText, idcSides, placesThatChange, type StackState } from '../../lib/review/diff';
import { exampleEstate } from '../e2e/example';
import { estateFiles, type Files, linkedEstateFiles, mutate } from '../estate/arbitrary';
import { errors, read } from '../flow/in-process';
import { runs } from '../runs';

const RUNS = Number(process.env.MEISSA_PROPERTY_RUNS ?? runs(12));
const SEED = process.env.MEISSA_PROPERTY_SEED;

jest.setTimeout(60_000 + RUNS * 20_000);

/** The whole estate, as `meissa diff` without regions takes it. */
function targetOf(estate: Estate): DeployTarget {
  const plan = planEstate(estate);
  const links = plan.links.filter(({ stacks }) => stacks.length > 0);
  return { estate, warnings: [], plan, regions: plan.regions.map(({ name }) => name), links, left: [], stacks: [] };
}

async function said(past: Estate, now: Estate, whole: boolean) {
  const { before, after } = await sidesOf(past, targetOf(now), { revision: 'base', all: true, whole });
  const idcs = whole
    ? { before: idcSides(idcFiles(past)), after: idcSides(idcFiles(now)) }
    : await idcsOfBase(past, 'base', { ...targetOf(now), all: true });
  const diffs = { stacks: diffStates(before, after), ...placesThatChange(idcs.before, idcs.after) };
  return { said: { text: diffText(diffs), json: diffJson(diffs), page: diffMarkdown(diffs) }, before, after };
}

const isMade = ({ template }: StackState) => Object.keys(template).length > 0;

function valid(files: Files): Estate | undefined {
  const { estate, findings } = read(files);
  if (estate === undefined || errors(findings).length > 0) return undefined;
  try {
    return errors(renderFindings(estate, planEstate(estate))).length > 0 ? undefined : estate;
  } catch (error) {
    if (error instanceof FindingsError) return undefined;
    throw error;
  }
}

/** An estate and what one edit made of it: the first of these that left it valid and another one. */
function pairs(estates: fc.Arbitrary<Files>): fc.Arbitrary<readonly [Files, Files]> {
  return estates.chain((files) =>
    fc.array(mutate(files), { minLength: 40, maxLength: 40 }).map((edits): readonly [Files, Files] => {
      const other = edits.find((edited) => JSON.stringify(edited) !== JSON.stringify(files) && valid(edited) !== undefined);
      return [files, other ?? files];
    }),
  );
}

test('of any two estates it says what a diff of everything says', async () => {
  const seen = { whole: 0, partly: 0, nothing: 0 };
  const [one] = fc.sample(estateFiles(), { numRuns: 1, seed: 1 }) as [Files];
  await fc.assert(
    fc.asyncProperty(pairs(fc.oneof(estateFiles(), linkedEstateFiles())), fc.boolean(), async ([files, edited], back) => {
      const [past, now] = (back ? [edited, files] : [files, edited]).map((each) => valid(each)!) as [Estate, Estate];
      const fast = await said(past, now, false);
      const whole = await said(past, now, true);
      expect(whole.after.every(isMade)).toBe(true);
      expect(fast.said).toEqual(whole.said);
      const made = fast.after.filter(isMade).length;
      seen[made === 0 ? 'nothing' : made === fast.after.length ? 'whole' : 'partly']++;
    }),
    // Pairs of one kind only would show nothing: one in which nothing differs, and one in which every region does, are always among them.
    {
      numRuns: RUNS,
      ...(SEED === undefined ? {} : { seed: Number(SEED) }),
      examples: [one, { ...one, [ESTATE_PATH]: stringify({ ...parse(one[ESTATE_PATH]!), tags: { edited: 'yes' } }) }].map(
        (edited): [readonly [Files, Files], boolean] => [[one, edited], false],
      ),
    },
  );
  expect(seen.whole + seen.partly).toBeGreaterThan(0);
  expect(seen.nothing + seen.partly).toBeGreaterThan(0);
});

test('of one region that is edited in the example it makes the stacks of that region alone', async () => {
  const past = exampleEstate();
  const regions = past.regions.map((region) => (region.name === 'sa-east-1' ? { ...region, tags: { reviewed: 'yes' } } : region));
  const { before, after, said: words } = await said(past, { ...past, regions }, false);
  const made = new Set(after.filter(isMade).map(({ path }) => path.split('/')[0]));
  expect(made).toEqual(new Set(['sa-east-1']));
  expect(new Set(before.filter(isMade).map(({ path }) => path.split('/')[0]))).toEqual(new Set(['sa-east-1']));
  expect(words.text).toContain('reviewed');
  expect(words).toEqual((await said(past, { ...past, regions }, true)).said);
});

test('of another text of a profile it makes every region whose hosts have it', async () => {
  const past = exampleEstate();
  const profile = past.profiles.get('kafka-mirror')!;
  const profiles = new Map([...past.profiles, ['kafka-mirror', { ...profile, fragment: `${profile.fragment}\n# edited\n` }]]);
  const { after, said: words } = await said(past, { ...past, profiles }, false);
  const having = past.regions.filter((region) =>
    region.clusters.some((cluster) => cluster.fleets.some((fleet) => fleet.profiles.includes('kafka-mirror'))),
  );
  expect(having.length).toBeGreaterThan(0);
  expect(having.length).toBeLessThan(past.regions.length);
  expect(new Set(after.filter(isMade).map(({ path }) => path.split('/')[0]))).toEqual(new Set(having.map(({ name }) => name)));
  // A comment of YAML reaches no host.
  expect(words.text).toBe('no changes\n');
});

test('of the same files it makes nothing', async () => {
  const { before, after, said: words } = await said(exampleEstate(), exampleEstate(), false);
  expect([...before, ...after].filter(isMade)).toEqual([]);
  expect(after.length).toBeGreaterThan(50);
  expect(words.text).toBe('no changes\n');
});

test('one sysctl in eleven regions is told on one screen: no long line, one patch for all fleets', async () => {
  const past = exampleEstate();
  const base = past.profiles.get('base')!;
  const fragment = base.fragment.replace('kernel.panic, value: 10', 'kernel.panic, value: 20');
  expect(fragment).not.toBe(base.fragment);
  const { said: words } = await said(
    past,
    { ...past, profiles: new Map([...past.profiles, ['base', { ...base, fragment }]]) },
    false,
  );
  const lines = words.text.split('\n');
  expect(lines.length).toBeLessThan(55);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
  expect(lines.filter((line) => line.startsWith('User-data of'))).toEqual(['User-data of 68 fleets: 1 line comes, 1 goes']);
  expect((words.json as { userData: object[] }).userData).toHaveLength(68);
});
