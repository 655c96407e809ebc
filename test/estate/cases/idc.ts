import { fleet, type RuleCases } from './case';
import { beijing, line, pair, south, twoRouters, wide } from './joined';

/** Mode prefix, with the /28s of one fleet after those of the other. */
function prefixed(w: Parameters<typeof south>[0], prefixesPerHost: number): void {
  south(w).containers = { mode: 'prefix', prefixesPerHost };
  fleet(w, 'storage').addresses.firstRange = 48;
}

export const idcCases: RuleCases[] = [
  {
    code: 'IDC_RANGE',
    refuses: {
      'a rack outside the block': (w) => (beijing(w).racks.a01.subnet = '10.201.1.0/24'),
      'a loopback outside the block': (w) => (beijing(w).routers.r1.address = '10.201.0.1'),
      'a core network outside the block': (w) => (twoRouters(w).core.subnet = '10.201.255.0/28'),
      'containers of a rack outside the block': (w) => (beijing(w).racks.a01.containers = '172.21.0.0/19'),
      'containers of a rack in a data centre without a block': (w) => delete beijing(w).containers,
      'two racks with one subnet': (w) => (beijing(w).racks.a02.subnet = '10.200.1.128/25'),
      'two racks with the same containers': (w) => (beijing(w).racks.a02.containers = '172.20.16.0/20'),
      'a loopback in a rack': (w) => (beijing(w).routers.r1.address = '10.200.1.7'),
      'a rack in the core network': (w) => (twoRouters(w).racks.a01.subnet = '10.200.255.0/24'),
    },
    accepts: { 'racks side by side': (w) => beijing(w), 'a core network beside them': (w) => twoRouters(w) },
  },
  {
    code: 'IDC_UNIT',
    refuses: {
      'two hosts in one unit': (w) => (beijing(w).racks.a01.units = { '1': '12', '2': '12' }),
      'a host inside the span of another': (w) => (beijing(w).racks.a01.units = { '1': '12-15', '2': '14, 20' }),
      'a span that ends before it begins': (w) => (beijing(w).racks.a01.units = { '1': '13-12' }),
      'one unit twice': (w) => (beijing(w).racks.a01.units = { '1': '7, 7' }),
    },
    accepts: {
      'spans side by side': (w) => (beijing(w).racks.a01.units = { '1': 'U12-U13', '2': '14-15', '3': '1, 3' }),
      'the same unit of two racks': (w) => {
        for (const rack of Object.values<{ units?: unknown }>(beijing(w).racks)) rack.units = { '1': '60' };
      },
    },
  },
  {
    code: 'IDC_VLAN',
    refuses: {
      'two racks of a router with one VLAN': (w) => (beijing(w).racks.a02.vlan = 101),
      'a rack with the VLAN of the core': (w) => (twoRouters(w).racks.a01.vlan = 2),
      'a line on the trunk with the VLAN of a rack': (w) => {
        wide(w);
        w.estate.links.line = { ...line, interface: 'bond0', vlan: 101 };
      },
    },
    accepts: {
      'racks of two routers with one VLAN': (w) => {
        const { racks } = twoRouters(w);
        racks.a02.router = 'r2';
        racks.a02.vlan = 101;
      },
      'a line on a port of its own with the VLAN of a rack': (w) => {
        wide(w);
        w.estate.links.line = { ...line, vlan: 101 };
      },
    },
  },
  {
    code: 'IDC_INTERFACE',
    refuses: {
      'a port that is called like the bond': (w) => (beijing(w).racks.a01.bond = { interfaces: ['bond0', 'eno2'] }),
      'a port that is called like the VLAN': (w) => (beijing(w).racks.a01.bond = { interfaces: ['eno1', 'vlan101'] }),
      'a trunk that is called like a tunnel': (w) => (beijing(w).routers.r1.trunk = 'vpn-1'),
      'a line that comes in on the loopback': (w) => {
        wide(w);
        w.estate.links.line = { ...line, interface: 'lo' };
      },
    },
    accepts: {
      'ports with 15 bytes, as systemd calls them': (w) => {
        wide(w);
        beijing(w).racks.a01.bond = { interfaces: ['enP2p33s0f0np15', 'enp65s0f1np1'] };
        beijing(w).routers.r1.trunk = 'bond0';
        w.estate.links.line = { ...line, interface: 'enp65s0f0.301_x' };
      },
    },
  },
  {
    code: 'IDC_HOSTS_DONT_FIT',
    refuses: {
      'containers in half a range of one host': (w) => (beijing(w).racks.a01.containers = '172.20.0.0/25'),
      'more hosts than addresses': (w) => Object.assign(beijing(w).racks.a01, { subnet: '10.200.1.0/29', hosts: 6 }),
      'a subnet without room for a gateway and a host': (w) => (beijing(w).racks.a02.subnet = '10.200.2.0/31'),
      'more hosts than ranges': (w) => Object.assign(beijing(w).racks.a01, { containers: '172.20.0.0/23' }),
      'ranges that are larger than what the rack has': (w) => (beijing(w).hostBits = 18),
      'hosts at the own addresses of a pair of routers': (w) => Object.assign(pair(w), { subnet: '10.200.1.0/29', hosts: 4 }),
    },
    accepts: {
      'as many hosts as addresses': (w) => Object.assign(beijing(w).racks.a01, { subnet: '10.200.1.0/29', hosts: 5 }),
      'as many hosts as addresses beside a pair of routers': (w) => Object.assign(pair(w), { subnet: '10.200.1.0/29', hosts: 3 }),
      'as many hosts as ranges': (w) => Object.assign(beijing(w).racks.a01, { containers: '172.20.0.0/22', hosts: 4 }),
      'a rack without hosts': (w) => (beijing(w).racks.a01.hosts = 0),
    },
  },
  {
    code: 'IDC_ROUTER',
    refuses: {
      'a rack of a router that is not there': (w) => (beijing(w).racks.a01.router = 'r9'),
      'a rack that does not say which router': (w) => delete twoRouters(w).racks.a01.router,
      'racks without a router': (w) => (beijing(w).routers = {}),
      'a rack that says its routers twice': (w) => (pair(w).router = 'r1'),
      'a pair with a router that is not there': (w) => (pair(w).routers = ['r1', 'r9']),
      'a pair of one router': (w) => (pair(w).routers = ['r1', 'r1']),
      'a pair where there is one router': (w) => {
        pair(w);
        delete w.places.beijing.routers.r2;
        delete w.places.beijing.core;
        delete w.places.beijing.routers.r1.core;
      },
      'two routers without a core network': (w) => {
        const idc = twoRouters(w);
        delete idc.core;
      },
      'a router beside the core network': (w) => delete twoRouters(w).routers.r2.core,
      'a core address outside the core network': (w) => (twoRouters(w).routers.r2.core = '10.200.254.2'),
      'a core address that is the broadcast address': (w) => (twoRouters(w).routers.r2.core = '10.200.255.15'),
      'a core address without a core network': (w) => (beijing(w).routers.r1.core = '10.200.255.1'),
      'two routers with one loopback': (w) => (twoRouters(w).routers.r2.address = '10.200.0.1'),
      'two routers with one core address': (w) => (twoRouters(w).routers.r2.core = '10.200.255.1'),
      'routers of two data centres with one public address': (w) => {
        w.places.shanghai = {
          idc: 'shanghai',
          block: '10.201.0.0/16',
          routers: { r1: { address: '10.201.0.1', public: '203.0.113.10' } },
        };
        beijing(w);
      },
      'two routers with one public address': (w) => (twoRouters(w).routers.r2.public = '203.0.113.10'),
    },
    accepts: {
      'one router': (w) => beijing(w),
      'two routers on a core network': (w) => twoRouters(w),
      'a rack behind both routers': (w) => pair(w),
      'a data centre with nothing in it': (w) => (w.places.beijing = { idc: 'beijing', block: '10.200.0.0/16' }),
    },
  },
  {
    code: 'SINGLE_GATEWAY',
    refuses: {
      'racks behind one of two routers': (w) => twoRouters(w),
      'one rack of several': (w) => pair(w),
      'racks behind the only router': (w) => beijing(w),
      'racks whose VLANs a pair could not tell apart': (w) => {
        const { racks } = twoRouters(w);
        racks.a02.router = 'r2';
        racks.a02.vlan = 101;
      },
    },
    accepts: {
      'pairs everywhere': (w) => {
        const { racks } = twoRouters(w);
        for (const rack of Object.values<{ router?: string; routers?: string[] }>(racks)) {
          delete rack.router;
          rack.routers = ['r1', 'r2'];
        }
      },
      'no rack': (w) => {
        beijing(w).racks = {};
      },
    },
  },
  {
    code: 'IDC_BOND',
    refuses: {
      'fewer switches than ports': (w) => (beijing(w).racks.a01.bond = { switches: ['a01-sw1'] }),
      'a port twice': (w) => (beijing(w).racks.a01.bond = { interfaces: ['eno1', 'eno1'] }),
    },
    accepts: {
      'a switch a port': (w) => (beijing(w).racks.a01.bond = { interfaces: ['eno1', 'eno2', 'eno3'], switches: ['x', 'x', 'y'] }),
      'a single port': (w) => (beijing(w).racks.a01.bond = { interfaces: ['eno1'] }),
    },
  },
  {
    code: 'TIME_SERVERS',
    refuses: {
      'racks without a server of time': (w) => delete beijing(w).time,
      'a server in the internet': (w) => (beijing(w).time = ['10.200.0.10', '203.0.113.5']),
    },
    accepts: {
      'one in the data centre': (w) => (beijing(w).time = ['10.200.0.10']),
      'one of another place, and a name': (w) => (beijing(w).time = ['ntp.corp.example', '10.9.0.10']),
      'no rack, so nobody who asks': (w) => {
        beijing(w).racks = {};
        delete beijing(w).time;
      },
    },
  },
  {
    code: 'CONTAINER_SETTINGS',
    refuses: {
      'a block in mode prefix': (w) => (south(w).containers = { mode: 'prefix', block: '172.17.0.0/16' }),
      'another length than /28 in mode prefix': (w) => (south(w).containers = { mode: 'prefix', hostBits: 24 }),
      'who may reach containers in mode host': (w) => (south(w).containers = { mode: 'host', openTo: ['containers', 'hosts'] }),
      'prefixes in mode host': (w) => (south(w).containers = { mode: 'host', prefixesPerHost: 2 }),
      'prefixes in mode host-gw': (w) => (south(w).containers = { mode: 'host-gw', block: '172.17.0.0/16', prefixesPerHost: 2 }),
    },
    accepts: {
      'prefixes in mode prefix': (w) => (south(w).containers = { mode: 'prefix', prefixesPerHost: 2 }),
      'the length that a prefix has anyway': (w) => (south(w).containers = { mode: 'prefix', hostBits: 28 }),
    },
  },
  {
    code: 'PREFIXES_PER_HOST',
    refuses: {
      'one prefix more than the interface takes': (w) => (south(w).containers = { mode: 'prefix', prefixesPerHost: 10 }),
      'two prefixes on a nano': (w) => {
        south(w).containers = { mode: 'prefix', prefixesPerHost: 2 };
        fleet(w, 'adserver').instanceType = 't3.nano';
      },
    },
    accepts: {
      'as many as the smallest type takes': (w) => (south(w).containers = { mode: 'prefix', prefixesPerHost: 9 }),
      'types whose figures are not known': (w) => {
        south(w).containers = { mode: 'prefix', prefixesPerHost: 9 };
        for (const f of Object.values(south(w).clusters.core.fleets)) (f as { instanceType: string }).instanceType = 'x9.large';
      },
      'any number in mode host': (w) => (south(w).containers = { mode: 'host' }),
    },
  },
  {
    code: 'PREFIXES_DONT_FIT',
    refuses: {
      'more members than there are /28s': (w) => {
        prefixed(w, 9);
        fleet(w).count = 60;
      },
      'two fleets whose hosts would have the same /28s': (w) => (south(w).containers = { mode: 'prefix' }),
      'more elastic hosts than there are /28s': (w) => {
        south(w).containers = { mode: 'prefix', prefixesPerHost: 9 };
        fleet(w, 'adserver').max = 120;
      },
      'elastic hosts whose own addresses may lie in the way': (w) => {
        south(w).containers = { mode: 'prefix' };
        fleet(w, 'adserver').max = 660;
      },
    },
    accepts: {
      'a few hosts': (w) => prefixed(w, 2),
      'as many as there are /28s, each beside a spoiled one': (w) => {
        prefixed(w, 1);
        fleet(w, 'adserver').max = 127 * 3;
      },
    },
  },
];
