/** The sizing of a place: numbers first, figures and words are made from them. */
import type { SpoolConfig } from '../estate/model/model';
import { CONSUMERS, CONTROLLERS } from './assumptions';
import { type HostSettings, PROFILE_SETTINGS } from './host-settings';
import { type HostRole, type HostType, hostType } from './host-type';
import { type ClusterSize, sizeCluster } from './size/cluster';
import { type FrontEndSize, sizeFrontEnds } from './size/front-ends';
import { type MirrorFlow, mirrorFlow, mirrorHosts } from './size/mirror';
import type { Stream } from './stream';

export interface PlaceInput {
  /** How the place is called in the answer. */
  readonly place: string;
  /** What enters through its own front ends. */
  readonly own: Stream;
  /** What is carried into it from other regions. */
  readonly carried: readonly Stream[];
  /** Whether its topics are carried on into another region. */
  readonly leaves: boolean;
  readonly size: 'standard' | 'small';
  /** What front ends do when their spools are full. */
  readonly whenFull: SpoolConfig['whenFull'];
  readonly zones: number;
  /** Seconds that front ends keep. */
  readonly keep: number;
  /** Seconds of an outage that one wants to know the end of. */
  readonly outage: number;
  /** Types of the region's file. @default - the reference types */
  readonly types?: Partial<Record<HostRole, string>>;
  /** Parameters of the region's fleets. @default - the profiles' own */
  readonly settings?: HostSettings;
}

export interface PlaceSize {
  readonly input: PlaceInput;
  readonly types: Readonly<Record<HostRole, HostType>>;
  readonly settings: HostSettings;
  readonly cluster: ClusterSize;
  /** 0 where the brokers are the controllers. */
  readonly controllers: number;
  readonly frontEnds: FrontEndSize;
  readonly mirrors: { readonly hosts: number; readonly flows: readonly MirrorFlow[] };
}

/** Sizes a place. Every limit and formula stands with its source in lib/collection/figures. */
export function sizePlace(input: PlaceInput): PlaceSize {
  const { own, carried, zones, keep, settings = PROFILE_SETTINGS } = input;
  const types = {
    brokers: hostType('brokers', input.types?.brokers),
    controllers: hostType('controllers', input.types?.controllers),
    frontEnds: hostType('frontEnds', input.types?.frontEnds),
    mirrors: hostType('mirrors', input.types?.mirrors),
  };
  const cluster = sizeCluster([own, ...carried], types.brokers, zones, CONSUMERS, settings.brokerHeapGib);
  const flows = carried.map((stream, i) => mirrorFlow(stream, cluster.partitions[i + 1]!));
  return {
    input,
    types,
    settings,
    cluster,
    controllers: input.size === 'small' ? 0 : CONTROLLERS,
    frontEnds: sizeFrontEnds(own, keep, types.frontEnds, zones, settings),
    mirrors: { hosts: mirrorHosts(carried, types.mirrors, zones), flows },
  };
}
