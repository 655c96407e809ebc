/** Load balancers: their nodes, listeners, and the hosts behind them. */
import { parseIpv4 } from '../../estate/addresses/cidr';
import type { Balancer, Listener, Origin } from '../world';
import type { Drafts, InterfaceDraft, SubnetDraft } from './drafts';
import { interfaceOf } from './gateways';
import { addAppliance, groupsOf, type StandIns } from './interfaces';
import type { Found } from './references';
import { type Emitted, originOf } from './resources';

const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';

/** What ways to the nodes need: an internet-facing one has a public address a node. */
export function addNodes(
  room: StandIns,
  found: Found,
  host: string,
  subnets: readonly { readonly subnet: SubnetDraft; readonly address?: number }[],
  groups: readonly string[] | undefined,
  publicAddress: Origin | undefined,
): string[] {
  const rest = groups === undefined ? { groups: [], unguarded: true } : { groups };
  const open = publicAddress === undefined ? {} : { publicAddress };
  return subnets.map(({ subnet, address }) =>
    addAppliance(room, found, subnet, { host: `${host} in ${subnet.zone}`, ...rest, ...open }, address),
  );
}

interface Mapping {
  readonly SubnetId?: unknown;
  readonly PrivateIPv4Address?: unknown;
}

interface Attribute {
  readonly Key?: unknown;
  readonly Value?: unknown;
}

function attribute(emitted: Emitted, found: Found, list: string, key: string): string | undefined {
  const all = (emitted.property(found, list) as Attribute[] | undefined) ?? [];
  const value = all.find(({ Key }) => Key === key)?.Value;
  return value === undefined ? undefined : String(value);
}

/**
 * Sources: Elastic Load Balancing, "Network Load Balancers" (cross-zone load balancing is off by default), "Security groups for your
 * Network Load Balancer" (without one all is let in); CloudFormation, `AWS::ElasticLoadBalancingV2::LoadBalancer` (Scheme:
 * internet-facing by default, Type: application by default).
 */
export function readBalancers(emitted: Emitted, drafts: Drafts, room: StandIns): Balancer[] {
  const listeners = readListeners(emitted, drafts);
  return emitted.all(BALANCER).map((found): Balancer => {
    const { region } = found.stack;
    const network = emitted.text(found, 'Type') === 'network';
    const names = [`${network ? 'nlb' : 'alb'} of ${region}`, ...recordsOf(emitted, found), found.stack.path];
    const internetFacing = (emitted.text(found, 'Scheme') ?? 'internet-facing') === 'internet-facing';
    const written = emitted.property(found, 'SecurityGroups');
    const mappings = (emitted.property(found, 'SubnetMappings') as Mapping[] | undefined) ?? [];
    const plain = (emitted.property(found, 'Subnets') as unknown[] | undefined) ?? [];
    const subnets = [...plain.map((SubnetId): Mapping => ({ SubnetId })), ...mappings].flatMap(
      ({ SubnetId, PrivateIPv4Address }) => {
        const subnet = emitted.among(drafts.subnets, found, SubnetId, 'AWS::EC2::Subnet');
        const address = parseIpv4(emitted.references.text(PrivateIPv4Address, found.stack) ?? '');
        return subnet === undefined ? [] : [{ subnet, ...(address === undefined ? {} : { address }) }];
      },
    );
    const groups = network && written === undefined ? undefined : groupsOf(emitted, found, written);
    const cross = attribute(emitted, found, 'LoadBalancerAttributes', 'load_balancing.cross_zone.enabled');
    return {
      id: found.id,
      region,
      names,
      internetFacing,
      nodes: addNodes(room, found, names[0]!, subnets, groups, internetFacing ? originOf(found) : undefined),
      crossZone: cross === undefined ? !network : cross === 'true',
      listeners: listeners.get(found.id) ?? [],
      from: originOf(found),
    };
  });
}

