/**
 * From any valid estate through any valid change with any single fault: the end is the old or the new state, a re-run finishes, and no
 * quorum is lost, no member is replaced, no disk is freed and no way is cut that the diff or the timeline had not said. Judged by an
 * oracle that looks at the embedded cloud's world alone. MEISSA_ORACLE_CHANGES says how many, MEISSA_PROOF_SEED repeats a run.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { collectionFindings } from '../../../lib/collection/findings';
import { pinMembers } from '../../../lib/estate/changes/pin-members';
import type { RehearsedStack } from '../../../lib/rehearsal/stack';
import { removeTemporaryFolders, temporaryFolder } from '../../e2e/example';
import type { Files } from '../../estate/arbitrary';
import { filesOfChange } from '../../estate/written';
import { errors, read } from '../../flow/in-process';
import { type Emission, emit } from '../../mutants/emission';
import { meaningsOf, rehearsed } from '../../mutants/judges';
import { runs } from '../../runs';
import { changed, type Try, tries } from './changes';
import { again, type Watched, watch } from './deploys';
import { starts } from './estates';
import { type Changing, type Fault, faults } from './faults';
import { type Harm, harmOf, votingFleets } from './harm';
import { isSaid, type Said } from './said';

const ESTATES = Number(process.env.MEISSA_ORACLE_CHANGES ?? runs(30));
const SEED = Number(process.env.MEISSA_PROOF_SEED ?? Date.now() % 2 ** 31);
/** Faults that each change is tried with, beside none. */
const FAULTS = 3;

jest.setTimeout(60_000 + ESTATES * 30_000);
afterAll(removeTemporaryFolders);

/** Valid, with every member in the lock; undefined where its rules refuse it. */
function valid(files: Files): Files | undefined {
  const { estate } = read(files);
  if (estate === undefined) return undefined;
  const pinned = Object.assign({ ...files }, ...estate.regions.map(({ name }) => filesOfChange(pinMembers(estate, name))));
  const again = read(pinned);
  if (again.estate === undefined) return undefined;
  return errors([...again.findings, ...collectionFindings(again.estate)]).length > 0 ? undefined : pinned;
}

/** As somebody has it who pins anew, or whose lock is from before it remembered places: no rule holds what moves. */
function forgetful(files: Files): Files {
  return Object.fromEntries(Object.entries(files).filter(([path]) => !path.endsWith('.members.lock.yaml')));
}

async function emitted(files: Files): Promise<Emission> {
  const root = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return emit(root);
}

const same = (a: Emission, b: Emission) => JSON.stringify(a.files) === JSON.stringify(b.files);

interface Case {
  readonly what: string;
  readonly files: Files;
  readonly before: Emission;
  readonly after: Emission;
}

/** The first change of an order that is valid and changes something. */
async function caseOf(what: string, files: Files, order: readonly Try[]): Promise<Case | undefined> {
  const before = await emitted(files);
  for (const { change, pick } of order) {
    const other = changed(files, change, pick);
    const after = other && (valid(other) ?? valid(forgetful(other)));
    if (after === undefined) continue;
    const proposed = await emitted(after);
    if (!same(before, proposed)) return { what: `${change.what} (${pick}): ${what}`, files, before, after: proposed };
  }
  return undefined;
}

/** As somebody deploys who lifted the stacks' policies, which keep engines from much harm. */
function withoutPolicies(one: Case): Case {
  const lift = (side: Emission): Emission => ({ ...side, stacks: side.stacks.map(({ policyBody: _, ...stack }) => stack) });
  return { ...one, what: `policies lifted, ${one.what}`, before: lift(one.before), after: lift(one.after) };
}

const ACTIONS = {
  create: 'create',
  replace: 'create',
  wait: 'create',
  update: 'update',
  interrupt: 'update',
  delete: 'delete',
} as const;

function touchedBy({ rehearsal }: Watched): Changing[] {
  return rehearsal.steps.flatMap(({ logicalId, type, act }) =>
    act === 'retain' ? [] : [{ logicalId, type, action: ACTIONS[act] }],
  );
}

