/** A scaling group whose hosts have no number. */
import { SYSTEM_DISK } from '../../facts/aliyun/disks';
import type { ElasticFleetPlan } from '../../plan/model';
import { elasticId } from '../names';
import { type Intrinsic, type RosResourceJson, ref, resource, type Value } from '../ros';
import { tagList } from '../tags';

export interface ElasticProps {
  readonly fleet: ElasticFleetPlan;
  readonly ramRole: string;
  /** One a zone. */
  readonly vSwitches: readonly Value<string>[];
  readonly securityGroups: readonly Value<string>[];
  readonly userData: Intrinsic;
  /** Tags of the group and of its hosts. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Group, configuration, and what switches the group on. Scaling owns the number of hosts: no desired capacity stands in the template.
 * A changed configuration is that of new hosts; those of the former one are taken away first when the group shrinks. Source: Auto
 * Scaling, "CreateScalingGroup" (MultiAZPolicy, RemovalPolicy), "CreateScalingConfiguration".
 */
export function elasticResources(props: ElasticProps): Record<string, RosResourceJson> {
  const { fleet } = props;
  const name = fleet.context.fleet.hostPrefix;
  return {
    [elasticId.group]: resource('ALIYUN::ESS::ScalingGroup', {
      AzBalance: true,
      DefaultCooldown: 60,
      HealthCheckType: 'ECS',
      MaxSize: fleet.max,
      MinSize: fleet.min,
      MultiAZPolicy: 'BALANCE',
      RemovalPolicys: ['OldestScalingConfiguration', 'OldestInstance'],
      ScalingGroupName: name,
      Tags: tagList({ Name: name, ...props.tags }),
      VSwitchIds: props.vSwitches,
    }),
    [elasticId.configuration]: resource('ALIYUN::ESS::ScalingConfiguration', configuration(props, name)),
    [elasticId.enable]: resource('ALIYUN::ESS::ScalingGroupEnable', {
      ScalingConfigurationId: ref(elasticId.configuration),
      ScalingGroupId: ref(elasticId.group),
    }),
  };
}

function configuration({ fleet, ramRole, securityGroups, userData, tags }: ElasticProps, name: string) {
  return {
    ImageId: fleet.image,
    InstanceName: name,
    InstanceTypes: [fleet.instanceType],
    InternetMaxBandwidthOut: 0,
    IoOptimized: 'optimized' as const,
    ...(fleet.keyName === undefined ? {} : { KeyPairName: fleet.keyName }),
    RamRoleName: ramRole,
    ScalingConfigurationName: name,
    ScalingGroupId: ref(elasticId.group),
    SecurityGroupIds: securityGroups,
    SystemDiskCategory: SYSTEM_DISK,
    SystemDiskEncrypted: true,
    SystemDiskSize: fleet.rootGb,
    TagList: tagList({ Name: name, ...tags }),
    UserData: userData,
  } as const;
}
