/** Public constructs: each can be used alone in a CDK app. */
export { type EmitOptions, emitEstate } from './app';
export { type FleetRole, RegionBase, type RegionBaseProps } from './base';
export { CentralMirror, type CentralMirrorProps } from './central-mirror';
export { CollectionCluster, type CollectionClusterProps, type KafkaHostsProps } from './collection-cluster';
export { ElasticFleet, type ElasticFleetProps } from './elastic';
export { EtcdCluster, type EtcdClusterProps, type EtcdVoter } from './etcd-cluster';
export type { FixedHost, FixedHostsProps } from './fixed-hosts';
export { FrontEnds, type FrontEndsProps } from './front-ends';
export type { LinksRole } from './links-role';
export { Entry, type EntryProps } from './load-balancer';
export type { EntryOptions } from './load-balancer-parts';
export { Member, MembersFleet, type MembersFleetProps } from './members';
export { RegionNetwork, type RegionNetworkProps } from './network';
export type { Place } from './partition';
export { RegionStacks } from './region-stacks';
export { RegionTransit, type RegionTransitProps } from './transit';
export { literalUserData } from './user-data';
