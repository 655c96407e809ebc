/** The hosts that carry other regions' topics into a central cluster, for a CDK app that has a network of its own. */
import type { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { UserData } from '../../host-config/model';
import { type FixedHost, type FixedHostsProps, fixedMembers } from '../fleet/fixed-hosts';
import { type Member, MembersFleet } from '../fleet/members';

export interface CentralMirrorProps extends FixedHostsProps {
  /** Two at least: each flow has a worker on every host, and the others take over the work of one that is away. */
  readonly hosts: readonly FixedHost[];
  readonly instanceType: string;
  /** Its hosts reach the brokers of every region whose topics are carried: by links, and by the brokers' own groups. */
  readonly securityGroup: ISecurityGroup;
  /** Name of an instance profile whose role may read the hosts' certificates. */
  readonly instanceProfile: string;
  /** What runs MirrorMaker 2; see `literalUserData`, or this project's renderer. */
  readonly userData: UserData;
}

/** Hosts without data: what they have carried, and how far, stands in the clusters. One a stack. */
export class CentralMirror extends Construct {
  private readonly fleet: MembersFleet;

  constructor(scope: Construct, id: string, props: CentralMirrorProps) {
    super(scope, id);
    if (props.hosts.length < 2) throw new RangeError(`a mirror has 2 hosts at least, not ${props.hosts.length}`);
    this.fleet = new MembersFleet(this, 'Hosts', {
      ...fixedMembers(props.hosts, props, { stack: Stack.of(this).stackName, oneByOne: true }),
      userData: props.userData,
      instanceType: props.instanceType,
      instanceProfile: props.instanceProfile,
      securityGroups: [props.securityGroup.securityGroupId],
    });
  }

  /** References to one host's resources. @param number from 1 */
  host(number: number): Member {
    return this.fleet.member(number);
  }
}
