import type { UpdateTable } from './effect';

/** What an update does to the resources of the other services. */
export const otherUpdates: Record<string, UpdateTable> = {
  'AWS::CloudFormation::CustomResource': {
    page: 'AWS::CloudFormation::CustomResource',
    properties: { ServiceTimeout: 'none', ServiceToken: 'refused' },
  },
  'AWS::CloudFormation::WaitCondition': {
    page: 'AWS::CloudFormation::WaitCondition',
    properties: { Count: 'refused', Handle: 'refused', Timeout: 'refused' },
  },
  'AWS::IAM::Role': {
    page: 'AWS::IAM::Role',
    properties: {
      AssumeRolePolicyDocument: 'none',
      Description: 'none',
      ManagedPolicyArns: 'none',
      MaxSessionDuration: 'none',
      Path: 'replace',
      PermissionsBoundary: 'none',
      Policies: 'none',
      RoleName: 'replace',
      Tags: 'none',
    },
  },
  'AWS::IAM::Policy': {
    page: 'AWS::IAM::Policy',
    properties: { Groups: 'none', PolicyDocument: 'none', PolicyName: 'none', Roles: 'none', Users: 'none' },
  },
  'AWS::IAM::ManagedPolicy': {
    page: 'AWS::IAM::ManagedPolicy',
    properties: {
      Description: 'replace',
      Groups: 'none',
      ManagedPolicyName: 'replace',
      Path: 'replace',
      PolicyDocument: 'none',
      Roles: 'none',
      Users: 'none',
    },
  },
  'AWS::IAM::InstanceProfile': {
    page: 'AWS::IAM::InstanceProfile',
    properties: { InstanceProfileName: 'replace', Path: 'replace', Roles: 'none' },
  },
  'AWS::S3::Bucket': { page: 'AWS::S3::Bucket', properties: { BucketName: 'replace', ObjectLockEnabled: 'replace' } },
  'AWS::S3::BucketPolicy': { page: 'AWS::S3::BucketPolicy', properties: { Bucket: 'replace', PolicyDocument: 'none' } },
  'AWS::SSM::Parameter': {
    page: 'AWS::SSM::Parameter',
    properties: { Description: 'none', Name: 'replace', Tags: 'none', Type: 'none', Value: 'none' },
  },
  'AWS::Logs::LogGroup': {
    page: 'AWS::Logs::LogGroup',
    properties: { KmsKeyId: 'none', LogGroupName: 'replace', RetentionInDays: 'none', Tags: 'none' },
  },
  'AWS::SNS::Topic': { page: 'AWS::SNS::Topic', properties: { FifoTopic: 'replace', TopicName: 'replace' } },
  'AWS::KMS::Key': { page: 'AWS::KMS::Key', properties: { KeySpec: 'refused', KeyUsage: 'refused' } },
  'AWS::KMS::Alias': { page: 'AWS::KMS::Alias', properties: { AliasName: 'replace', TargetKeyId: 'none' } },
};
