import { core, fleet, type RuleCases, south } from './case';
import { beijing, line } from './joined';

function moved(name: string, zones: string[]): (w: Parameters<typeof south>[0]) => void {
  return (w) => {
    w.places[name] = { ...south(w), region: name, network: { zones } };
    delete w.places['sa-east-1'];
  };
}

export const placeCases: RuleCases[] = [
  {
    code: 'REGION_UNKNOWN',
    refuses: {
      'a region that AWS has not': moved('sa-east-9', ['sa-east-9a']),
      'a region of another provider': (w) => (south(w).provider = 'aliyun'),
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
      'a mirror of artifacts on each host itself': (w) => (beijing(w).artifacts = 'http://localhost/artifacts'),
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
      'a name that makes no bucket': (w) => (w.estate.estate = 'a-rather-long-name-of-an-estate-here'),
      'a data centre and an entry that make no stack': (w) => {
        const idc = 'a-data-centre-with-a-name-that-says-more-than-it-should-0123456';
        w.places[idc] = { idc, block: '10.200.0.0/16' };
        w.estate.links = { [`line-to-${idc.slice(0, 50)}`]: { ...line, between: [idc, 'us-east-1'] } };
      },
      'a fleet whose hosts have no name': (w) => {
        core(w).fleets[`storage-of-a-fleet-with-a-name-that-says-more-than-it-should`] = fleet(w);
        delete core(w).fleets.storage;
      },
    },
    accepts: {
      'the longest name that makes a bucket': (w) => (w.estate.estate = 'x'.repeat(63 - 'meissa--111111111111-us-east-1'.length)),
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
    code: 'TAG_KEY',
    refuses: {
      'a space': (w) => (w.estate.tags = { 'cost center': '7' }),
      'a slash': (w) => (south(w).tags = { 'team/ads': 'x' }),
      'a key of AWS': (w) => (fleet(w).tags = { 'aws:owner': 'x' }),
      'a key of this toolkit': (w) => (fleet(w).tags = { 'meissa:gate': 'x' }),
      'a path of the metadata service': (w) => (w.estate.tags = { _index: 'x' }),
      'more tags than a resource takes': (w) =>
        (w.estate.tags = Object.fromEntries(Array.from({ length: 41 }, (_, i) => [`t${i}`, 'x']))),
    },
    accepts: { 'every character that it takes': (w) => (w.estate.tags = { 'aZ0+-=.,_:@': 'any value / at all' }) },
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
      'more rules than the group for containers takes: one for every range that reaches them': (w) => {
        for (const name of ['adserver', 'storage', 'voters'] as const) fleet(w, name).profiles = ['base'];
        w.estate.quotas = { rulesPerSecurityGroup: 1 };
        south(w).containers = { mode: 'prefix', openTo: ['containers', 'hosts'] };
        w.estate.links = { central: { kind: 'peering', mesh: 'all' } };
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
