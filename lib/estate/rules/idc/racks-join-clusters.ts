import type { Advice } from '../../findings/finding';
import { nearest } from '../../findings/nearest';
import { remove, set } from '../../findings/remedy';
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
            write: [
              set(
                ['racks', rack.name, 'profiles'],
                rack.profiles.filter((name) => name !== 'etcd'),
              ),
            ],
            fix: 'or say its cluster: <region>/<cluster>',
          },
        ]
      : [];
  const region = placeOf(estate, joined.region);
  if (!isRegion(region))
    return [
      {
        ...at,
        message: `there is no region "${joined.region}"`,
        ...instead(estate, at.path, joined),
      },
    ];
  // Of a region that was read as an outline the clusters aren't known: whoever validates the whole estate is told.
  if (region.outline === true) return [];
  if (!region.clusters.some((c) => c.name === joined.cluster))
    return [
      {
        ...at,
        message: `${region.name} has no cluster "${joined.cluster}"`,
        ...instead(estate, at.path, { region: region.name, cluster: joined.cluster }),
      },
    ];
  if (!reachesHosts(estate, idc, region))
    return [
      {
        ...at,
        message: `no link carries the hosts of ${region.name} to ${idc.name}`,
        fix: 'describe a leased line or VPN between them that carries hosts, in estate.yaml',
      },
    ];
  if (rack.profiles.includes('etcd') && idc.artifacts === undefined)
    return [
      {
        ...at,
        path: ['artifacts'],
        message: `hosts of rack ${rack.name} run etcd's gateway, and ${idc.name} has no mirror to fetch it from`,
        write: [set(['artifacts'], `http://artifacts.${idc.name}.example`)],
        fix: 'with the address of your mirror, which has the files named by their SHA-256',
      },
    ];
  return [];
}

function reachesHosts(estate: Estate, idc: Idc, region: Region): boolean {
  return linksBetween(estate, idc.name, region.name).some((link) =>
    otherEnd(link, idc.name).ranges.some((range) => range.kind === 'hosts'),
  );
}

/** The cluster that was meant: of the nearest region that has one. */
function instead(estate: Estate, path: readonly string[], joined: NonNullable<IdcRack['cluster']>): Advice {
  const all = estate.regions.flatMap((region) => region.clusters.map((cluster) => `${region.name}/${cluster.name}`));
  const here = all.filter((name) => name.startsWith(`${joined.region}/`));
  const near = nearest(`${joined.region}/${joined.cluster}`, here.length > 0 ? here : all) ?? here[0];
  const known = `clusters are ${all.slice(0, 8).join(', ')}`;
  return near === undefined ? { write: [remove(path)], fix: known } : { write: [set(path, near)], fix: known };
}
