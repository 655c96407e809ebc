/** What one stack reads of another is read when it is deployed: a value that changed alone makes no update. */

import { cloudRegionId } from '../../lib/facts/region';
import { rehearseDeploy } from '../../lib/rehearsal/rehearse';
import type { RehearsedStack } from '../../lib/rehearsal/stack';

const stack = (path: string, Resources: object, more: object = {}): RehearsedStack => ({
  provider: 'aws',
  path,
  name: path.replace('/', '-'),
  region: 'sa-east-1',
  cloudRegion: cloudRegionId('sa-east-1'),
  account: '111111111111',
  template: '',
  body: JSON.stringify({ Resources, ...more }),
  dependsOn: path.endsWith('reader') ? ['sa-east-1/writer'] : [],
  tags: {},
  holdsData: false,
  disableRollback: false,
  parameters: {},
  exclusive: [],
});

const parameter = (Value: unknown) => ({ P: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value } } });
const writer = (value: string) => stack('sa-east-1/writer', parameter(value), { Outputs: { Out: { Value: value } } });
const read = { 'Fn::GetStackOutput': { StackName: 'sa-east-1-writer', OutputName: 'Out' } };

test('a stack whose text is the same is left alone although an output that it reads differs, and goes on with the old value', async () => {
  const reader = stack('sa-east-1/reader', parameter(read));
  const { stacks, steps, after } = await rehearseDeploy({ before: [writer('one'), reader], after: [writer('two'), reader] });
  expect(stacks.map(({ path, outcome }) => `${path} ${outcome}`)).toEqual([
    'sa-east-1/writer updated',
    'sa-east-1/reader unchanged',
  ]);
  expect(steps.map(({ stack: of, act }) => `${of} ${act}`)).toEqual(['sa-east-1/writer update']);
  const values = Object.values(after.accounts['111111111111']!.regions['sa-east-1']!.parameters).map(({ value }) => value);
  expect(values.sort()).toEqual(['one', 'two']);
});

test('a deploy whose first creation failed and went back is run again: what is left of it goes, and it is made anew', async () => {
  const failing = {
    ...writer('one'),
    body: JSON.stringify({ Resources: { Bad: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/8' } } } }),
  };
  const { stacks } = await rehearseDeploy({ before: [], after: [failing] });
  expect(stacks).toMatchObject([{ outcome: 'failed', status: 'ROLLBACK_COMPLETE' }]);
  // Killed at its first step, the second run finds the failed creation of the first, and makes it anew.
  const again = await rehearseDeploy({
    before: [],
    after: [writer('one')],
    killAt: 1,
    prepare: ({ faults }) => faults.plant({ code: 'Full', message: 'no room' }),
  });
  expect(again.stacks).toMatchObject([{ outcome: 'created', status: 'CREATE_COMPLETE' }]);
});
