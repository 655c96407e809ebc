/** From what was emitted to the World. */
import type { EstateSource } from '../../estate/read/source';
import type { World, WorldFault } from '../world';
import { readAcls, readAliyunAcls } from './acls';
import { readAssembly, type Stack } from './assembly';
import { readBalancers } from './balancers';
import { readContainers } from './containers';
import { finishVpc, newDrafts } from './drafts';
import { readAliyunEndpoints, readEndpoints } from './endpoints';
import { readAliyunAddresses, readGateways } from './gateways';
import { readGroups } from './groups';
import { readHostNetworks, withRackNetworks } from './host-networks';
import { readIdcs } from './idcs';
import { readInterfaces, StandIns } from './interfaces';
import { readLines } from './lines';
import { readPeerings } from './peerings';
import { Emitted } from './resources';
import { readRosAssembly } from './ros/assembly';
import { readAliyunBalancers } from './ros/balancers';
import { readAliyunGroups } from './ros/groups';
import { readAliyunElastic, readAliyunMembers } from './ros/interfaces';
import { readAliyunPeerings } from './ros/peerings';
import { readAliyunRoutes } from './ros/routes';
import { readAliyunTransits } from './ros/transits';
import { readAliyunVpcs } from './ros/vpcs';
import { readRoutes } from './routes';
import { readTransits } from './transits';
import { readVpcs } from './vpcs';

export interface WorldPlaces {
  /** Folder of the cloud assembly inside the source. @default 'cdk.out' */
  readonly cloud?: string;
  /** Folder of the ROS templates inside the source. @default 'aliyun.out' */
  readonly aliyun?: string;
  /** Folder of the data centres' files inside the source. @default 'idc.out' */
  readonly idc?: string;
}

/**
 * Reads a cloud assembly, ROS templates and rendered router and host files. Never throws for what stands in them: what can't be read or
 * joined is a fault of the world, and packets that need it go nowhere.
 */
export function readWorld(files: EstateSource, places: WorldPlaces = {}): World {
  const faults: WorldFault[] = [];
  const ros = readRosAssembly(files, places.aliyun ?? 'aliyun.out', faults);
  const cloud = places.cloud ?? 'cdk.out';
  // An estate of Aliyun alone need not have an assembly for AWS.
  const cdk = ros.length > 0 && files.list(cloud) === undefined ? [] : readAssembly(files, cloud, faults);
  return worldOf([...cdk, ...ros], files, places.idc, faults);
}

/**
 * The same of stacks that were read already, or that stand in no folder.
 *
 * @param files hold the data centres' files
 * @param idc folder of these files @default 'idc.out'
 */
export function worldOf(stacks: readonly Stack[], files: EstateSource, idc = 'idc.out', faults: WorldFault[] = []): World {
  const emitted = new Emitted(stacks, faults);
  const drafts = newDrafts();
  readVpcs(emitted, drafts);
  readAliyunVpcs(emitted, drafts);
  readGroups(emitted, drafts);
  readAliyunGroups(emitted, drafts);
  readInterfaces(emitted, drafts);
  readAliyunMembers(emitted, drafts);
  readAliyunElastic(emitted, drafts, new StandIns(drafts));
  readRoutes(emitted, drafts);
  readAliyunRoutes(emitted, drafts);
  readGateways(emitted, drafts);
  readAliyunAddresses(emitted, drafts);
  readAcls(emitted, drafts);
  readAliyunAcls(emitted, drafts);
  const room = new StandIns(drafts);
  const balancers = [...readBalancers(emitted, drafts, room), ...readAliyunBalancers(emitted, drafts, room)];
  const endpoints = [...readEndpoints(emitted, drafts, room), ...readAliyunEndpoints(emitted, drafts, room)];
  sayUnread(emitted);
  readContainers(drafts, faults);
  readHostNetworks(emitted, drafts);
  const ends = readLines(emitted);
  const { transits, transitPeerings } = readTransits(emitted, drafts, ends);
  const aliyun = readAliyunTransits(emitted, drafts);
  const { routers, idcHosts } = readIdcs(files, idc, faults);
  const byId = <T extends { readonly id: string }>(list: readonly T[]) => [...list].sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    vpcs: byId([...drafts.vpcs.values()].map(finishVpc)),
    peerings: byId([...readPeerings(emitted, drafts), ...readAliyunPeerings(emitted, drafts)]),
    transits: byId([...transits, ...aliyun.transits]),
    transitPeerings: byId([...transitPeerings, ...aliyun.transitPeerings]),
    lines: byId([...ends.lines, ...aliyun.lines]),
    vpns: byId([...ends.vpns, ...aliyun.vpns]),
    routers,
    idcHosts: withRackNetworks(idcHosts, files, idc, faults),
    ...(balancers.length === 0 ? {} : { balancers: byId(balancers) }),
    ...(endpoints.length === 0 ? {} : { endpoints: byId(endpoints) }),
    faults,
  };
}

/** What would carry packets and isn't read: an answer that it changes is wrong, so it is said. */
const UNREAD = ['ALIYUN::SLB::LoadBalancer', 'ALIYUN::VPC::ForwardEntry', 'AWS::ElasticLoadBalancing::LoadBalancer'] as const;

function sayUnread(emitted: Emitted): void {
  for (const type of UNREAD)
    for (const found of emitted.all(type)) emitted.fault(found, `an ${type} is not read: what it lets in is not answered`);
}
