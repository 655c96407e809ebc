import { beijing, tunnels } from './aliyun';
import { fleet, type RuleCases, south } from './case';

const aliyun = { region: 'cn-beijing', provider: 'aliyun', block: '10.20.0.0/16', network: { zones: ['cn-beijing-h'] } };

export const addressCases: RuleCases[] = [
  {
    code: 'ADDRESS_OVERLAP',
    refuses: {
      'the same block in two regions': (w) => (south(w).block = '10.1.0.0/16'),
      'a block inside that of another region': (w) => (south(w).block = '10.1.16.0/20'),
      'a data centre inside a region': (w) => (w.places.beijing = { idc: 'beijing', block: '10.9.128.0/20' }),
      'a data centre in the block of an Aliyun region': (w) => {
        w.places['cn-beijing'] = aliyun;
        w.places.home = { idc: 'home', block: '10.20.1.0/24' };
      },
      'the containers of a data centre in the block of a region': (w) => {
        south(w).containers = { mode: 'host-gw', block: '172.20.64.0/18' };
        w.places.beijing = { idc: 'beijing', block: '10.200.0.0/16', containers: '172.20.0.0/16' };
      },
      'the same container block in two places': (w) => {
        w.places.beijing = { idc: 'beijing', block: '10.200.0.0/16', containers: '172.20.0.0/16' };
        w.places.shanghai = { idc: 'shanghai', block: '10.201.0.0/16', containers: '172.20.64.0/20' };
      },
    },
    accepts: {
      'neighbouring blocks': (w) => (south(w).block = '10.2.0.0/16'),
      'a data centre of its own block': (w) =>
        (w.places.beijing = { idc: 'beijing', block: '10.200.0.0/16', containers: '172.20.0.0/16' }),
    },
  },
  {
    code: 'ADDRESS_OUTSIDE_POOL',
    refuses: {
      'a block beside the pool of hosts': (w) => (south(w).block = '192.168.0.0/16'),
      'a container block in the pool of hosts': (w) =>
        (w.places.home = { idc: 'home', block: '10.200.0.0/16', containers: '10.201.0.0/16' }),
    },
    accepts: { 'the last block of the pool': (w) => (south(w).block = '10.255.0.0/16') },
  },
  {
    code: 'POOLS_OVERLAP',
    refuses: {
      'a pool of containers inside that of hosts': (w) => (w.estate.addressing.containers = { pool: '10.128.0.0/9', block: 16 }),
      'a block larger than its pool': (w) => (w.estate.addressing.hosts = { pool: '10.0.0.0/12', block: 8 }),
    },
    accepts: { 'pools side by side': (w) => (w.estate.addressing.containers = { pool: '192.168.0.0/16', block: 20 }) },
  },
  {
    code: 'BLOCK_SIZE',
    refuses: {
      'a block smaller than /20': (w) => (south(w).block = '10.9.0.0/21'),
      'a block larger than a VPC': (w) => (south(w).block = '10.16.0.0/12'),
      'a block of Aliyun whose vSwitches would be larger than any': (w) => beijing(w, (place) => (place.block = '10.32.0.0/11')),
    },
    accepts: {
      'a /20': (w) => {
        south(w).block = '10.9.0.0/20';
        fleet(w).addresses = { first: 40, perZone: 40 };
      },
      'a /12 of Aliyun': (w) => beijing(w, (place) => (place.block = '10.32.0.0/12')),
    },
  },
  {
    code: 'RANGE_UNUSABLE',
    refuses: {
      "Aliyun's own range": (w) => {
        w.estate.addressing.hosts.pool = '100.0.0.0/8';
        for (const place of Object.values(w.places)) place.block = place.block.replace('10.', '100.');
        beijing(w, (place) => (place.block = '100.80.0.0/16'));
      },
      'loopback, which is beside the pool too: told once': (w) => (south(w).block = '127.0.0.0/16'),
      'link-local addresses': (w) => (south(w).block = '169.254.0.0/16'),
      multicast: (w) => (w.places.home = { idc: 'home', block: '224.1.0.0/16' }),
      'what is reserved': (w) => (w.places.home = { idc: 'home', block: '240.0.0.0/16' }),
      "networks of docker's own": (w) => (w.places.home = { idc: 'home', block: '198.18.0.0/16' }),
      'this network': (w) => (south(w).block = '0.0.0.0/16'),
      'containers in multicast': (w) => (south(w).containers = { mode: 'host-gw', block: '224.0.0.0/16' }),
      "a data centre in Aliyun's range that a link joins with a region there": (w) => {
        w.estate.addressing.hosts.pool = '0.0.0.0/1';
        tunnels(w, ['169.254.31.0/30', '169.254.32.0/30']);
        const idc = w.places['bj-idc'];
        idc.block = '100.64.0.0/16';
        idc.routers.r1.address = '100.64.0.1';
        idc.racks = {};
      },
      'a pool without a usable block': (w) => (w.estate.addressing.containers.pool = '240.0.0.0/8'),
    },
    accepts: {
      "Aliyun's range in a region of AWS": (w) => {
        w.estate.addressing.hosts.pool = '0.0.0.0/1';
        w.places.home = { idc: 'home', block: '100.64.0.0/16' };
      },
      'a pool that holds ranges which nobody has': (w) => (w.estate.addressing.hosts.pool = '0.0.0.0/1'),
    },
  },
  {
    code: 'RANGE_OF_SERVICES',
    refuses: {
      'a VPC where services of AWS have networks': (w) => {
        w.estate.addressing = { hosts: { pool: '172.16.0.0/12', block: 16 }, containers: { pool: '10.0.0.0/8', block: 16 } };
        south(w).block = '172.17.0.0/16';
        w.places['us-east-1'].block = '172.18.0.0/16';
      },
    },
    accepts: {
      'containers there': (w) => (south(w).containers = { mode: 'host-gw', block: '172.17.0.0/16' }),
    },
  },
  {
    code: 'CONTAINER_POOL_NOT_PRIVATE',
    refuses: {
      '100.64.0.0/10 beside an Aliyun region': (w) => {
        w.places['cn-beijing'] = aliyun;
        w.estate.addressing.containers.pool = '100.64.0.0/10';
      },
    },
    accepts: {
      '100.64.0.0/10 without an Aliyun region': (w) => (w.estate.addressing.containers.pool = '100.64.0.0/10'),
      'a private pool beside an Aliyun region': (w) => (w.places['cn-beijing'] = aliyun),
    },
  },
  {
    code: 'CONTAINER_RANGE',
    refuses: {
      'host-gw without a container block': (w) => (south(w).containers = { mode: 'host-gw' }),
      'an elastic fleet with host-gw': (w) => (south(w).containers = { mode: 'host-gw', block: '172.16.0.0/16' }),
      'a block with fewer ranges than members': (w) => {
        south(w).containers = { mode: 'host-gw', block: '172.16.0.0/23' };
        delete south(w).clusters.core.fleets.adserver;
      },
      'two fleets with the same ranges': (w) => {
        south(w).containers = { mode: 'host-gw', block: '172.16.0.0/16' };
        delete south(w).clusters.core.fleets.adserver;
      },
    },
    accepts: {
      'fleets with ranges of their own': (w) => {
        south(w).containers = { mode: 'host-gw', block: '172.16.0.0/16' };
        delete south(w).clusters.core.fleets.adserver;
        fleet(w).addresses = { first: 64, perZone: 32, firstRange: 48 };
      },
    },
  },
  {
    code: 'MEMBERS_DONT_FIT',
    refuses: {
      'a hundred thousand members': (w) => (fleet(w).count = 100_000),
      'more members than addresses': (w) => (fleet(w).count = 193),
      'a range that ends beyond the subnet': (w) => (fleet(w).addresses = { first: 2000, perZone: 64 }),
      'a range that holds the broadcast address': (w) => (fleet(w).addresses = { first: 1984, perZone: 64 }),
    },
    accepts: {
      'as many members as addresses': (w) => (fleet(w).count = 192),
      'a range that ends before the broadcast address': (w) => (fleet(w).addresses = { first: 1984, perZone: 63 }),
    },
  },
  {
    code: 'MEMBER_ADDRESS_OVERLAP',
    refuses: { 'a range that begins inside another': (w) => (fleet(w).addresses = { first: 31, perZone: 16 }) },
    accepts: {
      'a range that begins where another ends': (w) => (fleet(w).addresses = { first: 32, perZone: 16 }),
      'the same range in other zones': (w) => {
        fleet(w).addresses = { first: 16, perZone: 16 };
        fleet(w).zones = ['sa-east-1a'];
        fleet(w, 'voters').zones = ['sa-east-1b', 'sa-east-1c'];
      },
    },
  },
];
