/** The embedded cloud: a rehearsal of a user's deploy on loopback. */
export type { EmbeddedAliyun } from './aliyun/embedded';
export type { AliyunHostBehaviour, AliyunHostOptions } from './aliyun/hosts/hosts';
export type { AliyunHostInventory, AliyunInventory } from './aliyun/inventory';
export type { AliyunLinks } from './aliyun/inventory-links';
export type { CallCount, RpcFault, Throttle } from './aliyun/rpc/trouble';
export { type EmbeddedCloud, type EmbeddedCloudOptions, startEmbeddedCloud } from './cloud';
export type { Fault } from './engine/faults';
export { GATE_TAG, type HostBehaviour, type HostOptions, type HostStart } from './hosts/hosts';
export type { HostInventory, RegionInventory } from './inventory';
export type { LinkInventory, RouteInventory, TransitInventory, TransitRouteInventory } from './inventory-links';
export { type Effect, effectOf, type UpdateTable, updateTables } from './updates';
