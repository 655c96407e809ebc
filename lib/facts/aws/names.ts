/**
 * Names that AWS takes, by type and property: the registry's schemas of CloudFormation, and the API's pages, which say more. Read on
 * 2026-12-01 as AWS's SDK for Python carries them (botocore's `service-2.json`).
 */

export interface NameForm {
  /** Characters. */
  readonly most: number;
  /** What the whole name matches; its length is `most`'s matter. */
  readonly form: RegExp;
  /** Title of the page. */
  readonly page: string;
}

/** Names of IAM, apart from their lengths. */
const OF_IAM = /^[\w+=,.@-]+$/;

/** Labels of 1 to 63 characters between dots. */
const DOMAIN: NameForm = { most: 255, form: /^([^.]{1,63}\.)*[^.]{1,63}\.?$/, page: 'DNS domain name format' };

/** What a group of instances, and whatever names one, is called: ASCII 33 to 126 without a colon. */
const GROUP: NameForm = { most: 255, form: /^[!-9;-~]+$/, page: 'CreateAutoScalingGroup' };

const LOG_GROUP: NameForm = { most: 512, form: /^[.\-_/#A-Za-z0-9]+$/, page: 'CreateLogGroup' };

/** Letters, digits and inner hyphens. */
const HYPHENED = /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/;

/** A bucket's: no address, no two dots, none of the ends that AWS keeps. */
const BUCKET = /^(?!\d+\.\d+\.\d+\.\d+$)(?!.*\.\.)(?!xn--)(?!.*-s3alias$)[a-z0-9][a-z0-9.-]+[a-z0-9]$/;

/** By `type property`. */
export const NAMES = {
  'AWS::AutoScaling::AutoScalingGroup AutoScalingGroupName': GROUP,
  'AWS::AutoScaling::LifecycleHook AutoScalingGroupName': GROUP,
  'AWS::AutoScaling::LifecycleHook LifecycleHookName': { most: 255, form: /^[A-Za-z0-9\-_/]+$/, page: 'PutLifecycleHook' },
  'AWS::AutoScaling::ScalingPolicy AutoScalingGroupName': GROUP,
  'AWS::CloudWatch::Alarm AlarmName': { most: 255, form: /^\P{Cc}+$/u, page: 'PutMetricAlarm' },
  'AWS::CloudWatch::Alarm MetricName': { most: 255, form: /^[\s\S]+$/, page: 'PutMetricAlarm' },
  'AWS::CloudWatch::CompositeAlarm AlarmName': { most: 255, form: /^\P{Cc}+$/u, page: 'PutCompositeAlarm' },
  'AWS::DirectConnect::DirectConnectGateway DirectConnectGatewayName': {
    ...{ most: 100, form: /^[\w \-,/]+$/, page: 'AWS::DirectConnect::DirectConnectGateway' },
  },
  'AWS::DirectConnect::TransitVirtualInterface VirtualInterfaceName': {
    ...{ most: 100, form: /^[\w \-,/]+$/, page: 'AWS::DirectConnect::TransitVirtualInterface' },
  },
  'AWS::EC2::FlowLog LogGroupName': LOG_GROUP,
  'AWS::EC2::Instance KeyName': { most: 255, form: /^[ -~]+$/, page: 'CreateKeyPair' },
  'AWS::EC2::LaunchTemplate LaunchTemplateName': { most: 128, form: /^[a-zA-Z0-9().\-/_]{3,}$/, page: 'CreateLaunchTemplate' },
  'AWS::ECR::Repository RepositoryName': {
    ...{
      most: 256,
      form: /^(?=..)[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/,
      page: 'CreateRepository',
    },
  },
  'AWS::ElasticLoadBalancingV2::LoadBalancer Name': {
    most: 32,
    form: /^(?!internal-)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/,
    page: 'CreateLoadBalancer',
  },
  'AWS::ElasticLoadBalancingV2::TargetGroup Name': { most: 32, form: HYPHENED, page: 'CreateTargetGroup' },
  'AWS::IAM::InstanceProfile InstanceProfileName': { most: 128, form: OF_IAM, page: 'CreateInstanceProfile' },
  'AWS::IAM::ManagedPolicy ManagedPolicyName': { most: 128, form: OF_IAM, page: 'CreatePolicy' },
  'AWS::IAM::Policy PolicyName': { most: 128, form: OF_IAM, page: 'PutRolePolicy' },
  'AWS::IAM::Role RoleName': { most: 64, form: OF_IAM, page: 'CreateRole' },
  'AWS::KMS::Alias AliasName': { most: 256, form: /^alias\/(?!aws\/)[a-zA-Z0-9/_-]+$/, page: 'CreateAlias' },
  'AWS::Lambda::Function FunctionName': { most: 64, form: /^[a-zA-Z0-9-_]+$/, page: 'CreateFunction' },
  'AWS::Logs::LogGroup LogGroupName': LOG_GROUP,
  'AWS::Route53::HostedZone Name': DOMAIN,
  'AWS::Route53::RecordSet HostedZoneName': DOMAIN,
  'AWS::Route53::RecordSet Name': DOMAIN,
  'AWS::S3::Bucket BucketName': { most: 63, form: BUCKET, page: 'General purpose bucket naming rules' },
  'AWS::SNS::Topic TopicName': { most: 256, form: /^[A-Za-z0-9_-]+(\.fifo)?$/, page: 'CreateTopic' },
  'AWS::SSM::Parameter Name': { most: 1011, form: /^(?!\/?(aws|ssm)(\/|$))[a-zA-Z0-9_.\-/]+$/i, page: 'PutParameter' },
} as const satisfies Readonly<Record<string, NameForm>>;

/** The name that a property of a type is, where it is one. */
export const nameForm = (type: string, property: string): NameForm | undefined =>
  (NAMES as Readonly<Record<string, NameForm>>)[`${type} ${property}`];
