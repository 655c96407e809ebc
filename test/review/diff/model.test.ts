import fc from 'fast-check';
import { diffStacks, type StackState } from '../../../lib/review/diff';
import { isIntrinsic, type JsonObject, sameJson } from '../../../lib/review/diff/model/json';
import { normalized } from '../../../lib/review/diff/model/normalize';
import { templateChanges } from '../../../lib/review/diff/model/template-changes';
import { pathText, valueChanges } from '../../../lib/review/diff/model/value-changes';
import { runs } from '../../runs';
import { changedTemplate, changedValue } from './carried-out';

const key = fc.constantFrom('A', 'B', 'M2Instance', 'M10Instance', 'Ref', 'Fn::GetAtt', 'Tags', '__proto__', 'constructor');
const value = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, 1, 'x', 'y', ''),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(key, tie('json'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).json as fc.Arbitrary<JsonObject>;
const section = fc.dictionary(key, value, { maxKeys: 4, noNullPrototype: true });
const template = fc.dictionary(
  fc.constantFrom('Resources', 'Outputs', 'Mappings', 'Parameters', 'Description', '__proto__'),
  fc.oneof(section, value),
  {
    maxKeys: 5,
    noNullPrototype: true,
  },
) as fc.Arbitrary<JsonObject>;

const state = (of: JsonObject): StackState => ({ path: 'r/s', name: 'r-s', provider: 'aws', template: of });

/** The same with keys in another order, all the way down. */
function shuffled(of: unknown): unknown {
  if (Array.isArray(of)) return of.map(shuffled);
  if (typeof of !== 'object' || of === null) return of;
  return Object.fromEntries(
    Object.entries(of)
      .reverse()
      .map(([k, v]) => [k, shuffled(v)]),
  );
}

test('a template differs from itself in nothing, whatever order its keys are in', () => {
  fc.assert(
    fc.property(template, (one) => {
      expect(templateChanges(one, shuffled(one) as JsonObject)).toEqual([]);
      const { change, meanings, userData } = diffStacks(state(one), state(shuffled(one) as JsonObject));
      expect([change.kind, meanings, userData]).toEqual(['same', [], []]);
    }),
  );
});

test('the changes, carried out, make the new template of the old one', () => {
  fc.assert(
    fc.property(template, template, (before, after) => {
      const [old, now] = [normalized(before), normalized(after)];
      expect(sameJson(changedTemplate(old, templateChanges(old, now)), now)).toBe(true);
    }),
    { numRuns: runs(300) },
  );
});

test('the same for values, and nothing changes that is the same', () => {
  fc.assert(
    fc.property(value, value, (before, after) => {
      const changes = valueChanges(before, after);
      expect(sameJson(changedValue(before, changes), after)).toBe(true);
      expect(changes.length === 0).toBe(sameJson(before, after));
    }),
    { numRuns: runs(300) },
  );
});

test('the order of keys in either template never changes the diff', () => {
  fc.assert(
    fc.property(template, template, (before, after) => {
      const diff = diffStacks(state(before), state(after));
      const other = diffStacks(state(shuffled(before) as JsonObject), state(shuffled(after) as JsonObject));
      expect(other.meanings).toEqual(diff.meanings);
      expect(other.change.entries.map(({ section, id, kind }) => [section, id, kind])).toEqual(
        diff.change.entries.map(({ section, id, kind }) => [section, id, kind]),
      );
    }),
  );
});

test('any two templates can be told apart in words: nothing that differs is left out', () => {
  fc.assert(
    fc.property(template, template, (before, after) => {
      const { change, meanings } = diffStacks(state(before), state(after));
      if (change.kind === 'changed') expect(meanings.length).toBeGreaterThan(0);
    }),
  );
});

test('a reference changes as a whole, a list of another length too, and paths say where', () => {
  const changes = valueChanges(
    { a: { Ref: 'X' }, list: [1, 2], same: [{ b: 1 }], deep: { c: 1 } },
    { a: { Ref: 'Y' }, list: [1], same: [{ b: 2 }], deep: {} },
  );
  expect(changes.map(({ path, kind }) => `${kind} ${pathText(path)}`)).toEqual([
    'changed a',
    'removed deep.c',
    'changed list',
    'changed same[0].b',
  ]);
  expect(isIntrinsic({ Ref: 'X', other: 1 })).toBe(false);
});

test('what the CDK CLI adds of its own is no change', () => {
  const resource = { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } };
  const standing = {
    Resources: { Vpc: { ...resource, Metadata: { 'aws:cdk:path': 'a/b/c' } }, CDKMetadata: { Type: 'AWS::CDK::Metadata' } },
    Conditions: {},
  };
  expect(diffStacks(state(standing), state({ Resources: { Vpc: resource } })).change.kind).toBe('same');
});

test('resources are told in order of number', () => {
  const resources = (ids: readonly string[]) => ({ Resources: Object.fromEntries(ids.map((id) => [id, { Type: 'X' }])) });
  const { entries } = diffStacks(state({}), state(resources(['M10Instance', 'M2Instance', 'A']))).change;
  expect(entries.map(({ id }) => id)).toEqual(['A', 'M2Instance', 'M10Instance']);
});

test('values of parameters are compared where both sides know them', () => {
  const parameters = (of: Record<string, string>) => ({ ...state({ Parameters: { A: { Type: 'String' } } }), parameters: of });
  const { change, meanings } = diffStacks(parameters({ A: 'vpc-1', B: 'x' }), parameters({ A: 'vpc-2' }));
  expect(change.parameters).toEqual([{ path: ['A'], kind: 'changed', before: 'vpc-1', after: 'vpc-2' }]);
  expect(meanings.map(({ what }) => what)).toEqual(['value of parameter A: vpc-1 -> vpc-2']);
});
