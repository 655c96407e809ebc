/** A broker's volume: GiB, throughput and operations. */
import { GP3 } from '../../facts/aws/volumes';
import { DISK_FILL, DISK_STEP, GIB, HEADROOM, MIB, OPERATION_BYTES, roundUp } from '../assumptions';
import { type Demand, segmentSlack } from '../stream';

export interface VolumeSize {
  readonly gib: number;
  /** MiB/s. */
  readonly throughput: number;
  readonly iops: number;
}

/** Partitions are spread evenly over the brokers, so their disks are alike. */
export function brokerVolume(demand: Demand, brokers: number, replicas: number): VolumeSize {
  const bytes = (demand.kept + segmentSlack(replicas)) / brokers;
  return { gib: diskGib(bytes, DISK_FILL), ...performance(demand.copied / brokers) };
}

/** GiB of a disk of which this part is filled by so many bytes. */
export function diskGib(bytes: number, fill: number): number {
  return roundUp(Math.max(1, bytes / fill / GIB), DISK_STEP);
}

/** gp3's throughput and operations for so many bytes a second, within what a volume may have. */
export function performance(rate: number): { readonly throughput: number; readonly iops: number } {
  const throughput = Math.min(GP3.mostThroughput, Math.max(GP3.throughput, Math.ceil(rate / HEADROOM / MIB)));
  const wanted = Math.max(throughput / GP3.throughputPerIops, rate / HEADROOM / OPERATION_BYTES);
  return { throughput, iops: Math.min(GP3.mostIops, Math.max(GP3.iops, Math.ceil(wanted))) };
}
