import type { JsonObject } from '../../../../engine/json';
import { bool, num, objs, str, strs } from '../../../properties';
import { AliyunError } from '../../aliyun-error';
import type { AliyunScalingConfiguration, AliyunScalingGroup } from '../../world/compute';
import type { AliyunRegion } from '../../world/region';
import { checkImage, checkRole, checkType, groupIds, userDataOf } from '../ecs/launch';
import { groupOf as securityGroupOf } from '../ecs/security';
import type { Handler } from '../handler';
import { aliyunId, found, here, tagsOf } from '../values';
import { vSwitchOf } from '../vpc/vpc';
import { removeAll, scale } from './capacity';

/** The most instances of a group ("Limits" of Auto Scaling). */
const MOST = 2000;

export const groupOf = (r: AliyunRegion, id: string | undefined): AliyunScalingGroup =>
  found(r.scalingGroups, id, 'InvalidScalingGroupId.NotFound', 'scaling group');

function settings(r: AliyunRegion, p: JsonObject): Pick<AliyunScalingGroup, 'min' | 'max' | 'desired' | 'vSwitches'> {
  const [min, max, desired] = [num(p, 'MinSize') ?? -1, num(p, 'MaxSize') ?? -1, num(p, 'DesiredCapacity')];
  if (min < 0 || max < min || max > MOST)
    throw new AliyunError(
      'InvalidParameter.Conflict',
      `MinSize ${min} and MaxSize ${max} are not valid: 0 <= min <= max <= ${MOST}.`,
    );
  if (desired !== undefined && (desired < min || desired > max))
    throw new AliyunError('InvalidParameter.Conflict', `DesiredCapacity ${desired} is not between ${min} and ${max}.`);
  const vSwitches = p.VSwitchIds === undefined ? [str(p, 'VSwitchId') ?? ''] : strs(p, 'VSwitchIds');
  const vpcs = new Set(vSwitches.map((s) => vSwitchOf(r, s).vpc));
  if (vpcs.size !== 1) throw new AliyunError('InvalidParameter.Conflict', 'The vSwitches of a scaling group are of one VPC.');
  return { min, max, desired, vSwitches };
}

const arnOf = (account: string, region: string, id: string) => `acs:ess:${region}:${account}:scalinggroup/${id}`;

/** ALIYUN::ESS::ScalingGroup: it scales once it is enabled. */
export const scalingGroup: Handler = {
  create(c, p) {
    const r = here(c);
    const own = settings(r, p);
    const id = aliyunId('asg');
    const name = str(p, 'ScalingGroupName') ?? id;
    if (Object.values(r.scalingGroups).some((g) => g.name === name))
      throw new AliyunError(
        'InvalidScalingGroupName.Duplicate',
        `The specified value ${name} of ScalingGroupName is duplicated.`,
      );
    const tags = tagsOf(c, p.Tags);
    r.scalingGroups[id] = { id, name, ...own, state: 'Inactive', instances: [], hooks: {}, rules: {}, tags };
    const attributes = { ScalingGroupId: id, ScalingGroupName: name, Arn: arnOf(c.account.id, c.region.name, id) };
    return { physicalId: id, attributes };
  },
  update(c, id, p) {
    const group = groupOf(here(c), id);
    Object.assign(group, settings(here(c), p), { tags: tagsOf(c, p.Tags), name: str(p, 'ScalingGroupName') ?? group.name });
    scale(c, group);
    return undefined;
  },
  delete(c, id) {
    const r = here(c);
    const group = r.scalingGroups[id];
    if (!group) return;
    removeAll(c, group);
    for (const k of Object.values(r.scalingConfigurations)) if (k.group === id) delete r.scalingConfigurations[k.id];
    delete r.scalingGroups[id];
  },
  signalsFrom: (c, id) => here(c).scalingGroups[id]?.instances ?? [],
  read(c, id, p) {
    const g = here(c).scalingGroups[id];
    const asWritten = (key: string, now: number) => (typeof p[key] === 'string' ? String(now) : now);
    return g && { ...p, MinSize: asWritten('MinSize', g.min), MaxSize: asWritten('MaxSize', g.max) };
  },
};

