import type { Anything } from '../written';
import { racked } from './aliyun';
import { core, fleet, type RuleCases, south } from './case';

const token = (over: Record<string, unknown> = {}) => ({
  region: 'sa-east-1',
  cluster: 'core',
  size: 3,
  generation: 1,
  state: 'issued',
  url: 'https://discovery.etcd.io/3e86b59982e49066c5d813af1c2e2579cbf573de',
  ...over,
});

export const clusterCases: RuleCases[] = [
  {
    code: 'VOTERS_COUNT',
    refuses: {
      'four voters': (w) => (fleet(w, 'voters').count = 4),
      'one voter': (w) => (fleet(w, 'voters').count = 1),
      'seven voters': (w) => (fleet(w, 'voters').count = 7),
      'five of which one is retired': (w) => Object.assign(fleet(w, 'voters'), { count: 5, removed: [2] }),
    },
    accepts: {
      'five voters': (w) => (fleet(w, 'voters').count = 5),
      'four of which one is retired': (w) => Object.assign(fleet(w, 'voters'), { count: 4, removed: [2] }),
    },
  },
  {
    code: 'VOTERS_NOT_SPREAD',
    refuses: {
      'three voters over two zones': (w) => (fleet(w, 'voters').zones = ['sa-east-1a', 'sa-east-1b']),
      'all voters in one zone': (w) => (fleet(w, 'voters').zones = ['sa-east-1a']),
      'five of which two retired leave two in one zone': (w) => Object.assign(fleet(w, 'voters'), { count: 5, removed: [2, 3] }),
    },
    accepts: { 'five voters over three zones': (w) => (fleet(w, 'voters').count = 5) },
  },
  {
    code: 'ETCD_VOTERS',
    refuses: {
      'a fleet that is not there': (w) => (core(w).etcd.voters = 'voter'),
      'an elastic fleet': (w) => (core(w).etcd.voters = 'adserver'),
      'a fleet without quorum': (w) => (core(w).etcd.voters = 'storage'),
      'voters without the profile etcd': (w) => (fleet(w, 'voters').profiles = ['base', 'docker']),
      'a quorum fleet that nothing names': (w) => delete core(w).etcd,
    },
    accepts: {
      'a cluster without etcd': (w) => {
        delete core(w).etcd;
        delete core(w).fleets.voters;
      },
    },
  },
  {
    code: 'TOKEN_MISSING',
    refuses: {
      'discovery without a token': (w) => (core(w).etcd.bootstrap = 'discovery'),
      'a token of another size': (w) => {
        core(w).etcd.bootstrap = 'discovery';
        w.tokens = { tokens: [token({ size: 5 })] };
      },
      'a token of an older generation': (w) => {
        Object.assign(core(w), { generation: 2, etcd: { bootstrap: 'discovery', voters: 'voters' } });
        south(w).accept = [{ code: 'GENERATION_RAISED', name: 'core', reason: 'a trial' }];
        w.tokens = { tokens: [token({ state: 'formed' })] };
      },
      'a token of another cluster': (w) => {
        core(w).etcd.bootstrap = 'discovery';
        w.tokens = { tokens: [token({ cluster: 'other' })] };
      },
    },
    accepts: {
      'a token of this size and generation': (w) => {
        core(w).etcd.bootstrap = 'discovery';
        w.tokens = { tokens: [token()] };
      },
    },
  },
  {
    code: 'TOKEN_REUSED',
    refuses: {
      'one token for two generations': (w) => (w.tokens = { tokens: [token({ state: 'formed' }), token({ generation: 2 })] }),
      'one token for two clusters': (w) => (w.tokens = { tokens: [token(), token({ cluster: 'other' })] }),
      'two tokens for one generation': (w) => (w.tokens = { tokens: [token(), token({ url: 'https://discovery.etcd.io/ff' })] }),
    },
    accepts: {
      'a token a generation': (w) => {
        core(w).generation = 2;
        w.tokens = { tokens: [token({ state: 'formed' }), token({ generation: 2, url: 'https://discovery.etcd.io/ff' })] };
      },
    },
  },
  {
    code: 'GENERATION_FELL',
    refuses: { 'a generation below that of a token': (w) => (w.tokens = { tokens: [token({ generation: 2 })] }) },
    accepts: {
      'a generation above that of a token': (w) => {
        core(w).generation = 3;
        w.tokens = { tokens: [token({ generation: 2 })] };
      },
    },
  },
  {
    code: 'UNIT_WITHOUT_HOST',
    refuses: {
      'metadata that no fleet has': (w) => (core(w).units['rcv@.service'].metadata = { role: 'colector' }),
      'more instances than members': (w) => (core(w).units['rcv@.service'].instances = 5),
      'metadata of which each is known and no host has all': (w) =>
        racked(w, { metadata: { role: 'storage', location: 'bj-idc' } }),
      'metadata of a rack that belongs to no cluster': (w) =>
        racked(w, { metadata: { role: 'line' } }, { cluster: undefined, profiles: ['base'] }),
      'more instances than a rack has hosts': (w) => racked(w, { instances: 3, metadata: { role: 'line' } }),
      'a rack whose hosts are all retired': (w) => racked(w, { metadata: { role: 'line' } }, { removed: [1, 2] }),
      'metadata that no rack has': (w) => racked(w, { metadata: { role: 'line', location: 'bj-icd' } }),
    },
    accepts: {
      'as many instances as members': (w) => (core(w).units['rcv@.service'].instances = 4),
      'a unit for all hosts': (w) => (core(w).units['rcv@.service'].metadata = {}),
      'a unit that only the hosts of a rack may run': (w) =>
        racked(w, { instances: 2, metadata: { role: 'line', location: 'bj-idc' } }),
      'as many instances as a fleet and a rack have hosts': (w) =>
        racked(w, { instances: 6, metadata: { role: 'storage' } }, { metadata: { role: 'storage' } }),
      'metadata of a rack only, in a cluster whose fleets have none': (w) => {
        racked(w, { metadata: { location: 'bj-idc' } });
        for (const each of Object.values(w.places['cn-beijing'].clusters.core.fleets)) delete (each as Anything).metadata;
      },
    },
  },
  {
    code: 'UNIT_NOT_TEMPLATE',
    refuses: {
      'two instances of a plain unit': (w) =>
        (core(w).units = { 'rcv.service': { instances: 2, metadata: { role: 'storage' } } }),
    },
    accepts: { 'one instance of a plain unit': (w) => (core(w).units = { 'rcv.service': { metadata: { role: 'storage' } } }) },
  },
  {
    code: 'IMAGE_MISSING',
    refuses: {
      'a region without an image': (w) => delete w.images.images['sa-east-1'],
      'no images lock': (w) => delete w.images,
    },
    accepts: {
      'a copy only': (w) => {
        w.images.copies = { 'sa-east-1': w.images.images['sa-east-1'] };
        delete w.images.images['sa-east-1'];
      },
      'a region without elastic fleets, all members pinned': (w) => delete core(w).fleets.adserver,
    },
  },
  {
    code: 'IMAGE_ARCHITECTURE',
    refuses: { 'images of another processor': (w) => (w.images.architecture = 'arm64') },
    accepts: { 'images of the same processor': (w) => Object.assign(w.estate, { images: { architecture: 'amd64' } }) },
  },
  {
    code: 'IMAGE_OLD',
    refuses: {
      'an image of seven months': (w) => (w.images.published = '2026-04-20'),
      'an old image where only one of two regions has a copy': (w) => {
        w.images.published = '2026-04-20';
        w.images.copies = { 'sa-east-1': 'ami-0dbd802e72d0b653d' };
      },
    },
    accepts: {
      'an image of five months': (w) => (w.images.published = '2026-06-21'),
      'an old image that is accepted by name': (w) => {
        w.images.published = '2023-07-14';
        w.estate.images = { accept: [{ release: '4081.2.1', reason: 'a test' }] };
      },
      'an old image with copies in the own account': (w) => {
        w.images.published = '2023-07-14';
        w.images.copies = { 'sa-east-1': 'ami-0dbd802e72d0b653d', 'us-east-1': 'ami-02bdfedc6e535b409' };
      },
    },
  },
  {
    code: 'PROFILE_UNKNOWN',
    refuses: {
      'a profile without a folder': (w) => (fleet(w).profiles = ['base', 'dokcer']),
      'a profile twice': (w) => (fleet(w).profiles = ['base', 'base']),
      'a profile of a rack without a folder': (w) => racked(w, {}, { profiles: ['base', 'dokcer'] }),
    },
    accepts: {
      'a profile of the estate itself': (w) => {
        fleet(w).profiles = ['base', 'cache'];
        w.more = {
          'cloud-config/cache/profile.yaml': 'profile: cache\ndescription: A cache.\n',
          'cloud-config/cache/cloud-config.yaml': '#cloud-config\n',
        };
      },
    },
  },
  {
    code: 'PROFILE_REQUIRES',
    refuses: {
      'docker without base': (w) => (fleet(w).profiles = ['docker']),
      'docker without base in a rack': (w) => racked(w, {}, { profiles: ['docker'] }),
    },
    accepts: { 'docker with base': (w) => (fleet(w).profiles = ['docker', 'base']) },
  },
  {
    code: 'ARTIFACT_MISSING',
    refuses: {
      'an artifact that is not locked': (w) => (w.artifacts = { artifacts: [] }),
      'an artifact for another processor': (w) => (w.artifacts.artifacts[0].architecture = 'arm64'),
    },
    accepts: {
      'no profile that needs it': (w) => {
        w.artifacts = { artifacts: [] };
        for (const place of Object.values(w.places)) {
          delete place.clusters.core.etcd;
          delete place.clusters.core.fleets.voters;
          for (const f of Object.values<{ profiles: string[] }>(place.clusters.core.fleets)) f.profiles = ['base'];
        }
      },
    },
  },
  {
    code: 'PORT_CLASH',
    refuses: {
      'two profiles on the port of etcd': (w) => withPort(w, 'tcp', 2300, 2400),
      'two profiles of a rack on one port': (w) => {
        withPort(w, 'tcp', 9000);
        for (const [path, text] of Object.entries(w.more))
          w.more[path.replace('cache', 'other')] = text.replace(/cache/g, 'other');
        racked(w, {}, { profiles: ['base', 'cache', 'other'], cluster: undefined });
      },
    },
    accepts: {
      'the same number of another protocol': (w) => withPort(w, 'udp', 2379),
      'a neighbouring port': (w) => withPort(w, 'tcp', 2381),
    },
  },
];

function withPort(w: Parameters<typeof south>[0], protocol: string, port: number, toPort = port): void {
  fleet(w, 'voters').profiles.push('cache');
  w.more = {
    'cloud-config/cache/profile.yaml': `profile: cache\ndescription: A cache.\nports:\n  - { name: cache, port: ${port}, toPort: ${toPort}, protocol: ${protocol}, from: cluster, why: hosts ask it }\n`,
    'cloud-config/cache/cloud-config.yaml': '#cloud-config\n',
  };
}
