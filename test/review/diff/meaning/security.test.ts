/** What is less safe than before stands above what changes in place, each by its own words. */
import { diffStacks, diffText } from '../../../../lib/review/diff';
import { brief, changed, instance, meanings, stack } from './stacks';

const rule = (Properties: object) =>
  ({
    Type: 'AWS::EC2::SecurityGroupIngress',
    Properties: { GroupId: { Ref: 'SecurityGroupCoreVoters' }, ...Properties },
  }) as never;
const ssh = { FromPort: 22, ToPort: 22, IpProtocol: 'tcp' };

describe('rules', () => {
  test('0.0.0.0/0 on tcp/22 stands above an instance type that changes', () => {
    const before = { M1InstanceG1: instance(), In: rule({ ...ssh, CidrIp: '10.1.0.0/16' }) };
    const after = { M1InstanceG1: instance({ InstanceType: 'm5.xlarge' }), In: rule({ ...ssh, CidrIp: '0.0.0.0/0' }) };
    const diff = diffStacks(stack(before), stack(after));
    expect(brief(diff.meanings)).toEqual(['security rule-opened-to-everyone', 'interrupted host-restarts', 'access rule-closed']);
    expect(diff.meanings[0]!.what).toBe('+ allows 0.0.0.0/0 (everyone) -> CoreVoters tcp/22');
    expect(diff.meanings[0]!.details).toEqual(['22: a shell on the hosts']);
    const text = diffText([diff]);
    expect(text.indexOf('Less safe than before')).toBeLessThan(text.indexOf('Hosts that stop and start'));
  });

  test.each([
    ['::/0', { CidrIpv6: '::/0' }],
    ['half of the internet', { CidrIp: '0.0.0.0/1' }],
    ['all ports', { CidrIp: '0.0.0.0/0', IpProtocol: '-1' }],
  ])('%s is everyone, too', (_, peer) => {
    const [first] = meanings({}, { In: rule({ ...ssh, ...peer }) });
    expect([first!.severity, first!.details.join()]).toEqual(['security', expect.stringContaining('a shell on the hosts')]);
  });

  test('etcd and Kafka are named where a range of ports holds them', () => {
    const [first] = meanings({}, { In: rule({ FromPort: 2000, ToPort: 9092, IpProtocol: 'tcp', CidrIp: '0.0.0.0/0' }) });
    expect(first!.details).toEqual([expect.stringMatching(/2379: every key of etcd.*9092: lines of Kafka/)]);
  });

  test('a private range, and what goes out to everyone, is no public one', () => {
    expect(brief(meanings({}, { In: rule({ ...ssh, CidrIp: '10.0.0.0/8' }) }))).toEqual(['access rule-opened']);
    const out = { Type: 'AWS::EC2::SecurityGroupEgress', Properties: { GroupId: 'sg-1', IpProtocol: '-1', CidrIp: '0.0.0.0/0' } };
    expect(brief(meanings({}, { Out: out }))).toEqual(['access rule-opened']);
  });

  test('several rules in one resource', () => {
    const permissions = (...ranges: string[]) => ({
      In: {
        Type: 'ALIYUN::ECS::SecurityGroupIngresses',
        Properties: {
          SecurityGroupId: 'sg',
          Permissions: ranges.map((SourceCidrIp) => ({ IpProtocol: 'tcp', PortRange: '22/22', SourceCidrIp })),
        },
      },
    });
    const found = meanings(permissions('10.0.0.0/8'), permissions('10.0.0.0/8', '0.0.0.0/0'), 'aliyun');
    expect(brief(found)).toEqual(['security rule-opened-to-everyone']);
  });

  test('on Aliyun', () => {
    const ingress = (SourceCidrIp: string) => ({
      In: {
        Type: 'ALIYUN::ECS::SecurityGroupIngress',
        Properties: { IpProtocol: 'tcp', PortRange: '22/22', SecurityGroupId: 'sg', SourceCidrIp },
      },
    });
    expect(meanings(ingress('10.0.0.0/8'), ingress('0.0.0.0/0'), 'aliyun')[0]).toMatchObject({
      severity: 'security',
      details: ['22: a shell on the hosts'],
    });
  });
});