/** What a group launches, checked as far as it can be without a vSwitch. */
function check(r: AliyunRegion, p: JsonObject, account: Parameters<typeof checkRole>[0], group: AliyunScalingGroup): void {
  checkImage(str(p, 'ImageId'));
  checkType(str(p, 'InstanceType') ?? strs(p, 'InstanceTypes')[0]);
  userDataOf(str(p, 'UserData'));
  checkRole(account, str(p, 'RamRoleName'));
  const groups = groupIds(p);
  if (groups.length === 0) throw new AliyunError('MissingParameter.SecurityGroupId', 'A security group is required.');
  const vpc = vSwitchOf(r, group.vSwitches[0]).vpc;
  for (const id of groups)
    if (securityGroupOf(r, id).vpc !== vpc)
      throw new AliyunError(
        'InvalidParameter.Conflict',
        `Security group ${id} and scaling group ${group.id} are of different VPCs.`,
      );
}

/** Tags that instances get. */
export const tagList = (p: JsonObject): Record<string, string> =>
  Object.fromEntries(objs(p, 'TagList').map((t) => [String(t.Key), String(t.Value ?? '')]));

/** ALIYUN::ESS::ScalingConfiguration: instances that stand keep what they were launched from. */
export const scalingConfiguration: Handler = {
  create(c, p) {
    const r = here(c);
    const group = groupOf(r, str(p, 'ScalingGroupId'));
    check(r, p, c.account, group);
    const id = aliyunId('asc');
    r.scalingConfigurations[id] = { id, group: group.id, properties: p };
    return { physicalId: id, attributes: { ScalingConfigurationId: id, ScalingGroupId: group.id } };
  },
  update(c, id, p) {
    const r = here(c);
    const k = found<AliyunScalingConfiguration>(
      r.scalingConfigurations,
      id,
      'InvalidScalingConfigurationId.NotFound',
      'scaling configuration',
    );
    check(r, p, c.account, groupOf(r, k.group));
    k.properties = p;
    return undefined;
  },
  delete(c, id) {
    const r = here(c);
    const k = r.scalingConfigurations[id];
    const group = r.scalingGroups[k?.group ?? ''];
    if (group?.configuration === id && group.state === 'Active')
      throw new AliyunError('IncorrectScalingConfigurationLifecycleState', `The scaling configuration ${id} is active.`);
    if (group?.configuration === id) group.configuration = undefined;
    delete r.scalingConfigurations[id];
  },
  read: (c, id) => here(c).scalingConfigurations[id]?.properties,
};

/** ALIYUN::ESS::ScalingGroupEnable: names the active configuration and lets the group scale. */
export const scalingGroupEnable: Handler = {
  create(c, p) {
    const group = groupOf(here(c), str(p, 'ScalingGroupId'));
    activate(here(c), group, str(p, 'ScalingConfigurationId'));
    group.state = 'Active';
    scale(c, group);
    return { physicalId: group.id, attributes: enabled(group) };
  },
  update(c, id, p) {
    const group = groupOf(here(c), id);
    activate(here(c), group, str(p, 'ScalingConfigurationId'));
    scale(c, group);
    return { attributes: enabled(group) };
  },
  delete(c, id) {
    const group = here(c).scalingGroups[id];
    // "DeleteScalingGroup" with ForceDelete: its instances go with the group, not with its being enabled.
    if (group) group.state = 'Inactive';
  },
  read: (c, id, p) => (here(c).scalingGroups[id]?.state === 'Active' ? p : undefined),
};

