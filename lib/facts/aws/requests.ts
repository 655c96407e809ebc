/**
 * What AWS's services refuse of a request by its form alone, beside their schemas: each with its page. Read on 2026-12-01 in the API
 * reference as AWS's SDK for Python carries it (botocore's `service-2.json`), or where the service's own words stand in a public thread.
 */

/** A security group's name and description ("CreateSecurityGroup"); rules' descriptions are of the same characters ("IpRange"). */
export const GROUP_TEXT = { characters: /^[A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]*$/, most: 255, reserved: /^sg-/i } as const;

/** Protocols by name with their numbers ("AuthorizeSecurityGroupIngress", IpProtocol); any other by number, -1 for all. */
export const PROTOCOLS: Readonly<Record<string, string>> = { tcp: '6', udp: '17', icmp: '1', icmpv6: '58', all: '-1' };
export const MOST_PROTOCOL = 255;
export const MOST_PORT = 65_535;
/** Types and codes of ICMP; -1 is any. */
export const MOST_ICMP = 255;

/** Seconds over which a flow log gathers ("CreateFlowLogs", MaxAggregationInterval). */
export const FLOW_LOG_INTERVALS: readonly number[] = [60, 600];

/** Largest AS number of a customer's gateway, and the largest that `BgpAsn` takes: above it `BgpAsnExtended` does ("CreateCustomerGateway"; the registry's schema takes one less than its 4294967295). */
export const CUSTOMER_AS_NUMBERS = { most: 4_294_967_294, short: 2_147_483_647 } as const;

/** Tunnels of a VPN connection, their number and keys ("VpnTunnelOptionsSpecification"). */
export const VPN_TUNNELS = {
  most: 2,
  key: /^[A-Za-z1-9._][A-Za-z0-9._]{7,63}$/,
} as const;

/** Volumes that several instances may use ("Attach an EBS volume to multiple EC2 instances using Multi-Attach"). */
export const MULTI_ATTACH: readonly string[] = ['io1', 'io2'];

/** Seconds of a lifecycle hook ("PutLifecycleHook", HeartbeatTimeout). */
export const HEARTBEAT_SECONDS = { least: 30, most: 7200 } as const;

/** Least seconds of an alarm's period, and the days that all its periods may be ("PutMetricAlarm", Period: 10, 20, 30 or a multiple of 60). */
export const ALARM_PERIODS: readonly number[] = [10, 20, 30];
export const ALARM_SECONDS = { day: 86_400, week: 604_800 } as const;

/** Types of records ("Supported DNS record types"). */
export const RECORD_TYPES: readonly string[] = [
  ...[
    'A',
    'AAAA',
    'CAA',
    'CNAME',
    'DS',
    'HTTPS',
    'MX',
    'NAPTR',
    'NS',
    'PTR',
    'SOA',
    'SPF',
    'SRV',
    'SSHFP',
    'SVCB',
    'TLSA',
    'TXT',
  ],
];
/** What chooses among records of one name, and needs SetIdentifier ("AWS::Route53::RecordSet"). */
export const RECORD_ROUTING: readonly string[] = [
  ...['Weight', 'Region', 'Failover', 'GeoLocation', 'GeoProximityLocation', 'MultiValueAnswer', 'CidrRoutingConfig'],
];

/** What a rule of a bucket's lifecycle does: at least one of them ("PutBucketLifecycleConfiguration"). */
export const LIFECYCLE_ACTIONS: readonly string[] = [
  'AbortIncompleteMultipartUpload',
  'ExpirationDate',
  'ExpirationInDays',
  'ExpiredObjectDeleteMarker',
  'NoncurrentVersionExpiration',
  'NoncurrentVersionExpirationInDays',
  'NoncurrentVersionTransition',
  'NoncurrentVersionTransitions',
  'Transition',
  'Transitions',
];

/** The ways of a subscription ("Subscribe", Protocol). */
export const SUBSCRIPTIONS: readonly string[] = [
  ...['http', 'https', 'email', 'email-json', 'sms', 'sqs', 'application', 'lambda', 'firehose'],
];

/** Actions of an alarm for each of its states ("PutMetricAlarm", AlarmActions), and statistics beside the simple ones (ExtendedStatistic). */
export const ALARM_ACTIONS = 5;
export const EXTENDED_STATISTIC =
  /^(p(\d{1,2}(\.\d{1,10})?|100)|IQM|((tm|wm|tc|ts)(\d{1,2}(\.\d+)?|100))|((TM|WM|PR|TC|TS)\(.*:.*\)))$/;

/** Seconds that a record is kept, and its weight ("ResourceRecordSet"). */
export const RECORD_TTL = 2_147_483_647;
export const RECORD_WEIGHT = 255;

/** A path of IAM ("CreateRole", Path). */
export const IAM_PATH = /^\/([!-~]+\/)?$/;

/** Characters of a stored parameter's value, by tier ("PutParameter", Value). */
export const STORED_VALUE = { standard: 4096, advanced: 8192 } as const;
