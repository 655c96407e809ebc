/** A volume as an estate or a template asks for it, and what a cloud refuses of it. */
export interface AskedVolume {
  /** The cloud's or the estate's word for its type. */
  readonly type: string;
  readonly gib: number;
  /** Provisioned operations a second. @default - the type's own */
  readonly iops?: number | undefined;
  /** MiB a second. @default - the type's own */
  readonly throughput?: number | undefined;
}

export interface VolumeFault {
  /** The key of a volume that is wrong. */
  readonly key: 'gb' | 'iops' | 'throughput';
  readonly message: string;
  /** What to write for it. @default - nothing: it has to go */
  readonly write?: number;
}

/** Least and most GiB. */
export type Gib = readonly [least: number, most: number];

/** What is wrong with a size; undefined where nothing is. */
export function sizeFault(what: string, gib: number, [least, most]: Gib): VolumeFault | undefined {
  if (gib >= least && gib <= most) return undefined;
  return { key: 'gb', message: `${what} is ${least} to ${most} GiB, not ${gib}`, write: gib < least ? least : most };
}
