/** Collections as they are written, for estates of tests. */
import type { Anything, Written } from './written';

/** A collection in both regions: sa-east-1 is carried into us-east-1, which has the mirrors. */
export function collect(w: Written): { central: Anything; south: Anything } {
  w.estate.links = { central: { kind: 'peering', between: ['us-east-1', 'sa-east-1'], carries: ['hosts'] } };
  const [central, south] = ['us-east-1', 'sa-east-1'].map((name) => {
    const cluster = collection();
    w.places[name].clusters.collection = cluster;
    return cluster;
  });
  central!.kafka.mirrors = 'mirrors';
  central!.fleets.mirrors = members(2, undefined, ['base', 'collection', 'kafka-mirror'], 44);
  return { central, south };
}

export function collection(): Anything {
  return {
    generation: 1,
    kafka: {
      controllers: 'controllers',
      brokers: 'brokers',
      frontEnds: 'front-ends',
      load: { peak: '10MB/s', average: '1MB/s' },
      topics: { logs: { partitions: 6 } },
    },
    fleets: {
      controllers: members(3, 'kraft', ['base', 'collection', 'kafka', 'kafka-controller'], 24),
      brokers: members(3, 'replicas', ['base', 'collection', 'kafka', 'kafka-broker'], 32),
      'front-ends': members(2, undefined, ['base', 'collection', 'front-end'], 40),
    },
  };
}

export function members(count: number, quorum: string | undefined, profiles: string[], first: number): Anything {
  const addresses = { first, perZone: 4 };
  return {
    kind: 'members',
    ...(quorum && { quorum }),
    count,
    instanceType: 'm5.large',
    profiles,
    addresses,
    membersPerStack: 20,
  };
}
