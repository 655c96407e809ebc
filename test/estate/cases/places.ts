import { beijing } from './aliyun';
import { core, fleet, type RuleCases, south } from './case';
import { beijing as idcOfBeijing, line, twoRouters, vpn, wide } from './joined';

function moved(name: string, zones: string[]): (w: Parameters<typeof south>[0]) => void {
  return (w) => {
    const alarms = { topicArn: `arn:aws:sns:${name}:111111111111:ops` };
    w.places[name] = { ...south(w), region: name, network: { zones }, alarms };
    delete w.places['sa-east-1'];
  };
}

/** The region of one cloud in a file of another name. */
function called(name: string, region: string, more: object = {}): (w: Parameters<typeof south>[0]) => void {
  return (w) => {
    w.places[name] = { ...south(w), region, ...more };
    delete w.places['sa-east-1'];
  };
}

/** A second region with nothing in it. */
const empty = (region: string, zone: string, more: object = {}) => ({
  region,
  provider: 'aws',
  block: '10.77.0.0/16',
  network: { zones: [zone] },
  ...more,
});

const SHANGHAI = { account: '1111111111111111', image: 'aliyun_3_x64_20G_alibase_20240819.vhd' };

/** Two profiles on the fleet storage, each with a port. */
function withPorts(w: Parameters<typeof south>[0], ...ports: readonly (readonly [name: string, port: number])[]): void {
  ports.forEach(([name, port], i) => {
    fleet(w).profiles.push(`own${i}`);
    w.more[`cloud-config/own${i}/profile.yaml`] =
      `profile: own${i}\ndescription: x.\nports:\n  - { name: ${name}, port: ${port}, protocol: tcp, from: cluster, why: x }\n`;
    w.more[`cloud-config/own${i}/cloud-config.yaml`] = '#cloud-config\n';
  });
}

