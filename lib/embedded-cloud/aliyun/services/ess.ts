import type { Backend } from '../../backend';
import { regionOf } from '../../store/world';
import { AliyunError } from '../aliyun-error';
import { launchOne, removeOne, scale } from '../resources/ess/capacity';
import { groupOf } from '../resources/ess/groups';
import { aliyunId } from '../resources/values';
import { needed, page, repeated } from './parameters';
import type { RpcAction, RpcRequest } from './request';

const describeScalingInstances: RpcAction = (backend, request) => {
  const p = request.parameters;
  const r = regionOf(backend.world, request.account, request.region).aliyun;
  const ids = repeated(p, isOf2022(request) ? 'InstanceIds' : 'InstanceId');
  const all = Object.values(r.scalingGroups).flatMap((g) =>
    p.ScalingGroupId !== undefined && p.ScalingGroupId !== g.id
      ? []
      : g.instances.flatMap((id) => {
          const i = r.instances[id];
          return i && (!ids || ids.includes(id)) ? [{ g, i }] : [];
        }),
  );
  const { items, answer } = page({ ...p, PageSize: p.PageSize ?? '10' }, all);
  const ScalingInstance = items.map(({ g, i }) => ({
    InstanceId: i.id,
    ScalingGroupId: g.id,
    ScalingConfigurationId: i.configuration ?? '',
    HealthStatus: i.state === 'Running' ? 'Healthy' : 'Unhealthy',
    LifecycleState: 'InService',
    CreationType: 'AutoCreated',
    CreationTime: `${i.created.slice(0, 16)}Z`,
    PrivateIpAddress: r.interfaces[i.interfaces[0] ?? '']?.address ?? '',
    ZoneId: i.zone,
    Entrusted: false,
  }));
  // The version of 2014 has a list in an object.
  return { ...answer, ScalingInstances: isOf2022(request) ? ScalingInstance : { ScalingInstance } };
};

const isOf2022 = ({ version }: RpcRequest): boolean => version === '2022-02-22';

/** A group that an action may scale now. */
function activeGroup(backend: Backend, request: RpcRequest, id: string) {
  const region = regionOf(backend.world, request.account, request.region);
  const group = groupOf(region.aliyun, id);
  if (group.state !== 'Active')
    throw new AliyunError('IncorrectScalingGroupStatus', `The scaling group ${group.id} is not active.`);
  const account = backend.world.accounts[request.account]!;
  return { group, region, place: { account, region, hosts: backend.aliyunHosts } };
}

/** "ScaleWithAdjustment": up to MaxSize, and down to MinSize. */
const scaleWithAdjustment: RpcAction = (backend, request) => {
  const p = request.parameters;
  const { group, place } = activeGroup(backend, request, needed(p, 'ScalingGroupId'));
  const value = Number(needed(p, 'AdjustmentValue'));
  if (needed(p, 'AdjustmentType') !== 'QuantityChangeInCapacity' || !Number.isInteger(value))
    throw new AliyunError('InvalidParameter', 'Only QuantityChangeInCapacity by a whole number is known here.');
  const size = Math.min(group.max, Math.max(group.min, group.instances.length + value));
  while (group.instances.length < size) launchOne(place, group);
  while (group.instances.length > size) removeOne(place, group, group.instances[0]!);
  backend.changed();
  return { ScalingActivityId: aliyunId('asa'), ActivityType: 'CapacityChange' };
};

/** "RemoveInstances": never below MinSize. */
const removeInstances: RpcAction = (backend, request) => {
  const p = request.parameters;
  const { group, place } = activeGroup(backend, request, needed(p, 'ScalingGroupId'));
  const ids = repeated(p, isOf2022(request) ? 'InstanceIds' : 'InstanceId') ?? [];
  if (ids.length === 0 || ids.length > 20) throw new AliyunError('InvalidParameter.InstanceIds', 'Give 1 to 20 instances.');
  for (const id of ids)
    if (!group.instances.includes(id))
      throw new AliyunError('InvalidInstanceId.NotFound', `The instance ${id} is not in ${group.id}.`, 404);
  if (group.instances.length - ids.length < group.min)
    throw new AliyunError('IncorrectCapacity.MinSize', `Fewer than MinSize ${group.min} instances would be left.`);
  for (const id of ids) removeOne(place, group, id);
  backend.changed();
  return { ScalingActivityId: aliyunId('asa') };
};

/** "SetInstanceHealth": what isn't healthy is released, and a new one comes where fewer than MinSize would be left. */
const setInstanceHealth: RpcAction = (backend, request) => {
  const p = request.parameters;
  const id = needed(p, 'InstanceId');
  const { scalingGroups } = regionOf(backend.world, request.account, request.region).aliyun;
  const own = Object.values(scalingGroups).find((group) => group.instances.includes(id));
  if (own === undefined) throw new AliyunError('InvalidInstanceId.NotFound', `The instance ${id} is in no group.`, 404);
  const { group, place } = activeGroup(backend, request, own.id);
  if (needed(p, 'HealthStatus') === 'Unhealthy') {
    removeOne(place, group, id);
    scale(place, group);
    backend.changed();
  }
  return {};
};

/** Auto Scaling's actions, of both versions. */
export const essActions: Record<string, RpcAction> = {
  DescribeScalingInstances: describeScalingInstances,
  RemoveInstances: removeInstances,
  ScaleWithAdjustment: scaleWithAdjustment,
  SetInstanceHealth: setInstanceHealth,
};
