/** Regions that ask for what the example estate doesn't. */
import type { AwsRegion, ElasticFleet, MembersFleet } from '../../lib/estate/model/model';
import type { EstatePlan } from '../../lib/plan/model';
import { planEstate } from '../../lib/plan/plan';
import { ADSERVER, estate, HOST_GW, plan, region, STORAGE, VOTERS } from '../aws/fixtures';
import { hostPlace, IDC, line, peering, place, transit, vpnLink } from '../aws/link-fixtures';
import { collecting, elastic, withFrontEnds } from '../collection/estate';

const topicArn = 'arn:aws:sns:sa-east-1:111111111111:ops';

/**
 * Containers routed by host-gw, every volume type, key pairs, alarms that tell somebody and recover, a permissions boundary,
 * one NAT gateway, a network of generation 2 without flow logs, a fleet of several stacks, a member that is retired, one
 * that is being replaced, elastic fleets of no host and of a fixed number.
 */
export function everything(): EstatePlan {
  const storage: MembersFleet = {
    ...STORAGE,
    count: 5,
    removed: [2],
    membersPerStack: 3,
    maxUnavailable: 2,
    alarms: { recover: true, topicArn },
    volumes: [
      {
        name: 'data',
        device: '/dev/sdg',
        gb: 500,
        type: 'gp3',
        iops: 4000,
        throughput: 250,
        mount: '/srv/data',
        filesystem: 'ext4',
      },
      { name: 'index', device: '/dev/sdh', gb: 100, type: 'io2', iops: 5000, mount: '/srv/index', filesystem: 'xfs' },
      { name: 'cold', device: '/dev/sdi', gb: 2000, type: 'st1', mount: '/srv/cold', filesystem: 'xfs' },
    ],
  };
  const adserver: ElasticFleet = {
    ...ADSERVER,
    min: 6,
    max: 6,
    maxBatch: 2,
    keyName: 'ops',
    alarms: { recover: false, topicArn },
  };
  const batch: ElasticFleet = { ...ADSERVER, name: 'batch', min: 0, max: 3 };
  const asked: Partial<AwsRegion> = {
    ...HOST_GW,
    aws: { account: '111111111111', partition: 'aws', bootstrapQualifier: 'ops', permissionsBoundary: 'hosts' },
    network: { zones: ['sa-east-1a', 'sa-east-1b', 'sa-east-1c'], nat: 'single', flowLogDays: 0 },
    generation: 2,
  };
  return plan([region([adserver, batch, storage, VOTERS], asked)], (key, entry) => ({
    ...entry,
    key: 'ops',
    ...(key.endsWith('/3') ? { absent: true } : {}),
  }));
}

/** Front ends as an Auto Scaling group, whose hosts drain before they go. */
export function draining(): EstatePlan {
  return planEstate(withFrontEnds(collecting(), 'ap-south-1', elastic), ['ap-south-1']);
}

/** China: another partition, other service principals, other domain names. */
export function china(): EstatePlan {
  const zones = ['cn-north-1a', 'cn-north-1b'];
  const fleets = [
    { ...ADSERVER, zones },
    { ...STORAGE, zones },
    { ...VOTERS, zones },
  ];
  const china = region(fleets, {
    name: 'cn-north-1',
    file: 'regions/cn-north-1.yaml',
    aws: { account: '111111111111', partition: 'aws-cn', bootstrapQualifier: 'hnb659fds' },
    network: { zones, nat: 'per-zone', flowLogDays: 30 },
  });
  const fixture = estate({ regions: [china] });
  const images = { ...fixture.locks.images, images: { 'cn-north-1': 'ami-0dbd802e72d0b653d' } };
  return planEstate({ ...fixture, locks: { ...fixture.locks, images } });
}

/**
 * Every kind of link: two host-gw regions over transit, a data centre by line and VPN and through the one region at the other, and a
 * region of mode prefix in another account, peered.
 */
export function joined(): EstatePlan {
  const own = hostPlace('us-west-2', 3);
  const regions = [
    place('eu-west-1', 2),
    place('us-east-1', 1),
    hostPlace('us-west-2', 3, {
      aws: { account: '222222222222', partition: 'aws', bootstrapQualifier: 'ops', permissionsBoundary: 'hosts' },
      containers: { ...own.containers, mode: 'prefix', block: own.block, hostBits: 28, prefixesPerHost: 2 },
    }),
  ];
  const links = [
    transit('beijing', 'eu-west-1', 'us-east-1'),
    line('beijing', 'us-east-1'),
    vpnLink('beijing', 'us-east-1'),
    transit('eu-west-1', 'us-east-1'),
    peering('us-east-1', 'us-west-2'),
  ];
  const fixture = { ...estate({ regions }), idcs: [IDC], links };
  const images = { ...fixture.locks.images, images: { 'us-west-2': 'ami-0dbd802e72d0b653d' } };
  return planEstate({ ...fixture, locks: { ...fixture.locks, images } });
}
