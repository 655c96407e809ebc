/** Limits of AWS, each with the page that says it. */
import { LINK_LOCAL } from '../ranges';

/** Resources a stack ("AWS CloudFormation quotas"). */
export const STACK_RESOURCES = 500;

/**
 * Resources of a stack that its members may fill. The rest stays free for what a shard holds besides them, and for an
 * alarm or a route table more, so that growth moves no member to another stack.
 */
export const STACK_RESOURCES_FOR_MEMBERS = 450;

/** Outputs a stack ("AWS CloudFormation quotas"). */
export const STACK_OUTPUTS = 200;

/** Bytes of a template: sent with the call, and read from S3 ("AWS CloudFormation quotas": 51,200 bytes; 1 MB). */
export const TEMPLATE_BYTES = { inline: 51_200, uploaded: 1_000_000 } as const;

/** Seconds that a rolling update waits for one batch ("UpdatePolicy attribute": PauseTime is at most PT1H). */
export const ROLLING_PAUSE_SECONDS = 3_600;

/** Seconds that a CreationPolicy waits for signals ("CreationPolicy attribute": Timeout is at most 12 hours). */
export const CREATION_TIMEOUT_SECONDS = 43_200;

/** Metrics in one metric math alarm ("Alarm data queries"). */
export const METRICS_PER_MATH_ALARM = 10;

/** Bytes of user-data before base64 ("Run commands at launch using EC2 user data": 16 KB, raw). */
export const USER_DATA_BYTES = 16_384;

/** Length of a stack's name ("CreateStack", StackName). */
export const STACK_NAME = 128;

/** Length of one label of a host's name (RFC 1035, section 2.3.4). */
export const HOST_NAME = 63;

/** Length of a rule's description ("IpRange": at most 255, a-z A-Z 0-9 and ` ._-:/()#,@[]+=&;{}!$*`). */
export const RULE_DESCRIPTION = 255;

/** Transit virtual interfaces of a dedicated connection; nobody is granted more ("AWS Direct Connect quotas"). */
export const TRANSIT_INTERFACES_PER_CONNECTION = 4;

/**
 * What a Direct Connect gateway takes; nobody is granted more ("AWS Direct Connect quotas", read 2026-12): transit gateways that it is
 * associated with, virtual interfaces, and such gateways that one transit gateway is associated with.
 */
export const DIRECT_CONNECT_GATEWAY = { transitGateways: 6, interfaces: 30, perTransitGateway: 20 } as const;

/**
 * BGP communities by which the data centre says which virtual interface of a gateway goes first, best first. Direct Connect asks for them
 * before it looks at AS paths, and before it prefers the interface whose location lies nearest to the region: paths alone don't decide
 * between locations of different regions. Interfaces of one community and path share the load.
 * Source: Direct Connect User Guide, "Private virtual interface and transit virtual interface routing policies" and "Local preference BGP
 * communities"; read 2026-12.
 */
export const LINE_COMMUNITIES: readonly string[] = ['7224:7300', '7224:7200', '7224:7100'];

/** Routes that a VPN connection of a transit gateway takes from the customer's end ("Site-to-Site VPN quotas", read 2026-11). */
export const VPN_ROUTES = 1000;

/** Addresses at the start of every subnet that the cloud keeps, and at its end ("Subnet CIDR blocks"). */
export const SUBNET_RESERVED = { first: 4, last: 1 } as const;

/** Least and greatest prefix length of a VPC's or subnet's range ("VPC CIDR blocks", "Subnet CIDR blocks"). */
export const VPC_BITS = { least: 16, most: 28 } as const;

/**
 * Ranges that no VPC may have. "VPC CIDR blocks" (read 2026-12-01) permits RFC 1918, 100.64.0.0/10, 198.19.0.0/16 and what is publicly
 * routable; no page lists what is neither: these are RFC 6890's of this network, loopback, link-local and multicast. What its table forbids
 * beside each other (RFC 1918 ranges, 198.19.0.0/16) is of further blocks of one VPC: ours have one.
 */
export const VPC_FORBIDDEN: readonly string[] = ['0.0.0.0/8', '127.0.0.0/8', LINK_LOCAL, '224.0.0.0/4'];

/** Range that services of AWS have networks of their own in: those of Cloud9 and SageMaker reach nothing else there ("VPC CIDR blocks", Important). */
export const SERVICES_RANGE = '172.17.0.0/16';

/** Prefixes that are delegated to an interface are of this length ("Assign prefixes to network interfaces"). */
export const PREFIX_BITS = 28;

/** Largest packet inside a VPC ("Network maximum transmission unit (MTU) for your EC2 instance"). */
export const VPC_MTU = 9001;

/** User tags a resource ("Tag your Amazon EC2 resources", tag restrictions). */
export const TAGS = 50;

/** Tag keys that stand in instance metadata, and the names that its paths have already ("View tags for your EC2 instances using instance metadata"). */
export const METADATA_TAG_KEY = /^[0-9a-zA-Z\-_+=,.@:]{1,255}$/;
export const METADATA_PATHS: readonly string[] = ['.', '..', '_index'];

/** AS numbers that the cloud's side of a gateway may have ("CreateTransitGateway", "CreateDirectConnectGateway"). */
export const CLOUD_AS_NUMBERS: readonly (readonly [least: number, most: number])[] = [
  [64512, 65534],
  [4200000000, 4294967294],
];

/** AS numbers that nobody may use as their own, and why ("CreateCustomerGateway"; RFC 6793; RFC 7300). */
export const RESERVED_AS_NUMBERS: ReadonlyMap<number, string> = new Map([
  [7224, "Amazon's own in us-east-1"],
  [9059, "Amazon's own in eu-west-1"],
  [23456, 'it stands for numbers that a router is too old for'],
  [65535, 'it is the last of its kind'],
]);

/** Inside networks of tunnels that the cloud keeps for itself ("Tunnel options for your Site-to-Site VPN connection"). */
export const TUNNELS_RESERVED: readonly string[] = [...[0, 1, 2, 3, 4, 5].map((n) => `169.254.${n}.0/30`), '169.254.169.252/30'];

/** Days that a published image is held to be young; it disappears after nine months (Flatcar, "Running on AWS EC2"). */
export const IMAGE_AGE_DAYS = 183;

/**
 * Partitions in which CloudWatch tells whether the BGP session of a virtual interface is up: `AWS/DX`, VirtualInterfaceBgpStatus ("What's
 * New", 30 March 2026: commercial regions; Direct Connect User Guide, "Monitor with Amazon CloudWatch").
 */
export const LINE_BGP_METRIC: readonly string[] = ['aws'];

/** Partitions in which a VPN's ends write what their BGP does into CloudWatch Logs, beside IKE and IPsec ("What's New", November 2025). */
export const TUNNEL_BGP_LOGS: readonly string[] = ['aws', 'aws-us-gov'];
