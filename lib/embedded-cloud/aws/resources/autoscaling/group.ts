import { isObject, type JsonObject } from '../../../../engine/json';
import { NAMES } from '../../../../facts/aws/names';
import { bool, num, obj, objs, str, strs } from '../../../properties';
import type { Region } from '../../../store/world';
import { AwsError } from '../../aws-error';
import { generatedName } from '../../ids';
import type { ScalingGroup } from '../../world/compute';
import { findTemplate, templateData } from '../ec2/launch-templates';
import { subnetOf } from '../ec2/lookup';
import type { Context, Handler, Made } from '../handler';
import { arn, must, tagsOf } from '../values';
import { obsolete, scaleTo, terminateOne } from './capacity';
import { rollingUpdate } from './rolling-update';

/** A group, or Auto Scaling's error. */
export const groupOf = (region: Region, name: string | undefined): ScalingGroup =>
  must(region.scalingGroups, name, 'ValidationError', `AutoScalingGroup name not found - no such group: ${name}`);

/** A group registers instances, by their ids. */
function checkTargetGroups(c: Context, ids: readonly string[]): void {
  for (const id of ids) {
    if (c.region.targetGroups[id]?.type !== 'instance') {
      throw new AwsError(
        'ValidationError',
        `Provided Target Groups may not be valid. Please ensure they exist and try again. ${id}`,
      );
    }
  }
}

/** What the template says of a group. */
function settings(
  c: Context,
  p: JsonObject,
): Omit<ScalingGroup, 'name' | 'desired' | 'instances' | 'hooks' | 'policies' | 'created' | 'suspended'> {
  const [min, max] = [num(p, 'MinSize') ?? 0, num(p, 'MaxSize') ?? 0];
  if (min > max) throw new AwsError('ValidationError', 'Max bound must be greater than or equal to min bound');
  const specification =
    obj(p, 'LaunchTemplate') ??
    obj(obj(obj(p, 'MixedInstancesPolicy') ?? {}, 'LaunchTemplate') ?? {}, 'LaunchTemplateSpecification');
  if (!specification)
    throw new AwsError(
      'ValidationError',
      'Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter.',
    );
  const { template, version } = findTemplate(c.region, specification);
  const data = templateData(c.region, { LaunchTemplateId: template.id, Version: String(version) });
  if (data.ImageId === undefined)
    throw new AwsError(
      'ValidationError',
      'You must use a valid fully-formed launch template. The request must contain the parameter ImageId',
    );
  const subnets = strs(p, 'VPCZoneIdentifier');
  if (subnets.length === 0) throw new AwsError('ValidationError', 'At least one Availability Zone or VPC Subnet is required.');
  const zones = subnets.map((s) => subnetOf(c.region, s).zone);
  checkTargetGroups(c, strs(p, 'TargetGroupARNs'));
  return {
    min,
    max,
    subnets,
    zones: [...new Set(zones)],
    template: { id: template.id, version: String(version) },
    targetGroups: strs(p, 'TargetGroupARNs'),
    tags: [
      ...Object.entries(tagsOf(c, undefined)).map(([key, value]) => ({ key, value, propagate: true })),
      ...objs(p, 'Tags').map((t) => ({
        key: String(t.Key),
        value: String(t.Value ?? ''),
        propagate: bool(t, 'PropagateAtLaunch') ?? false,
      })),
    ],
  };
}

const desiredOf = (p: JsonObject, s: { min: number; max: number }, current: number): number => {
  const asked = num(p, 'DesiredCapacity');
  if (asked !== undefined && (asked < s.min || asked > s.max)) {
    throw new AwsError(
      'ValidationError',
      `Desired capacity:${asked} must be between the specified min size:${s.min} and max size:${s.max}`,
    );
  }
  return asked ?? Math.min(Math.max(current, s.min), s.max);
};

const madeOf = (c: Context, name: string): Made => ({
  physicalId: name,
  attributes: { AutoScalingGroupARN: arn(c, 'autoscaling', `autoScalingGroup:00000000:autoScalingGroupName/${name}`) },
});

