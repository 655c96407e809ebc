/** A Kafka cluster in KRaft mode for a CDK app that has a network of its own. */
import type { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { type Environment, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { UserData } from '../../host-config/model';
import { BROKER_PORT, CONTROLLER_PORT } from '../../plan/collection/kafka';
import type { VolumePlan } from '../../plan/model';
import { type FixedHost, type FixedHostsProps, fixedMembers } from '../fleet/fixed-hosts';
import { DEFAULT_GATE_TIMEOUT } from '../fleet/member-resources';
import { type Member, MembersFleet } from '../fleet/members';

/** Hosts of one kind. */
export interface KafkaHostsProps {
  /** In order: the first is member 1. */
  readonly hosts: readonly FixedHost[];
  readonly instanceType: string;
  readonly securityGroup: ISecurityGroup;
  /** Name of an instance profile whose role may call `cloudformation:SignalResource` on the stack, and read the hosts' certificates. */
  readonly instanceProfile: string;
  /** What runs Kafka and signals the gate that the instance's tag `meissa:gate` names: see `literalUserData`, or this project's renderer. */
  readonly userData: UserData;
  /** Data volume, GiB. */
  readonly dataGb: number;
  /**
   * Operations a second of the data volume.
   *
   * @default - gp3's baseline, 3,000
   */
  readonly iops?: number;
  /**
   * MB/s of the data volume.
   *
   * @default - gp3's baseline, 125
   */
  readonly throughput?: number;
}

export interface CollectionClusterProps extends FixedHostsProps {
  /** Three at least, over two zones or more. */
  readonly brokers: KafkaHostsProps;
  /**
   * 3 or 5.
   *
   * @default - the brokers are the controllers too; then there are 3 or 5 of those. Kafka's documentation advises against it for critical use
   */
  readonly controllers?: KafkaHostsProps;
  /**
   * How long a host may take until it signals, seconds.
   *
   * @default 900
   */
  readonly gateTimeout?: number;
  /**
   * Account and region of the two stacks.
   *
   * @default - those of the stage that it stands in
   */
  readonly env?: Environment;
}

/**
 * Two stacks, `<name>-controllers` and `<name>-brokers`, each with hosts that come up and change one at a time: the next is touched when
 * the one before has signalled that it is well. Brokers wait for the controllers. Deploy both with `--no-rollback`: an automatic
 * rollback would not wait at the gates.
 */
export class CollectionCluster extends Construct {
  /** `address:9092` of the first three brokers: where clients begin. */
  readonly bootstrap: readonly string[];
  /** `address:9093`, one a controller. */
  readonly controllerBootstrap: readonly string[];
  readonly brokerStack: Stack;
  /** The brokers' own where they are the controllers too. */
  readonly controllerStack: Stack;
  private readonly brokers: MembersFleet;

  constructor(scope: Construct, id: string, props: CollectionClusterProps) {
    super(scope, id);
    const { brokers, controllers } = props;
    const voters = (controllers ?? brokers).hosts;
    if (voters.length !== 3 && voters.length !== 5)
      throw new RangeError(`a collection has 3 or 5 controllers, not ${voters.length}: an even one stands no more failures`);
    if (brokers.hosts.length < 3)
      throw new RangeError(
        `a collection has 3 brokers at least, not ${brokers.hosts.length}: of every line there are three copies`,
      );
    const controllerStack = controllers === undefined ? undefined : this.stack('controllers', props);
    if (controllerStack !== undefined && controllers !== undefined)
      this.fleet(controllerStack, 'controllers', controllers, props, 'kraft', [volume('kraft', '/dev/sdg', controllers)]);
    this.brokerStack = this.stack('brokers', props);
    this.controllerStack = controllerStack ?? this.brokerStack;
    if (controllerStack !== undefined) this.brokerStack.addStackDependency(controllerStack);
    const volumes = [volume('kafka', '/dev/sdf', brokers)];
    if (controllers === undefined) volumes.push(volume('kraft', '/dev/sdg', { dataGb: METADATA_GB }));
    this.brokers = this.fleet(
      this.brokerStack,
      'brokers',
      brokers,
      props,
      controllers === undefined ? 'kraft' : 'replicas',
      volumes,
    );
    this.bootstrap = brokers.hosts.slice(0, 3).map((host) => `${host.address}:${BROKER_PORT}`);
    this.controllerBootstrap = voters.map((host) => `${host.address}:${CONTROLLER_PORT}`);
  }

  /** References to one broker's resources. @param number from 1 */
  broker(number: number): Member {
    return this.brokers.member(number);
  }

  private stack(id: string, { name, env }: CollectionClusterProps): Stack {
    return new Stack(this, id, { stackName: `${name}-${id}`, env });
  }

  private fleet(
    stack: Stack,
    kind: string,
    hosts: KafkaHostsProps,
    props: CollectionClusterProps,
    quorum: 'kraft' | 'replicas',
    volumes: readonly VolumePlan[],
  ): MembersFleet {
    return new MembersFleet(stack, 'Fleet', {
      ...fixedMembers(hosts.hosts, props, { stack: stack.stackName, name: `${props.name}-${kind}`, oneByOne: true }),
      userData: hosts.userData,
      instanceType: hosts.instanceType,
      instanceProfile: hosts.instanceProfile,
      securityGroups: [hosts.securityGroup.securityGroupId],
      quorum,
      gateTimeout: props.gateTimeout ?? DEFAULT_GATE_TIMEOUT,
      volumes,
    });
  }
}

/** GiB for the metadata of a broker that is a controller too. */
const METADATA_GB = 20;

function volume(
  name: string,
  device: string,
  { dataGb, iops, throughput }: Pick<KafkaHostsProps, 'dataGb' | 'iops' | 'throughput'>,
): VolumePlan {
  return {
    name,
    device,
    gb: dataGb,
    type: 'gp3',
    ...(iops === undefined ? {} : { iops }),
    ...(throughput === undefined ? {} : { throughput }),
    mount: `/var/lib/${name}`,
    filesystem: 'xfs',
  };
}
