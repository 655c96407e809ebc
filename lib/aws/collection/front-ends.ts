/** Front ends behind their load balancer, for a CDK app that has a network of its own. */
import type { ISecurityGroup, ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { UserData } from '../../host-config/model';
import type { ListenerPlan } from '../../plan/model';
import { DEREGISTRATION_SECONDS, DRAIN_HEARTBEAT, LINES_HEALTH, LINES_LISTENERS } from '../../plan/region/load-balancers';
import { ElasticFleet } from '../fleet/elastic';
import { type FixedHost, type FixedHostsProps, fixedMembers } from '../fleet/fixed-hosts';
import { Entry } from '../fleet/load-balancer';
import { MembersFleet } from '../fleet/members';

export interface FrontEndsProps extends FixedHostsProps {
  readonly vpc: IVpc;
  /** Subnets that the load balancer takes addresses in, one a zone. */
  readonly subnets: readonly ISubnet[];
  /**
   * Hosts with fixed addresses, which keep their spool when the instance goes.
   *
   * @default - `scaling`
   */
  readonly hosts?: readonly FixedHost[];
  /**
   * Hosts of an Auto Scaling group, which drain before they go. Their spool is on the root disk: give it the room.
   *
   * @default - `hosts`
   */
  readonly scaling?: { readonly subnets: readonly ISubnet[]; readonly min: number; readonly max: number };
  readonly instanceType: string;
  readonly securityGroup: ISecurityGroup;
  /**
   * Name of an instance profile whose role may read the hosts' certificates; of `scaling` also signal the stack, and say
   * `autoscaling:CompleteLifecycleAction` and `RecordLifecycleActionHeartbeat` of the group `<name>`.
   */
  readonly instanceProfile: string;
  /** What runs the front end; see `literalUserData`, or this project's renderer. */
  readonly userData: UserData;
  /**
   * Spool of a host with a fixed address, GiB.
   *
   * @default 500
   */
  readonly spoolGb?: number;
  /**
   * Ports that are passed on.
   *
   * @default - 8080 (HTTP), 2514 (RELP) and 514 (syslog, TCP and UDP)
   */
  readonly listeners?: readonly ListenerPlan[];
  /**
   * A name in a private zone of the VPC, which is made for it.
   *
   * @default - only the name that AWS gives
   */
  readonly dns?: { readonly zone: string; readonly name: string };
  /**
   * SNS topic that alarms tell.
   *
   * @default - alarms tell nobody
   */
  readonly topicArn?: string;
}

/** A network load balancer and the hosts behind it. One a stack. */
export class FrontEnds extends Construct {
  readonly entry: Entry;

  constructor(scope: Construct, id: string, props: FrontEndsProps) {
    super(scope, id);
    const { hosts, scaling, name, topicArn, expand } = props;
    if ((hosts === undefined) === (scaling === undefined))
      throw new RangeError(`front ends ${name}: either hosts with fixed addresses or scaling, one of both`);
    const listeners = props.listeners ?? LINES_LISTENERS;
    this.entry = new Entry(this, 'Entry', {
      name,
      region: Stack.of(this).region,
      vpcId: props.vpc.vpcId,
      subnets: props.subnets.map((subnet) => subnet.subnetId),
      listeners,
      health: LINES_HEALTH,
      deregistrationSeconds: DEREGISTRATION_SECONDS,
      addresses: hosts?.map((host) => host.address),
      dns: props.dns,
      topicArn,
      expand,
    });
    if (hosts !== undefined) this.addMembers(hosts, props);
    if (scaling !== undefined) this.addGroup(scaling, listeners, props);
  }

  private addMembers(hosts: readonly FixedHost[], props: FrontEndsProps): void {
    new MembersFleet(this, 'Hosts', {
      ...fixedMembers(hosts, props, { stack: Stack.of(this).stackName, oneByOne: true }),
      ...common(props),
      volumes: [
        {
          name: 'spool',
          device: '/dev/sdf',
          gb: props.spoolGb ?? 500,
          type: 'gp3',
          mount: '/var/lib/front-end',
          filesystem: 'xfs',
        },
      ],
    });
  }

  private addGroup(
    { subnets, min, max }: NonNullable<FrontEndsProps['scaling']>,
    listeners: readonly ListenerPlan[],
    props: FrontEndsProps,
  ): void {
    new ElasticFleet(this, 'Hosts', {
      ...common(props),
      hostName: props.name,
      image: props.image,
      subnets: subnets.map((subnet) => subnet.subnetId),
      min,
      max,
      rootGb: props.rootGb ?? 20,
      kmsKey: props.kmsKey,
      targetGroups: listeners.map(({ id }) => this.entry.targetGroupArn(id)),
      drain: { group: props.name, hook: 'drain', heartbeat: DRAIN_HEARTBEAT },
      topicArn: props.topicArn,
      expand: props.expand,
    });
  }
}

function common({ instanceType, instanceProfile, securityGroup, userData }: FrontEndsProps) {
  return { instanceType, instanceProfile, userData, securityGroups: [securityGroup.securityGroupId] };
}
