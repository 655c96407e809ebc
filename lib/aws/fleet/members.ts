/** A fleet of numbered hosts, each with its own address, disk and place. */
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Quorum } from '../../estate/model/model';
import { CREATION_TIMEOUT_SECONDS } from '../../facts/aws/limits';
import type { UserData } from '../../host-config/model';
import type { MemberPlan, VolumePlan } from '../../plan/model';
import { memberId, memberVolumeId } from '../names';
import type { Value } from '../template';
import type { MembersAlarms } from './alarms';
import { Block } from './block';
import { membersFragment } from './member-resources';
import { requireLiteral } from './user-data';

export interface MembersFleetProps {
  /** Members of this stack, in order of number. */
  readonly members: readonly MemberPlan[];
  /** One text for all of them: a host finds its own number from its address. */
  readonly userData: UserData;
  /** EBS-backed types only. A change stops and starts every member. */
  readonly instanceType: string;
  /** Name of the instance profile. */
  readonly instanceProfile: Value;
  /** Subnet ids by the names that members carry in `subnet`. */
  readonly subnets: Readonly<Record<string, Value>>;
  /** Ids of the security groups of every member. */
  readonly securityGroups: readonly Value[];
  /**
   * Members that vote, or hold copies.
   *
   * @default - not a quorum fleet
   */
  readonly quorum?: Quorum;
  /**
   * Members come up and change behind gates which their hosts signal: who waits for a member (`after`) waits until it is well.
   *
   * @default - in a quorum fleet
   */
  readonly gates?: boolean;
  /**
   * How long a gate waits for its member, seconds.
   *
   * @default 900
   */
  readonly gateTimeout?: number;
  /**
   * Data volumes of every member; kept when the member goes.
   *
   * @default - none
   */
  readonly volumes?: readonly VolumePlan[];
  /**
   * Key that encrypts all volumes: id, ARN or alias. Fixed when the fleet is made.
   *
   * @default - the account's default EBS key
   */
  readonly kmsKey?: Value;
  /**
   * Off for host-gw: packets of containers pass the interface.
   *
   * @default true
   */
  readonly sourceDestCheck?: boolean;
  /**
   * Route table ids by name. Each gets a route to every member that has a container range.
   *
   * @default - no routes
   */
  readonly routeTables?: Readonly<Record<string, Value>>;
  /**
   * Alarms.
   *
   * @default - none
   */
  readonly alarms?: MembersAlarms;
  /**
   * Emit L1 constructs instead of one block; the same template.
   *
   * @default false
   */
  readonly expand?: boolean;
}

/**
 * Members, emitted as one block. A member is a network interface with a fixed address, an instance on it (never from a
 * launch template: nothing of it may ever be replaced, because CloudFormation creates before it deletes and the new
 * instance couldn't take the interface that the old one holds), its data volumes and its routes.
 *
 * `Tags.of(fleet).add()` reaches interfaces, instances and volumes. One fleet a stack: its logical ids stand by number.
 */
export class MembersFleet extends Construct {
  private readonly block: Block;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: MembersFleetProps,
  ) {
    super(scope, id);
    if ((props.gateTimeout ?? 0) > CREATION_TIMEOUT_SECONDS) {
      throw new RangeError(`gateTimeout of ${props.gateTimeout} s: CloudFormation waits ${CREATION_TIMEOUT_SECONDS} s at most`);
    }
    requireLiteral(props.userData, this);
    const stackName = Stack.of(this).stackName;
    this.block = new Block(this, 'Block', {
      fragment: () => membersFragment(props, stackName),
      // The text is literal: it has no tokens to look for.
      inputs: { ...props, userData: undefined },
      tagged: MEMBER_TYPES,
      expand: props.expand,
    });
  }

  /** References to one member's resources; throws when the stack has no such member. */
  member(number: number): Member {
    const plan = this.props.members.find((member) => member.number === number);
    if (plan === undefined) throw new RangeError(`${this.node.path} has no member ${number}`);
    return new Member(plan, this.block);
  }
}

/** What takes tags. */
const MEMBER_TYPES = ['AWS::CloudWatch::Alarm', 'AWS::EC2::Instance', 'AWS::EC2::NetworkInterface', 'AWS::EC2::Volume'];

/** Tokens for the resources of one member. */
export class Member {
  constructor(
    private readonly plan: MemberPlan,
    private readonly block: Block,
  ) {}

  /** Id of its instance; throws while the member is absent. */
  get instanceId(): string {
    if (this.plan.absent) throw new Error(`${this.plan.name} is absent: it has no instance`);
    return this.block.refOf(memberId.instance(this.plan.number, this.plan.generation));
  }

  /** Id of its network interface. */
  get networkInterfaceId(): string {
    return this.block.refOf(memberId.interface(this.plan.number));
  }

  /** Id of a data volume. */
  volumeId(volume: string): string {
    return this.block.refOf(memberVolumeId(this.plan, volume));
  }

  /** Its fixed private address. */
  get address(): string {
    return this.plan.address;
  }
}
