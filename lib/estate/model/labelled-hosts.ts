import type { Cluster, Estate, Region } from './model';

/** Hosts with the same labels: those of a fleet, or of a rack. */
export interface LabelledHosts {
  /** For words: `fleet web`, `rack a01 of beijing`. */
  readonly what: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** How many there are at most. */
  readonly atMost: number;
}

/** Every host that belongs to a cluster, by its labels: its fleets, and the racks of data centres that name it as theirs. */
export function labelledHosts(estate: Estate, region: Region, cluster: Cluster): LabelledHosts[] {
  const fleets = cluster.fleets.map((fleet) => ({
    what: `fleet ${fleet.name}`,
    metadata: fleet.metadata,
    atMost: fleet.kind === 'members' ? fleet.count - fleet.removed.length : fleet.max,
  }));
  const racks = estate.idcs.flatMap((idc) =>
    idc.racks
      .filter(({ cluster: joined }) => joined?.region === region.name && joined.cluster === cluster.name)
      .map(({ name, metadata, hosts }) => ({ what: `rack ${name} of ${idc.name}`, metadata, atMost: hosts.length })),
  );
  return [...fleets, ...racks];
}
