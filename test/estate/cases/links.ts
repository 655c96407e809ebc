import { joined as aliyunPair, beijing as beijingOfAliyun, tunnels } from './aliyun';
import { fleet, type RuleCases } from './case';
import { beijing, contained, line, links, peering, south, transit, twoRouters, vpn, west, wide } from './joined';

/** The wide estate with one of its links changed. */
const changed =
  (name: string, change: Record<string, unknown>, from: typeof wide = wide) =>
  (w: Parameters<typeof wide>[0]) => {
    from(w);
    w.estate.links[name] = { ...w.estate.links[name], ...change };
  };

/** That line and VPN end at one router is wanted there. */
function acceptOneRouter(w: Parameters<typeof wide>[0]): void {
  w.estate.accept = [{ code: 'SINGLE_ROUTER', path: 'links.fallback.router', reason: 'it has one router' }];
}

export const linkCases: RuleCases[] = [
  {
    code: 'LINK_PLACE_UNKNOWN',
    refuses: {
      'an end that is not described': (w) => links(w, { central: { ...peering, between: ['sa-east-1', 'us-esat-1'] } }),
      'a hub that is not described': (w) => links(w, { central: { kind: 'peering', hub: 'tokyo', spokes: 'all' } }),
      'a region in the middle that is not described': changed('south', { through: 'us-east-2' }),
    },
    accepts: {
      'two regions': (w) => links(w, { central: peering }),
      'a region and a data centre': wide,
    },
  },
  {
    code: 'LINK_TO_ITSELF',
    refuses: {
      'a region joined with itself': (w) => links(w, { central: { ...peering, between: ['sa-east-1', 'sa-east-1'] } }),
      'a hub among its own spokes': (w) =>
        links(w, { central: { kind: 'peering', hub: 'us-east-1', spokes: ['us-east-1', 'sa-east-1'] } }),
      'a region twice in a mesh': (w) => links(w, { central: { kind: 'peering', mesh: ['us-east-1', 'us-east-1'] } }),
    },
    accepts: {
      'all spokes, where the hub is one of all regions': (w) =>
        links(w, { central: { kind: 'peering', hub: 'us-east-1', spokes: 'all' } }),
    },
  },
  {
    code: 'LINK_ENDS',
    refuses: {
      'peering with a data centre': (w) => {
        beijing(w);
        links(w, { central: { ...peering, between: ['beijing', 'us-east-1'] } });
      },
      'transit to a data centre without a line': (w) => {
        beijing(w);
        links(w, { central: { ...transit, between: ['beijing', 'us-east-1'] } });
      },
      'a leased line between two regions': changed('line', { between: ['sa-east-1', 'us-east-1'] }),
      'a VPN between two data centres': (w) => {
        wide(w);
        w.places.shanghai = { idc: 'shanghai', block: '10.201.0.0/16' };
        w.estate.links.fallback = { ...vpn, between: ['beijing', 'shanghai'] };
      },
      'two data centres through a region': (w) => {
        wide(w);
        w.places.shanghai = { idc: 'shanghai', block: '10.201.0.0/16' };
        links(w, { home: { kind: 'transit', between: ['beijing', 'shanghai'], through: 'us-east-1' } });
      },
    },
    accepts: { 'every kind where it belongs': wide },
  },
  {
    code: 'LINK_TWICE',
    refuses: {
      'two peerings of a pair': (w) => links(w, { one: peering, two: peering }),
      'peering beside transit': (w) => links(w, { one: peering, two: transit }),
      'a pair in either order': (w) =>
        links(w, {
          one: {
            kind: 'peering',
            pairs: [
              ['sa-east-1', 'us-east-1'],
              ['us-east-1', 'sa-east-1'],
            ],
          },
        }),
      'a way through a region beside a line of its own': (w) => {
        wide(w);
        links(w, { direct: { ...line, between: ['beijing', 'sa-east-1'], vlan: 302, network: '169.254.101.0/30', asn: 64610 } });
      },
    },
    accepts: {
      'a line and a VPN of one pair': wide,
      'peering of two pairs': (w) => {
        west(w);
        links(w, { central: { kind: 'peering', hub: 'us-east-1', spokes: 'all' } });
      },
    },
  },
  {
    code: 'LINK_PARTITION',
    refuses: {
      'a region of China in a mesh of all': (w) => {
        west(w).aws = { partition: 'aws-cn', account: '222222222222' };
        links(w, { central: { kind: 'peering', mesh: 'all' } });
      },
      'a way through a region of another partition': (w) => {
        wide(w);
        west(w).aws = { partition: 'aws-us-gov', account: '222222222222' };
        w.estate.links.south.through = 'us-west-2';
      },
    },
    accepts: {
      'a mesh without the region of China': (w) => {
        west(w).aws = { partition: 'aws-cn', account: '222222222222' };
        links(w, { central: { kind: 'peering', mesh: ['sa-east-1', 'us-east-1'] } });
      },
    },
  },
  {
    code: 'LINK_THROUGH',
    refuses: {
      'a way through a region that is joined by peering': changed('backbone', { kind: 'peering' }),
      'a way through a region that is not joined with an end': (w) => {
        wide(w);
        delete w.estate.links.backbone;
      },
      'a way to a data centre through a region without a line': (w) => {
        wide(w);
        delete w.estate.links.line;
        delete w.estate.links.fallback;
      },
      'a way through an end': changed('south', { through: 'sa-east-1' }),
      'a way through a data centre': (w) => {
        beijing(w);
        links(w, { home: { ...transit, through: 'beijing' } });
      },
      'a way through a region which is itself reached through another': (w) => {
        wide(w);
        west(w);
        links(w, {
          far: { kind: 'transit', between: ['us-east-1', 'us-west-2'], through: 'sa-east-1' },
          home: { kind: 'transit', between: ['beijing', 'us-west-2'], through: 'us-east-1' },
        });
      },
      'containers that the leg does not carry': changed('backbone', { carries: ['hosts'] }, contained),
    },
    accepts: {
      'a data centre behind a line, and a region joined by transit': wide,
      'the same with containers': contained,
      'two regions through a third': (w) => {
        wide(w);
        west(w).transit = { asn: 64603 };
        links(w, {
          west: { kind: 'transit', between: ['us-east-1', 'us-west-2'] },
          far: { kind: 'transit', between: ['sa-east-1', 'us-west-2'], through: 'us-east-1' },
        });
      },
    },
  },
  {
    code: 'LINK_ASYMMETRIC',
    refuses: {
      'an end that gives nothing': (w) => links(w, { central: { ...peering, carries: { 'us-east-1': ['hosts'] } } }),
      'containers of one end only': changed(
        'backbone',
        { carries: { 'us-east-1': ['hosts', 'containers'], 'sa-east-1': ['hosts'] } },
        contained,
      ),
      'a range of containers of one end only': changed(
        'backbone',
        { carries: { 'us-east-1': ['hosts', '172.16.4.0/22'], 'sa-east-1': ['hosts'] } },
        contained,
      ),
    },
    accepts: {
      'hosts of both': (w) => links(w, { central: peering }),
      'a part of one end for all of the other': changed(
        'backbone',
        { carries: { 'us-east-1': ['10.1.32.0/19', '172.16.4.0/22'], 'sa-east-1': ['hosts', 'containers'] } },
        contained,
      ),
      'containers of one end, where those of the other use the addresses of their hosts': (w) => {
        contained(w);
        south(w).containers = { mode: 'host' };
        w.estate.links.backbone.carries = { 'us-east-1': ['hosts', 'containers'], 'sa-east-1': ['hosts'] };
      },
    },
  },
  {
    code: 'LINK_NO_CONTAINERS',
    refuses: {
      'containers of mode host': (w) => links(w, { central: { ...peering, carries: ['hosts', 'containers'] } }),
      'containers of a data centre without a block': (w) => {
        contained(w);
        delete beijing(w).containers;
        delete beijing(w).racks.a01.containers;
      },
    },
    accepts: {
      'containers with addresses of their own': contained,
      'containers with prefixes': (w) => {
        south(w).containers = { mode: 'prefix' };
        w.places['us-east-1'].containers = { mode: 'prefix' };
        links(w, { central: { ...peering, carries: ['hosts', 'containers'] } });
      },
    },
  },
  {
    code: 'LINK_RANGE_OUTSIDE',
    refuses: {
      'a range of nobody': (w) =>
        links(w, { central: { ...peering, carries: { 'us-east-1': ['10.77.0.0/16'], 'sa-east-1': ['hosts'] } } }),
      'a range of the other end': (w) => links(w, { central: { ...peering, carries: ['10.1.0.0/17'] } }),
      'a range of containers in mode host': changed('backbone', {
        carries: { 'us-east-1': ['172.16.4.0/22'], 'sa-east-1': ['hosts'] },
      }),
    },
    accepts: {
      'a part of each block': (w) =>
        links(w, { central: { ...peering, carries: { 'us-east-1': ['10.1.0.0/17'], 'sa-east-1': ['10.9.0.0/16'] } } }),
      'a range of containers': changed(
        'backbone',
        { carries: { 'us-east-1': ['172.16.4.0/22'], 'sa-east-1': ['containers'] } },
        contained,
      ),
    },
  },
  {
    code: 'PEERING_CARRIES_CONTAINERS',
    refuses: {
      'containers of mode host-gw': changed('backbone', { kind: 'peering' }, contained),
      'a range of such containers': changed(
        'backbone',
        { kind: 'peering', carries: { 'us-east-1': ['hosts', '172.16.4.0/22'], 'sa-east-1': ['hosts', '172.17.4.0/22'] } },
        contained,
      ),
    },
    accepts: {
      'hosts of regions with such containers': changed('backbone', { kind: 'peering', carries: ['hosts'] }, contained),
      'containers of mode prefix': (w) => {
        south(w).containers = { mode: 'prefix' };
        w.places['us-east-1'].containers = { mode: 'prefix' };
        links(w, { central: { ...peering, carries: ['hosts', 'containers'] } });
      },
    },
  },
  {
    code: 'LINK_MTU',
    refuses: {
      'a line and a VPN that carry the same containers': contained,
      'a way through a region over a VPN': (w) => {
        contained(w);
        delete w.estate.links.line;
      },
    },
    accepts: {
      'links of one size': (w) => {
        contained(w);
        w.estate.links = { backbone: w.estate.links.backbone };
      },
      'links that carry no containers': wide,
    },
  },
  {
    code: 'LINK_ALARMS',
    refuses: {
      'a line and a VPN of a region that names nobody, and its hosts': (w) => {
        contained(w);
        delete w.places['us-east-1'].alarms;
      },
      'a line and a VPN where fleets name somebody, and the region nobody': (w) => {
        contained(w);
        const { alarms, clusters } = w.places['us-east-1'];
        for (const one of Object.values<{ alarms?: unknown }>(clusters.core.fleets)) one.alarms = alarms;
        delete w.places['us-east-1'].alarms;
      },
    },
    accepts: {
      'a region that names a topic': contained,
      'links between regions, which are watched by nobody': (w) => {
        contained(w);
        w.estate.links = { backbone: w.estate.links.backbone };
        delete w.places['us-east-1'].alarms;
      },
    },
  },
  {
    code: 'HOST_ALARMS',
    refuses: {
      'a region that names nobody': (w) => delete south(w).alarms,
      'a region whose alarms say nothing': (w) => (south(w).alarms = {}),
      'a region of Aliyun that names nobody': (w) => beijingOfAliyun(w, (place) => delete place.alarms),
      'a fleet beside one that names somebody itself': (w) => {
        const { alarms, clusters } = south(w);
        for (const name of ['voters', 'storage']) clusters.core.fleets[name].alarms = alarms;
        delete south(w).alarms;
      },
      'a region whose stacks have no room for alarms': (w) => {
        delete south(w).alarms;
        fleet(w).membersPerStack = 150;
      },
    },
    accepts: {
      'a region that names a topic': () => {},
      'fleets that all name one': (w) => {
        const { alarms, clusters } = south(w);
        for (const one of Object.values<{ alarms?: unknown }>(clusters.core.fleets)) one.alarms = alarms;
        delete south(w).alarms;
      },
      'a region without hosts': (w) => west(w),
      'a region whose lines nobody watches, which is told with them': (w) => {
        wide(w);
        delete w.places['us-east-1'].alarms;
      },
    },
  },
  {
    code: 'LINK_QUOTA',
    refuses: {
      'more peering connections than a VPC has': (w) => {
        west(w);
        w.estate.quotas = { peeringsPerVpc: 1 };
        links(w, { central: { kind: 'peering', mesh: 'all' } });
      },
      'more peering attachments than a transit gateway has': (w) => {
        west(w);
        w.estate.quotas = { peeringsPerTransitGateway: 1 };
        links(w, { central: { kind: 'transit', mesh: 'all' } });
      },
      'more static routes than a transit gateway has': (w) => {
        wide(w);
        w.estate.quotas = { routesPerTransitGateway: 3 };
      },
      'a route a member more than a table has': (w) => {
        contained(w);
        w.estate.quotas = { routesPerTable: 50 };
        south(w).clusters.core.fleets.storage.count = 45;
      },
      'a route a range more than a table has': (w) => {
        w.estate.quotas = { routesPerTable: 50 };
        links(w, {
          central: {
            ...peering,
            carries: { 'sa-east-1': ['hosts'], 'us-east-1': Array.from({ length: 50 }, (_, i) => `10.1.${i * 2}.0/24`) },
          },
        });
      },
      'more prefixes to the data centre than are taken': (w) => {
        wide(w);
        w.estate.quotas = { prefixesToDirectConnect: 1 };
      },
      'more rules than the group for containers takes: those of every linked place count': (w) => {
        contained(w);
        south(w).containers.openTo = ['containers', 'hosts'];
        w.estate.quotas = { rulesPerSecurityGroup: 4 };
      },
      'more rules than a group of Aliyun ever takes': (w) => {
        aliyunPair(w, 'transit');
        w.places['cn-beijing'].containers = { mode: 'host-gw', block: '172.24.0.0/16', openTo: ['containers', 'hosts'] };
        const ranges = Array.from({ length: 198 }, (_, i) => `10.21.${i}.128/25`);
        w.estate.links.inland.carries = { 'cn-beijing': ['hosts', 'containers'], 'cn-hangzhou': ranges };
        w.estate.quotas = { aliyunRoutesPerTable: 400 };
      },
      'more lines than a connection takes': (w) => {
        wide(w);
        for (const n of [1, 2, 3, 4])
          w.estate.links[`line-${n}`] = { ...w.estate.links.line, vlan: 310 + n, network: `169.254.10${n}.0/30`, asn: 64610 + n };
      },
      'a line that takes more prefixes than the cloud does': changed('line', { maxPrefixes: 101 }),
      'racks of two routers that are more than the line takes': (w) => {
        wide(w);
        const { racks, routers } = twoRouters(w);
        Object.assign(routers.r2, { public: '203.0.113.11' });
        racks.a02.router = 'r2';
        Object.assign(w.estate.links.line, { router: 'r1', maxPrefixes: 2 });
        w.estate.links.fallback.router = 'r2';
      },
      'a data centre that tells more prefixes than the line takes': (w) => {
        changed('line', { maxPrefixes: 1, carries: { beijing: ['10.200.1.0/24', '10.200.2.0/24'], 'us-east-1': ['hosts'] } })(w);
        delete w.estate.links.south;
      },
    },
    accepts: {
      'exactly as many as there are': (w) => {
        wide(w);
        w.estate.quotas = {
          peeringsPerTransitGateway: 1,
          routesPerTransitGateway: 5,
          prefixesToDirectConnect: 2,
          prefixesFromIdc: 1,
        };
      },
      'exactly as many rules as a group takes': (w) => {
        contained(w);
        // Containers of the region, of the other one and of the data centre.
        w.estate.quotas = { rulesPerSecurityGroup: 4 };
      },
      'exactly as many rules as a group of Aliyun takes': (w) => {
        aliyunPair(w, 'transit');
        w.places['cn-beijing'].containers = { mode: 'host-gw', block: '172.24.0.0/16', openTo: ['containers', 'hosts'] };
        const ranges = Array.from({ length: 197 }, (_, i) => `10.21.${i}.128/25`);
        w.estate.links.inland.carries = { 'cn-beijing': ['hosts', 'containers'], 'cn-hangzhou': ranges };
        w.estate.quotas = { aliyunRoutesPerTable: 400 };
      },
      'exactly as many routes as a table has': (w) => {
        contained(w);
        w.estate.quotas = { routesPerTable: 50 };
        // 50 less local, internet, 3 voters and 4 ranges of two places.
        south(w).clusters.core.fleets.storage.count = 50 - 2 - 3 - 4;
      },
    },
  },
  {
    code: 'LINK_ROUTER',
    refuses: {
      'a line to a data centre without routers': (w) => {
        wide(w);
        acceptOneRouter(w);
        beijing(w).routers = {};
      },
      'a line that does not say which router': (w) => {
        twoRouters(w);
        wide(w);
      },
      'a router that is not there': (w) => {
        changed('line', { router: 'r3' })(w);
        acceptOneRouter(w);
      },
      'a VPN at a router without a public address': (w) => {
        twoRouters(w);
        wide(w);
        w.estate.links.line.router = 'r1';
        w.estate.links.fallback.router = 'r2';
      },
    },
    accepts: {
      'the only router': wide,
      'one of two routers': (w) => {
        twoRouters(w);
        changed('line', { router: 'r2' })(w);
        w.estate.links.fallback = { ...vpn, router: 'r1' };
      },
    },
  },
  {
    code: 'LINE_TWICE',
    refuses: {
      'two lines with one VLAN of a connection': (w) => {
        wide(w);
        links(w, { second: { ...line, network: '169.254.101.0/30', asn: 64610, interface: 'eno6' } });
      },
      'two lines with one VLAN of a port': (w) => {
        wide(w);
        links(w, { second: { ...line, connection: 'dxcon-second', network: '169.254.101.0/30', asn: 64610 } });
      },
      'two VPNs of one router with one region': (w) => {
        wide(w);
        links(w, { second: { ...vpn, tunnels: ['169.254.31.0/30', '169.254.32.0/30'] } });
      },
    },
    accepts: {
      'two lines with VLANs of their own': (w) => {
        wide(w);
        links(w, { second: { ...line, vlan: 302, network: '169.254.101.0/30', asn: 64610 } });
      },
    },
  },
  {
    code: 'LINE_NETWORK',
    refuses: {
      'a line with a network of many': changed('line', { network: '169.254.100.0/24' }),
      'a line with a single address': changed('line', { network: '169.254.100.1/32' }),
      'a line with neighbours in multicast': changed('line', { network: '224.0.0.0/30' }),
      'the last address of all': changed('line', { network: '255.255.255.255/32' }),
      'a tunnel in a larger network': changed('fallback', { tunnels: ['169.254.21.0/29', '169.254.22.0/30'] }),
      'a tunnel in other addresses': changed('fallback', { tunnels: ['169.254.21.0/30', '10.77.0.0/30'] }),
      'a tunnel that the cloud keeps': changed('fallback', { tunnels: ['169.254.5.0/30', '169.254.22.0/30'] }),
      'a tunnel that only Aliyun keeps': (w) => tunnels(w, ['169.254.6.0/30', '169.254.32.0/30']),
      'a tunnel over the metadata service': changed('fallback', { tunnels: ['169.254.21.0/30', '169.254.169.252/30'] }),
    },
    accepts: {
      'a line with a /31': changed('line', { network: '169.254.100.0/31' }),
      'a line with a /29': changed('line', { network: '169.254.100.0/29' }),
      'a tunnel beside the one that only Aliyun keeps': (w) => tunnels(w, ['169.254.6.4/30', '169.254.32.0/30']),
      'a tunnel beside those that the cloud keeps': changed('fallback', { tunnels: ['169.254.5.4/30', '169.254.169.248/30'] }),
    },
  },
  {
    code: 'LINE_NETWORK_OVERLAP',
    refuses: {
      'a line in the block of a region': changed('line', { network: '10.1.0.0/30' }),
      'a line in a pool': changed('line', { network: '172.31.0.0/30' }),
      'a line in a tunnel': changed('line', { network: '169.254.21.0/31' }),
      'two tunnels of one network': changed('fallback', { tunnels: ['169.254.21.0/30', '169.254.21.0/30'] }),
    },
    accepts: { 'networks of their own': wide },
  },
  {
    code: 'ALLOWED_PREFIXES',
    refuses: {
      'prefixes without what is reached through the region': changed('line', { allowedPrefixes: ['10.1.0.0/16'] }),
      'prefixes without a part of the region': changed('line', { allowedPrefixes: ['10.1.0.0/17', '10.9.0.0/16'] }),
      'prefixes of what is not routed': changed('line', { allowedPrefixes: ['10.1.0.0/16', '10.8.0.0/15'] }),
      'a default route': changed('line', { allowedPrefixes: ['0.0.0.0/0'] }),
    },
    accepts: {
      'what is routed': changed('line', { allowedPrefixes: ['10.1.0.0/16', '10.9.0.0/16'] }),
      'the same in halves': changed('line', { allowedPrefixes: ['10.1.0.0/17', '10.1.128.0/17', '10.9.0.0/16'] }),
      'nothing written': wide,
    },
  },
  {
    code: 'AS_NUMBER_MISSING',
    refuses: {
      'a transit link to a region without a number': (w) => links(w, { backbone: transit }),
      'a line to a region without a number': (w) => {
        wide(w);
        delete w.places['us-east-1'].transit;
        w.estate.links = { line };
      },
      'a line to a data centre without a number': (w) => {
        wide(w);
        delete beijing(w).asn;
      },
    },
    accepts: {
      'peering of regions without numbers': (w) => links(w, { central: peering }),
      'a data centre that no link names': (w) => delete beijing(w).asn,
      'numbers where they are needed': wide,
    },
  },
  {
    code: 'AS_NUMBER_CLASH',
    refuses: {
      'two transit gateways with one number': (w) => {
        wide(w);
        south(w).transit.asn = 64601;
      },
      'a Direct Connect gateway with that of a transit gateway': changed('line', { asn: 64601 }),
      'a data centre with that of a Direct Connect gateway': changed('line', { asn: 65010 }),
      'two Direct Connect gateways with one number': (w) => {
        wide(w);
        links(w, { second: { ...line, vlan: 302, network: '169.254.101.0/30' } });
      },
    },
    accepts: { 'numbers of their own': wide },
  },
  {
    code: 'AS_NUMBER_RANGE',
    refuses: {
      'a transit gateway with a public number': (w) => (south(w).transit = { asn: 65536 }),
      'a Direct Connect gateway with a public number': changed('line', { asn: 64500 }),
      'a data centre with a number of Amazon': (w) => (beijing(w).asn = 7224),
      'a data centre with the number that stands for others': (w) => (beijing(w).asn = 23456),
    },
    accepts: {
      'a long private number': (w) => (south(w).transit = { asn: 4200000000 }),
      'a public number of a data centre': (w) => (beijing(w).asn = 64500),
    },
  },
];
