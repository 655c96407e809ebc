/** An estate with the longest names that its files may hold: each host's name has 63 characters, each link's stack up to 128. */
import type { MembersLock } from '../../lib/estate/model/locks';
import type { Cluster, Estate, Fleet, Idc, Link, Region } from '../../lib/estate/model/model';

const LONGEST = { name: 63, host: 63, topic: 200 };

/** The name with more behind it: it stays another than its neighbours', and in their order. */
const padded = (name: string, length: number): string => (name.length >= length ? name : name + 'x'.repeat(length - name.length));

const IDC_NAME = 25;

export function longest(estate: Estate): Estate {
  return {
    ...estate,
    name: padded(estate.name, LONGEST.name),
    regions: estate.regions.map((region) => ({ ...region, clusters: region.clusters.map((one) => cluster(region, one)) })),
    idcs: estate.idcs.map((one) => idc(estate, one)),
    links: estate.links.map((link) => renamedLink(estate, link)),
    profiles: new Map(
      [...estate.profiles].map(([name, profile]) => [
        name,
        { ...profile, ports: profile.ports.map((port) => ({ ...port, name: padded(port.name, LONGEST.name) })) },
      ]),
    ),
    locks: {
      ...estate.locks,
      tokens: {
        tokens: estate.locks.tokens.tokens.map((token) => ({
          ...token,
          cluster: clusterName(regionOf(estate, token.region), token.cluster),
        })),
      },
      members: new Map([...estate.locks.members].map(([name, lock]) => [name, membersLock(regionOf(estate, name), lock)])),
    },
  };
}

const regionOf = (estate: Estate, name: string): Region => estate.regions.find((region) => region.name === name)!;

/** What is left for cluster and fleet of `<region>-<cluster>-<fleet>-<number>`, halved. */
function clusterName({ name: region }: Region, name: string): string {
  return padded(name, Math.floor((LONGEST.host - region.length - 2) / 2) - 4);
}

function fleetName(region: Region, { name: of }: Cluster, fleet: Fleet): string {
  const last = fleet.kind === 'members' ? fleet.count : 1;
  return padded(fleet.name, LONGEST.host - `${region.name}-${clusterName(region, of)}--${last}`.length);
}

function cluster(region: Region, one: Cluster): Cluster {
  const renamed = (name: string): string => {
    const fleet = one.fleets.find((f) => f.name === name);
    return fleet === undefined ? name : fleetName(region, one, fleet);
  };
  return {
    ...one,
    name: clusterName(region, one.name),
    ...(one.etcd === undefined ? {} : { etcd: { ...one.etcd, voters: renamed(one.etcd.voters) } }),
    ...(one.kafka === undefined
      ? {}
      : {
          kafka: {
            ...one.kafka,
            controllers: renamed(one.kafka.controllers),
            brokers: renamed(one.kafka.brokers),
            ...(one.kafka.frontEnds === undefined ? {} : { frontEnds: renamed(one.kafka.frontEnds) }),
            ...(one.kafka.mirrors === undefined ? {} : { mirrors: renamed(one.kafka.mirrors) }),
            topics: one.kafka.topics.map((topic) => ({ ...topic, name: padded(topic.name, LONGEST.topic) })),
          },
        }),
    fleets: one.fleets.map((fleet): Fleet => {
      const name = fleetName(region, one, fleet);
      if (fleet.kind === 'elastic') return { ...fleet, name };
      return { ...fleet, name, volumes: fleet.volumes.map((volume) => ({ ...volume, name: padded(volume.name, LONGEST.name) })) };
    }),
  };
}

function membersLock(region: Region, { standing: _, ...lock }: MembersLock): MembersLock {
  const members = [...lock.members].flatMap(([key, entry]): [string, typeof entry][] => {
    const [of, fleet, number] = key.split('/');
    const owner = region.clusters.find(({ name }) => name === of)!;
    const { stack: _stack, ...rest } = entry;
    return [
      [
        `${clusterName(region, owner.name)}/${fleetName(region, owner, owner.fleets.find((f) => f.name === fleet)!)}/${number}`,
        rest,
      ],
    ];
  });
  return { ...lock, members: new Map(members) };
}

function idc(estate: Estate, { name, racks, ...rest }: Idc): Idc {
  const own = padded(name, IDC_NAME);
  return {
    ...rest,
    name: own,
    racks: racks.map((rack) => ({
      ...rack,
      name: padded(rack.name, LONGEST.host - `${own}--${rack.hosts.at(-1)?.number ?? 1}`.length),
      ...(rack.cluster === undefined
        ? {}
        : {
            cluster: { ...rack.cluster, cluster: clusterName(regionOf(estate, rack.cluster.region), rack.cluster.cluster) },
          }),
    })),
  };
}

function renamedLink(estate: Estate, link: Link): Link {
  const place = (name: string): string => (estate.idcs.some((one) => one.name === name) ? padded(name, IDC_NAME) : name);
  const group = padded(link.group, LONGEST.name);
  const [a, b] = [place(link.a.place), place(link.b.place)];
  const id = link.kind === 'leased-line' || link.kind === 'vpn' ? `${a}--${b}/${group}` : `${a}--${b}`;
  return { ...link, id, group, a: { ...link.a, place: a }, b: { ...link.b, place: b } };
}