describe('the metadata service', () => {
  const options = (HttpTokens: string, HttpPutResponseHopLimit = 1) => ({
    MetadataOptions: { HttpPutResponseHopLimit, HttpTokens },
  });

  test('a host that answers without a token, and nothing of it in place', () => {
    const found = meanings({ M1InstanceG1: instance() }, { M1InstanceG1: instance(options('optional')) });
    expect(brief(found)).toEqual(['security imds-without-token']);
    expect(found[0]).toMatchObject({
      hosts: ['us-east-1-core-storage-1'],
      details: ['MetadataOptions.HttpTokens required -> optional'],
    });
    expect(
      diffText([diffStacks(stack({ M1InstanceG1: instance() }), stack({ M1InstanceG1: instance(options('optional')) }))]),
    ).toContain('1 host gets IMDSv1: a program');
  });

  test('a host that comes without the options has it by the cloud’s default', () => {
    const found = meanings({}, { M1InstanceG1: instance({ MetadataOptions: undefined }) });
    expect(brief(found)).toContain('security imds-without-token');
  });

  test('a launch template, a hop more, and Aliyun', () => {
    const launch = (data: object) => ({ Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: data } }) as never;
    const found = meanings({ T: launch(options('required')) }, { T: launch(options('optional', 2)) });
    expect(brief(found)).toEqual(['security imds-without-token', 'security imds-farther', 'fleet fleet-rolls']);
    expect(found[1]!.what).toContain('answers over 2 hops (was 1): containers get the credentials');
    const ecs = (HttpTokens: string) => ({ HttpTokens, InstanceName: 'cn-beijing-core-storage-1' });
    expect(brief(changed('ALIYUN::ECS::Instance', ecs('required'), ecs('optional'), 'aliyun', 'M1InstanceG1'))).toContain(
      'security imds-without-token',
    );
    // Its members come so: the reader of user-data there knows no token.
    expect(
      brief(meanings({}, { M1InstanceG1: { Type: 'ALIYUN::ECS::Instance', Properties: ecs('optional') } }, 'aliyun')),
    ).toEqual(['addition host-comes']);
  });
});

