import { beijing } from './aliyun';
import { core, fleet, lockOf, type RuleCases, south } from './case';

export const memberCases: RuleCases[] = [
  {
    code: 'IMAGE_ID',
    refuses: {
      'an image of the other cloud': (w) => (w.members['sa-east-1'] = lockOf({ image: 'aliyun_3_x64_20G_alibase_20240819.vhd' })),
      'an id that was cut': (w) => (w.members['sa-east-1'] = lockOf({ image: 'ami-0dbd80' })),
    },
    accepts: {
      'an id of the old length': (w) => (w.members['sa-east-1'] = lockOf({ image: 'ami-0dbd802e' })),
    },
  },
  {
    code: 'MEMBER_NOT_PINNED',
    refuses: {
      'members without a lock': (w) => (w.members['sa-east-1'] = { region: 'sa-east-1', members: {} }),
      'a member that came later': (w) => {
        w.members['sa-east-1'] = lockOf();
        fleet(w).count = 5;
      },
    },
    accepts: {
      'a retired number without an entry': (w) => {
        const lock = lockOf();
        delete lock.members['core/storage/2'];
        w.members['sa-east-1'] = lock;
        fleet(w).removed = [2];
      },
    },
  },
  {
    code: 'MEMBER_IN_LOST_ZONE',
    refuses: {
      'a voter that would be made in the zone whose loss it makes good': (w) => {
        w.members['sa-east-1'] = { ...lockOf(), lostZones: ['sa-east-1a'] };
        Object.assign(fleet(w, 'voters'), { count: 4, removed: [1] });
      },
      'several members, where two zones are lost': (w) => {
        w.members['sa-east-1'] = { ...lockOf(), lostZones: ['sa-east-1b', 'sa-east-1c'] };
        fleet(w).count = 6;
      },
    },
    accepts: {
      'members that stand in the zone, and new ones elsewhere': (w) => {
        w.members['sa-east-1'] = { ...lockOf(), lostZones: ['sa-east-1a'] };
        Object.assign(fleet(w, 'voters'), { count: 5, removed: [1, 4] });
      },
      'a new member while no zone is lost': (w) => {
        w.members['sa-east-1'] = lockOf();
        fleet(w).count = 7;
      },
    },
  },
  {
    code: 'ZONE_LOST',
    refuses: {
      'a zone that nobody wrote back': (w) => (w.members['sa-east-1'] = { ...lockOf(), lostZones: ['sa-east-1b'] }),
      'a zone that the region does not have': (w) => (w.members['sa-east-1'] = { ...lockOf(), lostZones: ['sa-east-1x'] }),
    },
    accepts: { 'a region with all its zones': (w) => (w.members['sa-east-1'] = lockOf()) },
  },
  {
    code: 'MEMBER_NOT_DESCRIBED',
    refuses: {
      'a count that was lowered': (w) => {
        w.members['sa-east-1'] = lockOf();
        fleet(w).count = 3;
      },
      'a fleet that was renamed': (w) => {
        w.members['sa-east-1'] = lockOf();
        core(w).fleets.disks = fleet(w);
        delete core(w).fleets.storage;
      },
      'a cluster that is gone': (w) => {
        w.members['sa-east-1'] = lockOf();
        south(w).clusters = {};
      },
    },
    accepts: {
      'a retired member': (w) => {
        w.members['sa-east-1'] = lockOf();
        fleet(w).removed = [4];
      },
    },
  },
  {
    code: 'MEMBER_REPLACED',
    refuses: {
      'another root disk': (w) => {
        w.members['sa-east-1'] = lockOf();
        fleet(w).rootGb = 40;
      },
      'another key pair': (w) => {
        w.members['sa-east-1'] = lockOf();
        fleet(w).keyName = 'ops';
      },
      'a key pair that is left out': (w) => (w.members['sa-east-1'] = lockOf({ key: 'ops' })),
      'another order of zones': (w) => {
        w.members['sa-east-1'] = lockOf();
        south(w).network.zones = ['sa-east-1b', 'sa-east-1a', 'sa-east-1c'];
      },
      'a zone less': (w) => {
        w.members['sa-east-1'] = lockOf();
        south(w).network.zones = ['sa-east-1a', 'sa-east-1b'];
      },
    },
    accepts: {
      'another image in the images lock': (w) => {
        w.members['sa-east-1'] = lockOf();
        w.images.images['sa-east-1'] = 'ami-00000000000000000';
      },
      'another instance type': (w) => {
        w.members['sa-east-1'] = lockOf();
        fleet(w).instanceType = 'r5.2xlarge';
      },
      'another order of zones where the fleet names its own': (w) => {
        w.members['sa-east-1'] = lockOf();
        south(w).network.zones = ['sa-east-1b', 'sa-east-1a', 'sa-east-1c'];
        for (const f of ['storage', 'voters'] as const) fleet(w, f).zones = ['sa-east-1a', 'sa-east-1b', 'sa-east-1c'];
      },
    },
  },
  {
    code: 'REMOVED_MEMBER',
    refuses: {
      'a number over count': (w) => (fleet(w).removed = [5]),
      'a number twice': (w) => (fleet(w).removed = [2, 2]),
    },
    accepts: { 'a member in the middle': (w) => Object.assign(fleet(w), { removed: [2] }) },
  },
  {
    code: 'MAX_UNAVAILABLE',
    refuses: {
      'two voters at once': (w) => (fleet(w, 'voters').maxUnavailable = 2),
      'more than a stack holds': (w) => (fleet(w).maxUnavailable = 91),
    },
    accepts: { 'half of a stack': (w) => (fleet(w).maxUnavailable = 45) },
  },
  {
    code: 'FLEET_WITHOUT_GATES',
    refuses: {
      'more members in a stack than it has room for with gates': (w) =>
        Object.assign(fleet(w), { count: 112, membersPerStack: 112 }),
    },
    accepts: {
      'as many members as there is room for': (w) => Object.assign(fleet(w), { count: 99, membersPerStack: 112 }),
    },
  },
  {
    code: 'STACK_TOO_LARGE',
    refuses: {
      'more members than a stack has room for': (w) => (fleet(w).membersPerStack = 113),
      'recovery alarms that make it too large': (w) =>
        Object.assign(fleet(w), { membersPerStack: 112, alarms: { recover: true } }),
      'five voters in stacks of three': (w) => Object.assign(fleet(w, 'voters'), { count: 5, membersPerStack: 3 }),
    },
    accepts: { 'as many members as a stack has room for': (w) => (fleet(w).membersPerStack = 112) },
  },
  {
    code: 'VOLUME_INCOMPLETE',
    refuses: { 'a volume without a device': (w) => (fleet(w).volumes = { logs: { gb: 10, mount: '/srv/logs' } }) },
    accepts: { 'another size for a volume of a profile': (w) => (fleet(w, 'voters').volumes = { etcd: { gb: 50 } }) },
  },
  {
    code: 'VOLUME_MOVED',
    refuses: {
      'a volume of a profile at another mount': (w) => (fleet(w, 'voters').volumes = { etcd: { mount: '/srv/etcd' } }),
    },
    accepts: {
      'its own mount again, and another size': (w) => (fleet(w, 'voters').volumes = { etcd: { gb: 50, mount: '/var/lib/etcd' } }),
      'the name of a volume that only voters have': (w) =>
        (fleet(w).volumes.etcd = { device: '/dev/sdp', gb: 10, mount: '/srv/etcd' }),
    },
  },
  {
    code: 'VOLUME_CLASH',
    refuses: {
      'two volumes on one device': (w) => (fleet(w).volumes.logs = { device: '/dev/sdg', gb: 10, mount: '/srv/logs' }),
      'two volumes on one mount': (w) => (fleet(w).volumes.logs = { device: '/dev/sdh', gb: 10, mount: '/srv/data' }),
      'the device of a profile': (w) =>
        (fleet(w, 'voters').volumes = { data: { device: '/dev/sdf', gb: 10, mount: '/srv/data' } }),
    },
    accepts: {
      'a device and mount of its own': (w) => (fleet(w).volumes.logs = { device: '/dev/sdp', gb: 10, mount: '/srv/logs' }),
      'the device of a volume that only voters have': (w) =>
        (fleet(w).volumes.logs = { device: '/dev/sdf', gb: 10, mount: '/srv/logs' }),
    },
  },
  {
    code: 'VOLUME_HIDDEN',
    refuses: Object.fromEntries(
      [
        '/home',
        '/home/data',
        '/root/logs',
        '/tmp/logs',
        '/var/tmp',
        '/run/user/1000',
        '/usr/share/logs',
        '/etc/logs',
        '/opt',
        '/var/lib',
      ].map((mount) => [`a volume at ${mount}`, (w) => (fleet(w).volumes.logs = { device: '/dev/sdh', gb: 10, mount })]),
    ),
    accepts: Object.fromEntries(
      ['/homes', '/data', '/opt/logs', '/var/lib/logs', '/var/log', '/srv/home'].map((mount) => [
        `a volume at ${mount}`,
        (w) => (fleet(w).volumes.logs = { device: '/dev/sdh', gb: 10, mount }),
      ]),
    ),
  },
  {
    code: 'ROOT_DISK',
    refuses: {
      'a root disk of Aliyun that is smaller than any': (w) =>
        beijing(w, (place) => (place.clusters.core.fleets.adserver.rootGb = 8)),
      'one that is smaller than its image': (w) =>
        beijing(w, (place) => {
          place.aliyun = { image: 'win2022_21H2_x64_dtc_en-us_40G_alibase_20240819.vhd' };
        }),
      'one that is larger than any': (w) => beijing(w, (place) => (place.clusters.core.fleets.adserver.rootGb = 2049)),
      'members to come, on an image that outgrew those that stand': (w) => {
        beijing(w, (place) => {
          place.clusters.core.fleets = { storage: place.clusters.core.fleets.storage };
          delete place.clusters.core.etcd;
        });
        const { fleets } = w.places['cn-beijing'].clusters.core;
        const image = 'aliyun_3_x64_20G_alibase_20240819.vhd';
        const entry = (zone: string) => ({ generation: 1, image, rootGb: 20, zone: `cn-beijing-${zone}` });
        w.members['cn-beijing'] = {
          region: 'cn-beijing',
          members: { 'core/storage/1': entry('h'), 'core/storage/2': entry('k'), 'core/storage/3': entry('l') },
        };
        fleets.storage.count = 4;
        w.places['cn-beijing'].aliyun = { image: 'aliyun_4_x64_40G_alibase_20270101.vhd' };
      },
    },
    accepts: {
      'one as large as its image': (w) =>
        beijing(w, (place) => {
          place.aliyun = { image: 'aliyun_4_x64_40G_alibase_20270101.vhd' };
          for (const fleet of Object.values<{ rootGb?: number }>(place.clusters.core.fleets)) fleet.rootGb = 40;
        }),
      'an image of the own account, which does not say its size': (w) =>
        beijing(w, (place) => (place.aliyun = { image: 'm-2zeabcdefghijklmnopq' })),
      'the least of AWS': (w) => (fleet(w, 'adserver').rootGb = 8),
    },
  },
  {
    code: 'VOLUME_TYPE',
    refuses: {
      'a small st1': (w) => Object.assign(fleet(w).volumes.data, { type: 'st1', gb: 100 }),
      'operations on st1': (w) => Object.assign(fleet(w).volumes.data, { type: 'st1', iops: 3000 }),
      'throughput on io2': (w) => Object.assign(fleet(w).volumes.data, { type: 'io2', iops: 4000, throughput: 250 }),
      'io2 without operations': (w) => Object.assign(fleet(w).volumes.data, { type: 'io2' }),
      'more operations than the size gives': (w) => Object.assign(fleet(w).volumes.data, { gb: 10, iops: 6000 }),
      'more throughput than the operations give': (w) => Object.assign(fleet(w).volumes.data, { throughput: 1000 }),
      'more throughput than the operations of so small a volume can give': (w) =>
        Object.assign(fleet(w).volumes.data, { gb: 6, throughput: 800 }),
      'more throughput than written operations give': (w) =>
        Object.assign(fleet(w).volumes.data, { iops: 4000, throughput: 1001 }),
      'too few operations on gp3': (w) => Object.assign(fleet(w).volumes.data, { iops: 2000 }),
      'a small io2': (w) => Object.assign(fleet(w).volumes.data, { type: 'io2', gb: 3, iops: 100 }),
      'a large st1': (w) => Object.assign(fleet(w).volumes.data, { type: 'st1', gb: 20_000 }),
      'a gp3 of Aliyun smaller than an ESSD of level 1': (w) =>
        beijing(w, (place) => Object.assign(place.clusters.core.fleets.storage.volumes.data, { gb: 10 })),
      'an io2 of Aliyun smaller than an ESSD of level 2': (w) =>
        beijing(w, (place) => Object.assign(place.clusters.core.fleets.storage.volumes.data, { type: 'io2', gb: 460 })),
      'an io2 of Aliyun whose operations need level 3, smaller than that': (w) =>
        beijing(w, (place) =>
          Object.assign(place.clusters.core.fleets.storage.volumes.data, { type: 'io2', iops: 100_001, gb: 1260 }),
        ),
      'more operations than an ESSD of that size gives': (w) =>
        beijing(w, (place) => Object.assign(place.clusters.core.fleets.storage.volumes.data, { gb: 100, iops: 7000 })),
      'operations and throughput on an ultra disk': (w) =>
        beijing(w, (place) =>
          Object.assign(place.clusters.core.fleets.storage.volumes.data, { type: 'st1', iops: 3000, throughput: 250 }),
        ),
      'a volume of a profile that Aliyun makes larger': (w) =>
        beijing(w, (place) => {
          w.more['cloud-config/small/profile.yaml'] =
            'profile: small\ndescription: Has a small volume.\nrequires: [base]\nvolumes: [{ name: bits, device: /dev/sdk, gb: 5, type: gp3, mount: /bits }]\n';
          w.more['cloud-config/small/cloud-config.yaml'] = '#cloud-config\n';
          place.clusters.core.fleets.storage.profiles.push('small');
        }),
    },
    accepts: {
      'io2 with operations': (w) => Object.assign(fleet(w).volumes.data, { type: 'io2', iops: 4000 }),
      'a gp3 with throughput': (w) => Object.assign(fleet(w).volumes.data, { iops: 6000, throughput: 500 }),
      'an st1': (w) => Object.assign(fleet(w).volumes.data, { type: 'st1' }),
      'all the throughput that the operations give': (w) =>
        Object.assign(fleet(w).volumes.data, { iops: 4000, throughput: 1000 }),
      'the most of a gp3': (w) => Object.assign(fleet(w).volumes.data, { gb: 65_536, iops: 80_000, throughput: 2000 }),
      'the least ESSDs of Aliyun': (w) =>
        beijing(w, (place) => {
          const { volumes } = place.clusters.core.fleets.storage;
          volumes.data = { ...volumes.data, gb: 20, iops: 2800 };
          volumes.fast = { device: '/dev/sdh', gb: 461, type: 'io2', mount: '/fast' };
          volumes.faster = { device: '/dev/sdi', gb: 2000, type: 'io2', iops: 101_000, mount: '/faster' };
          volumes.slow = { device: '/dev/sdj', gb: 20, type: 'st1', mount: '/slow' };
        }),
    },
  },
];
