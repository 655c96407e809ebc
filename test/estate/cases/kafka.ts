import { collect, collection } from '../collecting';
import type { Anything, Written } from '../written';
import type { RuleCases } from './case';

/** A case that changes the two collections. */
const both =
  (change: (collections: { central: Anything; south: Anything }, w: Written) => unknown) =>
  (w: Written): void =>
    void change(collect(w), w);

const small = ({ south }: { south: Anything }): void => {
  const { kafka, fleets } = south;
  Object.assign(kafka, { size: 'small' });
  delete kafka.controllers;
  delete fleets.controllers;
  Object.assign(fleets.brokers, {
    quorum: 'kraft',
    profiles: ['base', 'collection', 'kafka', 'kafka-controller', 'kafka-broker'],
  });
};

const elastic = { kind: 'elastic', instanceType: 'm5.large', min: 2, max: 4 };

export const kafkaCases: RuleCases[] = [
  {
    code: 'KAFKA_ONE_A_REGION',
    refuses: {
      'a second collection in a region': both((_, w) => (w.places['sa-east-1'].clusters.other = collection())),
    },
    accepts: { 'one a region': both(() => {}) },
  },
  {
    code: 'KAFKA_FLEETS',
    refuses: {
      'brokers that are not there': both(({ south }) => (south.kafka.brokers = 'brokrs')),
      'controllers that are not there': both(({ south }) => (south.kafka.controllers = 'quorum')),
      'no controllers beside standard brokers': both(({ south }) => delete south.kafka.controllers),
      'one fleet for both without saying small': both(({ south }) => (south.kafka.controllers = 'brokers')),
      'elastic brokers': both(
        ({ south }) => (south.fleets.brokers = { ...elastic, profiles: ['base', 'collection', 'kafka', 'kafka-broker'] }),
      ),
      'brokers that vote': both(({ south }) => (south.fleets.brokers.quorum = 'kraft')),
      'controllers without a quorum': both(({ south }) => delete south.fleets.controllers.quorum),
      'small brokers that do not vote': both((c) => {
        small(c);
        c.south.fleets.brokers.quorum = 'replicas';
      }),
      'brokers without their profile': both(({ south }) => (south.fleets.brokers.profiles = ['base', 'collection', 'kafka'])),
      'standard brokers with the controllers’ profile': both(({ south }) =>
        south.fleets.brokers.profiles.push('kafka-controller'),
      ),
      'a fleet of Kafka that nothing names': both(
        ({ south }) => (south.fleets.more = { ...south.fleets.brokers, addresses: { first: 60, perZone: 4 } }),
      ),
    },
    accepts: { 'a standard collection': both(() => {}), 'a small one': both(small) },
  },
  {
    code: 'KAFKA_CLIENTS',
    refuses: {
      'front ends that are not there': both(({ south }) => (south.kafka.frontEnds = 'receivers')),
      'front ends without their profile': both(({ south }) => (south.fleets['front-ends'].profiles = ['base', 'collection'])),
      'a fleet of front ends that nothing names': both(({ south }) => delete south.kafka.frontEnds),
      'mirrors that are not there': both(({ central }) => delete central.fleets.mirrors),
      'mirrors that nothing names': both(({ central }) => delete central.kafka.mirrors),
    },
    accepts: {
      'elastic front ends': both(
        ({ south }) => (south.fleets['front-ends'] = { ...elastic, profiles: ['base', 'collection', 'front-end'] }),
      ),
      'a collection without front ends': both(({ south }) => {
        delete south.kafka.frontEnds;
        delete south.fleets['front-ends'];
      }),
    },
  },
  {
    code: 'KAFKA_SMALL',
    refuses: { 'brokers that are controllers': both(small) },
    accepts: { 'controllers apart': both(() => {}) },
  },
  {
    code: 'KAFKA_LOAD',
    refuses: {
      'lines over the limit': both(({ south }) => (south.kafka.load.line = '1MB')),
      'lines of no byte': both(({ south }) => (south.kafka.load.line = '0B')),
      'an average over the peak': both(({ south }) => (south.kafka.load.average = '11MB/s')),
      'no load at all': both(({ south }) => (south.kafka.load = { peak: '0B/s', average: '0B/s' })),
    },
    accepts: { 'lines of the limit': both(({ south }) => (south.kafka.load.line = '262144B')) },
  },
  {
    code: 'KAFKA_REPLICATION',
    refuses: {
      'three copies on two brokers': both(({ south }) => (south.fleets.brokers.count = 2)),
      'four copies where one of four brokers is retired': both(({ south }) => {
        Object.assign(south.fleets.brokers, { count: 4, removed: [2] });
        south.kafka.topics.logs.replication = 4;
      }),
    },
    accepts: {
      'two copies on two brokers': both(({ south }) => {
        south.fleets.brokers.count = 2;
        Object.assign(south.kafka.topics.logs, { replication: 2, minInsync: 1 });
      }),
    },
  },
  {
    code: 'KAFKA_MIN_INSYNC',
    refuses: {
      'all of three copies': both(({ south }) => (south.kafka.topics.logs.minInsync = 3)),
      'one copy alone': both(({ south }) => Object.assign(south.kafka.topics.logs, { replication: 1, minInsync: 1 })),
      'an acknowledgement by one of three': both(({ south }) => (south.kafka.topics.logs.minInsync = 1)),
    },
    accepts: {
      'two of three': both(() => {}),
      'three of five': both(({ south }) => {
        south.fleets.brokers.count = 5;
        Object.assign(south.kafka.topics.logs, { replication: 5, minInsync: 3 });
      }),
    },
  },
  {
    code: 'KAFKA_ZONES',
    refuses: {
      'brokers in two zones': both(({ south }) => (south.fleets.brokers.zones = ['sa-east-1a', 'sa-east-1c'])),
      'brokers in one zone': both(({ south }) => (south.fleets.brokers.zones = ['sa-east-1a'])),
    },
    accepts: {
      'three zones': both(() => {}),
      'two zones and four copies, two of which must be written': both(({ south }) => {
        Object.assign(south.fleets.brokers, { zones: ['sa-east-1a', 'sa-east-1c'], count: 4 });
        south.kafka.topics.logs.replication = 4;
      }),
    },
  },
  {
    code: 'TOPIC_NAME',
    refuses: {
      'an own topic with the name of a carried one': both(
        ({ central }) => (central.kafka.topics['sa-east-1.logs'] = { partitions: 6 }),
      ),
      'names that differ by dot and underscore': both(({ south }) => {
        south.kafka.topics['app.logs'] = { partitions: 6 };
        south.kafka.topics.app_logs = { partitions: 6 };
      }),
      'an own topic that differs from a carried one by underscore': both(
        ({ central }) => (central.kafka.topics['sa-east-1_logs'] = { partitions: 6 }),
      ),
      'the topic of the heartbeat lines': both(({ south }) => (south.kafka.topics['meissa-heartbeats'] = { partitions: 1 })),
      'a topic of MirrorMaker': both(({ south }) => (south.kafka.topics['mm2-offsets.x.internal'] = { partitions: 1 })),
      'heartbeats of MirrorMaker': both(({ south }) => (south.kafka.topics.heartbeats = { partitions: 1 })),
      'a topic that MirrorMaker leaves out': both(({ south }) => (south.kafka.topics['logs.replica'] = { partitions: 1 })),
      'a topic of Kafka itself': both(({ south }) => (south.kafka.topics.__logs = { partitions: 1 })),
      'a topic that came from where it is to go': both(({ south }) => (south.kafka.topics['us-east-1.logs'] = { partitions: 1 })),
    },
    accepts: {
      'the same name in both regions': both(() => {}),
      'the name of a carried topic that is not carried': both(({ central, south }) => {
        south.kafka.topics.logs.mirrored = false;
        central.kafka.topics['sa-east-1.logs'] = { partitions: 6 };
      }),
    },
  },
  {
    code: 'KAFKA_INTO',
    refuses: {
      'a region that is not there': both(({ south }) => (south.kafka.into = 'us-east-9')),
      'a region without a collection': both((_, w) => delete w.places['us-east-1'].clusters.collection),
      'a region without mirrors': both(({ central }) => {
        delete central.kafka.mirrors;
        delete central.fleets.mirrors;
      }),
      'two regions that are carried into each other': both(({ central, south }) => {
        central.kafka.into = 'sa-east-1';
        south.kafka.mirrors = 'mirrors';
        south.fleets.mirrors = central.fleets.mirrors;
      }),
    },
    accepts: {
      'the central region by default': both(() => {}),
      'a region that carries nothing, whatever the other is': both(({ south }, w) => {
        south.kafka.into = 'sa-east-1';
        delete w.places['us-east-1'].clusters.collection;
      }),
    },
  },
  {
    code: 'KAFKA_UNREACHABLE',
    refuses: {
      'no link': both((_, w) => delete w.estate.links),
      'a link that carries containers only': both((_, w) => {
        w.places['us-east-1'].containers = { mode: 'host-gw', block: '172.17.0.0/16' };
        w.places['sa-east-1'].containers = { mode: 'host-gw', block: '172.25.0.0/16' };
        w.estate.links.central.carries = ['containers'];
      }),
      'a link that carries other hosts': both((_, w) => {
        w.estate.links.central.carries = { 'us-east-1': ['hosts'], 'sa-east-1': ['10.9.240.0/20'] };
      }),
    },
    accepts: {
      'a link that carries hosts': both(() => {}),
      'no link where nothing is carried': both(({ south }, w) => {
        delete w.estate.links;
        south.kafka.topics.logs.mirrored = false;
      }),
    },
  },
];
