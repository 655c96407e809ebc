import type { JsonObject } from '../../engine/json';
import { objs, str } from '../properties';
import type { AliyunRegion } from './world/region';

/** A network load balancer as it stands. */
export interface LoadBalancerInventory {
  id: string;
  name: string;
  zones: string[];
  /** By port and protocol; servers are ids of instances. */
  listeners: { port: number; protocol: string; servers: string[] }[];
}

/** Load balancers with their listeners and who stands behind them. */
export function loadBalancersOf(r: AliyunRegion): LoadBalancerInventory[] {
  const of = (type: string) => Object.values(r.things).filter((one) => one.type === `ALIYUN::NLB::${type}`);
  const serversIn = (p: JsonObject) => objs(p, 'Servers').flatMap((s) => str(s, 'ServerId') ?? []);
  const servers = (group: string | undefined): string[] => [
    ...of('ServerGroup').flatMap((g) => (g.id === group ? serversIn(g.properties) : [])),
    ...of('BackendServerAttachment').flatMap(({ properties }) =>
      properties.ServerGroupId === group ? serversIn(properties) : [],
    ),
  ];
  return of('LoadBalancer').map(({ id, properties }) => ({
    id,
    name: str(properties, 'LoadBalancerName') ?? id,
    zones: objs(properties, 'ZoneMappings').flatMap((z) => str(z, 'ZoneId') ?? []),
    listeners: of('Listener')
      .filter((l) => l.properties.LoadBalancerId === id)
      .map(({ properties: l }) => ({
        port: Number(l.ListenerPort),
        protocol: str(l, 'ListenerProtocol') ?? '',
        servers: servers(str(l, 'ServerGroupId')),
      })),
  }));
}
