import { stringify } from 'yaml';
import { collect } from '../collecting';
import type { Written } from '../written';
import { beijing } from './aliyun';
import { type Case, core, fleet, lockOf, type RuleCases, south, stood } from './case';

const hostGw = (w: Written): void => {
  south(w).containers = { mode: 'host-gw', block: '172.16.0.0/16' };
  delete core(w).fleets.adserver;
  fleet(w).addresses.firstRange = 48;
};

const prefixes = (w: Written): void => {
  south(w).containers = { mode: 'prefix' };
  fleet(w).addresses.firstRange = 48;
};

const token = (state: string, generation: number, region = 'sa-east-1') => ({
  region,
  cluster: 'core',
  size: 3,
  generation,
  state,
  url: `https://discovery.etcd.io/${String(generation).repeat(40)}`,
});

/** Etcd by discovery, in an estate whose members lock is older than what it remembers today. */
const discovered =
  (...tokens: object[]) =>
  (w: Written): void => {
    core(w).etcd.bootstrap = 'discovery';
    w.tokens = { tokens };
    w.members['sa-east-1'] = lockOf();
  };

const collected = (change: (collection: { topics: Record<string, Record<string, unknown>> }, w: Written) => unknown): Case =>
  stood((w) => change(south(w).clusters.collection.kafka, w), collect);
const data = (w: Written) => fleet(w).volumes.data;
const inland = (change: (volume: Record<string, unknown>) => unknown, before: object = {}): Case =>
  stood(
    (w) => change(w.places['cn-beijing'].clusters.core.fleets.storage.volumes.data),
    (w) => beijing(w, (place) => Object.assign(place.clusters.core.fleets.storage.volumes.data, before)),
  );
const accepting = (code: string, name: string) => ({ code, name, reason: 'it was a trial' });

