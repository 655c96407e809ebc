/** Limits of AWS, each with the page that says it. Quotas that an account may raise stand in estate.yaml (`quotas`). */

/** Resources a stack ("AWS CloudFormation quotas"). */
export const STACK_RESOURCES = 500;

/**
 * Resources of a stack that its members may fill. The rest stays free for what a shard holds besides them, and for an
 * alarm or a route table more, so that growth moves no member to another stack.
 */
export const STACK_RESOURCES_FOR_MEMBERS = 450;

/** Outputs a stack ("AWS CloudFormation quotas"). */
export const STACK_OUTPUTS = 200;

/** Length of a bucket's name ("General purpose bucket naming rules"). */
export const BUCKET_NAME = { least: 3, most: 63 } as const;

/** Length of a stack's name ("CreateStack", StackName). */
export const STACK_NAME = 128;

/** Length of one label of a host's name (RFC 1035, section 2.3.4). */
export const HOST_NAME = 63;

/** Addresses at the start of every subnet that the cloud keeps; it also keeps the last one ("Subnet CIDR blocks"). */
export const SUBNET_RESERVED = 4;

/** User tags a resource ("Tag your Amazon EC2 resources", tag restrictions). */
export const TAGS = 50;

/** Tags that this toolkit sets itself on a host. */
export const OWN_TAGS = 10;

/** Days that a published image is held to be young; it disappears after nine months (Flatcar, "Running on AWS EC2"). */
export const IMAGE_AGE_DAYS = 183;

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

/** Range that the inside networks of tunnels come from, and the ones in it that the cloud keeps ("Tunnel options for your Site-to-Site VPN connection"). */
export const TUNNEL_POOL = '169.254.0.0/16';
export const TUNNELS_RESERVED: readonly string[] = [...[0, 1, 2, 3, 4, 5].map((n) => `169.254.${n}.0/30`), '169.254.169.252/30'];

/** Highest number of routes that a table can be granted ("Amazon VPC quotas"). */
export const MOST_ROUTES = 1000;

/** Highest number of peering connections that a VPC can be granted ("VPC peering quotas"). */
export const MOST_PEERINGS = 125;

/**
 * What a gp3 volume may be and has without being asked ("Amazon EBS General Purpose SSD volumes"): GiB, operations a second, MiB/s.
 * Throughput is 0.25 MiB/s an operation at most.
 */
export const GP3 = {
  mostGib: 65_536,
  iops: 3000,
  mostIops: 80_000,
  throughput: 125,
  mostThroughput: 2000,
  throughputPerIops: 0.25,
} as const;
