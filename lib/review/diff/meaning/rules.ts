/** Security rules in words: who may reach whom from now on, or no longer. */
import { type Json, type JsonObject, listOf, objectOf } from '../model/json';
import { type DiffContext, explained, type Resource, type Side } from './context';
import type { Meaning } from './meaning';
import { plainId, referredId, valueWords } from './references';
import { isEveryone, worstOf } from './security/everyone';

interface Rule {
  /** All of it but the description: two rules with the same words are one. */
  readonly words: string;
  readonly why?: string;
  readonly everyone: boolean;
  /** What stands behind the worst of its ports. */
  readonly worst?: string;
  readonly ids: readonly string[];
}

/** Compared by what a rule says: another logical id, or a rule that moves into its group, opens nothing. */
export function rulesThatChange(context: DiffContext): Meaning[] {
  // Of a network that goes it is said that it goes; what a link let in is no longer let in.
  if (context.change.kind === 'removed' && !context.change.path.startsWith('links/')) return [];
  const [before, after] = [rulesOf(context, 'before'), rulesOf(context, 'after')];
  const changed = new Set(context.resources.map(({ id }) => id));
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  return keys.flatMap((key): Meaning[] => {
    const [old, now] = [before.get(key), after.get(key)];
    const explains = [...(old?.ids ?? []), ...(now?.ids ?? [])].filter((one) => changed.has(one.split('/')[1]!));
    const base = { stack: context.change.path, hosts: [], details: [], explains };
    if (old !== undefined && now !== undefined) {
      if (explains.length === 0) return [];
      const what = old.why === now.why ? '' : `~ ${now.words}: its description changes`;
      return [{ ...base, kind: 'rule-same', severity: 'cosmetic', what }];
    }
    const rule = (now ?? old)!;
    const why = rule.why === undefined ? '' : `  (${rule.why})`;
    const what = `${now === undefined ? '-' : '+'} ${rule.words}${why}`;
    if (now === undefined) return [{ ...base, kind: 'rule-closed', severity: 'access', what }];
    if (!rule.everyone) return [{ ...base, kind: 'rule-opened', severity: 'access', what }];
    const details = rule.worst === undefined ? [] : [rule.worst];
    return [{ ...base, kind: 'rule-opened-to-everyone', severity: 'security', what, details }];
  });
}

function rulesOf(context: DiffContext, side: Side): Map<string, Rule> {
  const found = new Map<string, Rule>();
  const add = (rule: Rule) => {
    const known = found.get(rule.words);
    found.set(rule.words, known === undefined ? rule : { ...known, ids: [...known.ids, ...rule.ids] });
  };
  for (const [id, resource] of context.all[side]) {
    for (const rule of standing(context, id, resource)) add(rule);
    for (const [property, incoming] of INLINE) {
      if (!GROUPS.has(resource.Type)) continue;
      for (const one of listOf(resource.Properties[property])) {
        add(ruleOf(context, plainId(id), objectOf(one), incoming, explained(id, property)));
      }
    }
  }
  return found;
}

const GROUPS: ReadonlySet<string> = new Set(['AWS::EC2::SecurityGroup', 'ALIYUN::ECS::SecurityGroup']);
const INLINE: readonly (readonly [string, boolean])[] = [
  ['SecurityGroupIngress', true],
  ['SecurityGroupEgress', false],
];

/** A rule that is a resource of its own, or several of them (`ALIYUN::ECS::SecurityGroupIngresses`). */
function standing(context: DiffContext, id: string, { Type, Properties }: Resource): Rule[] {
  const found = /^(?:AWS::EC2|ALIYUN::ECS)::SecurityGroup(Ingress|Egress)(es)?$/.exec(Type);
  if (found === null) return [];
  const group = groupName(context, Properties.GroupId ?? Properties.SecurityGroupId);
  const each = found[2] === undefined ? [Properties] : listOf(Properties.Permissions).map(objectOf);
  return each.map((one) => ruleOf(context, group, one, found[1] === 'Ingress', explained(id)));
}

function groupName(context: DiffContext, value: Json | undefined): string {
  const id = referredId(value);
  return id === undefined ? valueWords(value, context) : plainId(id);
}

function ruleOf(context: DiffContext, group: string, p: JsonObject, incoming: boolean, id: string): Rule {
  const peers = incoming
    ? [p.CidrIp, p.CidrIpv6, p.SourceCidrIp, p.Ipv6SourceCidrIp, p.SourcePrefixListId]
    : [p.CidrIp, p.CidrIpv6, p.DestCidrIp, p.Ipv6DestCidrIp, p.DestinationPrefixListId, p.DestPrefixListId];
  const range = peers.find((peer) => peer !== undefined);
  const other = p.SourceSecurityGroupId ?? p.SourceGroupId ?? p.DestinationSecurityGroupId ?? p.DestGroupId;
  const everyone = isEveryone(range);
  const peer = range === undefined ? groupName(context, other) : `${valueWords(range, context)}${everyone ? ' (everyone)' : ''}`;
  const [from, to] = incoming ? [peer, group] : [group, peer];
  const verb = p.Policy === 'drop' ? 'drops' : 'allows';
  const rank = p.Priority === undefined || String(p.Priority) === '1' ? '' : `, priority ${valueWords(p.Priority)}`;
  const why = p.Description;
  const worst = incoming ? worstOf(...portsOf(p)) : undefined;
  return {
    words: `${verb} ${from} -> ${to} ${portWords(p)}${rank}`,
    ...(typeof why === 'string' ? { why } : {}),
    // What goes out to everyone is how hosts fetch things.
    everyone: everyone && incoming && verb === 'allows',
    ...(worst === undefined ? {} : { worst }),
    ids: [id],
  };
}

function portWords(p: JsonObject): string {
  const protocol = protocolOf(p);
  if (protocol === 'all') return 'everything';
  const [from, to] = portsOf(p);
  if (from === 0 && to === 65535) return protocol;
  return `${protocol}/${from === to ? from : `${from}-${to}`}`;
}

function protocolOf(p: JsonObject): string {
  const protocol = String(p.IpProtocol ?? 'all');
  return protocol === '-1' ? 'all' : protocol;
}

/** AWS: FromPort and ToPort; Aliyun: `80/80`, `-1/-1` for all. */
function portsOf(p: JsonObject): [from: number, to: number] {
  const [from, to] = (p.PortRange === undefined ? [p.FromPort, p.ToPort] : String(p.PortRange).split('/')).map(Number);
  const all = protocolOf(p) === 'all' || from === undefined || !(from >= 0);
  return all ? [0, 65535] : [from, to ?? from];
}
