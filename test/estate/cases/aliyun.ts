import { type Anything, region, type Written } from '../written';
import type { RuleCases } from './case';
import { beijing as awsDataCentre, line as awsLine, links } from './joined';

/** An Aliyun region with the clusters of the small estate, and everything that it needs. */
export function beijing(w: Written, change: (place: Anything) => void = () => {}): void {
  const place = region('cn-beijing', '10.20.0.0/16', '');
  place.provider = 'aliyun';
  place.alarms = { contactGroup: 'ops' };
  place.network = { zones: ['cn-beijing-h', 'cn-beijing-k', 'cn-beijing-l'] };
  const { fleets } = place.clusters.core;
  fleets.voters.instanceType = 'ecs.g7.large';
  fleets.adserver.instanceType = 'ecs.c7.xlarge';
  fleets.storage.instanceType = 'ecs.r7.xlarge';
  fleets.storage.membersPerStack = 60;
  w.estate.aliyun = { account: '1111111111111111', image: 'aliyun_3_x64_20G_alibase_20240819.vhd' };
  change(place);
  w.places['cn-beijing'] = place;
}

/** A second one, and the network that both belong to. */
export function joined(w: Written, kind: string, change: (place: Anything) => void = () => {}): void {
  beijing(w);
  w.places['cn-hangzhou'] = {
    region: 'cn-hangzhou',
    provider: 'aliyun',
    block: '10.21.0.0/16',
    network: { zones: ['cn-hangzhou-h'] },
  };
  w.estate.aliyun.cen = 'cn-beijing';
  w.estate.links = { inland: { kind, between: ['cn-beijing', 'cn-hangzhou'] } };
  change(w.places['cn-hangzhou']);
}

/** A data centre with a line to Aliyun and a rack. */
function line(w: Written, change: (link: Anything, idc: Anything) => void = () => {}): void {
  beijing(w);
  w.estate.aliyun.cen = 'cn-beijing';
  const idc = {
    idc: 'bj-idc',
    block: '10.200.0.0/16',
    asn: 65010,
    artifacts: 'http://10.200.0.10/files',
    routers: { r1: { address: '10.200.0.1' } },
    racks: {
      a01: { vlan: 101, subnet: '10.200.1.0/24', hosts: 2, profiles: ['base', 'docker', 'etcd'], cluster: 'cn-beijing/core' },
    },
  };
  const link = {
    kind: 'leased-line',
    between: ['bj-idc', 'cn-beijing'],
    connection: 'pc-2zeabc',
    vlan: 301,
    network: '10.255.0.0/30',
    asn: 45104,
  };
  change(link, idc);
  w.places['bj-idc'] = idc;
  w.estate.links = { line: link };
}

/** A unit of cn-beijing's cluster, and a rack that belongs to it. */
export function racked(w: Written, unit: Anything, rack: Anything = {}): void {
  line(w, (_, idc) => Object.assign(idc.racks.a01, { metadata: { role: 'line', location: 'bj-idc' } }, rack));
  w.places['cn-beijing'].clusters.core.units = { 'rcv@.service': unit };
}

/** A fleet with a profile whose hosts hand on what they hold before they go. */
function draining(w: Written, place: string, fleet: string): void {
  beijing(w);
  w.more['cloud-config/leaving/profile.yaml'] =
    'profile: leaving\ndescription: Holds something.\nrequires: [base]\nneeds: { drains: true }\n';
  w.more['cloud-config/leaving/cloud-config.yaml'] = '#cloud-config\n';
  w.places[place].clusters.core.fleets[fleet].profiles.push('leaving');
}

/** The same with a VPN of these tunnels. */
export function tunnels(w: Written, networks: readonly string[]): void {
  line(w, (_, idc) => (idc.routers.r1.public = '203.0.113.10'));
  w.estate.links.fallback = { kind: 'vpn', between: ['bj-idc', 'cn-beijing'], tunnels: networks, keyName: 'vpn/cn-beijing' };
}