const enabled = (g: AliyunScalingGroup) => ({
  LifecycleState: g.state,
  ScalingGroupId: g.id,
  ScalingInstances: g.instances.map((InstanceId) => ({ InstanceId })),
  ScalingInstanceDetails: g.instances.map((InstanceId) => ({ InstanceId })),
  ScalingRuleArisExecuteErrorInfo: [],
  ScalingRuleArisExecuteResultInstancesAdded: [],
  ScalingRuleArisExecuteResultInstancesRemoved: [],
  ScalingRuleArisExecuteResultNumberOfAddedInstances: 0,
});

function activate(r: AliyunRegion, group: AliyunScalingGroup, asked: string | undefined): void {
  const own = Object.values(r.scalingConfigurations).filter((k) => k.group === group.id);
  const id = asked ?? group.configuration ?? own.at(-1)?.id;
  if (!own.some((k) => k.id === id))
    throw new AliyunError(
      'InvalidScalingConfigurationId.NotFound',
      `The scaling configuration ${id} is not of ${group.id}.`,
      404,
    );
  group.configuration = id;
}

/** A record that a group keeps: hooks and rules. */
const kept = (
  list: 'hooks' | 'rules',
  prefix: string,
  attributes: (c: Parameters<Handler['create']>[0], id: string, group: string) => JsonObject,
  checked: (p: JsonObject) => void,
): Handler => ({
  create(c, p) {
    const group = groupOf(here(c), str(p, 'ScalingGroupId'));
    checked(p);
    const id = aliyunId(prefix);
    group[list][id] = p;
    return { physicalId: id, attributes: attributes(c, id, group.id) };
  },
  update(c, id, p) {
    checked(p);
    groupOf(here(c), str(p, 'ScalingGroupId'))[list][id] = p;
    return undefined;
  },
  delete(c, id, p) {
    delete here(c).scalingGroups[str(p, 'ScalingGroupId') ?? '']?.[list][id];
  },
  read: (c, id, p) => here(c).scalingGroups[str(p, 'ScalingGroupId') ?? '']?.[list][id],
});

/** ALIYUN::ESS::LifecycleHook */
export const lifecycleHook = kept(
  'hooks',
  'ash',
  (_c, id, group) => ({ LifecycleHookId: id, ScalingGroupId: group }),
  (p) => {
    const on = str(p, 'LifecycleTransition') ?? '';
    if (!['SCALE_OUT', 'SCALE_IN'].includes(on))
      throw new AliyunError('InvalidParameter', `LifecycleTransition ${on} is not SCALE_OUT or SCALE_IN.`);
    const timeout = num(p, 'HeartbeatTimeout') ?? 600;
    if (timeout < 30 || timeout > 21_600)
      throw new AliyunError('InvalidParameter', `HeartbeatTimeout ${timeout} is not valid: 30 to 21600 seconds.`);
  },
);

/** ALIYUN::ESS::ScalingRule */
export const scalingRule = kept(
  'rules',
  'asr',
  (c, id) => ({ ScalingRuleId: id, ScalingRuleAri: `ari:acs:ess:${c.region.name}:${c.account.id}:scalingrule/${id}` }),
  (p) => {
    const type = str(p, 'ScalingRuleType') ?? 'SimpleScalingRule';
    if (type === 'TargetTrackingScalingRule' && (p.MetricName === undefined || p.TargetValue === undefined))
      throw new AliyunError('MissingParameter', 'A TargetTrackingScalingRule needs MetricName and TargetValue.');
    if (type === 'SimpleScalingRule' && (p.AdjustmentType === undefined || p.AdjustmentValue === undefined))
      throw new AliyunError('MissingParameter', 'A SimpleScalingRule needs AdjustmentType and AdjustmentValue.');
    if (bool(p, 'DisableScaleIn') !== undefined && type === 'SimpleScalingRule')
      throw new AliyunError('InvalidParameter.Conflict', 'DisableScaleIn is of target tracking rules.');
  },
);
