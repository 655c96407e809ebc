/** An Auto Scaling group whose hosts have no number. */
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ROLLING_PAUSE_SECONDS } from '../../facts/aws/limits';
import type { UserData } from '../../host-config/model';
import type { DrainPlan } from '../../plan/model';
import { elasticId } from '../names';
import { getAtt, isoSeconds, ref, type TemplateFragment, type TemplateResource, tagList, type Value } from '../template';
import { elasticAlarms } from './alarms';
import { Block } from './block';
import { GATE_TAG, gateTag } from './gates';
import { elasticUnwell } from './heartbeat-alarms';
import { METADATA_OPTIONS, ROOT_DEVICE, rootVolume } from './member-resources';
import { requireLiteral, userDataMapping, userDataProperty } from './user-data';

export interface ElasticFleetProps {
  /** Name of every host: tag `Name`. */
  readonly hostName: string;
  readonly image: string;
  readonly instanceType: string;
  /** Name of the instance profile. */
  readonly instanceProfile: Value;
  /** Ids of the subnets, one a zone. */
  readonly subnets: readonly Value[];
  readonly securityGroups: readonly Value[];
  readonly userData: UserData;
  /** Hosts at least. Scaling owns the number: no desired capacity stands in the template. */
  readonly min: number;
  readonly max: number;
  /** Root disk, GiB. */
  readonly rootGb: number;
  /**
   * Hosts replaced at a time.
   *
   * @default 1
   */
  readonly maxBatch?: number;
  /**
   * How long a new host may take until it signals, seconds; at most 3,600.
   *
   * @default 900
   */
  readonly signalTimeout?: number;
  /**
   * Name of an EC2 key pair.
   *
   * @default - none
   */
  readonly keyName?: string;
  /**
   * Key that encrypts the root disk: id, ARN or alias. The Auto Scaling service-linked role must be able to use it.
   *
   * @default - the account's default EBS key
   */
  readonly kmsKey?: Value;
  /**
   * Container mode prefix: /28 prefixes of each host's interface.
   *
   * @default - none
   */
  readonly prefixes?: number;
  /**
   * Tags of hosts and their disks. Stack tags don't reach what a launch template launches.
   *
   * @default - none but Name and meissa:gate
   */
  readonly hostTags?: Readonly<Record<string, string>>;
  /**
   * SNS topic that alarms tell.
   *
   * @default - alarms tell nobody
   */
  readonly topicArn?: string;
  /**
   * ARNs of the target groups that hosts register with.
   *
   * @default - no load balancer
   */
  readonly targetGroups?: readonly Value[];
  /**
   * Holds a host that leaves until it says that it has handed on what it holds, or is silent for `heartbeat` seconds. The group then has
   * the name `group`, which the host names.
   *
   * @default - a host leaves at once, and the group's name is CloudFormation's
   */
  readonly drain?: DrainPlan;
  /**
   * Emit L1 constructs instead of one block; the same template.
   *
   * @default false
   */
  readonly expand?: boolean;
}

/**
 * A launch template and an Auto Scaling group. Updates roll: a batch at a time, each new host signals by itself
 * (`WaitOnResourceSignals`), and a floor stays in service. One fleet a stack.
 *
 * `Tags.of(fleet).add()` reaches the group and, at launch, its hosts; their disks have `hostTags` only.
 */
export class ElasticFleet extends Construct {
  private readonly block: Block;

  constructor(scope: Construct, id: string, props: ElasticFleetProps) {
    super(scope, id);
    if ((props.signalTimeout ?? 0) > ROLLING_PAUSE_SECONDS) {
      throw new RangeError(
        `signalTimeout of ${props.signalTimeout} s: a rolling update waits ${ROLLING_PAUSE_SECONDS} s at most`,
      );
    }
    requireLiteral(props.userData, this);
    const stackName = Stack.of(this).stackName;
    this.block = new Block(this, 'Block', {
      fragment: () => elasticFragment(props, stackName),
      // The text is literal: it has no tokens to look for.
      inputs: { ...props, userData: undefined },
      tagged: ['AWS::AutoScaling::AutoScalingGroup', 'AWS::CloudWatch::Alarm'],
      expand: props.expand,
    });
  }

  /** Name of the Auto Scaling group. */
  get groupName(): string {
    return this.block.refOf(elasticId.group);
  }
}

const DEFAULT_SIGNAL_TIMEOUT = 900;

/** Processes that would disturb a rolling update. Source: CloudFormation Template Reference, "UpdatePolicy attribute", SuspendProcesses. */
const SUSPENDED = ['HealthCheck', 'ReplaceUnhealthy', 'AZRebalance', 'AlarmNotification', 'ScheduledActions'];