/** AWS::AutoScaling::AutoScalingGroup: its instances are simulated hosts over its subnets. */
export const autoScalingGroup: Handler = {
  create(c, p) {
    const name =
      str(p, 'AutoScalingGroupName') ??
      generatedName(c.stackName, c.logicalId, NAMES['AWS::AutoScaling::AutoScalingGroup AutoScalingGroupName'].most);
    if (c.region.scalingGroups[name])
      throw new AwsError(
        'AlreadyExists',
        `AutoScalingGroup by this name already exists - A group already exists with the name ${name}`,
      );
    const own = settings(c, p);
    const group: ScalingGroup = {
      name,
      ...own,
      desired: desiredOf(p, own, own.min),
      instances: [],
      suspended: [],
      hooks: {},
      policies: {},
      created: c.clock.now(),
    };
    for (const hook of objs(p, 'LifecycleHookSpecificationList')) group.hooks[String(hook.LifecycleHookName)] = hook;
    c.region.scalingGroups[name] = group;
    try {
      scaleTo(c, group, group.desired);
    } catch (e) {
      for (const id of [...group.instances]) terminateOne(c, group, id);
      delete c.region.scalingGroups[name];
      throw e;
    }
    return madeOf(c, name);
  },
  async update(c, name, p) {
    const group = groupOf(c.region, name);
    const own = settings(c, p);
    const rolling = c.updatePolicy?.AutoScalingRollingUpdate;
    // Without DesiredCapacity in the template the group keeps the size that scaling gave it.
    const desired = desiredOf(p, own, group.desired);
    const before = group.desired;
    Object.assign(group, own);
    group.desired = desired;
    const old = obsolete(c, group);
    if (isObject(rolling) && old.length > 0) await rollingUpdate(c, group, old, rolling);
    try {
      scaleTo(c, group, desired);
    } catch (error) {
      // What could not be launched is not asked for again by the way back.
      group.desired = before;
      throw error;
    }
    return madeOf(c, name);
  },
  delete(c, name) {
    const group = c.region.scalingGroups[name];
    if (!group) return;
    for (const id of [...group.instances]) terminateOne(c, group, id);
    delete c.region.scalingGroups[name];
  },
  signalsFrom: (c, name) => c.region.scalingGroups[name]?.instances ?? [],
  read(c, name, p) {
    const group = c.region.scalingGroups[name];
    return (
      group && {
        ...p,
        ...(p.MinSize === undefined ? {} : { MinSize: String(group.min) }),
        ...(p.MaxSize === undefined ? {} : { MaxSize: String(group.max) }),
      }
    );
  },
};

/** AWS::AutoScaling::LifecycleHook */
export const lifecycleHook: Handler = {
  create(c, p) {
    const group = groupOf(c.region, str(p, 'AutoScalingGroupName'));
    const name =
      str(p, 'LifecycleHookName') ??
      generatedName(c.stackName, c.logicalId, NAMES['AWS::AutoScaling::LifecycleHook LifecycleHookName'].most);
    group.hooks[name] = p;
    return { physicalId: name };
  },
  update(c, name, p) {
    groupOf(c.region, str(p, 'AutoScalingGroupName')).hooks[name] = p;
    return undefined;
  },
  delete(c, name, p) {
    delete c.region.scalingGroups[str(p, 'AutoScalingGroupName') ?? '']?.hooks[name];
  },
  read: (c, name, p) => c.region.scalingGroups[str(p, 'AutoScalingGroupName') ?? '']?.hooks[name] && p,
};

/** AWS::AutoScaling::ScalingPolicy */
export const scalingPolicy: Handler = {
  create(c, p) {
    const group = groupOf(c.region, str(p, 'AutoScalingGroupName'));
    const name = generatedName(c.stackName, c.logicalId, 255);
    const id = arn(c, 'autoscaling', `scalingPolicy:00000000:autoScalingGroupName/${group.name}:policyName/${name}`);
    group.policies[id] = p;
    return { physicalId: id, attributes: { Arn: id, PolicyName: name } };
  },
  update(c, id, p) {
    groupOf(c.region, str(p, 'AutoScalingGroupName')).policies[id] = p;
    return undefined;
  },
  delete(c, id, p) {
    delete c.region.scalingGroups[str(p, 'AutoScalingGroupName') ?? '']?.policies[id];
  },
  read: (c, id, p) => c.region.scalingGroups[str(p, 'AutoScalingGroupName') ?? '']?.policies[id] && p,
};
