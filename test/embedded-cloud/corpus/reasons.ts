/** Why the embedded cloud takes what others refuse, and by which page it refuses what they take. */

const CANONICAL = 'EC2 makes its canonical form of it ("CreateVpc", CidrBlock); the linter wants it written so';

/** Cases that cfn-lint or the validator refuses and we take. */
export const TAKEN: Readonly<Record<string, string>> = {
  "right: a VPC's range with a bit of the host": CANONICAL,
  "right: a subnet's range with a bit of the host": CANONICAL,
  "right: a rule's range with a bit of the host": CANONICAL,
  'right: Fn::If of a whole policy': 'the validator counts the statement of the branch that is not taken',
  'good/core/conditions.yaml': 'what is wrong stands in branches that its conditions do not take',
  'good/resources/iam/policy.yaml': 'what is wrong stands in a branch that its condition does not take',
};

/** What we say where both are silent, and the page that says it first. */
export const PAGES: readonly (readonly [RegExp, string])[] = [
  [/'null' values/, '"CloudFormation template format": null is no value'],
  [/YAML not well-formed|Alias resolution/, '"CloudFormation template format": aliases and merges are not supported'],
  [
    /Every (Deletion|UpdateReplace)Policy member must be a string/,
    '"DeletionPolicy attribute": functions only with AWS::LanguageExtensions',
  ],
  [/AllowedPattern is not|default value must/, '"CloudFormation template Parameters syntax"'],
  [/Invalid (Timeout|PauseTime) value/, '"CreationPolicy attribute", "UpdatePolicy attribute"'],
  [/MinInstancesInService/, '"UpdatePolicy attribute"'],
  [/Unable to get mapping/, '"Fn::FindInMap"'],
  [/Output export name|Duplicate Export/, '"CloudFormation template Outputs syntax"'],
  [/Principal|Policy statement|STS AssumeRole|prefaced by a vendor/, '"Grammar of the IAM JSON policy language"'],
  [/GiB|operations|throughput|MultiAttach|isn't encrypted/, '"Amazon EBS volume types", "CreateVolume"'],
  [/InvalidVpc|InvalidSubnet/, '"CreateVpc", "CreateSubnet"'],
  [/DNS hostnames/, '"ModifyVpcAttribute"'],
  [/exactly one (target|destination)|The route identified/, '"CreateRoute"'],
  [/AllocationId/, '"CreateNatGateway"'],
  [/Flow Log|DeliverLogs/, '"CreateFlowLogs"'],
  [/peer of itself/, '"CreateVpcPeeringConnection"'],
  [/Amazon side ASN|enable or disable/, '"CreateTransitGateway"'],
  [/subnetIds/, '"CreateTransitGatewayVpcAttachment"'],
  [/blackhole/, '"CreateTransitGatewayRoute"'],
  [
    /ipsec\.1|AS number|exactly one gateway|tunnels|PreSharedKey|IpAddress: Value/,
    '"CreateCustomerGateway", "CreateVpnConnection"',
  ],
  [
    /portRange|IP protocol|ICMP|same permission|specified rule|rule description|groupName or groupId|sg-\*/,
    '"AuthorizeSecurityGroupIngress", "CreateSecurityGroup"',
  ],
  [/Address is malformed|Ipv4Prefix/, '"CreateNetworkInterface"'],
  [/BASE64/, '"RunInstances"'],
  [/LaunchTemplateName/, '"CreateLaunchTemplate"'],
  [/Desired capacity|Availability Zone or VPC Subnet/, '"CreateAutoScalingGroup"'],
  [/HeartbeatTimeout/, '"PutLifecycleHook"'],
  [/a policy of type/, '"PutScalingPolicy"'],
  [/inner hyphens/, '"CreateLoadBalancer"'],
  [/must be specified for targets/, '"CreateTargetGroup"'],
  [/target group ARN/, '"CreateListener"'],
  [/Threshold|Statistic|Period|DatapointsToAlarm|ComparisonOperator|metrics must return|arn syntax/, '"PutMetricAlarm"'],
  [
    /TTL|SetIdentifier|ResourceRecords|Type: \w+ is not one of A,|parameter Name$/,
    '"ChangeResourceRecordSets", "CreateHostedZone"',
  ],
  [/it is empty|begin and end with/, '"Grammar of the IAM JSON policy language", "CreateRole"'],
  [/MaxBatchSize|Percent/, '"UpdatePolicy attribute"'],
  [/used twice/, '"RunInstances"'],
  [/CIDR block|reserved security group name/, '"AuthorizeSecurityGroupIngress", "CreateSecurityGroup"'],
  [/Dimensions|ExtendedStatistic/, '"PutMetricAlarm"'],
  [/^P: Value/, '"PutParameter"'],
  [/Weight|domain name|record set/, '"ChangeResourceRecordSets"'],
  [/specified bucket/, '"General purpose bucket naming rules"'],
  [/At least one action/, '"PutBucketLifecycleConfiguration"'],
  [/Parameter name|allowedPattern/, '"PutParameter"'],
  [/Topic Name/, '"CreateTopic"'],
  [/protocol string|Endpoint/, '"Subscribe"'],
  [/Code: expected type/, '"AWS::Lambda::Function Code": a map; a path is for `aws cloudformation package`'],
  [/does not reference a valid resource/, '"Conditions": what is not made can not be referred to'],
  [/Runtime and Handler/, '"CreateFunction"'],
];

/** The page of what we alone say. */
export const pageOf = (words: string): string | undefined => PAGES.find(([form]) => form.test(words))?.[1];
