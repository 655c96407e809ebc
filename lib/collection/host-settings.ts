/** Parameters of profiles that decide sizes: those that a fleet's file writes (`written.ts`), else the profiles' own. */
import { BROKER_MEMORY, MIRROR_HEAP_GIB, SPOOL_FILL } from './assumptions';
import { SPOOL_SEGMENT_BYTES } from './framing';

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
