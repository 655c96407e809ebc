import type { Backend } from '../../backend';
import { type Form, text, texts } from '../../http/form';
import type { XmlValue } from '../../http/xml';
import { accountOf, type Region } from '../../store/world';
import { AwsError } from '../aws-error';
import { scaleTo } from '../resources/autoscaling/capacity';
import { groupOf } from '../resources/autoscaling/group';

/** One Auto Scaling call. */
export function autoScaling(backend: Backend, region: Region, action: string, form: Record<string, Form>): XmlValue {
  if (action === 'DescribeAutoScalingGroups') {
    const wanted = texts(form, 'AutoScalingGroupNames');
    const found = Object.values(region.scalingGroups).filter((g) => wanted.length === 0 || wanted.includes(g.name));
    return {
      AutoScalingGroups: found.map((g) => ({
        AutoScalingGroupName: g.name,
        AutoScalingGroupARN: `arn:${backend.world.partition}:autoscaling:${region.name}:${region.account}:autoScalingGroup:00000000:autoScalingGroupName/${g.name}`,
        MinSize: g.min,
        MaxSize: g.max,
        DesiredCapacity: g.desired,
        DefaultCooldown: 300,
        HealthCheckType: 'EC2',
        CreatedTime: g.created,
        AvailabilityZones: g.zones,
        VPCZoneIdentifier: g.subnets.join(','),
        LaunchTemplate: {
          LaunchTemplateId: g.template.id,
          LaunchTemplateName: region.launchTemplates[g.template.id]?.name,
          Version: g.template.version,
        },
        Instances: g.instances.map((id) => ({
          InstanceId: id,
          AvailabilityZone: region.instances[id]?.zone,
          LifecycleState: 'InService',
          HealthStatus: 'Healthy',
          ProtectedFromScaleIn: false,
        })),
        SuspendedProcesses: g.suspended.map((p) => ({ ProcessName: p })),
        Tags: g.tags.map((t) => ({
          Key: t.key,
          Value: t.value,
          PropagateAtLaunch: t.propagate,
          ResourceId: g.name,
          ResourceType: 'auto-scaling-group',
        })),
      })),
    };
  }
  if (action === 'SetDesiredCapacity') {
    const group = groupOf(region, text(form, 'AutoScalingGroupName'));
    const size = Number(text(form, 'DesiredCapacity'));
    if (size < group.min || size > group.max)
      throw new AwsError(
        'ValidationError',
        `New SetDesiredCapacity value ${size} is ${size < group.min ? 'below min' : 'above max'} value ${size < group.min ? group.min : group.max} for the AutoScalingGroup.`,
      );
    group.desired = size;
    scaleTo({ account: accountOf(backend.world, region.account), region, hosts: backend.hosts }, group, size);
    backend.changed();
    return {};
  }
  throw new AwsError('InvalidAction', `${action} is not in the embedded cloud`);
}
