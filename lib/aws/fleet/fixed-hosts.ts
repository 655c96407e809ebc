/** Hosts with fixed addresses in subnets that a CDK app has. */
import type { ISubnet } from 'aws-cdk-lib/aws-ec2';
import type { MemberPlan } from '../../plan/model';
import type { MembersFleetProps } from './members';

/** One numbered host; its place never changes. */
export interface FixedHost {
  /** Subnet, whose zone it stands in. */
  readonly subnet: ISubnet;
  /** Fixed private address, in the subnet's range. */
  readonly address: string;
  /**
   * The image that the host was created with. Never changed while it stands: replace the host instead.
   *
   * @default - the fleet's `image`
   */
  readonly image?: string;
  /**
   * Raised, after a deploy with `absent`, to put a new instance on the same address and volumes.
   *
   * @default 1
   */
  readonly generation?: number;
  /**
   * Leaves the instance out; address and volumes stay.
   *
   * @default false
   */
  readonly absent?: boolean;
}

/** What all constructs with such hosts take. */
export interface FixedHostsProps {
  /** Begins the names of hosts: `<name>-1`. */
  readonly name: string;
  readonly image: string;
  /**
   * Root disk, GiB.
   *
   * @default 20
   */
  readonly rootGb?: number;
  /**
   * Key for the disks: id, ARN or alias.
   *
   * @default - the account's default EBS key
   */
  readonly kmsKey?: string;
  /**
   * Emit L1 constructs instead of blocks; the same template.
   *
   * @default false
   */
  readonly expand?: boolean;
}

/**
 * Members of a fleet, the first being number 1.
 *
 * @param stack name of the stack that they stand in
 * @param name begins their names
 * @param oneByOne each waits for the one before it
 */
export function fixedMembers(
  hosts: readonly FixedHost[],
  props: FixedHostsProps,
  { stack, name = props.name, oneByOne }: { readonly stack: string; readonly name?: string; readonly oneByOne: boolean },
): Pick<MembersFleetProps, 'members' | 'subnets' | 'kmsKey' | 'expand'> {
  const members = hosts.map(
    (host, index): MemberPlan => ({
      number: index + 1,
      name: `${name}-${index + 1}`,
      zone: host.subnet.availabilityZone,
      subnet: `Host${index + 1}`,
      address: host.address,
      image: host.image ?? props.image,
      rootGb: props.rootGb ?? 20,
      generation: host.generation ?? 1,
      absent: host.absent ?? false,
      stack,
      ...(oneByOne && index > 0 ? { after: index } : {}),
    }),
  );
  const subnets = Object.fromEntries(hosts.map((host, index) => [`Host${index + 1}`, host.subnet.subnetId]));
  return { members, subnets, kmsKey: props.kmsKey, expand: props.expand };
}
