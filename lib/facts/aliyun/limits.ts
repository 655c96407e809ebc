/** Limits of Aliyun, each with the page that says it. Quotas that an account may raise stand in estate.yaml (`quotas`). */

/** Resources a stack: over it a template is refused ("Limits" of ROS; "CreateStack" says 200, which is taken for advice). */
export const ROS_STACK_RESOURCES = 300;

/** Resources of a stack that its members may fill; the rest stays free, so that growth moves no member to another stack. */
export const ROS_STACK_RESOURCES_FOR_MEMBERS = 270;

/** Addresses at the end of every vSwitch that the cloud keeps; it also keeps the first one ("VPCs and vSwitches": the first and the last three). */
export const VSWITCH_RESERVED_LAST = 3;

/** Prefix lengths that the network between a virtual border router and its neighbour may have ("CreateVirtualBorderRouter", PeeringSubnetMask). */
export const BORDER_NETWORK_BITS: readonly number[] = [29, 30];

/** Routes that a BGP peer of a virtual border router takes; further ones are dropped without a word ("Virtual border routers"). */
export const BORDER_PEER_ROUTES = 110;

/** Highest VLAN of a virtual border router ("CreateVirtualBorderRouter", VlanId: 0 to 2999). */
export const MOST_BORDER_VLAN = 2999;

/** Inside networks of tunnels that Aliyun keeps for itself, beside those of AWS ("CreateVpnAttachment", TunnelCidr). */
export const TUNNELS_RESERVED_TOO: readonly string[] = ['169.254.6.0/30'];

/** Largest packet of a leased line that ends at a virtual border router ("What is Express Connect?"). */
export const BORDER_MTU = 1500;
