/** What no template says: how a deploy deals with a stack, read from what synth writes beside the templates. */
import { memorySource } from '../../../../lib/estate/read/source';
import { diffStates } from '../../../../lib/review/diff';
import { assemblyStates } from '../../../../lib/review/diff/read/assemblies';

interface Written {
  readonly rollback?: false;
  readonly kept: readonly string[];
}

function written({ rollback, kept }: Written): Record<string, string> {
  const metadata = rollback === false ? { '/r/voters': [{ type: 'meissa:deploy', data: { rollback } }] } : {};
  const artifact = {
    type: 'aws:cloudformation:stack',
    environment: 'aws://111111111111/eu-west-1',
    properties: { templateFile: 'voters.template.json', stackName: 'r-voters', tags: {} },
    displayName: 'r/voters',
    additionalMetadataFile: 'voters.metadata.json',
  };
  const policy = {
    Statement: [
      { Effect: 'Allow', Action: 'Update:*', Principal: '*', Resource: '*' },
      {
        Effect: 'Deny',
        Action: ['Update:Replace', 'Update:Delete'],
        Principal: '*',
        Resource: '*',
        Condition: { StringEquals: { ResourceType: kept } },
      },
    ],
  };
  return {
    'cdk.out/manifest.json': JSON.stringify({ version: '1', artifacts: { voters: artifact } }),
    'cdk.out/voters.metadata.json': JSON.stringify(metadata),
    'cdk.out/voters.template.json': JSON.stringify({ Resources: {} }),
    'cdk.out/stack-policies/r-voters.json': JSON.stringify(policy),
  };
}

const told = (before: Written, after: Written) =>
  diffStates(...([before, after].map((one) => assemblyStates(memorySource(written(one)))) as [never, never])).flatMap(
    ({ meanings }) => meanings.map(({ kind, severity, what, details }) => [kind, severity, what, details]),
  );

const HOSTS = ['AWS::EC2::Instance', 'AWS::EC2::Volume'];

test('a stack that is deployed as before says nothing', () => {
  expect(told({ rollback: false, kept: HOSTS }, { rollback: false, kept: HOSTS })).toEqual([]);
});

test('a quorum stack that its engine may roll back by itself is a danger to the quorum', () => {
  expect(told({ rollback: false, kept: HOSTS }, { kept: HOSTS })).toEqual([
    [
      'stack-rollback',
      'quorum',
      'its engine rolls back by itself when it fails, past every gate: several voters may be down at once',
      [],
    ],
  ]);
});

test('a policy that forbids less is told with what may be replaced and deleted now', () => {
  expect(told({ kept: HOSTS }, { kept: ['AWS::EC2::Volume'] })).toEqual([
    [
      'stack-policy',
      'security',
      'its policy no longer forbids',
      ['Update:Delete of AWS::EC2::Instance', 'Update:Replace of AWS::EC2::Instance'],
    ],
  ]);
});
