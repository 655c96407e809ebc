/** Inbound rules of the group that lets containers in: the region's own, and those that each link's stack adds for the place at its other end. */
import { cloudOf } from '../../../clouds/clouds';
import { QUOTAS } from '../../../facts/aws/quotas';
import { admittedToContainers } from '../../addresses/route-counts';
import type { Advice } from '../../findings/finding';
import { type Remedy, set } from '../../findings/remedy';
import type { Estate, Region } from '../../model/model';
import { quotasOf } from '../../model/quotas';
import { linksOf } from '../../model/resolved-links';
import { raisedTo } from '../raised';
import type { Problem } from '../rule';
import { entryOf } from './link-entry';

/** Where they are more than a group takes. No rule of one stack sees the others: the cloud refuses the one too many in a link's deploy. */
export function containerGroupProblems(estate: Estate, region: Region): Problem[] {
  const count = admittedToContainers(estate, region).length;
  const most = cloudOf(region).rulesPerGroup ?? quotasOf(estate, region).rulesPerSecurityGroup;
  if (count <= most) return [];
  const own = admittedToContainers({ ...estate, links: [] }, region).length;
  const last = linksOf(estate, region).at(-1);
  const place = last === undefined || own > most ? { file: region.file, path: ['containers'] } : entryOf(last);
  return [
    {
      ...place,
      message: `the group Containers of ${region.name} would hold ${count} inbound rules, one a range that reaches containers (${own} of the region itself, ${count - own} of links' stacks), over ${most}`,
      ...advice(estate, region, count, most),
      also: [estate.locate(region.file, ['containers'])],
    },
  ];
}

function advice(estate: Estate, region: Region, count: number, most: number): Advice {
  const raisable = cloudOf(region).rulesPerGroup === undefined && count <= QUOTAS.rulesPerSecurityGroup.most;
  const closed: Region = { ...region, containers: { ...region.containers, openTo: ['containers'] } };
  const write: Remedy[] = [
    ...(raisable ? [raisedTo('rulesPerSecurityGroup', count, region)] : []),
    ...(admittedToContainers(estate, closed).length <= most ? [set(['containers', 'openTo'], ['containers'], region.file)] : []),
  ];
  const fewer = 'carry fewer ranges (`hosts` and `containers` are one each), or join fewer places';
  return { write, fix: raisable ? `the first once the account has so much, which AWS raises when asked; or ${fewer}` : fewer };
}
