import { regionOf } from '../../store/world';
import { page, repeated } from './parameters';
import type { RpcAction } from './request';

const describeScalingInstances: RpcAction = (backend, request) => {
  const p = request.parameters;
  const r = regionOf(backend.world, request.account, request.region).aliyun;
  const ids = repeated(p, 'InstanceId');
  const all = Object.values(r.scalingGroups).flatMap((g) =>
    p.ScalingGroupId !== undefined && p.ScalingGroupId !== g.id
      ? []
      : g.instances.flatMap((id) => {
          const i = r.instances[id];
          return i && (!ids || ids.includes(id)) ? [{ g, i }] : [];
        }),
  );
  const { items, answer } = page({ ...p, PageSize: p.PageSize ?? '10' }, all);
  return {
    ...answer,
    ScalingInstances: {
      ScalingInstance: items.map(({ g, i }) => ({
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
      })),
    },
  };
};

/** Auto Scaling's actions (2014-08-28). */
export const essActions: Record<string, RpcAction> = { DescribeScalingInstances: describeScalingInstances };