export const aliyunCases: RuleCases[] = [
  {
    code: 'LINK_CLOUD',
    refuses: {
      'a link between two clouds': (w) => {
        beijing(w);
        w.estate.links = { east: { kind: 'peering', between: ['cn-beijing', 'us-east-1'] } };
      },
      'a link through a region of another cloud': (w) => {
        joined(w, 'transit');
        w.estate.links.inland.through = 'us-east-1';
      },
    },
    accepts: { 'a link between two regions of Aliyun': (w) => joined(w, 'transit') },
  },
  {
    code: 'LINK_ACCOUNT',
    refuses: { 'two accounts': (w) => joined(w, 'peering', (place) => (place.aliyun = { account: '2222222222222222' })) },
    accepts: { 'one account': (w) => joined(w, 'peering') },
  },
  {
    code: 'CEN_MISSING',
    refuses: {
      'a transit router of no network': (w) => {
        joined(w, 'transit');
        delete w.estate.aliyun.cen;
      },
      'a network in a region of AWS': (w) => {
        joined(w, 'transit');
        w.estate.aliyun.cen = 'us-east-1';
      },
    },
    accepts: {
      'a network in one of the regions': (w) => joined(w, 'transit'),
      'no network where no link needs a router': (w) => {
        joined(w, 'peering');
        delete w.estate.aliyun.cen;
      },
    },
  },
  {
    code: 'CONTAINER_MODE',
    refuses: { 'mode prefix on Aliyun': (w) => beijing(w, (place) => (place.containers = { mode: 'prefix' })) },
    accepts: { 'mode host on Aliyun': (w) => beijing(w) },
  },
  {
    code: 'CLOUD_SETTING',
    refuses: {
      'a NAT gateway a zone on Aliyun': (w) => beijing(w, (place) => (place.network.nat = 'per-zone')),
      'flow logs on Aliyun': (w) => beijing(w, (place) => (place.network.flowLogDays = 30)),
      'an SNS topic on Aliyun': (w) =>
        beijing(
          w,
          (place) => (place.clusters.core.fleets.storage.alarms = { topicArn: 'arn:aws:sns:us-east-1:111111111111:ops' }),
        ),
      'recovery on Aliyun': (w) => beijing(w, (place) => (place.clusters.core.fleets.storage.alarms = { recover: true })),
      'a quota of AWS on Aliyun': (w) => beijing(w, (place) => (place.quotas = { elasticIps: 6 })),
      'a quota of Aliyun on AWS': (w) => (w.places['sa-east-1'].quotas = { aliyunRoutesPerTable: 300 }),
      'an SNS topic of a region of Aliyun': (w) =>
        beijing(w, (place) => (place.alarms = { topicArn: 'arn:aws:sns:us-east-1:111111111111:ops' })),
      'a contact group of a region of AWS': (w) => (w.places['sa-east-1'].alarms = { contactGroup: 'ops' }),
      'logs of tunnels that end in Aliyun': (w) => {
        tunnels(w, ['169.254.31.0/30', '169.254.32.0/30']);
        w.estate.links.fallback.logDays = 30;
      },
      'a contact group on AWS': (w) => (w.places['sa-east-1'].clusters.core.fleets.storage.alarms = { contactGroup: 'ops' }),
    },
    accepts: {
      'the defaults': (w) => beijing(w),
      'quotas of its own': (w) => {
        beijing(w, (place) => (place.quotas = { aliyunRoutesPerTable: 300 }));
        w.places['sa-east-1'].quotas = { elasticIps: 6 };
      },
      'a contact group of the region': (w) => beijing(w, (place) => (place.alarms = { contactGroup: 'ops' })),
      'a contact group on Aliyun': (w) =>
        beijing(w, (place) => (place.clusters.core.fleets.storage.alarms = { contactGroup: 'ops' })),
    },
  },
  {
    code: 'ELASTIC_DRAIN',
    refuses: { 'an elastic fleet of Aliyun whose hosts drain': (w) => draining(w, 'cn-beijing', 'adserver') },
    accepts: {
      'members of Aliyun whose hosts drain': (w) => draining(w, 'cn-beijing', 'storage'),
      'an elastic fleet of AWS whose hosts drain': (w) => draining(w, 'sa-east-1', 'adserver'),
    },
  },
  {
    code: 'ZONE_PLACE',
    refuses: {
      'two zones eight letters apart': (w) => beijing(w, (place) => (place.network.zones = ['cn-beijing-c', 'cn-beijing-k'])),
    },
    accepts: { 'zones beyond h': (w) => beijing(w) },
  },
  {
    code: 'SYSTEM_TABLE_FULL',
    refuses: {
      'more routes than the quota': (w) => {
        beijing(w, (place) => {
          place.containers = { mode: 'host-gw', block: '172.20.0.0/16' };
          delete place.clusters.core.fleets.adserver;
          place.clusters.core.fleets.storage.count = 60;
        });
        w.estate.quotas = { aliyunRoutesPerTable: 60 };
      },
    },
    accepts: {
      'as many as the quota': (w) => {
        beijing(w, (place) => {
          place.containers = { mode: 'host-gw', block: '172.20.0.0/16' };
          delete place.clusters.core.fleets.adserver;
          place.clusters.core.fleets.storage.count = 56;
        });
        w.estate.quotas = { aliyunRoutesPerTable: 60 };
      },
    },
  },
  {
    code: 'LINE_CLOUD',
    refuses: {
      'a connection of AWS': (w) => line(w, (link) => (link.connection = 'dxcon-fg5678gh')),
      'a connection of Aliyun on AWS': (w) => {
        awsDataCentre(w);
        links(w, { line: { ...awsLine, connection: 'pc-2zeabc' } });
      },
      'jumbo frames': (w) => line(w, (link) => (link.mtu = 8500)),
      'a VLAN that only other clouds have': (w) => line(w, (link) => (link.vlan = 3000)),
      'a /31': (w) => line(w, (link) => (link.network = '10.255.0.0/31')),
      'allowed prefixes': (w) => line(w, (link) => (link.allowedPrefixes = ['10.20.0.0/16'])),
    },
    accepts: {
      'a group of connections': (w) => {
        awsDataCentre(w);
        links(w, { line: { ...awsLine, connection: 'dxlag-ffabc123' } });
      },
      'a line as Aliyun has it': (w) => line(w),
      'the last VLAN': (w) => line(w, (link) => (link.vlan = 2999)),
    },
  },
  {
    code: 'RACK_CLUSTER',
    refuses: {
      'a region that is not there': (w) => line(w, (_, idc) => (idc.racks.a01.cluster = 'cn-bejing/core')),
      'a cluster that is not there': (w) => line(w, (_, idc) => (idc.racks.a01.cluster = 'cn-beijing/cor')),
      'etcd without a cluster': (w) => line(w, (_, idc) => delete idc.racks.a01.cluster),
      'etcd without a mirror': (w) => line(w, (_, idc) => delete idc.artifacts),
      'a cluster that no link leads to': (w) => {
        line(w);
        w.estate.links = {};
      },
    },
    accepts: { 'a rack whose data centre has a line to the cluster': (w) => line(w) },
  },
];
