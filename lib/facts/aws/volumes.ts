/** What volumes of Amazon EBS may be, and have without being asked ("Amazon EBS volume types", 2026-11): GiB, operations a second, MiB/s. */
import { type AskedVolume, type Gib, sizeFault, type VolumeFault } from '../volume';

/** "Amazon EBS General Purpose SSD volumes" (four times the size and five times the operations since 2025-09). Throughput is 0.25 MiB/s an operation at most. */
export const GP3 = {
  leastGib: 1,
  mostGib: 65_536,
  iops: 3000,
  mostIops: 80_000,
  iopsPerGib: 500,
  throughput: 125,
  mostThroughput: 2000,
  throughputPerIops: 0.25,
} as const;

/** "Provisioned IOPS SSD volumes" (io2 Block Express). */
export const IO2 = { leastIops: 100, mostIops: 256_000, iopsPerGib: 1000 } as const;

interface EbsType {
  readonly gib: Gib;
  /** Provisioned operations. @default - it takes none */
  readonly iops?: {
    readonly least: number;
    readonly most: number;
    readonly perGib: number;
    /** Without being asked, and whatever the size is. @default - they must be written */
    readonly usual?: number;
  };
}

/** Every type by name. "Throughput Optimized HDD and Cold HDD volumes"; "Previous generation volumes". */
export const EBS_TYPES: Readonly<Record<string, EbsType>> = {
  gp2: { gib: [1, 16_384] },
  gp3: {
    gib: [GP3.leastGib, GP3.mostGib],
    iops: { least: GP3.iops, most: GP3.mostIops, perGib: GP3.iopsPerGib, usual: GP3.iops },
  },
  io1: { gib: [4, 16_384], iops: { least: 100, most: 64_000, perGib: 50 } },
  io2: { gib: [4, 65_536], iops: { least: IO2.leastIops, most: IO2.mostIops, perGib: IO2.iopsPerGib } },
  st1: { gib: [125, 16_384] },
  sc1: { gib: [125, 16_384] },
  standard: { gib: [1, 1024] },
};

/** GiB of a root volume, which is a gp3: Flatcar's images are of 8 ("CreateVolume", Size: at least the snapshot's). */
export const ROOT_GIB: Gib = [8, GP3.mostGib];

/** What EC2 refuses of a volume of a type that it has ("CreateVolume"). */
export function ebsFaults(volume: AskedVolume): VolumeFault[] {
  const { type, gib } = volume;
  const known = EBS_TYPES[type];
  if (known === undefined) return [];
  const size = sizeFault(type, gib, known.gib);
  const iops = iopsFault(volume, known);
  const throughput = throughputFault({ ...volume, iops: iops?.write ?? volume.iops });
  // Operations that are wrong and too few for the throughput are told once, with those that suit both.
  const told = iops !== undefined && throughput?.key === 'iops' ? [{ ...iops, write: throughput.write }] : [iops, throughput];
  return [size, ...told].filter((fault) => fault !== undefined);
}

function iopsFault({ type, gib, iops }: AskedVolume, known: EbsType): VolumeFault | undefined {
  const takes = known.iops;
  if (takes === undefined)
    return iops === undefined ? undefined : { key: 'iops', message: `${type} takes no provisioned operations` };
  const { least, most, perGib, usual } = takes;
  // Of a volume that is too small or too large the size is told.
  const bySize = Math.min(most, Math.max(usual ?? least, Math.min(Math.max(gib, known.gib[0]), known.gib[1]) * perGib));
  if (iops === undefined)
    return usual === undefined
      ? { key: 'iops', message: `${type} needs provisioned operations`, write: Math.min(GP3.iops, bySize) }
      : undefined;
  if (iops < least || iops > most)
    return {
      key: 'iops',
      message: `${type} takes ${least} to ${most} operations a second, not ${iops}`,
      write: iops < least ? least : bySize,
    };
  return iops > bySize
    ? { key: 'iops', message: `${type} takes ${perGib} operations a GiB: ${bySize}, not ${iops}`, write: bySize }
    : undefined;
}

function throughputFault({ type, gib, iops = GP3.iops, throughput }: AskedVolume): VolumeFault | undefined {
  if (throughput === undefined) return undefined;
  if (type !== 'gp3') return { key: 'throughput', message: `${type} takes no throughput` };
  const { throughput: least, mostThroughput: most, throughputPerIops } = GP3;
  if (throughput < least || throughput > most)
    return {
      key: 'throughput',
      message: `gp3 takes ${least} to ${most} MiB/s, not ${throughput}`,
      write: throughput < least ? least : Math.min(most, iops * throughputPerIops),
    };
  const needed = Math.ceil(throughput / throughputPerIops);
  if (needed <= iops) return undefined;
  const message = `gp3 gives ${throughputPerIops} MiB/s an operation: ${throughput} MiB/s need ${needed} operations a second, not ${iops}`;
  return needed <= gib * GP3.iopsPerGib
    ? { key: 'iops', message, write: needed }
    : { key: 'throughput', message, write: Math.floor(iops * throughputPerIops) };
}
