/** Limits of Aliyun, each with the page that says it. */
import { LINK_LOCAL, SHARED } from '../ranges';

/** Resources a stack: over it a template is refused ("Limits" of ROS), and over it a template is advised against ("CreateStack"). */
export const STACK_RESOURCES = 300;
export const STACK_RESOURCES_ADVISED = 200;

/** Resources of a stack that its members may fill; the rest stays free, so that growth moves no member to another stack. */
export const STACK_RESOURCES_FOR_MEMBERS = 270;

/** Stacks an account ("Limits" of ROS). */
export const STACKS = 200;

/** Parameters of a stack, and characters of a value ("CreateStack", Parameters: "0 to 128 characters" in some of its pages). */
export const STACK_PARAMETERS = { count: 200, value: 128 } as const;

/** Tags of a stack, and of a resource of ECS and VPC ("CreateStack", Tags; "TagResources"). */
export const TAGS = 20;

/** Characters of a tag's key, and of its value ("TagResources"). */
export const TAG_LENGTH = 128;

/** Minutes that an operation on a stack may take ("CreateStack", TimeoutInMinutes). */
export const STACK_MINUTES = { least: 10, usual: 60, most: 1440 } as const;

/** Bytes of a template ("CreateStack", TemplateBody). */
export const TEMPLATE_BYTES = 524_288;

/** A stack's name ("CreateStack", StackName). */
export const STACK_NAME = /^[A-Za-z0-9][\w-]{0,254}$/;

/** Bytes of user-data before base64 ("ALIYUN::ECS::Instance" and "ALIYUN::ESS::ScalingConfiguration", UserData: 16 KB). */
export const USER_DATA_BYTES = 16_384;

/** Seconds that a wait condition waits ("ALIYUN::ROS::WaitCondition", Timeout). */
export const WAIT_SECONDS = 43_200;

/** An instance type's form ("Instance family overview"). */
export const INSTANCE_TYPE = /^ecs\.[a-z0-9-]+\.[a-z0-9]+$/;

/** Addresses of every vSwitch that the cloud keeps ("VPCs and vSwitches": the first and the last three). */
export const VSWITCH_RESERVED = { first: 1, last: 3 } as const;

/** Ranges that no VPC may have ("CreateVpc", CidrBlock; "VPCs and vSwitches"; "AssociateVpcCidrBlock": it can't begin with 0). */
export const VPC_FORBIDDEN: readonly string[] = [SHARED, '224.0.0.0/4', '127.0.0.0/8', LINK_LOCAL, '0.0.0.0/8'];

/** Least and greatest prefix length of a VPC, and of a vSwitch ("CreateVpc", CidrBlock; "CreateVSwitch", CidrBlock). */
export const VPC_BITS = { least: 8, most: 28 } as const;
export const VSWITCH_BITS = { least: 16, most: 29 } as const;

/** Custom routes of a route table: what a new account has, and the most that one can be granted ("Limits and quotas" of VPC, vpc_quota_route_entrys_num). */
export const ROUTES_PER_TABLE = { least: 48, usual: 200, most: 2000 } as const;

/** Elastic IP addresses that are paid as one goes, an account: what a new one has ("EIP quotas", eip_quota_instances_num), and a bound of ours. */
export const ELASTIC_IPS = { usual: 20, most: 5000 } as const;

/** Rules a security group, in both directions together, which no account is granted more of ("Security FAQ"; "Security group limits"). As of 2026-11. */
export const GROUP_RULES = 200;

/** Aliyun's own AS number, which its routers have unless they are given another ("Configure BGP"). */
export const AS_NUMBER = 45104;

/** Prefix lengths that the network between a virtual border router and its neighbour may have ("CreateVirtualBorderRouter", PeeringSubnetMask). */
export const BORDER_NETWORK_BITS: readonly number[] = [29, 30];

/** Routes that a BGP peer of a virtual border router takes; further ones are dropped without a word ("Virtual border routers"). */
export const BORDER_PEER_ROUTES = 110;

/** Highest VLAN of a virtual border router ("CreateVirtualBorderRouter", VlanId: 0 to 2999). */
export const MOST_BORDER_VLAN = 2999;

/** Inside networks of tunnels that Aliyun keeps for itself, beside those of AWS ("CreateVpnAttachment", TunnelCidr). */
export const TUNNELS_RESERVED_TOO: readonly string[] = ['169.254.6.0/30'];

/** Largest packet inside a VPC ("Jumbo frames": 1,500 bytes where a type has none), and of a leased line that ends at a virtual border router ("What is Express Connect?"). */
export const VPC_MTU = 1500;
export const BORDER_MTU = 1500;

/** Where hosts ask for their metadata ("Access instance metadata"). */
export const METADATA = 'http://100.100.100.200';

/** Where pings over a leased line come from ("ALIYUN::CEN::CenVbrHealthCheck": HealthCheckSourceIp, which Aliyun chooses here by itself). */
export const LINE_PROBES = '100.96.0.0/16';
