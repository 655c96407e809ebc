/** How hosts follow each other is read from what waits for what; that they do so no longer is said. */
import { diffStacks, diffText } from '../../../../lib/review/diff';
import { brief, instance, meanings, type Resources, stack } from './stacks';

interface Shape {
  readonly chained?: boolean;
  readonly gates?: boolean;
  readonly text?: string;
}

/** Three voters, each behind the gate of the one before. */
function voters({ chained = true, gates = true, text = 'a' }: Shape = {}): Resources {
  const one = (n: number): Resources => ({
    [`M${n}InstanceG1`]: instance(
      { Tags: [{ Key: 'Name', Value: `us-east-1-core-voters-${n}` }], UserData: { 'Fn::Base64': text } },
      chained && n > 1 ? { DependsOn: [gates ? `M${n - 1}Gate${text}` : `M${n - 1}InstanceG1`] } : {},
    ),
    ...(gates ? { [`M${n}Gate${text}`]: { Type: 'AWS::CloudFormation::WaitCondition', DependsOn: [`M${n}InstanceG1`] } } : {}),
  });
  return { ...one(1), ...one(2), ...one(3) };
}

test('voters behind their gates restart one at a time', () => {
  const found = meanings(voters(), voters({ text: 'b' }));
  expect(found).toMatchObject([{ kind: 'host-restarts', pace: 'one at a time behind a gate' }]);
});

test('the order removed from the voters’ template and another user-data: all three together, and gates change nothing of it', () => {
  const diff = diffStacks(stack(voters()), stack(voters({ chained: false, text: 'b' })));
  expect(diff.meanings.find(({ kind }) => kind === 'host-restarts')).toMatchObject({ pace: 'all at once' });
  expect(diff.meanings[0]).toMatchObject({
    kind: 'pace-loosens',
    severity: 'security',
    what: 'are touched all at once from now on (was: one at a time behind a gate)',
  });
  expect(diffText([diff])).toContain('3 hosts are touched all at once from now on');
});

test('the order removed alone is no cosmetics', () => {
  expect(brief(meanings(voters(), voters({ chained: false })))).toContain('security pace-loosens');
});

test('gates that go, with and without another text', () => {
  for (const text of ['a', 'b']) {
    const found = meanings(voters(), voters({ gates: false, text })).find(({ kind }) => kind === 'gate-goes');
    expect(found).toMatchObject({ severity: 'security', hosts: [1, 2, 3].map((n) => `us-east-1-core-voters-${n}`) });
  }
  expect(brief(meanings(voters(), voters({ gates: false })))).not.toContain('addition gate');
});

test('another hash of the same gates, or tighter ones, loosens nothing', () => {
  expect(brief(meanings(voters({ gates: false }), voters()))).not.toContain('security pace-loosens');
  expect(brief(meanings(voters(), voters({ text: 'b' })))).toEqual(['interrupted host-restarts']);
});
