/** What a saved plan is bound by: every difference is found, and told by its name. */
import fc from 'fast-check';
import { linkStacks, regionStacks } from '../../lib/cli/verbs/deploy-target';
import { canonicalJson, planChanges, type SavedPlan, savedPlan } from '../../lib/cli/verbs/saved-plan';
import type { Estate } from '../../lib/estate/model/model';
import { planEstate } from '../../lib/plan/plan';
import type { StackState } from '../../lib/review/diff';
import { exampleEstate } from '../e2e/example';

const ESTATE = exampleEstate();
const LINK = 'sa-east-1--us-east-1';

function saved(estate: Estate = ESTATE, edit: (state: StackState) => StackState = (state) => state, changed = 't1'): SavedPlan {
  const plan = planEstate(estate);
  const links = plan.links.filter(({ path }) => path === LINK);
  const stacks = [...regionStacks(plan, 'sa-east-1'), ...links.flatMap(linkStacks)];
  const states = stacks.slice(1).map(({ path, name, provider }) => edit({ path, name, provider, template: { Resources: {} } }));
  const standing = new Map(states.map(({ path }) => [path, { status: 'CREATE_COMPLETE', changed }]));
  return savedPlan(
    { estate, plan, regions: ['sa-east-1'], links, stacks },
    { states, standing, unfinished: [], unasked: [] },
    { meissa: '1.0.0' },
  );
}

const edited = (name: string): Estate => ({
  ...ESTATE,
  regions: ESTATE.regions.map((region) => (region.name === name ? { ...region, tags: { edited: 'yes' } } : region)),
});

test('nothing changed, nothing told', () => {
  expect(planChanges(saved(), saved())).toEqual([]);
});

test('what is described of its region, and of a region beside it that it does not touch', () => {
  expect(planChanges(saved(), saved(edited('sa-east-1')))).toEqual(['what is described of sa-east-1']);
  expect(planChanges(saved(), saved(edited('eu-west-1')))).toEqual([]);
});

test.each([
  ['a template', { template: { Resources: { A: {} } } }],
  ['a parameter', { parameters: { a: 'b' } }],
  ['a tag', { tags: { a: 'b' } }],
  ['a configuration that members fetch', { configurations: [{ fleet: 'core/voters', text: 'x' }] }],
] as const)('%s of a stack that stands', (_what, more) => {
  const changes = planChanges(
    saved(),
    saved(ESTATE, (state) => (state.path === 'sa-east-1/network' ? { ...state, ...more } : state)),
  );
  expect(changes).toEqual([expect.stringMatching(/^sa-east-1\/network: /)]);
});

test('an operation on a stack, whatever came of it; another program; a stack that came', () => {
  expect(
    planChanges(saved(), saved(ESTATE, undefined, 't2')).every((words) =>
      /CREATE_COMPLETE since t1, now CREATE_COMPLETE since t2/.test(words),
    ),
  ).toBe(true);
  expect(planChanges(saved(), { ...saved(), meissa: '2.0.0' })).toEqual(['meissa itself: 1.0.0 -> 2.0.0']);
  const [first, ...rest] = saved().stands;
  expect(planChanges({ ...saved(), stands: rest }, saved())).toEqual([expect.stringContaining(`${first!.path}: not planned`)]);
});

test('it holds no value of what stands', () => {
  const secret = 'hunter2hunter2';
  const text = JSON.stringify(saved(ESTATE, (state) => ({ ...state, parameters: { Password: secret }, tags: { secret } })));
  expect(text).not.toContain(secret);
});

test('canonical: the same bytes for the same value, other bytes for another', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
      const same = JSON.stringify(JSON.parse(canonicalJson(one))) === canonicalJson(JSON.parse(canonicalJson(one)));
      expect(same).toBe(true);
      expect(JSON.parse(canonicalJson(one))).toEqual(JSON.parse(JSON.stringify(one)));
      if (canonicalJson(one) === canonicalJson(other))
        expect(JSON.parse(JSON.stringify(one))).toEqual(JSON.parse(JSON.stringify(other)));
    }),
  );
});
