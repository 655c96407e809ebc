import type { UpdateTables } from '../../effect';

/** The other services. */
export const serviceUpdates: UpdateTables = {
  'AWS::Lambda::Function': { replace: 'FunctionName PackageType TenancyConfig' },
  // Of every custom resource: "Modifying service token is not allowed".
  'AWS::CloudFormation::CustomResource': { refused: 'ServiceToken' },
  // Our own function's: its id is the ROS stack's.
  'Custom::RosStack': {
    none: `BorderRouters Configurations Contents DeletionProtection DisableRollback IsolatedGroups OpenInstances Outputs Parameters
      ParametersFrom RollCommand Tags Template TimeoutMinutes`,
    replace: 'Account Region StackName',
  },
  'AWS::CDK::Metadata': { none: 'Analytics' },
  'AWS::CloudFormation::WaitCondition': { refused: 'Count Handle Timeout' },
  'AWS::IAM::Role': { replace: 'Path RoleName' },
  'AWS::IAM::ManagedPolicy': { replace: 'Description ManagedPolicyName Path' },
  'AWS::IAM::InstanceProfile': { replace: 'InstanceProfileName Path' },
  'AWS::S3::Bucket': { replace: 'BucketName ObjectLockEnabled' },
  'AWS::S3::BucketPolicy': { replace: 'Bucket' },
  'AWS::SSM::Parameter': { replace: 'Name' },
  'AWS::Logs::LogGroup': { replace: 'LogGroupName' },
  'AWS::SNS::Topic': { replace: 'FifoTopic TopicName' },
  'AWS::KMS::Key': { refused: 'KeySpec KeyUsage' },
  'AWS::KMS::Alias': { replace: 'AliasName' },
};