/** What is wrong with an end: neither the old nor the new state, and no stack that waits for a forward deploy by design. */
function strayStacks({ before, after }: Case, { cloud }: Watched): string[] {
  const described = new Map([...before.stacks, ...after.stacks].map((stack) => [stack.name, stack]));
  const standing = Object.values(cloud.world.accounts).flatMap(({ regions }) =>
    Object.values(regions).flatMap(({ stacks }) => Object.values(stacks)),
  );
  return standing.flatMap(({ name, status, template }) => {
    const sides = [before, after].flatMap(({ stacks }) => stacks.filter((stack) => stack.name === name));
    if (/^(CREATE|UPDATE)_FAILED$/.test(status) && described.get(name)?.disableRollback) return [];
    if (/ROLLBACK_FAILED$/.test(status) && grows(sides)) return [];
    if (/^(DELETE_COMPLETE|ROLLBACK_COMPLETE|CREATE_ROLLBACK_COMPLETE)$/.test(status)) return [];
    const known = sides.some(({ body }) => body === template);
    return /_COMPLETE$/.test(status) && known ? [] : [`${name} is ${status}${known ? '' : ', neither old nor new'}`];
  });
}

/** What has grown is never made smaller again, by neither cloud: a way back ends there, and the re-run goes forward from it. */
function grows([before, after]: readonly RehearsedStack[]): boolean {
  const sizes = (stack: RehearsedStack | undefined) => JSON.stringify(stack?.body.match(/"Size": ?\d+/g) ?? []);
  return sizes(before) !== sizes(after);
}

/** `<name> is ...ROLLBACK_FAILED`, and the timeline said that its way back fails. */
function isSaidToFail(words: string, { losses }: Said): boolean {
  const [name] = words.split(' ');
  return (
    /ROLLBACK_FAILED$/.test(words) &&
    losses.some(({ code, stack }) => code === 'ROLLBACK_FAILS' && stack.replaceAll('/', '-') === name)
  );
}

interface Told {
  cases: number;
  deploys: number;
  harms: number;
  refused: number;
}

async function judge(one: Case, said: Said, fault: Fault, changing: readonly Changing[], told: Told): Promise<string[]> {
  const planted = fault(changing, votingFleets(one.files));
  const where = `${planted.what}; ${one.what}`;
  const watched = await watch(one.before.stacks, one.after.stacks, planted);
  told.deploys++;
  const gone = planted.takes?.();
  const harms: Harm[] = harmOf(watched, one.files).filter(({ kind, of }) => kind !== 'member' || of !== gone);
  told.harms += harms.length;
  // Who is told of it takes one of its own.
  const more = gone === undefined ? [] : (await rehearsed(one, fault(changing, votingFleets(one.files)).prepare)).losses;
  const unsaid = harms.filter((harm) => !isSaid(harm, { ...said, losses: [...said.losses, ...more] }));
  const stray = strayStacks(one, watched).filter(
    (words) => !isSaidToFail(words, said) && !(planted.sticks === true && /ROLLBACK_FAILED$/.test(words)),
  );
  planted.mend?.(watched.cloud);
  const outcomes = [...(await again(watched, one.after.stacks))].filter(([, outcome]) => /^(failed|skipped)/.test(outcome));
  const unfinished = said.refused ? [] : outcomes.map(([path, outcome]) => `not finished by a re-run: ${path} ${outcome}`);
  return [...unsaid.map(({ kind, of }) => `not said: ${kind} ${of}`), ...stray, ...unfinished].map(
    (wrong) => `${wrong} [${where}]`,
  );
}

test('nothing is lost, replaced, freed or cut that was not said, whatever changes and whatever fails', async () => {
  const told: Told = { cases: 0, deploys: 0, harms: 0, refused: 0 };
  const wrong: string[] = [];
  const chosen = fc.tuple(starts, tries, fc.array(faults, { minLength: FAULTS, maxLength: FAULTS }), fc.boolean());
  for (const [start, order, planted, lifted] of fc.sample(chosen, { numRuns: ESTATES, seed: SEED })) {
    const files = valid(start.files());
    const found = files && (await caseOf(start.what, files, order));
    if (found === undefined) continue;
    const one = lifted ? withoutPolicies(found) : found;
    told.cases++;
    const timeline = await rehearsed(one);
    const refused = timeline.stacks.some(({ outcome }) => outcome === 'failed');
    if (refused) told.refused++;
    const said: Said = { meanings: meaningsOf(one, timeline.asked), losses: timeline.losses, refused };
    const none = await watch(one.before.stacks, one.after.stacks);
    const changing = touchedBy(none);
    const nothing: Fault = () => ({ what: 'nothing' });
    // What the engine refuses has its fault already.
    for (const fault of refused ? [nothing] : [nothing, ...planted])
      wrong.push(...(await judge(one, said, fault, changing, told)));
  }
  process.stdout.write(
    `oracle: seed ${SEED}, ${told.cases} changes, ${told.refused} of them refused by the engine, ${told.deploys} deploys, ${told.harms} harms said\n`,
  );
  expect(wrong).toEqual([]);
  expect(told.cases).toBeGreaterThan(0);
});
