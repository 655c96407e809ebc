/** Network load balancers of Aliyun. */
import type { Balancer, Listener } from '../../world';
import { addNodes } from '../balancers';
import type { Drafts } from '../drafts';
import { groupsOf, type StandIns } from '../interfaces';
import type { Found } from '../references';
import { type Emitted, isFalse, isTrue, originOf } from '../resources';

const NLB = 'ALIYUN::NLB::LoadBalancer';
const GROUP = 'ALIYUN::NLB::ServerGroup';

interface Server {
  readonly Port?: unknown;
  readonly ServerId?: unknown;
}

interface Mapping {
  readonly VSwitchId?: unknown;
}

/** Sources: Server Load Balancer, NLB, "CreateLoadBalancer" (AddressType, CrossZoneEnabled, SecurityGroupIds), "CreateServerGroup" (PreserveClientIpEnabled). */
export function readAliyunBalancers(emitted: Emitted, drafts: Drafts, room: StandIns): Balancer[] {
  const listeners = readListeners(emitted, drafts);
  return emitted.all(NLB).map((found): Balancer => {
    const { region } = found.stack;
    const names = [
      `nlb of ${region}`,
      ...[emitted.text(found, 'LoadBalancerName') ?? []].flat(),
      ...recordsOf(emitted, found),
      found.stack.path,
    ];
    const internetFacing = emitted.text(found, 'AddressType') === 'Internet';
    const written = emitted.property(found, 'SecurityGroupIds');
    const mappings = (emitted.property(found, 'ZoneMappings') as Mapping[] | undefined) ?? [];
    const subnets = mappings.flatMap(({ VSwitchId }) => {
      const subnet = emitted.among(drafts.subnets, found, VSwitchId, 'ALIYUN::ECS::VSwitch');
      return subnet === undefined ? [] : [{ subnet }];
    });
    const groups = written === undefined ? undefined : groupsOf(emitted, found, written, 'ALIYUN::ECS::SecurityGroup');
    return {
      id: found.id,
      region,
      names,
      internetFacing,
      nodes: addNodes(room, found, names[0]!, subnets, groups, internetFacing ? originOf(found) : undefined),
      crossZone: !isFalse(emitted.property(found, 'CrossZoneEnabled')),
      listeners: listeners.get(found.id) ?? [],
      from: originOf(found),
    };
  });
}

/** Names in private zones that point at it. */
function recordsOf(emitted: Emitted, balancer: Found): string[] {
  return emitted.all('ALIYUN::PVTZ::ZoneRecord').flatMap((found) => {
    const zone = emitted.target(found, emitted.property(found, 'ZoneId'), 'ALIYUN::PVTZ::Zone');
    const value = emitted.property(found, 'Value');
    const name = `${emitted.text(found, 'Rr')}.${zone === undefined ? '' : emitted.text(zone, 'ZoneName')}`;
    if (typeof value !== 'object' || zone === undefined) return [];
    return emitted.references.peek(value, found.stack)?.id === balancer.id ? [name] : [];
  });
}

function readListeners(emitted: Emitted, drafts: Drafts): Map<string, Listener[]> {
  const servers = new Map<string, Listener['targets'][number][]>();
  const add = (found: Found, group: string | undefined, list: unknown) => {
    for (const { ServerId, Port } of (list as Server[] | undefined) ?? []) {
      const own = emitted.among(drafts.interfaces, found, ServerId, 'ALIYUN::ECS::Instance');
      if (own === undefined || group === undefined) continue;
      servers.set(group, [...(servers.get(group) ?? []), { own: own.id, port: Number(Port) }]);
    }
  };
  for (const found of emitted.all('ALIYUN::NLB::BackendServerAttachment'))
    add(found, emitted.target(found, emitted.property(found, 'ServerGroupId'), GROUP)?.id, emitted.property(found, 'Servers'));
  for (const found of emitted.all(GROUP)) add(found, found.id, emitted.property(found, 'Servers'));
  const byBalancer = new Map<string, Listener[]>();
  for (const found of emitted.all('ALIYUN::NLB::Listener')) {
    const balancer = emitted.target(found, emitted.property(found, 'LoadBalancerId'), NLB);
    const group = emitted.target(found, emitted.property(found, 'ServerGroupId'), GROUP);
    if (balancer === undefined) continue;
    const list = byBalancer.get(balancer.id) ?? [];
    byBalancer.set(balancer.id, list);
    list.push({
      port: Number(emitted.text(found, 'ListenerPort')),
      protocols: [emitted.text(found, 'ListenerProtocol') === 'UDP' ? 'udp' : 'tcp'],
      targets: group === undefined ? [] : (servers.get(group.id) ?? []),
      keepsSource: group !== undefined && isTrue(emitted.property(group, 'PreserveClientIpEnabled')),
      from: originOf(found),
    });
  }
  return byBalancer;
}
