/** CloudFormation's template language, as of 2026-11-30. */

const OF_ACCOUNT = [
  'AWS::EC2::AvailabilityZone::Name',
  'AWS::EC2::Image::Id',
  'AWS::EC2::Instance::Id',
  'AWS::EC2::KeyPair::KeyName',
  'AWS::EC2::SecurityGroup::GroupName',
  'AWS::EC2::SecurityGroup::Id',
  'AWS::EC2::Subnet::Id',
  'AWS::EC2::VPC::Id',
  'AWS::EC2::Volume::Id',
  'AWS::Route53::HostedZone::Id',
];

/** Types of values ("CloudFormation template Parameters syntax"; `List<String>` stands on no page and is taken). */
const VALUES = ['String', 'Number', 'CommaDelimitedList', 'List<String>', 'List<Number>', ...OF_ACCOUNT];

/** Types of parameters: values, lists of what an account has, and those that stand in the parameter store ("Specify existing resources at runtime"). */
export const PARAMETER_TYPES: ReadonlySet<string> = new Set(
  [...VALUES, ...OF_ACCOUNT.map((type) => `List<${type}>`)]
    .flatMap((type) => (type.includes('Number') ? [type] : [type, `AWS::SSM::Parameter::Value<${type}>`]))
    .concat('AWS::SSM::Parameter::Name'),
);

/** What may stand in a parameter ("CloudFormation template Parameters syntax"), of texts and of numbers alone. */
export const PARAMETER_KEYS = {
  all: ['Type', 'Default', 'Description', 'AllowedValues', 'ConstraintDescription', 'NoEcho'],
  text: ['AllowedPattern', 'MinLength', 'MaxLength'],
  number: ['MinValue', 'MaxValue'],
} as const;

/** Conditions in one And or Or ("Condition functions"). */
export const JOINED_CONDITIONS = { least: 2, most: 10 } as const;

/** Blocks that one Cidr makes ("Fn::Cidr": between 1 and 256). */
export const CIDR_COUNT = { least: 1, most: 256 } as const;

/** An export's name ("CloudFormation template Outputs syntax"; as the service words it, letters, digits, colons and hyphens). */
export const EXPORT_NAME = /^[A-Za-z0-9:-]{1,255}$/;

/** Length of a description in a template ("CloudFormation template Description syntax": bytes). */
export const DESCRIPTION_BYTES = 1024;

/** Types that can be kept as a snapshot ("DeletionPolicy attribute"). */
export const SNAPSHOTS: ReadonlySet<string> = new Set([
  'AWS::EC2::Volume',
  'AWS::ElastiCache::CacheCluster',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::Neptune::DBCluster',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::Redshift::Cluster',
  'AWS::DocDB::DBCluster',
]);

/** A time of a policy ("CreationPolicy attribute": ISO 8601, `PT#H#M#S`). */
export const POLICY_TIME = /^PT(?=\d)(\d+H)?(\d+M)?(\d+S)?$/;

/** What may stand in the policies of creation and update ("CreationPolicy attribute", "UpdatePolicy attribute"). */
export const CREATION_POLICY: Readonly<Record<string, readonly string[]>> = {
  AutoScalingCreationPolicy: ['MinSuccessfulInstancesPercent'],
  ResourceSignal: ['Count', 'Timeout'],
};
export const UPDATE_POLICY: Readonly<Record<string, readonly string[]>> = {
  AutoScalingReplacingUpdate: ['WillReplace'],
  AutoScalingRollingUpdate: [
    'MaxBatchSize',
    'MinActiveInstancesPercent',
    'MinInstancesInService',
    'MinSuccessfulInstancesPercent',
    'PauseTime',
    'SuspendProcesses',
    'WaitOnResourceSignals',
  ],
  AutoScalingScheduledAction: ['IgnoreUnmodifiedGroupSizeProperties'],
  CodeDeployLambdaAliasUpdate: ['AfterAllowTrafficHook', 'ApplicationName', 'BeforeAllowTrafficHook', 'DeploymentGroupName'],
};
