/** Parameters of profiles that decide sizes: those that a fleet's file writes, else the profiles' own. */
import { BROKER_MEMORY, MIRROR_HEAP_GIB, ROOT_SPOOL_FILL, SPOOL_FILL } from './assumptions';
import { SPOOL_SEGMENT_BYTES } from './framing';
import type { WrittenCollection, WrittenFleet } from './written';

export interface HostSettings {
  /** GiB of a broker's heap. */
  readonly brokerHeapGib: number;
  /** GiB of heap of a mirror's worker. */
  readonly mirrorHeapGib: number;
  /** Part of a front end's disk that its spool may fill, 0 to 1. */
  readonly spoolFill: number;
  /** Bytes of a spool's segment. */
  readonly segmentBytes: number;
}

export const PROFILE_SETTINGS: HostSettings = {
  brokerHeapGib: BROKER_MEMORY.heapGib,
  mirrorHeapGib: MIRROR_HEAP_GIB,
  spoolFill: SPOOL_FILL,
  segmentBytes: SPOOL_SEGMENT_BYTES,
};

/** What the fleets of a collection are started with. */
export function settingsOf({
  brokers,
  mirrors,
  frontEnds,
}: Pick<WrittenCollection, 'brokers' | 'mirrors' | 'frontEnds'>): HostSettings {
  const root = frontEnds !== undefined && frontEnds.volume === undefined;
  const percent = parameter(frontEnds, 'front-end', root ? 'rootPercent' : 'spoolPercent');
  return {
    brokerHeapGib: scaled(parameter(brokers, 'kafka', 'heapMb'), 1 / 1024) ?? PROFILE_SETTINGS.brokerHeapGib,
    mirrorHeapGib: scaled(parameter(mirrors, 'kafka-mirror', 'heapMb'), 1 / 1024) ?? PROFILE_SETTINGS.mirrorHeapGib,
    spoolFill: scaled(percent, 1 / 100) ?? (root ? ROOT_SPOOL_FILL : SPOOL_FILL),
    segmentBytes: scaled(parameter(frontEnds, 'front-end', 'segmentMb'), 1e6) ?? SPOOL_SEGMENT_BYTES,
  };
}

function parameter(written: WrittenFleet | undefined, profile: string, name: string): number | undefined {
  const value = written?.fleet.parameters[profile]?.[name];
  return typeof value === 'number' ? value : undefined;
}

function scaled(value: number | undefined, factor: number): number | undefined {
  return value === undefined ? undefined : value * factor;
}
