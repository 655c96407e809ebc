import { GP3, IO2, ST1 } from '../../../facts/aws/volumes';
import type { VolumeConfig } from '../../model/model';
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
    if (gb !== 0 && (gb < ST1.leastGib || gb > ST1.mostGib))
      found.push({
        key: 'gb',
        message: `st1 is ${ST1.leastGib} to ${ST1.mostGib} GiB, not ${gb}`,
        fix: `write \`gb: ${ST1.leastGib}\` or more`,
      });
  }
  if (type === 'io2' && iops === undefined)
    found.push({ key: 'iops', message: 'io2 needs provisioned operations', fix: `write \`iops: ${GP3.iops}\`` });
  if (type === 'gp3' && iops !== undefined && (iops < GP3.iops || iops > GP3.mostIops))
    found.push({
      key: 'iops',
      message: `gp3 takes ${GP3.iops} to ${GP3.mostIops} operations a second, not ${iops}`,
      fix: `leave it out for ${GP3.iops}`,
    });
  const perGb = (type === 'io2' ? IO2 : GP3).iopsPerGib;
  if (type !== 'st1' && iops !== undefined && iops > GP3.iops && iops > gb * perGb)
    found.push({
      key: 'iops',
      message: `${type} takes ${perGb} operations a GiB: ${gb * perGb}, not ${iops}`,
      fix: `write \`gb: ${Math.ceil(iops / perGb)}\` or fewer operations`,
    });
  return found;
}
