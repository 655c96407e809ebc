import type { AwsRegion } from '../../lib/estate/model/model';
import { FLEETS, ofType, plan, region, synth, template } from './fixtures';

const base = (rest: Partial<AwsRegion> = {}) => template(synth(plan([region(FLEETS, rest)])), `${rest.name ?? 'sa-east-1'}-base`);

function statements(found: ReturnType<typeof base>, fleet: string) {
  const policies = found.Resources[`Role${fleet}`]!.Properties!.Policies as {
    PolicyDocument: { Statement: { Sid: string; Action: string[]; Resource: string[] }[] };
  }[];
  return Object.fromEntries(policies[0]!.PolicyDocument.Statement.map((s) => [s.Sid, [s.Action, s.Resource]]));
}

test('a role may read exactly its artifacts, signal exactly its stacks, and touch only its formed marker', () => {
  expect(statements(base(), 'CoreVoters')).toEqual({
    OwnReport: [
      ['s3:PutObject'],
      ['arn:aws:s3:::meissa-example-111111111111-sa-east-1/meissa/reports/CoreVoters/${ec2:SourceInstanceARN}'],
    ],
    ReadArtifacts: [['s3:GetObject'], [`arn:aws:s3:::meissa-example-111111111111-sa-east-1/${'ad'.repeat(32)}`]],
    SignalOwnStacks: [
      ['cloudformation:SignalResource'],
      ['arn:aws:cloudformation:sa-east-1:111111111111:stack/sa-east-1-core-voters/*'],
    ],
    FormedMarker: [
      ['ssm:GetParameter', 'ssm:PutParameter'],
      ['arn:aws:ssm:sa-east-1:111111111111:parameter/meissa/example/sa-east-1/core/g1/formed'],
    ],
  });
});

test('members may signal in the stacks that they stand in', () => {
  expect(Object.keys(statements(base(), 'CoreStorage'))).toEqual(['ReadArtifacts', 'SignalOwnStacks', 'OwnReport']);
});

test('no statement of a host allows everything of a service or every resource', () => {
  for (const [, role] of ofType(base(), 'AWS::IAM::Role')) {
    const text = JSON.stringify(role.Properties!.Policies);
    expect(text).not.toMatch(/"\*"|:\*"/);
  }
});

test('the bucket is versioned, encrypted, private, TLS only and kept', () => {
  const found = base();
  expect(found.Resources.ArtifactBucket).toMatchObject({
    DeletionPolicy: 'RetainExceptOnCreate',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      BucketName: 'meissa-example-111111111111-sa-east-1',
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    },
  });
  expect(JSON.stringify(found.Resources.ArtifactBucketPolicy)).toContain('"aws:SecureTransport":"false"');
});

test('the key rotates, is kept, and is used through EC2 only', () => {
  const key = base().Resources.Key!;
  expect(key).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', Properties: { EnableKeyRotation: true } });
  expect(JSON.stringify(key.Properties)).toContain('"kms:ViaService":"ec2.sa-east-1.amazonaws.com"');
});

test('a permissions boundary stands on every role', () => {
  const aws = { account: '111111111111', partition: 'aws', bootstrapQualifier: 'abc', permissionsBoundary: 'bounds' } as const;
  const found = synth(plan([region(FLEETS, { aws })]));
  const roles = ['sa-east-1-base', 'sa-east-1-network'].flatMap((name) => ofType(template(found, name), 'AWS::IAM::Role'));
  expect(roles).toHaveLength(4);
  for (const [, role] of roles) expect(role.Properties!.PermissionsBoundary).toBe('arn:aws:iam::111111111111:policy/bounds');
});

test('in China ARNs and endpoints are those of aws-cn', () => {
  const china = region(FLEETS, {
    name: 'cn-north-1',
    aws: { account: '111111111111', partition: 'aws-cn', bootstrapQualifier: 'hnb659fds', permissionsBoundary: 'bounds' },
  });
  const found = synth(
    plan([
      {
        ...china,
        clusters: china.clusters.map((c) => ({ ...c, fleets: c.fleets.map((f) => ({ ...f, alarms: { recover: true } })) })),
      },
    ]),
  );
  for (const [name, text] of found.text) {
    expect(`${name} ${text}`).not.toContain('arn:aws:');
    // Service principals and the name of the S3 endpoint are the same in every partition.
    const hosts = text.replaceAll(/"(ec2|vpc-flow-logs)\.amazonaws\.com"/g, '');
    expect(hosts).not.toMatch(/amazonaws\.com(?!\.cn)/);
  }
  expect(found.text.get('cn-north-1-base')).toContain('ec2.cn-north-1.amazonaws.com.cn');
  expect(found.text.get('cn-north-1-core-voters')).toContain('arn:aws-cn:automate:cn-north-1:ec2:recover');
});