export const standingCases: RuleCases[] = [
  {
    code: 'BLOCK_MOVED',
    refuses: { 'a block that moves under members': stood((w) => (south(w).block = '10.12.0.0/16')) },
    accepts: {
      'the block of a region without members': stood(
        (w) => (south(w).block = '10.12.0.0/16'),
        (w) => (south(w).clusters = {}),
      ),
      'the same block': stood(() => {}),
    },
  },
  {
    code: 'REGION_REBUILT',
    refuses: {
      'a generation that is raised under members': stood((w) => (south(w).generation = 2)),
      'a generation that falls': stood(
        (w) => (south(w).generation = 2),
        (w) => (south(w).generation = 3),
      ),
    },
    accepts: {
      'the generation of a region without members': stood(
        (w) => (south(w).generation = 2),
        (w) => (south(w).clusters = {}),
      ),
    },
  },
  {
    code: 'MEMBER_MOVED',
    refuses: {
      'another first address': stood((w) => (fleet(w).addresses.first = 700)),
      'a first address beyond the subnet': stood((w) => (fleet(w).addresses.first = 4000)),
      'one member that was made elsewhere': stood((w) => {
        w.members['sa-east-1'].members['core/storage/4'].address = '10.9.8.99';
      }),
    },
    accepts: {
      'more addresses for the fleet': stood((w) => (fleet(w).addresses.perZone = 128)),
      'more members': stood((w) => (fleet(w).count = 9)),
      'a retired member': stood((w) => (fleet(w).removed = [2])),
      'another block, which is told for the whole region': stood((w) => (south(w).block = '10.12.0.0/16')),
      'other zones, which are told as such': stood((w) => (fleet(w).zones = ['sa-east-1b', 'sa-east-1a'])),
      'a lock that does not remember addresses': (w) => {
        w.members['sa-east-1'] = lockOf();
        fleet(w).addresses.first = 700;
      },
    },
  },
  {
    code: 'CONTAINERS_MOVED',
    refuses: {
      'another first range': stood((w) => (fleet(w).addresses.firstRange = 60), hostGw),
      'another block of containers': stood((w) => (south(w).containers.block = '172.17.0.0/16'), hostGw),
      'longer ranges': stood((w) => (south(w).containers.hostBits = 23), hostGw),
      'containers without addresses': stood((w) => (south(w).containers = { mode: 'host' }), hostGw),
      'more prefixes a host': stood((w) => (south(w).containers.prefixesPerHost = 2), prefixes),
      'prefixes of other hosts before': stood((w) => (fleet(w).addresses.firstRange = 60), prefixes),
    },
    accepts: {
      'containers that get addresses': stood(hostGw),
      'more members': stood((w) => (fleet(w).count = 9), prefixes),
    },
  },
  {
    code: 'STACK_CHANGED',
    refuses: {
      'fewer members a stack': stood((w) => (fleet(w).membersPerStack = 2)),
      'a quorum that comes later': stood((w) => (fleet(w).quorum = 'replicas')),
    },
    accepts: {
      'members in further stacks': stood(
        (w) => (fleet(w).count = 7),
        (w) => (fleet(w).membersPerStack = 4),
      ),
    },
  },
  {
    code: 'GENERATION_RAISED',
    refuses: {
      'a generation over an etcd that stands': stood((w) => (core(w).generation = 2)),
      'a generation over a Kafka that stands': stood((w) => (south(w).clusters.collection.generation = 3), collect),
      'a generation whose token has formed': (w) => {
        discovered(token('formed', 1), token('issued', 2))(w);
        core(w).generation = 2;
      },
    },
    accepts: {
      'a token that nobody has used': (w) => {
        discovered(token('issued', 1), token('issued', 2))(w);
        core(w).generation = 2;
      },
      'the token of another region': (w) => {
        discovered(token('formed', 1, 'us-east-1'), token('issued', 2))(w);
        core(w).generation = 2;
      },
      'a cluster that holds nothing': stood(
        (w) => (south(w).clusters.edge.generation = 2),
        (w) => {
          south(w).clusters.edge = {
            fleets: { hosts: { ...fleet(w), profiles: ['base'], addresses: { first: 200, perZone: 8 } } },
          };
        },
      ),
      'a member of a higher generation': stood((w) => (w.members['sa-east-1'].members['core/voters/2'].generation = 2)),
    },
  },
  {
    code: 'VOLUME_SHRUNK',
    refuses: {
      'a smaller volume': stood((w) => (data(w).gb = 200)),
      'a volume of a profile that is smaller': stood(
        (w) => (fleet(w, 'voters').volumes = { etcd: { gb: 10 } }),
        (w) => (fleet(w, 'voters').volumes = { etcd: { gb: 50 } }),
      ),
    },
    accepts: { 'a larger volume': stood((w) => (data(w).gb = 1000)) },
  },
  {
    code: 'VOLUME_CHANGED',
    refuses: {
      'another device': stood((w) => (data(w).device = '/dev/sdh')),
      'another type on Aliyun': inland((volume) => (volume.type = 'st1')),
      'operations that want another level on Aliyun': inland((volume) => (volume.iops = 200_000), { type: 'io2', iops: 80_000 }),
    },
    accepts: {
      'another type on AWS': stood((w) => Object.assign(data(w), { type: 'io2', iops: 5000 })),
      'operations of the same level on Aliyun': inland((volume) => (volume.iops = 90_000), { type: 'io2', iops: 80_000 }),
      'another mount': stood((w) => (data(w).mount = '/srv/store')),
    },
  },
  {
    code: 'VOLUME_REMOVED',
    refuses: {
      'a volume that is left out': stood((w) => (fleet(w).volumes = {})),
      'a volume of another name': stood((w) => (fleet(w).volumes = { store: data(w) })),
      'a profile that goes with its volume': stood((w) => (fleet(w, 'voters').profiles = ['base', 'docker'])),
    },
    accepts: {
      'a volume more': stood((w) => (fleet(w).volumes.logs = { device: '/dev/sdh', gb: 10, mount: '/srv/logs' })),
      'a fleet that goes with its volumes': stood((w) => {
        core(w).units = {};
        delete core(w).fleets.storage;
      }),
    },
  },
  {
    code: 'PARTITIONS_LOWERED',
    refuses: { 'fewer partitions': collected(({ topics }) => (topics.logs!.partitions = 3)) },
    accepts: { 'more partitions': collected(({ topics }) => (topics.logs!.partitions = 60)) },
  },
  {
    code: 'TOPIC_REMOVED',
    refuses: {
      'a topic that is left out': collected((kafka) => (kafka.topics = { other: { partitions: 3 } })),
      'a cluster that collects no more': stood((w) => delete south(w).clusters.collection.kafka, collect),
    },
    accepts: {
      'a topic more': collected(({ topics }) => (topics['Other.topic-1'] = { partitions: 3 })),
      'a topic that the next generation does not have': collected((kafka, w) => {
        kafka.topics = { other: { partitions: 3 } };
        south(w).clusters.collection.generation = 2;
      }),
      'a cluster that goes with its topics': stood((w) => delete south(w).clusters.collection, collect),
    },
  },
  {
    code: 'TOPIC_REPLICATION',
    refuses: {
      'fewer replicas': collected(({ topics }) => Object.assign(topics.logs!, { replication: 2, minInsync: 1 })),
      'more replicas': stood(
        (w) => (south(w).clusters.collection.kafka.topics.logs.replication = 3),
        (w) => {
          collect(w);
          Object.assign(south(w).clusters.collection.kafka.topics.logs, { replication: 2, minInsync: 1 });
        },
      ),
    },
    accepts: { 'another retention': collected(({ topics }) => (topics.logs!.retention = '14d')) },
  },
  {
    code: 'ACCEPTANCE_UNUSED',
    refuses: {
      'an acceptance of nothing': stood((w) => (south(w).accept = [accepting('GENERATION_RAISED', 'core')])),
      'an acceptance of another name': stood((w) => {
        core(w).generation = 2;
        south(w).accept = [accepting('GENERATION_RAISED', 'cores')];
      }),
      'an acceptance of another code': stood((w) => {
        core(w).generation = 2;
        south(w).accept = [accepting('REGION_REBUILT', 'core')];
      }),
      'an acceptance twice': stood((w) => {
        core(w).generation = 2;
        south(w).accept = [accepting('GENERATION_RAISED', 'core'), accepting('GENERATION_RAISED', 'core')];
      }),
    },
    accepts: {
      'an acceptance of what is told': stood((w) => {
        core(w).generation = 2;
        south(w).accept = [accepting('GENERATION_RAISED', 'core')];
      }),
    },
  },
  {
    code: 'LOCK_BEHIND',
    refuses: {
      'locks of before anything was remembered': (w) => {
        w.members['sa-east-1'] = lockOf();
        w.members['us-east-1'] = JSON.parse(JSON.stringify(lockOf()).replaceAll('sa-east', 'us-east'));
      },
      'what has grown': stood((w) => {
        data(w).gb = 1000;
        fleet(w).volumes.logs = { device: '/dev/sdh', gb: 10, mount: '/srv/logs' };
      }),
      'a type that changed in place': stood((w) => Object.assign(data(w), { type: 'io2', iops: 5000 })),
      'topics that grew and came': collected(({ topics }) => {
        topics.logs!.partitions = 60;
        topics.more = { partitions: 6 };
      }),
      'containers that get addresses': stood(hostGw),
      'an entry of before places were remembered': stood((w) => {
        delete w.members['sa-east-1'].members['core/storage/2'].stack;
      }),
    },
    accepts: {
      'members that are not pinned, which is told as such': (w) =>
        (w.members['sa-east-1'] = { region: 'sa-east-1', members: {} }),
      'what is smaller, which is told as such': stood((w) => (data(w).gb = 100)),
    },
  },
  {
    code: 'LOCK_WITHOUT_REGION',
    refuses: {
      'a members lock without a region': stood((w) => {
        delete w.places['sa-east-1'];
        w.estate.links = {};
      }),
      'a token and a copied image of a region that is gone': (w) => {
        w.tokens = { tokens: [token('formed', 1, 'us-west-1')] };
        w.images.copies = { 'us-west-1': 'ami-0d7bfbd54e938866b' };
      },
    },
    accepts: {
      'a region whose file can not be read': stood((w) => {
        delete w.places['sa-east-1'];
        w.more['regions/sa-east-1.yaml'] = 'region: [';
      }),
      'an image of the feed for a region that is not described': (w) => {
        w.more['regions/images.lock.yaml'] = stringify(w.images);
      },
    },
  },
];
