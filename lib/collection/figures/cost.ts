/** Dollars a month, explained. Estimates: what AWS asks without discounts, without root disks, load balancers and gateways. */

import { GP3_PRICE, MONTH_HOURS, MONTH_SECONDS, regionPrice, ZONE_PRICE } from '../../facts/aws/prices';
import { GP3 } from '../../facts/aws/volumes';
import { SOURCES } from '../assumptions';
import { type Figure, figure, type Input } from '../figure';
import type { VolumeSize } from '../size/disks';
import type { PlaceSize } from '../sizing';
import { betweenZones, leaving } from './network';

/** GiB of a controller's disk: the profile's own. */
export const CONTROLLER_GIB = 20;
const GB = 1e9;

export function costFigures(size: PlaceSize): Figure[] {
  const { input, cluster, controllers, frontEnds, mirrors, types } = size;
  const counts = { brokers: cluster.brokers, controllers, frontEnds: frontEnds.count, mirrors: mirrors.hosts };
  const roles = (Object.keys(counts) as (keyof typeof counts)[]).filter((role) => counts[role] > 0);
  const hosts = roles.reduce((sum, role) => sum + counts[role] * types[role].hourly * MONTH_HOURS, 0);
  const disks =
    cluster.brokers * volumePrice(cluster.volume) +
    frontEnds.count * volumePrice(frontEnds.volume) +
    controllers * CONTROLLER_GIB * GP3_PRICE.gib;
  const zones = betweenZones(input) * MONTH_SECONDS;
  const away = leaving(input) * MONTH_SECONDS;
  const price = regionPrice(input.own.cloudRegion);
  const zonesPrice = (zones / GB) * ZONE_PRICE;
  const awayPrice = (away / GB) * price;
  return [
    figure(
      'cost of hosts',
      hosts,
      'USD/month',
      `hosts * price an hour * ${MONTH_HOURS}`,
      roles.flatMap((role): [string, number, Input['unit']][] => [
        [types[role].name, counts[role], 'hosts'],
        ['each', types[role].hourly, 'USD/h'],
      ]),
      SOURCES.ec2Price,
    ),
    figure(
      'cost of disks',
      disks,
      'USD/month',
      `GiB * ${GP3_PRICE.gib}, operations over ${GP3.iops} * ${GP3_PRICE.iops}, MiB/s over ${GP3.throughput} * ${GP3_PRICE.throughput}`,
      [
        ['disks of brokers', cluster.brokers * cluster.volume.gib, 'GiB'],
        ['disks of front ends', frontEnds.count * frontEnds.volume.gib, 'GiB'],
      ],
      SOURCES.ebsPrice,
    ),
    figure(
      'cost between zones',
      zonesPrice,
      'USD/month',
      'bytes that cross zones a month * price, half of it at each end',
      [
        ['crossing', zones, 'B/month'],
        ['price', ZONE_PRICE, 'USD/GB'],
      ],
      SOURCES.transferPrice,
    ),
    ...(input.leaves
      ? [
          figure(
            'cost to the central region',
            awayPrice,
            'USD/month',
            'bytes that leave the region a month * price; from us-east-1 where the region isn’t known',
            [
              ['leaving', away, 'B/month'],
              ['price', price, 'USD/GB'],
            ],
            SOURCES.transferPrice,
          ),
        ]
      : []),
    figure(
      'cost',
      hosts + disks + zonesPrice + awayPrice,
      'USD/month',
      'the sum of these; without root disks, load balancers and gateways',
      [],
      SOURCES.ec2Price,
    ),
  ];
}

function volumePrice({ gib, iops, throughput }: VolumeSize): number {
  return (
    gib * GP3_PRICE.gib +
    Math.max(0, iops - GP3.iops) * GP3_PRICE.iops +
    Math.max(0, throughput - GP3.throughput) * GP3_PRICE.throughput
  );
}
