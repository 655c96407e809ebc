/** Why the embedded cloud takes what others refuse, and by which page of AWS it refuses or fails what they take. */

const CANONICAL = 'EC2 makes its canonical form of it ("CreateVpc", CidrBlock); the linter wants it written so';

/** Cases that cfn-lint or the validator refuses and we make. */
export const TAKEN: Readonly<Record<string, string>> = {
  "right: a VPC's range with a bit of the host": CANONICAL,
  "right: a subnet's range with a bit of the host": CANONICAL,
  "right: a rule's range with a bit of the host": CANONICAL,
  'right: Fn::If of a whole policy': 'the validator counts the statement of the branch that is not taken',
  'good/resources/iam/policy.yaml': 'what is wrong stands in a branch that its condition does not take',
};

/**
 * What CloudFormation's language refuses at the call though both are silent: each by its own words, quoted in public by somebody whose
 * `ValidateTemplate` or `CreateChangeSet` was refused so.
 */
export const LANGUAGE: Readonly<Record<string, string>> = {
  "language: a key that the map hasn't": '"Fn::FindInMap"; cfn-lint, issue 3784',
  "language: a second key that the map hasn't": '"Fn::FindInMap"; cfn-lint, issue 3784',
  'language: a property that is null': 'cfn-lint, issues 38 and 246; cloudformation-coverage-roadmap, issue 1378',
  "language: an export's name with a space": 'kube-aws, issue 308; aws-cdk, issue 5845',
  'language: one export twice': 'ecs_composex, issue 444',
  'bad/functions/relationship_conditions.yaml':
    'serverless, issue 4535; aws-cdk, issue 31459: what is not made can not be referred to',
};

/** What fails when made where both are silent, and the page that says it: the first one that fits. */
export const PAGES: readonly (readonly [RegExp, string])[] = [
  [/^CreateStack: Parameter '\w+' must be a number/, '"CloudFormation template Parameters syntax"'],
  [/^CreateStack: .*Rule \w+ failed/, '"CloudFormation template Rules syntax"'],
  [/creation policy: Timeout/, '"CreationPolicy attribute"'],
  [/Principal|Policy statement|STS AssumeRole|prefaced by a vendor/, '"Grammar of the IAM JSON policy language"'],
  [/begin and end with/, '"CreateRole" (Path)'],
  [/gp\d|io\d|st1|GiB|isn't encrypted/, '"CreateVolume" (Iops, Size, Throughput, MultiAttachEnabled, KmsKeyId)'],
  [/BASE64/, '"RunInstances" (UserData)'],
  [/more than one block-device mapping/, '"RunInstances"; terraform, issue 7233'],
  [/at 'launchTemplateName'/, '"CreateLaunchTemplate" (LaunchTemplateName)'],
  [/privateIpAddress|Ipv4Prefix/, '"CreateNetworkInterface" (PrivateIpAddress, Ipv4PrefixCount, Ipv4Prefixes)'],
  [/InvalidVpc\.Range/, '"VPC CIDR blocks"'],
  [/InvalidSubnet\.Range/, '"CreateSubnet"'],
  [/DNS hostnames/, '"ModifyVpcAttribute" (EnableDnsHostnames)'],
  [/GroupName|groupName or groupId|rule description/, '"CreateSecurityGroup", "IpRange"'],
  [/IP protocol|portRange|ICMP/, '"IpPermission"'],
  [/InvalidPermission\.Duplicate/, '"Error codes for the Amazon EC2 API" (InvalidPermission.Duplicate)'],
  [/RouteAlreadyExists/, '"Error codes for the Amazon EC2 API" (RouteAlreadyExists)'],
  [/exactly one (of|destination)/, '"CreateRoute"'],
  [/AllocationId/, '"CreateNatGateway" (AllocationId)'],
  [/Flow Log|DeliverLogs/, '"CreateFlowLogs" (MaxAggregationInterval, DeliverLogsPermissionArn)'],
  [/VpcPeeringConnection/, '"CreateVpcPeeringConnection": overlapping blocks fail'],
  [/AmazonSideAsn|DefaultRouteTable/, '"TransitGatewayRequestOptions"'],
  [/SubnetIds/, '"CreateTransitGatewayVpcAttachment" (SubnetIds)'],
  [
    /TunnelOptions|PreSharedKey|TunnelInsideCidr/,
    '"VpnTunnelOptionsSpecification"; "Your Site-to-Site VPN connection": two tunnels',
  ],
  [/exactly one gateway/, '"CreateVpnConnection" (TransitGatewayId, VpnGatewayId)'],
  [/parameter (type|bgpAsn|ipAddress)/, '"CreateCustomerGateway"'],
  [/Desired capacity|Availability Zone or VPC Subnet/, '"CreateAutoScalingGroup"'],
  [/HeartbeatTimeout/, '"PutLifecycleHook" (HeartbeatTimeout)'],
  [/a policy of type/, '"PutScalingPolicy"'],
  [/^L: .* at 'name'/, '"CreateLoadBalancer" (Name)'],
  [/must be specified for targets/, '"CreateTargetGroup"'],
  [/target group ARN/, '"Action" (TargetGroupArn, ForwardConfig)'],
  [
    /Threshold|Statistic|Period|DatapointsToAlarm|ComparisonOperator|metrics must return|arn syntax|Dimensions/,
    '"PutMetricAlarm"',
  ],
  [/^Z: Name/, '"CreateHostedZone" (Name)'],
  [/^R: .* at 'name'/, '"DNS domain name format"'],
  [/TTL|Weight|SetIdentifier|ResourceRecords|Type: \w+ is not one of A,/, '"ResourceRecordSet"'],
  [/record set .* already exists/, '"ChangeResourceRecordSets"'],
  [/at 'bucketName'/, '"General purpose bucket naming rules"'],
  [/At least one action/, '"PutBucketLifecycleConfiguration"'],
  [/^P: .* at 'name'|allowedPattern/, '"PutParameter" (Name, AllowedPattern)'],
  [/at 'value' failed/, '"PutParameter" (Value); moto, issue 3794'],
  [/at 'topicName'/, '"CreateTopic" (Name)'],
  [/protocol string|Endpoint/, '"Subscribe" (Protocol, Endpoint)'],
  [/Runtime and Handler/, '"CreateFunction" (Handler, Runtime)'],
  [/Properties validation failed/, '"AWS::Lambda::Function Code": a map; a path is for `aws cloudformation package`'],
  [/does not exist|cannot be assumed by Lambda/, 'it names what is not there'],
];

/** The page of what fails alone. */
export const pageOf = (words: string): string | undefined => PAGES.find(([form]) => form.test(words))?.[1];