export function elasticFragment(props: ElasticFleetProps, stackName: string): TemplateFragment {
  return {
    Mappings: userDataMapping(props.userData),
    Resources: {
      [elasticId.launchTemplate]: launchTemplate(props, stackName),
      [elasticId.group]: group(props),
      ...(props.drain === undefined ? {} : { [elasticId.drain]: drainHook(props.drain) }),
      ...elasticAlarms(props),
      ...(props.topicArn === undefined ? {} : { HostUnwell: elasticUnwell(props.hostName, props.topicArn) }),
    },
  };
}

function launchTemplate(props: ElasticFleetProps, stackName: string): TemplateResource {
  const tags = tagList({ ...props.hostTags, Name: props.hostName, [GATE_TAG]: gateTag(stackName, elasticId.group) });
  return {
    Type: 'AWS::EC2::LaunchTemplate',
    Properties: {
      LaunchTemplateData: {
        BlockDeviceMappings: [{ DeviceName: ROOT_DEVICE, Ebs: rootVolume(props.rootGb, props.kmsKey) }],
        IamInstanceProfile: { Name: props.instanceProfile },
        ImageId: props.image,
        InstanceType: props.instanceType,
        ...(props.keyName === undefined ? {} : { KeyName: props.keyName }),
        MetadataOptions: METADATA_OPTIONS,
        ...network(props),
        TagSpecifications: [
          { ResourceType: 'instance', Tags: tags },
          { ResourceType: 'volume', Tags: tags },
        ],
        UserData: userDataProperty(props.userData),
      },
    },
  };
}

/** A launch template that describes the interface names the groups there, else they stand beside it. Prefixes go with their host. */
function network({ prefixes, securityGroups }: ElasticFleetProps): Record<string, unknown> {
  if (prefixes === undefined) return { SecurityGroupIds: securityGroups };
  const primary = { DeleteOnTermination: true, DeviceIndex: 0, Groups: securityGroups, Ipv4PrefixCount: prefixes };
  return { NetworkInterfaces: [primary] };
}

function group(props: ElasticFleetProps): TemplateResource {
  const timeout = props.signalTimeout ?? DEFAULT_SIGNAL_TIMEOUT;
  const batch = props.maxBatch ?? 1;
  return {
    Type: 'AWS::AutoScaling::AutoScalingGroup',
    Properties: {
      ...(props.drain === undefined ? {} : { AutoScalingGroupName: props.drain.group }),
      // A host is not asked for its health before it had the time to come up.
      HealthCheckGracePeriod: timeout,
      HealthCheckType: 'EC2',
      LaunchTemplate: {
        LaunchTemplateId: ref(elasticId.launchTemplate),
        Version: getAtt(elasticId.launchTemplate, 'LatestVersionNumber'),
      },
      MaxSize: String(props.max),
      MetricsCollection: [{ Granularity: '1Minute', Metrics: ['GroupInServiceInstances', 'GroupDesiredCapacity'] }],
      MinSize: String(props.min),
      Tags: [{ Key: 'Name', PropagateAtLaunch: false, Value: props.hostName }],
      ...(props.targetGroups === undefined ? {} : { TargetGroupARNs: props.targetGroups }),
      VPCZoneIdentifier: props.subnets,
    },
    // Without a desired capacity a new group starts with MinSize hosts, and each of them signals.
    ...(props.min === 0 ? {} : { CreationPolicy: { ResourceSignal: { Count: props.min, Timeout: isoSeconds(timeout) } } }),
    UpdatePolicy: {
      AutoScalingRollingUpdate: {
        MaxBatchSize: batch,
        MinInstancesInService: floor(props.min, props.max, batch),
        PauseTime: isoSeconds(timeout),
        SuspendProcesses: SUSPENDED,
        WaitOnResourceSignals: true,
      },
      AutoScalingScheduledAction: { IgnoreUnmodifiedGroupSizeProperties: true },
    },
  };
}

/**
 * A resource of its own, so that it goes before the group when the stack is deleted. A host that never answers goes after the heartbeat: what
 * it held is lost either way, and a hook that held it for ever would hold the group too.
 */
function drainHook({ hook, heartbeat }: DrainPlan): TemplateResource {
  return {
    Type: 'AWS::AutoScaling::LifecycleHook',
    Properties: {
      AutoScalingGroupName: ref(elasticId.group),
      DefaultResult: 'CONTINUE',
      HeartbeatTimeout: heartbeat,
      LifecycleHookName: hook,
      LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
    },
  };
}

/** Hosts in service during a roll. CloudFormation wants it below MaxSize, so a group of fixed size gives up one batch. */
function floor(min: number, max: number, batch: number): number {
  return min < max ? min : Math.max(0, max - batch);
}
