import { didYouMean } from '../../findings/nearest';
import { isRegion, otherEnd } from '../../model/links';
import type { Estate, Idc, IdcRack, Region } from '../../model/model';
import { linksBetween, placeOf } from '../../model/resolved-links';
import type { Problem, Rule } from '../rule';

/** A rack that belongs to a cluster reaches its voters. Source: the design of this toolkit (etcd: other hosts run a gateway to the voters). */
export const racksJoinClusters: Rule = {
  code: 'RACK_CLUSTER',
  title: "The cluster of a rack exists, a link carries its region's hosts to the data centre, and etcd can be fetched there.",
  why: "hosts that can't reach the voters of their cluster wait for them for ever",
  check: (estate) => estate.idcs.flatMap((idc) => idc.racks.flatMap((rack) => checkRack(estate, idc, rack))),
};

function checkRack(estate: Estate, idc: Idc, rack: IdcRack): Problem[] {
  const at = { file: idc.file, path: ['racks', rack.name, 'cluster'] };
  const joined = rack.cluster;
  if (joined === undefined)
    return rack.profiles.includes('etcd')
      ? [
          {
            ...at,
            path: ['racks', rack.name, 'profiles'],
            message: 'the rack runs the profile etcd and belongs to no cluster',
            fix: 'write `cluster: <region>/<cluster>`, or leave etcd out',
          },
        ]
      : [];
  const region = placeOf(estate, joined.region);
  if (!isRegion(region))
    return [
      {
        ...at,
        message: `there is no region "${joined.region}"`,
        fix: `write <region>/<cluster>.${didYouMean(
          joined.region,
          estate.regions.map((r) => r.name),
        )}`,
      },
    ];
  // Of a region that was read as an outline the clusters aren't known: whoever validates the whole estate is told.
  if (region.outline === true) return [];
  if (!region.clusters.some((c) => c.name === joined.cluster))
    return [
      {
        ...at,
        message: `${region.name} has no cluster "${joined.cluster}"`,
        fix: `write one of ${region.clusters.map((c) => `${region.name}/${c.name}`).join(', ')}`,
      },
    ];
  if (!reachesHosts(estate, idc, region))
    return [
      {
        ...at,
        message: `no link carries the hosts of ${region.name} to ${idc.name}`,
        fix: `write a leased line or VPN between them that carries hosts, in estate.yaml`,
      },
    ];
  if (rack.profiles.includes('etcd') && idc.artifacts === undefined)
    return [
      {
        ...at,
        path: ['artifacts'],
        message: `hosts of rack ${rack.name} run etcd's gateway, and ${idc.name} has no mirror to fetch it from`,
        fix: 'write `artifacts: http://...`, a mirror with the files named by their SHA-256',
      },
    ];
  return [];
}

function reachesHosts(estate: Estate, idc: Idc, region: Region): boolean {
  return linksBetween(estate, idc.name, region.name).some((link) =>
    otherEnd(link, idc.name).ranges.some((range) => range.kind === 'hosts'),
  );
}
