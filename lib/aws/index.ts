/** Public constructs: each can be used alone in a CDK app. */
export { type EmitOptions, emitEstate } from './app';
export { type FleetRole, RegionBase, type RegionBaseProps } from './base';
export { CentralMirror, type CentralMirrorProps } from './collection/central-mirror';
export { CollectionCluster, type CollectionClusterProps, type KafkaHostsProps } from './collection/collection-cluster';
export { FrontEnds, type FrontEndsProps } from './collection/front-ends';
export { ElasticFleet, type ElasticFleetProps } from './fleet/elastic';
export { EtcdCluster, type EtcdClusterProps, type EtcdVoter } from './fleet/etcd-cluster';
export type { FixedHost, FixedHostsProps } from './fleet/fixed-hosts';
export { Entry, type EntryProps } from './fleet/load-balancer';
export type { EntryOptions } from './fleet/load-balancer-parts';
export { Member, MembersFleet, type MembersFleetProps } from './fleet/members';
export { literalUserData } from './fleet/user-data';
export type { LinksRole } from './links/links-role';
export { RegionTransit, type RegionTransitProps } from './links/transit';
export { RegionNetwork, type RegionNetworkProps } from './network/network';
export type { Place } from './partition';
export { RegionStacks } from './region-stacks';
