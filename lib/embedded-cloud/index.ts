/** The embedded cloud: a rehearsal of a user's deploy on loopback. */

export type { Fault } from '../engine/faults';
export type { EmbeddedAliyun } from './aliyun/embedded';
export type { AliyunHostBehaviour, AliyunHostOptions } from './aliyun/hosts/hosts';
export type { AliyunHostInventory, AliyunInventory } from './aliyun/inventory';
export type { AliyunLinks } from './aliyun/inventory-links';
export type { CallCount, RpcFault, Throttle } from './aliyun/services/trouble';
export { GATE_TAG, type HostBehaviour, type HostOptions, type HostStart } from './aws/hosts/hosts';
export type { HostInventory, RegionInventory } from './aws/inventory';
export type { LinkInventory, RouteInventory, TransitInventory, TransitRouteInventory } from './aws/inventory-links';
export { type EmbeddedCloud, type EmbeddedCloudOptions, startEmbeddedCloud } from './cloud';
