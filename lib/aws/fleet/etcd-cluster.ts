/** An etcd cluster for a CDK app that has a network of its own. */

import type { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { UserData } from '../../host-config/model';
import { type FixedHost, type FixedHostsProps, fixedMembers } from './fixed-hosts';
import { DEFAULT_GATE_TIMEOUT } from './member-resources';
import { type Member, MembersFleet } from './members';

/** Its subnet has a zone of its own: voters in one zone go down together. */
export type EtcdVoter = FixedHost;

export interface EtcdClusterProps extends FixedHostsProps {
  /** 3 or 5, in order: the first is member 1. A voter's place never changes. */
  readonly voters: readonly EtcdVoter[];
  readonly instanceType: string;
  readonly securityGroup: ISecurityGroup;
  /** Name of an instance profile whose role may call `cloudformation:SignalResource` on `signalArn`. */
  readonly instanceProfile: string;
  /**
   * What forms the cluster and signals the gate that the instance's tag `meissa:gate` names: see `literalUserData`, or this
   * project's renderer.
   */
  readonly userData: UserData;
  /**
   * Data volume, GiB; mounted by its id, which the tag `meissa:volume:etcd` holds.
   *
   * @default 20
   */
  readonly dataGb?: number;
  /**
   * How long a voter may take until it signals, seconds.
   *
   * @default 900
   */
  readonly gateTimeout?: number;
}

/**
 * Three or five voters, each with a fixed address and a data volume that outlives it, coming up and changing one at a time:
 * the next is touched when the one before has signalled that it is healthy. Give it a stack of its own and deploy it with
 * `--no-rollback`: an automatic rollback would not wait at the gates.
 */
export class EtcdCluster extends Construct {
  /** `http` or `https` is the caller's: `10.0.0.4:2379`, one a voter. */
  readonly endpoints: readonly string[];
  /** What the hosts' role must be able to signal. */
  readonly signalArn: string;
  private readonly fleet: MembersFleet;

  constructor(scope: Construct, id: string, props: EtcdClusterProps) {
    super(scope, id);
    const size = props.voters.length;
    if (size !== 3 && size !== 5)
      throw new RangeError(`an etcd cluster has 3 or 5 voters, not ${size}: an even one stands no more failures`);
    const stack = Stack.of(this);
    this.fleet = new MembersFleet(this, 'Voters', {
      ...fixedMembers(props.voters, props, { stack: stack.stackName, oneByOne: true }),
      userData: props.userData,
      instanceType: props.instanceType,
      instanceProfile: props.instanceProfile,
      securityGroups: [props.securityGroup.securityGroupId],
      quorum: 'etcd',
      gateTimeout: props.gateTimeout ?? DEFAULT_GATE_TIMEOUT,
      volumes: [
        { name: 'etcd', device: '/dev/sdf', gb: props.dataGb ?? 20, type: 'gp3', mount: '/var/lib/etcd', filesystem: 'ext4' },
      ],
    });
    this.endpoints = props.voters.map((voter) => `${voter.address}:2379`);
    this.signalArn = stack.formatArn({ service: 'cloudformation', resource: 'stack', resourceName: `${stack.stackName}/*` });
  }

  /** References to one voter's resources. @param number from 1 */
  voter(number: number): Member {
    return this.fleet.member(number);
  }
}
