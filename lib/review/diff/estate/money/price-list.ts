/** What things cost a month, by cloud: facts of the clouds in the plan's words. */
import type { CloudRegionId } from '../../../../estate/model/model';
import { diskCategory } from '../../../../facts/aliyun/disks';
import {
  ALIYUN_HOURLY,
  ALIYUN_PRICES_OF,
  aliyunDiskPrice,
  aliyunHourlyPrice,
  isPriced,
  MONTH_HOURS,
} from '../../../../facts/aliyun/prices';
import {
  AWS_HOURLY,
  AWS_PRICES_OF,
  GP3_PRICE,
  hourlyPrice,
  IO2_PRICE,
  regionFactor,
  ST1_PRICE,
} from '../../../../facts/aws/prices';
import { GP3 } from '../../../../facts/aws/volumes';
import type { RegionPlan, VolumePlan } from '../../../../plan/model';

/** What stands in a network and is asked by the hour. */
export type Standing = 'nat' | 'publicAddress' | 'balancer' | 'attachment' | 'vpn';

export type Disk = Pick<VolumePlan, 'type' | 'gb' | 'iops' | 'throughput'>;

/** Prices a month; undefined where none is known. */
export interface PriceList {
  readonly currency: 'USD' | 'CNY';
  /** Day that the prices were written down. */
  readonly of: string;
  readonly host: (type: string, region: CloudRegionId) => number | undefined;
  /** As the cloud calls the disk: `gp3`, `cloud_essd PL1`. */
  readonly diskName: (disk: Disk) => string;
  readonly disk: (disk: Disk, region: CloudRegionId) => number | undefined;
  readonly standing: (what: Standing, region: CloudRegionId) => number | undefined;
}

const times = (price: number | undefined, factor: number | undefined): number | undefined =>
  price === undefined || factor === undefined ? undefined : price * factor;

const aws: PriceList = {
  currency: 'USD',
  of: AWS_PRICES_OF,
  host: (type, region) => times(times(hourlyPrice(type), MONTH_HOURS), regionFactor(region, 'hosts')),
  diskName: ({ type }) => type,
  disk: (disk, region) => times(ebs(disk), regionFactor(region, 'disks')),
  standing: (what, region) => times(AWS_HOURLY[what] * MONTH_HOURS, regionFactor(region, 'hourly')),
};

function ebs({ type, gb, iops = GP3.iops, throughput = GP3.throughput }: Disk): number {
  if (type === 'st1') return gb * ST1_PRICE.gib;
  if (type === 'io2') return gb * IO2_PRICE.gib + iops * IO2_PRICE.iops;
  return (
    gb * GP3_PRICE.gib +
    Math.max(0, iops - GP3.iops) * GP3_PRICE.iops +
    Math.max(0, throughput - GP3.throughput) * GP3_PRICE.throughput
  );
}

const hourlyOf: Partial<Record<Standing, number>> = ALIYUN_HOURLY;

const aliyun: PriceList = {
  currency: 'CNY',
  of: ALIYUN_PRICES_OF,
  host: (type, region) => (isPriced(region) ? times(aliyunHourlyPrice(type), MONTH_HOURS) : undefined),
  diskName: (disk) => Object.values(diskCategory(disk)).join(' '),
  disk(disk, region) {
    const { DiskCategory, PerformanceLevel } = diskCategory(disk);
    return isPriced(region) ? times(aliyunDiskPrice(DiskCategory, PerformanceLevel), disk.gb) : undefined;
  },
  standing: (what, region) => (isPriced(region) ? times(hourlyOf[what], MONTH_HOURS) : undefined),
};

export const PRICE_LISTS: Readonly<Record<RegionPlan['provider'], PriceList>> = { aws, aliyun };
