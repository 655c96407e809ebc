import type { VolumeConfig } from '../../model';
import { membersFleets, type Rule } from '../rule';

/** Sizes and performance are those that the volume type takes. Source: "Amazon EBS volume types" (gp3, io2 Block Express, st1). */
export const volumesPerformAsTheirType: Rule = {
  code: 'VOLUME_TYPE',
  title: 'Size, operations and throughput are those that the volume type takes.',
  why: 'the cloud refuses the volume when the member is made',
  check: (estate) =>
    membersFleets(estate).flatMap(({ region, fleet, path }) =>
      fleet.volumes.flatMap((volume) =>
        refusals(volume).map(({ key, message, fix }) => ({
          file: region.file,
          path: [...path, 'volumes', volume.name, key],
          message,
          fix,
        })),
      ),
    ),
};

interface Refusal {
  readonly key: string;
  readonly message: string;
  readonly fix: string;
}

function refusals({ type, gb, iops, throughput }: VolumeConfig): Refusal[] {
  const found: Refusal[] = [];
  if (throughput !== undefined && type !== 'gp3')
    found.push({ key: 'throughput', message: `${type} takes no throughput`, fix: 'leave it out, or write `type: gp3`' });
  if (type === 'st1') {
    if (iops !== undefined) found.push({ key: 'iops', message: 'st1 takes no provisioned operations', fix: 'leave it out' });
    if (gb !== 0 && (gb < 125 || gb > 16384))
      found.push({ key: 'gb', message: `st1 is 125 to 16384 GiB, not ${gb}`, fix: 'write `gb: 125` or more' });
  }
  if (type === 'io2' && iops === undefined)
    found.push({ key: 'iops', message: 'io2 needs provisioned operations', fix: 'write `iops: 3000`' });
  if (type === 'gp3' && iops !== undefined && (iops < 3000 || iops > 80000))
    found.push({
      key: 'iops',
      message: `gp3 takes 3000 to 80000 operations a second, not ${iops}`,
      fix: 'leave it out for 3000',
    });
  const perGb = type === 'io2' ? 1000 : 500;
  if (type !== 'st1' && iops !== undefined && iops > 3000 && iops > gb * perGb)
    found.push({
      key: 'iops',
      message: `${type} takes ${perGb} operations a GiB: ${gb * perGb}, not ${iops}`,
      fix: `write \`gb: ${Math.ceil(iops / perGb)}\` or fewer operations`,
    });
  return found;
}
