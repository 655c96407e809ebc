/** What volumes of Amazon EBS may be, and have without being asked ("Amazon EBS volume types"): GiB, operations a second, MiB/s. */

/** "Amazon EBS General Purpose SSD volumes". Throughput is 0.25 MiB/s an operation at most. */
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

/** "Throughput Optimized HDD and Cold HDD volumes". */
export const ST1 = { leastGib: 125, mostGib: 16_384 } as const;