/** Names in hosted zones that are aliases of it. */
function recordsOf(emitted: Emitted, balancer: Found): string[] {
  return emitted.all('AWS::Route53::RecordSet').flatMap((found) => {
    const alias = emitted.property(found, 'AliasTarget') as { DNSName?: unknown } | undefined;
    const name = emitted.text(found, 'Name');
    if (alias?.DNSName === undefined || name === undefined) return [];
    return emitted.references.peek(alias.DNSName, found.stack)?.id === balancer.id ? [name.replace(/\.$/, '')] : [];
  });
}

const PROTOCOLS: Readonly<Record<string, Listener['protocols']>> = { UDP: ['udp'], TCP_UDP: ['tcp', 'udp'] };

function readListeners(emitted: Emitted, drafts: Drafts): Map<string, Listener[]> {
  const groups = new Map(emitted.all(GROUP).map((found) => [found.id, readTargets(emitted, drafts, found)]));
  for (const found of emitted.all('AWS::AutoScaling::AutoScalingGroup')) {
    for (const value of (emitted.property(found, 'TargetGroupARNs') as unknown[] | undefined) ?? []) {
      const group = emitted.among(groups, found, value, GROUP);
      for (const own of drafts.interfaces.values())
        if (own.id.startsWith(`${found.id}@`)) group?.targets.push({ own: own.id, port: group.port });
    }
  }
  const byBalancer = new Map<string, Listener[]>();
  for (const found of emitted.all('AWS::ElasticLoadBalancingV2::Listener')) {
    const balancer = emitted.target(found, emitted.property(found, 'LoadBalancerArn'), BALANCER);
    const actions = (emitted.property(found, 'DefaultActions') as { TargetGroupArn?: unknown }[] | undefined) ?? [];
    const arn = actions.find(({ TargetGroupArn }) => TargetGroupArn !== undefined)?.TargetGroupArn;
    const group = arn === undefined ? undefined : emitted.among(groups, found, arn, GROUP);
    if (balancer === undefined) continue;
    const list = byBalancer.get(balancer.id) ?? [];
    byBalancer.set(balancer.id, list);
    list.push({
      port: Number(emitted.text(found, 'Port')),
      protocols: PROTOCOLS[emitted.text(found, 'Protocol') ?? ''] ?? ['tcp'],
      targets: group?.targets ?? [],
      keepsSource: group?.keepsSource ?? false,
      from: originOf(found),
    });
  }
  return byBalancer;
}

interface Target {
  readonly Id?: unknown;
  readonly Port?: unknown;
}

/** Source: Elastic Load Balancing, "Edit target group attributes" (preserve_client_ip.enabled: its defaults by target type and protocol). */
function readTargets(emitted: Emitted, drafts: Drafts, found: Found) {
  const port = Number(emitted.text(found, 'Port'));
  const byAddress = emitted.text(found, 'TargetType') === 'ip';
  const protocol = emitted.text(found, 'Protocol') ?? '';
  const vpc = emitted.among(drafts.vpcs, found, emitted.property(found, 'VpcId'), 'AWS::EC2::VPC');
  const targets = ((emitted.property(found, 'Targets') as Target[] | undefined) ?? []).flatMap(({ Id, Port }) => {
    let own: InterfaceDraft | undefined;
    if (byAddress) {
      const address = parseIpv4(emitted.references.text(Id, found.stack) ?? '');
      own = vpc?.interfaces.find((each) => each.address === address);
      if (own === undefined) emitted.fault(found, 'no host of its VPC has the address of one of its targets');
    } else own = interfaceOf(emitted, drafts, found, Id);
    return own === undefined ? [] : [{ own: own.id, port: Number(Port ?? port) }];
  });
  const written = attribute(emitted, found, 'TargetGroupAttributes', 'preserve_client_ip.enabled');
  const always = protocol.endsWith('UDP');
  const never = protocol === 'HTTP' || protocol === 'HTTPS';
  const keepsSource = !never && (always || (written === undefined ? !byAddress : written === 'true'));
  return { port, targets, keepsSource };
}