describe('rights', () => {
  const allow = (Action: string | string[], Resource: string) => ({ Statement: [{ Effect: 'Allow', Action, Resource }] });
  const role = (document: object, rest: object = {}) => ({ Policies: [{ PolicyName: 'p', PolicyDocument: document }], ...rest });
  const narrow = allow('s3:GetObject', 'arn:aws:s3:::b/*');

  test('AdministratorAccess', () => {
    const found = changed(
      'AWS::IAM::Role',
      role(narrow),
      role(narrow, { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }),
    );
    expect(brief(found)).toEqual(['security policy-attached']);
    expect(found[0]!.what).toBe(
      'Thing gets the managed policy arn:aws:iam::aws:policy/AdministratorAccess: it may do everything in the account',
    );
  });

  test('AdministratorAccess on Aliyun, by the role or by an attachment', () => {
    const attached = (System: string[]) => ({ PolicyAttachments: { System } });
    expect(changed('ALIYUN::RAM::Role', attached([]), attached(['AdministratorAccess']), 'aliyun')[0]).toMatchObject({
      severity: 'security',
      what: expect.stringContaining('everything in the account'),
    });
    const attachment = {
      A: { Type: 'ALIYUN::RAM::AttachPolicyToRole', Properties: { PolicyName: 'AdministratorAccess', RoleName: 'r' } },
    };
    expect(brief(meanings({}, attachment, 'aliyun'))).toEqual(['security policy-attached']);
  });

  test.each([
    ['everything', allow('*', '*'), '* on everything'],
    ['a whole service everywhere', allow('iam:*', '*'), 'iam:* on everything'],
    ['all but something', { Statement: [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }] }, 'all but iam:* on everything'],
  ])('a role that comes and may do %s', (_, document, words) => {
    const found = meanings({}, { R: { Type: 'AWS::IAM::Role', Properties: role(document) } as never });
    expect(found.find(({ kind }) => kind === 'rights-by-wildcard')).toMatchObject({
      severity: 'security',
      what: `R may do ${words}`,
    });
  });

  test('a service on one thing, and a denial of everything, is no wildcard', () => {
    for (const document of [allow('s3:*', 'arn:aws:s3:::b'), { Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }] }])
      expect(
        meanings({}, { R: { Type: 'AWS::IAM::Role', Properties: role(document) } as never }).map(({ severity }) => severity),
      ).toEqual(['access']);
  });

  test('a role that stands and may do more; one that may be taken on by others; one without its boundary', () => {
    expect(
      brief(changed('AWS::IAM::Role', role(narrow), role(allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::b/*')))),
    ).toEqual(['security permissions-widened']);
    const trust = (Principal: object) => ({
      AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }] },
    });
    const service = { Service: 'ec2.amazonaws.com' };
    expect(changed('AWS::IAM::Role', trust(service), trust({ ...service, AWS: '*' }))[0]).toMatchObject({
      severity: 'security',
      kind: 'trust-changes',
    });
    expect(brief(changed('AWS::IAM::Role', { PermissionsBoundary: 'b' }, {}))).toEqual(['security boundary-gone']);
  });

  test('a policy of a bucket or a key that lets anybody in, and one that no longer refuses plain HTTP', () => {
    const statement = (more: object) => ({
      PolicyDocument: {
        Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*', ...more }],
      },
    });
    const found = meanings({}, { P: { Type: 'AWS::S3::BucketPolicy', Properties: statement({}) } as never });
    expect(found[0]).toMatchObject({ severity: 'security', kind: 'policy-public' });
    const guarded = meanings(
      {},
      {
        P: {
          Type: 'AWS::S3::BucketPolicy',
          Properties: statement({ Condition: { StringEquals: { 'aws:SourceAccount': '1' } } }),
        } as never,
      },
    );
    expect(brief(guarded)).toEqual(['access permissions-widened']);
    const key = (Principal: object) => ({
      KeyPolicy: { Statement: [{ Effect: 'Allow', Principal, Action: 'kms:*', Resource: '*' }] },
    });
    const root = { AWS: 'arn:aws:iam::1:root' };
    expect(brief(changed('AWS::KMS::Key', key(root), key({ AWS: [root.AWS, 'arn:aws:iam::2:root'] })))).toEqual([
      'security permissions-widened',
    ]);
    const deny = {
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:*',
            Resource: '*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ],
      },
    };
    expect(brief(meanings({ P: { Type: 'AWS::S3::BucketPolicy', Properties: deny } as never }, {}))).toEqual([
      'security permissions-widened',
    ]);
  });
});

describe('public exposure', () => {
  test('a public load balancer is made anew, and is open to the internet', () => {
    const found = changed('AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internal' }, { Scheme: 'internet-facing' });
    expect(brief(found)).toEqual(['replaced other-changes', 'security balancer-public']);
    expect(
      brief(changed('ALIYUN::NLB::LoadBalancer', { AddressType: 'Intranet' }, { AddressType: 'Internet' }, 'aliyun')),
    ).toContain('security balancer-public');
    // Nothing said is public on AWS.
    expect(brief(meanings({}, { L: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: {} } }))).toContain(
      'security balancer-public',
    );
  });

  test('hosts and subnets that get public addresses', () => {
    expect(brief(changed('AWS::EC2::Subnet', { MapPublicIpOnLaunch: false }, { MapPublicIpOnLaunch: true }))).toEqual([
      'security address-public',
    ]);
    const member = (InternetMaxBandwidthOut: number) => ({ InternetMaxBandwidthOut, InstanceName: 'cn-beijing-core-storage-1' });
    expect(changed('ALIYUN::ECS::Instance', member(0), member(5), 'aliyun', 'M1InstanceG1')[0]).toMatchObject({
      severity: 'security',
      kind: 'address-public',
      hosts: ['cn-beijing-core-storage-1'],
    });
    const nat = { A: { Type: 'ALIYUN::VPC::EIPAssociation', Properties: { InstanceType: 'Nat', InstanceId: 'n' } } };
    expect(brief(meanings({}, nat, 'aliyun'))).toEqual(['addition other-comes']);
  });

  test('a public access block that is deleted, or weakened in one of four', () => {
    const block = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };
    const bucket = (rest: object) => ({ BucketName: 'b', BucketEncryption: {}, ...rest });
    const gone = changed('AWS::S3::Bucket', bucket({ PublicAccessBlockConfiguration: block }), bucket({}));
    expect(brief(gone)).toEqual(['security bucket-unblocked']);
    const weaker = changed(
      'AWS::S3::Bucket',
      bucket({ PublicAccessBlockConfiguration: block }),
      bucket({ PublicAccessBlockConfiguration: { ...block, BlockPublicPolicy: false } }),
    );
    expect(weaker[0]!.what).toBe('b no longer blocks public access (BlockPublicPolicy): one rule or policy makes it public');
    const oss = (BlockPublicAccess: boolean, AccessControl = 'private') => ({
      BlockPublicAccess,
      AccessControl,
      BucketName: 'b',
      ServerSideEncryptionConfiguration: {},
    });
    expect(brief(changed('ALIYUN::OSS::Bucket', oss(true), oss(false, 'public-read-write'), 'aliyun'))).toEqual(
      expect.arrayContaining(['security bucket-unblocked', 'security bucket-public']),
    );
  });
});

describe('encryption and protection', () => {
  test('disks, system disks, buckets and keys', () => {
    const root = (Encrypted: boolean) =>
      instance({ BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { Encrypted, VolumeSize: 20 } }] });
    expect(brief(meanings({}, { M1InstanceG1: root(false) }))).toContain('security encryption-off');
    expect(brief(meanings({}, { M1InstanceG1: root(true) }))).toEqual(['addition host-comes']);
    const volume = meanings(
      { M1InstanceG1: instance() },
      { M1InstanceG1: instance(), M1VolumeData: { Type: 'AWS::EC2::Volume', Properties: { Size: 5 } } },
    );
    expect(volume[0]).toMatchObject({
      severity: 'security',
      what: 'get data volumes that are not encrypted',
      hosts: ['us-east-1-core-storage-1'],
    });
    expect(brief(changed('AWS::KMS::Key', { EnableKeyRotation: true }, { EnableKeyRotation: false }))).toEqual([
      'security encryption-off',
    ]);
    expect(
      brief(
        changed(
          'ALIYUN::OSS::Bucket',
          { BlockPublicAccess: true, ServerSideEncryptionConfiguration: {} },
          { BlockPublicAccess: true },
          'aliyun',
        ),
      ),
    ).toEqual(['security encryption-off']);
  });

  test('a Retain that is lost: when it goes, when it is made anew', () => {
    const volume = (rest: object) => ({ V: { Type: 'AWS::EC2::Volume', Properties: { Encrypted: true }, ...rest } }) as never;
    const found = meanings(
      volume({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' }),
      volume({ DeletionPolicy: 'Delete' }),
    );
    expect(brief(found)).toEqual(['security retain-lost']);
    expect(found[0]!.what).toBe('volume V is no longer kept when it goes from the stack or is made anew');
    expect(brief(meanings(volume({}), volume({ DeletionPolicy: 'Retain' })))).toEqual(['addition other-changes']);
  });

  test('termination protection of a stack, where both sides know it', () => {
    const of = (terminationProtection?: boolean) => ({
      ...stack({}),
      ...(terminationProtection === undefined ? {} : { terminationProtection }),
    });
    const diff = diffStacks(of(true), of(false));
    expect(brief(diff.meanings)).toEqual(['security stack-unguarded']);
    expect(diff.meanings[0]!.what).toBe(
      'stack us-east-1/core-storage-1 is no longer guarded against being deleted: its termination protection goes',
    );
    expect(brief(diffStacks(of(false), of(true)).meanings)).toEqual(['addition stack-guarded']);
    expect(diffStacks(of(undefined), of(false)).change.kind).toBe('same');
  });

  test('guards against deletion, and flow logs', () => {
    const attributes = (Value: string) => ({
      Scheme: 'internal',
      LoadBalancerAttributes: [{ Key: 'deletion_protection.enabled', Value }],
    });
    expect(brief(changed('AWS::ElasticLoadBalancingV2::LoadBalancer', attributes('true'), attributes('false')))).toEqual([
      'security guard-gone',
    ]);
    const log = { Type: 'AWS::EC2::FlowLog', Properties: { TrafficType: 'ALL' } };
    const vpc = { Vpc: { Type: 'AWS::EC2::VPC', Properties: {} } };
    const found = meanings({ ...vpc, Log: log }, vpc);
    expect(found).toMatchObject([
      { severity: 'security', what: 'flow logs of us-east-1 go: nobody records any more who speaks with whom' },
    ]);
    expect(brief(meanings({ Log: log }, { Log: { ...log, Properties: { TrafficType: 'REJECT' } } }))).toContain(
      'security flow-log-narrower',
    );
  });
});

describe('ssh keys', () => {
  const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJcXJnq5fpqaQVCZUAAvSMGvaj5iLJz5m9Jmf1K1lDVW eve@example';
  const host = (text: string) => ({ M1InstanceG1: instance({ UserData: { 'Fn::Base64': text } }) });
  const plain = '#cloud-config\nssh_authorized_keys:\n';

  test('a key that user-data adds is named by its fingerprint and its comment', () => {
    const found = meanings(host(plain), host(`${plain}- ${KEY}\n`));
    const said = found.find(({ kind }) => kind === 'ssh-key-comes')!;
    expect(said).toMatchObject({ severity: 'security', what: 'us-east-1-core-storage: 1 more ssh key may log in' });
    // As `ssh-keygen -lf` says it.
    expect(said.details).toEqual([expect.stringMatching(/^ssh-ed25519 SHA256:[A-Za-z0-9+/]{43} eve@example$/)]);
    expect(said.details[0]).not.toContain('AAAA');
  });

  test('a key pair that a launch template names from now on', () => {
    const data = (rest: object) => ({ LaunchTemplateData: { MetadataOptions: { HttpTokens: 'required' }, ...rest } });
    const found = changed('AWS::EC2::LaunchTemplate', data({}), data({ KeyName: 'ops' }));
    expect(brief(found)).toEqual(['security key-pair-comes', 'fleet fleet-rolls']);
    expect(found[0]!.what).toContain('gives hosts key pair ops: whoever has its private half may log in');
  });

  test('one that goes is no weakness; one that stays with another comment is none', () => {
    expect(brief(meanings(host(`${plain}- ${KEY}\n`), host(plain)))).toContain('access ssh-key-goes');
    expect(brief(meanings(host(`${plain}- ${KEY}\n`), host(`${plain}- ${KEY}.org\n`)))).toEqual(['interrupted host-restarts']);
  });
});

test('of a stack that goes nothing is said to be open', () => {
  const before = stack({
    L: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Scheme: 'internet-facing' } },
    In: rule({ ...ssh, CidrIp: '0.0.0.0/0' }),
  });
  expect(diffStacks(before, undefined).meanings.filter(({ severity }) => severity === 'security')).toEqual([]);
});
