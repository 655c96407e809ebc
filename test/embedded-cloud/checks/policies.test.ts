import fc from 'fast-check';
import { documentFaults } from '../../../lib/embedded-cloud/aws/checks/requests/policies';
import type { Json } from '../../../lib/engine/json';

const faults = (kind: 'identity' | 'trust' | 'resource', statement: Json, more: Record<string, Json> = {}) =>
  documentFaults({ Version: '2012-10-17', Statement: statement, ...more }, kind, 'Doc').filter(Boolean);

const READ = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::a/*' };
const TRUST = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } };

test.each<[string, 'identity' | 'trust' | 'resource', Json, string]>([
  [
    'a principal in a policy of a role',
    'identity',
    { ...READ, Principal: '*' },
    'Doc.Statement.0: Policy document should not specify a principal',
  ],
  [
    'no principal in a policy of a bucket',
    'resource',
    READ,
    'Doc.Statement.0: it must contain one of Principal and NotPrincipal',
  ],
  ['a resource in a trust', 'trust', { ...TRUST, Resource: '*' }, 'Doc.Statement.0: Has prohibited field Resource'],
  [
    'an action of no service',
    'identity',
    { ...READ, Action: ['s3:Get*', 'Get'] },
    'Doc.Statement.0.Action: Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.: Get',
  ],
  [
    'an action that trusts nobody',
    'trust',
    { ...TRUST, Action: 'iam:PassRole' },
    'Doc.Statement.0.Action: AssumeRole policy may only specify STS AssumeRole actions.',
  ],
  [
    'an operator that is none',
    'identity',
    { ...READ, Condition: { StringIs: { 'aws:a': 'b' } } },
    'Doc.Statement.0.Condition: Invalid Condition type : StringIs.',
  ],
  [
    'a resource of no service',
    'identity',
    { ...READ, Resource: 'arn:aws:s3' },
    'Doc.Statement.0.Resource: Resource arn:aws:s3 must be in ARN format or "*".',
  ],
  [
    'a principal that is no kind',
    'trust',
    { ...TRUST, Principal: { Host: 'a' } },
    'Doc.Statement.0.Principal: Invalid principal in policy: Host',
  ],
])('%s is refused by name and place', (_what, kind, statement, words) => {
  expect(faults(kind, statement)).toEqual([words]);
});

test('a version that never was and a name that stands twice are refused', () => {
  expect(
    faults(
      'identity',
      [
        { ...READ, Sid: 'A' },
        { ...READ, Sid: 'A' },
      ],
      { Version: '2012-10-18' },
    ),
  ).toEqual([
    'Doc.Version: The policy must contain a valid version string',
    'Doc.Statement: Statement IDs (SID) in a single policy must be unique: A',
  ]);
});

test('any statement of the grammar is taken', () => {
  const text = (...of: string[]) => fc.constantFrom(...of, 'arn:aws:s3:::a/*');
  const oneOrMore = <T>(one: fc.Arbitrary<T>) => fc.oneof(one, fc.array(one, { minLength: 1, maxLength: 3 }));
  const statement = fc.record(
    {
      Effect: fc.constantFrom('Allow', 'Deny'),
      Sid: fc.stringMatching(/^[A-Za-z0-9]{0,9}$/),
      Condition: fc.dictionary(
        fc.constantFrom('StringEquals', 'ForAnyValue:ArnLikeIfExists', 'Bool', 'Null', 'NumericLessThan'),
        fc.dictionary(fc.constantFrom('aws:TagKeys', 's3:prefix'), oneOrMore(fc.constantFrom('a', 'true'))),
      ),
    },
    { requiredKeys: ['Effect'] },
  );
  const verbs = fc.constantFrom('Action', 'NotAction');
  const things = fc.constantFrom('Resource', 'NotResource');
  const parts = fc.tuple(
    statement,
    verbs,
    oneOrMore(fc.constantFrom('s3:Get*', '*', 'ec2:Describe*')),
    things,
    oneOrMore(text('*', 'arn:aws:iam::111111111111:role/a')),
  );
  fc.assert(
    fc.property(parts, ([base, verb, actions, thing, on]) => {
      expect(faults('identity', [{ ...base, [verb]: actions, [thing]: on }] as unknown as Json)).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