export const placeCases: RuleCases[] = [
  {
    code: 'FILE_NAME',
    refuses: {
      'a file that is called like another region of its cloud': called('us-west-2', 'sa-east-1'),
      'a file that is called like a region of another cloud': called('cn-shanghai', 'sa-east-1'),
    },
    accepts: {
      'a name of its own': called('brazil', 'sa-east-1'),
      'no id, where the cloud calls it so too': (w) => delete south(w).region,
    },
  },
  {
    code: 'REGION_TWICE',
    refuses: {
      'two files of one region': (w) => (w.places['south-2'] = empty('sa-east-1', 'sa-east-1a')),
      'two files of one region, neither called so': (w) => {
        w.places.a = empty('eu-west-1', 'eu-west-1a');
        w.places.b = empty('eu-west-1', 'eu-west-1a', { block: '10.78.0.0/16' });
      },
    },
    accepts: {
      'the regions of one id in two clouds': (w) => {
        w.estate.aliyun = SHANGHAI;
        w.places['aliyun-us-east-1'] = empty('us-east-1', 'us-east-1a', { provider: 'aliyun' });
      },
    },
  },
  {
    code: 'ARN_ELSEWHERE',
    refuses: {
      'a topic of another region': (w) => (fleet(w).alarms = { topicArn: 'arn:aws:sns:us-east-1:111111111111:ops' }),
      'a topic of another region, of the region itself': (w) =>
        (w.places['sa-east-1'].alarms = { topicArn: 'arn:aws:sns:us-east-1:111111111111:ops' }),
      'a topic of another partition': (w) => (fleet(w).alarms = { topicArn: 'arn:aws-cn:sns:cn-north-1:222222222222:ops' }),
      'a topic of the public partition in GovCloud': (w) => {
        moved('us-gov-west-1', ['us-gov-west-1a'])(w);
        w.places['us-gov-west-1'].aws = { partition: 'aws-us-gov', account: '222222222222' };
        w.places['us-gov-west-1'].alarms.topicArn = 'arn:aws-us-gov:sns:us-gov-west-1:222222222222:ops';
        w.places['us-gov-west-1'].clusters.core.fleets.storage.alarms = {
          topicArn: 'arn:aws:sns:us-gov-west-1:222222222222:ops',
        };
      },
      'the name that the estate gives the region, in a topic': (w) => {
        fleet(w).alarms = { topicArn: 'arn:aws:sns:brazil:111111111111:ops' };
        called('brazil', 'sa-east-1')(w);
      },
    },
    accepts: {
      'a topic of the region in another account': (w) =>
        (fleet(w).alarms = { topicArn: 'arn:aws:sns:sa-east-1:222222222222:ops' }),
      'a topic of the region, for the region': (w) =>
        (w.places['sa-east-1'].alarms = { topicArn: 'arn:aws:sns:sa-east-1:111111111111:ops' }),
      'a topic of the region, whatever the estate calls it': (w) => {
        fleet(w).alarms = { topicArn: 'arn:aws:sns:sa-east-1:111111111111:ops' };
        called('brazil', 'sa-east-1')(w);
      },
    },
  },
  {
    code: 'HOST_NAME_CLASH',
    refuses: {
      'a region and a cluster that join like another': (w) => {
        const { core } = w.places['us-east-1'].clusters;
        w.places.a = empty('eu-west-1', 'eu-west-1a', { clusters: { 'b-core': { fleets: { x: core.fleets.adserver } } } });
        w.places['a-b'] = empty('eu-west-2', 'eu-west-2a', {
          block: '10.78.0.0/16',
          clusters: { core: { fleets: { x: core.fleets.adserver } } },
        });
      },
    },
    accepts: {
      'clusters and fleets of one name in two regions': (w) => (w.places['us-east-1'].clusters = south(w).clusters),
    },
  },
  {
    code: 'REGION_UNKNOWN',
    refuses: {
      'a region that AWS has not': moved('sa-east-9', ['sa-east-9a']),
      'a region of another provider': (w) => {
        moved('us-west-2', ['us-west-2a'])(w);
        w.places['us-west-2'].provider = 'aliyun';
      },
      'a file that is called otherwise and does not say the id': (w) => {
        called('brazil', '')(w);
        delete w.places.brazil.region;
      },
      'a slip in the name of the file': (w) => {
        called('sa-esat-1', '')(w);
        delete w.places['sa-esat-1'].region;
      },
      'a region of an isolated partition': called('secret', 'us-iso-east-1'),
      'a region of the finance cloud': called('finance', 'cn-shanghai-finance-1', { provider: 'aliyun' }),
      'a zone instead of a region': called('brazil', 'sa-east-1a'),
    },
    accepts: {
      'a region that AWS has': moved('eu-north-1', ['eu-north-1a']),
      'a newer region that the estate declares': (w) => {
        w.estate.awsRegions = { 'sa-west-7': { zones: ['b'] } };
        moved('sa-west-7', ['sa-west-7b'])(w);
      },
    },
  },
  {
    code: 'ZONE_UNKNOWN',
    refuses: {
      'a letter that the region has not': (w) => (south(w).network.zones = ['sa-east-1a', 'sa-east-1d']),
      'a zone of another region': (w) => (south(w).network.zones = ['us-east-1a']),
      'a zone twice': (w) => (south(w).network.zones = ['sa-east-1a', 'sa-east-1a']),
      'a local zone': (w) => (south(w).network.zones = ['sa-east-1a', 'sa-east-1-bue-1a']),
      'a wavelength zone': (w) => (south(w).network.zones = ['sa-east-1-wl1-gru-wlz-1', 'sa-east-1a']),
      'the id of a zone': (w) => (south(w).network.zones = ['sae1-az1']),
      'the name that the estate gives the region, in a zone': (w) => {
        called('brazil', 'sa-east-1')(w);
        w.places.brazil.network.zones = ['brazila'];
      },
    },
    accepts: { 'zones in any order': (w) => (south(w).network.zones = ['sa-east-1c', 'sa-east-1a']) },
  },
  {
    code: 'FLEET_ZONE',
    refuses: {
      'a zone that the region does not use': (w) => {
        south(w).network.zones = ['sa-east-1a', 'sa-east-1b'];
        fleet(w).zones = ['sa-east-1c'];
      },
      'a zone twice': (w) => (fleet(w).zones = ['sa-east-1a', 'sa-east-1a']),
    },
    accepts: { 'some zones of the region': (w) => (fleet(w).zones = ['sa-east-1c', 'sa-east-1a']) },
  },
  {
    code: 'PARTITION',
    refuses: {
      'a China region in the partition aws': moved('cn-north-1', ['cn-north-1a']),
      'a public region in the partition aws-cn': (w) => (south(w).aws = { partition: 'aws-cn' }),
    },
    accepts: {
      'a China region in its own partition': (w) => {
        moved('cn-north-1', ['cn-north-1a'])(w);
        w.places['cn-north-1'].aws = { partition: 'aws-cn', account: '222222222222' };
      },
    },
  },
  {
    code: 'LOOPBACK_URL',
    refuses: {
      'a discovery service on each host itself': (w) => (w.estate.discovery = { url: 'http://127.0.0.1:8087' }),
      'one by a name of the loopback': (w) => (w.estate.discovery = { url: 'http://discovery.localhost' }),
      'one by an address in a form that few read': (w) => (w.estate.discovery = { url: 'http://2130706433/discovery' }),
      'one by IPv6': (w) => (w.estate.discovery = { url: 'http://[::1]:8087' }),
      'one by a mapped address': (w) => (w.estate.discovery = { url: 'http://[::ffff:127.0.0.1]' }),
      'one at every address': (w) => (w.estate.discovery = { url: 'http://0.0.0.0:8087' }),
      'one on the link, where the metadata service is': (w) => (w.estate.discovery = { url: 'http://169.254.169.254/discovery' }),
      'a mirror of artifacts on each host itself': (w) => (idcOfBeijing(w).artifacts = 'http://localhost/artifacts'),
    },
    accepts: {
      'a private service': (w) => (w.estate.discovery = { url: 'http://10.1.0.40:8087' }),
      'one by IPv6 of a network': (w) => (w.estate.discovery = { url: 'http://[2001:db8::1]' }),
      'a name that begins alike': (w) => (w.estate.discovery = { url: 'https://localhost.example.com' }),
    },
  },
  {
    code: 'ACCOUNT_MISSING',
    refuses: { 'a region without an account': (w) => delete w.estate.aws },
    accepts: {
      'an account a region': (w) => {
        delete w.estate.aws;
        south(w).aws = { account: '222222222222' };
        w.places['us-east-1'].aws = { account: '222222222222' };
      },
    },
  },
  {
    code: 'CENTRAL_UNKNOWN',
    refuses: { 'a central region that is not described': (w) => (w.estate.central = 'us-east-2') },
    accepts: { 'no central region': (w) => delete w.estate.central },
  },
  {
    code: 'NAME_TOO_LONG',
    refuses: {
      'a data centre and an entry that make no stack': (w) => {
        const idc = 'a-data-centre-with-a-name-that-says-more-than-it-should-0123456';
        w.places[idc] = { idc, block: '10.200.0.0/16' };
        w.estate.links = { [`line-to-${idc.slice(0, 50)}`]: { ...line, between: [idc, 'us-east-1'] } };
      },
      'a fleet whose hosts have no name': (w) => {
        core(w).fleets[`storage-of-a-fleet-with-a-name-that-says-more-than-it-should`] = fleet(w);
        delete core(w).fleets.storage;
      },
      'a rack whose hosts have no name': (w) => {
        const idc = 'a-data-centre-with-a-name';
        const a01 = { vlan: 101, subnet: '10.200.1.0/24', hosts: 12 };
        const racks = {
          'a-rack-with-a-name-that-says-more-than-it-should': a01,
          a01: { ...a01, vlan: 102, subnet: '10.200.2.0/24' },
        };
        w.places[idc] = { idc, block: '10.200.0.0/16', routers: { r1: { address: '10.200.0.1' } }, racks };
      },
      'a key pair that Aliyun has not': (w) => beijing(w, (place) => (place.clusters.core.fleets.storage.keyName = 'ops (2026)')),
    },
    accepts: {
      'the longest name of an estate: what is made of it is shortened': (w) => (w.estate.estate = 'x'.repeat(63)),
      'the longest name of a host': (w) => {
        core(w).fleets['s'.repeat(63 - 'sa-east-1-core--1'.length)] = {
          ...fleet(w),
          count: 3,
          addresses: { first: 200, perZone: 3 },
        };
      },
      'a key pair of AWS with spaces': (w) => (fleet(w).keyName = 'ops (2026)'),
    },
  },
  {
    code: 'NAME_CLASH',
    refuses: {
      'two fleets with one stack name': (w) => {
        core(w).fleets['storage-1'] = { ...fleet(w, 'adserver') };
      },
      'two fleets with one logical id': (w) => {
        core(w).fleets['ad-1'] = { ...fleet(w, 'adserver') };
        core(w).fleets.ad1 = { ...fleet(w, 'adserver') };
      },
      'two clusters that join alike': (w) => {
        south(w).clusters = { a: { fleets: { 'b-c': fleet(w, 'adserver') } }, 'a-b': { fleets: { c: fleet(w, 'adserver') } } };
      },
    },
    accepts: { 'names that only begin alike': (w) => (core(w).fleets['adserver-large'] = { ...fleet(w, 'adserver') }) },
  },
  {
    code: 'ID_CLASH',
    refuses: {
      'two profiles whose ports have one name': (w) => withPorts(w, ['metrics', 9100], ['metrics', 9200]),
      'two ports that are one word': (w) => withPorts(w, ['web-1', 9100], ['web1', 9200]),
      'three volumes that are one word': (w) => {
        const volume = (n: number) => ({ device: `/dev/sd${'hijk'[n]}`, gb: 500, type: 'gp3', mount: `/srv/${n}` });
        fleet(w).volumes = { 'log-1': volume(0), log1: volume(1), 'log--1': volume(2) };
      },
      'a data centre that is one word with a region': (w) => (w.places['us-east1'] = { idc: 'us-east1', block: '10.200.0.0/16' }),
      'two racks that are one word with their data centres': (w) => {
        const racks = (n: number, name: string) => ({ [name]: { vlan: 101, subnet: `10.${n}.1.0/24`, hosts: 1 } });
        const routers = (n: number) => ({ r1: { address: `10.${n}.0.1` } });
        w.places.bj = { idc: 'bj', block: '10.200.0.0/16', routers: routers(200), racks: racks(200, 'hall-a01') };
        w.places['bj-hall'] = { idc: 'bj-hall', block: '10.201.0.0/16', routers: routers(201), racks: racks(201, 'a01') };
      },
    },
    accepts: {
      'ports with names of their own': (w) => withPorts(w, ['web-1', 9100], ['web-11', 9200]),
      'volumes and data centres with names of their own': (w) => {
        const volume = (n: number) => ({ device: `/dev/sd${'hijk'[n]}`, gb: 500, type: 'gp3', mount: `/srv/${n}` });
        fleet(w).volumes = { 'log-a': volume(0), loga: volume(1), data: volume(2) };
        w.places['us-east'] = { idc: 'us-east', block: '10.200.0.0/16' };
      },
    },
  },
  {
    code: 'REGION_QUOTA',
    refuses: {
      'more NAT gateways than a new account has addresses': (w) => {
        moved(
          'us-east-1',
          [...'abcdef'].map((letter) => `us-east-1${letter}`),
        )(w);
      },
      'more hosts than the account has interfaces, the most of an elastic fleet among them': (w) =>
        (w.estate.quotas = { interfaces: 48 }),
      'fewer than the estate has, in one region': (w) => (south(w).quotas = { elasticIps: 2 }),
      'more VPNs than the account has': (w) => {
        wide(w);
        w.places['us-east-1'].quotas = { vpnConnections: 1 };
        twoRouters(w).routers.r2.public = '203.0.113.11';
        for (const name of ['line', 'fallback']) w.estate.links[name].router = 'r1';
        w.estate.links.second = { ...vpn, router: 'r2', tunnels: ['169.254.23.0/30', '169.254.24.0/30'] };
      },
      "more addresses than Aliyun's account has in all regions": (w) => {
        beijing(w);
        w.places['cn-hangzhou'] = {
          region: 'cn-hangzhou',
          provider: 'aliyun',
          block: '10.21.0.0/16',
          network: { zones: ['cn-hangzhou-h'] },
        };
        w.estate.quotas = { aliyunElasticIps: 1 };
      },
    },
    accepts: {
      'one NAT gateway for six zones': (w) => {
        moved(
          'us-east-1',
          [...'abcdef'].map((letter) => `us-east-1${letter}`),
        )(w);
        w.places['us-east-1'].network.nat = 'single';
      },
      'six of them where the region has the quota': (w) => {
        moved(
          'us-east-1',
          [...'abcdef'].map((letter) => `us-east-1${letter}`),
        )(w);
        w.places['us-east-1'].quotas = { elasticIps: 6 };
      },
      'no NAT gateway where the account has one address': (w) => {
        w.estate.quotas = { elasticIps: 1 };
        for (const place of Object.values(w.places)) place.network.nat = 'none';
      },
      'two accounts of Aliyun with one address each': (w) => {
        beijing(w);
        w.places['cn-hangzhou'] = {
          region: 'cn-hangzhou',
          provider: 'aliyun',
          aliyun: { account: '2222222222222222' },
          block: '10.21.0.0/16',
          network: { zones: ['cn-hangzhou-h'] },
        };
        w.estate.quotas = { aliyunElasticIps: 1 };
      },
    },
  },
  {
    code: 'QUOTA',
    refuses: {
      'more subnets than the account has': (w) => (w.estate.quotas = { subnetsPerVpc: 8 }),
      'more route tables than the account has': (w) => (w.estate.quotas = { routeTablesPerVpc: 3 }),
      'more subnets than the account has, with those of a transit gateway': (w) => {
        w.estate.quotas = { subnetsPerVpc: 11 };
        w.estate.links = { backbone: { kind: 'transit', mesh: 'all' } };
      },
      'more route tables than the account has, with that of a transit gateway': (w) => {
        w.estate.quotas = { routeTablesPerVpc: 4 };
        w.estate.links = { backbone: { kind: 'transit', mesh: 'all' } };
      },
      'more rules than a group takes': (w) => (w.estate.quotas = { rulesPerSecurityGroup: 3 }),
      'more outputs than a stack has': (w) => {
        for (let i = 0; i < 200; i++) core(w).fleets[`ads-${i}`] = fleet(w, 'adserver');
      },
    },
    accepts: {
      'exactly as much as the account has': (w) =>
        (w.estate.quotas = { subnetsPerVpc: 9, routeTablesPerVpc: 4, rulesPerSecurityGroup: 4 }),
      'exactly as much as the account has, where regions have transit gateways': (w) => {
        w.estate.quotas = { subnetsPerVpc: 12, routeTablesPerVpc: 5, rulesPerSecurityGroup: 4 };
        w.estate.links = { backbone: { kind: 'transit', mesh: 'all' } };
      },
    },
  },
];
