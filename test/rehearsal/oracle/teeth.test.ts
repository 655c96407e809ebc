/** The oracle sees harm: deploys that do some, by mistakes in what was emitted. One that sees none would agree with everybody. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeTemporaryFolders } from '../../e2e/example';
import type { Files } from '../../estate/arbitrary';
import { Draft } from '../../mutants/draft';
import type { Emission } from '../../mutants/emission';
import { rehearsed } from '../../mutants/judges';
import { type Emitted, emitWorld } from '../../mutants/worlds';
import { ROOT } from '../../root';
import { watch } from './deploys';
import { voterByHand } from './faults';
import { harmOf } from './harm';

jest.setTimeout(120_000);

const regions = join(ROOT, 'test/estates/hybrid/regions');
const files: Files = Object.fromEntries(
  readdirSync(regions).map((name) => [`regions/${name}`, readFileSync(join(regions, name), 'utf8')]),
);
const VOTERS = 'eu-west-1/core-voters';

let emitted: Emitted;
beforeAll(async () => {
  emitted = await emitWorld('overseas');
});
afterAll(removeTemporaryFolders);

const mistaken = (emission: Emission, mistake: (draft: Draft) => void): Emission => {
  const draft = new Draft(emission);
  mistake(draft);
  return draft.done();
};

async function harms(before: Emission, after: Emission): Promise<string[]> {
  // A stack policy would keep the engine from it.
  const open = ({ stacks }: Emission) => stacks.map(({ policyBody: _, ...stack }) => stack);
  return harmOf(await watch(open(before), open(after)), files).map(({ kind, of }) => `${kind} ${of}`);
}

test('a roll as it is emitted does no harm', async () => {
  expect(await harms(emitted.now, emitted.rolled)).toEqual([]);
});

test('voters that restart all together lose their quorum', async () => {
  const withoutOrder = (draft: Draft) => {
    for (const id of draft.ids(VOTERS, /^M\d+Instance/)) delete draft.resource(VOTERS, id).DependsOn;
  };
  const [before, after] = [emitted.now, emitted.rolled].map((side) => mistaken(side, withoutOrder)) as [Emission, Emission];
  expect(await harms(before, after)).toEqual(['quorum eu-west-1-core-voters']);
});

test('a roll of the others loses the quorum where a voter was taken away by hand; a rehearsal that knows of it says so', async () => {
  const planted = voterByHand(2)([], ['eu-west-1-core-voters']);
  const { now: before, rolled: after } = emitted;
  const harm = harmOf(await watch(before.stacks, after.stacks, planted), files);
  expect(planted.takes?.()).toBe('eu-west-1-core-voters-3');
  expect(harm.map(({ kind, of }) => `${kind} ${of}`)).toEqual(['quorum eu-west-1-core-voters', 'member eu-west-1-core-voters-3']);
  const lost = async (prepare = planted.prepare) =>
    (await rehearsed({ before, after }, prepare)).losses.map(({ code, severity, stack }) => `${severity} ${code} ${stack}`);
  expect(await lost()).toContain(`error QUORUM_LOST ${VOTERS}`);
  expect(await lost(() => undefined)).not.toContain(`error QUORUM_LOST ${VOTERS}`);
});

test('a member that goes with its disk is gone, and its disk is freed', async () => {
  const gone = (draft: Draft) => {
    draft.remove(VOTERS, /^M3/);
    draft.remove(VOTERS, 'HostsFailing');
  };
  const freed = (draft: Draft) => {
    const volume = draft.resource(VOTERS, 'M3Volume');
    delete volume.DeletionPolicy;
    delete volume.UpdateReplacePolicy;
  };
  const before = mistaken(emitted.now, freed);
  const after = mistaken(emitted.now, gone);
  expect((await harms(before, after)).filter((one) => !one.startsWith('cut'))).toEqual([
    'member eu-west-1-core-voters-3',
    'disk eu-west-1-core-voters-3-etcd',
  ]);
});

test('a route that is dropped cuts a way, and one that is made anew cuts it for a while', async () => {
  const dropped = mistaken(emitted.now, (draft) => draft.remove(VOTERS, 'M1RoutePrivateA'));
  expect(await harms(emitted.now, dropped)).toEqual(['cut eu-west-1 eu-west-1-network-PrivateA 172.17.0.0/24']);
});
