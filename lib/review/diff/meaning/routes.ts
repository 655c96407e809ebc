/** Routes in words: which table sends which addresses where, from now on or no longer. */
import type { Json, JsonObject } from '../model/json';
import { type DiffContext, explained, type Resource, type Side } from './context';
import type { Meaning } from './meaning';
import { placeOf, plainId, referredId, valueWords } from './references';

interface Route {
  readonly id: string;
  readonly table: string;
  readonly destination: string;
  readonly target: string;
  /** Of the target, as the template has it. */
  readonly raw: string;
  /** Leads to containers of this host. */
  readonly host?: string;
  readonly transit: boolean;
}

/** Compared by table and destination: a route that another resource holds from now on is no change. */
export function routesThatChange(context: DiffContext): Meaning[] {
  // Of a network that goes it is said that it goes; a link's routes go from networks that stay.
  if (context.change.kind === 'removed' && linkEnds(context.change.path) === undefined) return [];
  const [before, after] = [routesOf(context, 'before'), routesOf(context, 'after')];
  const changed = new Set(context.resources.map(({ id }) => id));
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  const steps = keys.flatMap((key): Step[] => {
    const [old, now] = [before.get(key), after.get(key)];
    const ids = [old, now].flatMap((route) => (route !== undefined && changed.has(route.id) ? [explained(route.id)] : []));
    if (old === undefined) return [{ kind: 'route-added', route: now!, to: `-> ${now!.target}`, ids }];
    if (now === undefined) return [{ kind: 'route-removed', route: old, to: `no longer -> ${old.target}`, ids }];
    if (old.raw === now.raw) return ids.length === 0 ? [] : [{ kind: 'route-same', route: now, to: '', ids }];
    return [
      {
        kind: 'route-moved',
        route: now,
        to: old.target === now.target ? `-> ${now.target}, which is made anew` : `${old.target} -> ${now.target}`,
        ids,
      },
    ];
  });
  return grouped(context, steps);
}

interface Step {
  readonly kind: 'route-added' | 'route-removed' | 'route-moved' | 'route-same';
  readonly route: Route;
  readonly to: string;
  readonly ids: readonly string[];
}

/** Tables with the same step stand in one line; routes to hosts are told a set of tables at a time. */
function grouped({ change }: DiffContext, steps: readonly Step[]): Meaning[] {
  const byStep = new Map<string, Step[]>();
  for (const step of steps) {
    const key = `${step.kind} ${step.route.destination} ${step.to}`;
    byStep.set(key, [...(byStep.get(key) ?? []), step]);
  }
  const lines = [...byStep.values()].map((same) => ({
    kind: same[0]!.kind,
    route: same[0]!.route,
    tables: [...new Set(same.map(({ route }) => route.table))].join(', '),
    line: `${same[0]!.route.destination} ${same[0]!.to}`,
    explains: same.flatMap(({ ids }) => ids),
  }));
  const byMeaning = new Map<string, typeof lines>();
  for (const line of lines) {
    const key =
      line.route.host === undefined || line.kind === 'route-moved'
        ? `${line.tables}: ${line.line}`
        : `${line.kind} ${line.tables}`;
    byMeaning.set(key, [...(byMeaning.get(key) ?? []), line]);
  }
  return [...byMeaning.values()].map((group): Meaning => {
    const { kind, tables, route, line } = group[0]!;
    const toHosts = group.flatMap(({ route: { host } }) => (host === undefined ? [] : [host]));
    const common = {
      kind,
      severity: 'network',
      stack: change.path,
      explains: group.flatMap(({ explains }) => explains),
    } as const;
    const where = route.transit ? `transit table ${tables}` : tables;
    if (kind === 'route-same') return { ...common, severity: 'cosmetic', what: '', hosts: [], details: [] };
    const what = `${where}: ${MARKS[kind]}${line}`;
    if (group.length === 1 || toHosts.length === 0) return { ...common, what, hosts: [], details: [] };
    const routes = `${where}: ${group.length} routes to hosts' containers ${kind === 'route-added' ? 'come' : 'go'}`;
    return { ...common, what: routes, hosts: toHosts, details: group.map((one) => `${MARKS[kind]}${one.line}`) };
  });
}

const MARKS = { 'route-added': '+ ', 'route-removed': '- ', 'route-moved': '~ ' } as const;

function routesOf(context: DiffContext, side: Side): Map<string, Route> {
  const found = new Map<string, Route>();
  for (const [id, resource] of context.all[side]) {
    const route = routeOf(context, id, resource);
    if (route !== undefined) found.set(`${route.transit} ${route.table} ${route.destination}`, route);
  }
  return found;
}

function routeOf(context: DiffContext, id: string, resource: Resource): Route | undefined {
  const route = routeWords(context, id, resource);
  if (route === undefined) return undefined;
  const target = Object.entries(resource.Properties).filter(
    ([key]) => !/RouteTableId$|DestinationCidrBlock$|Name$|Description$/.test(key),
  );
  return { ...route, raw: JSON.stringify(target) };
}

function routeWords(context: DiffContext, id: string, { Type, Properties: p }: Resource): Omit<Route, 'raw'> | undefined {
  switch (Type) {
    case 'AWS::EC2::Route':
      return made(context, id, p.RouteTableId, p.DestinationCidrBlock ?? p.DestinationPrefixListId, awsTarget(context, p));
    case 'AWS::EC2::TransitGatewayRoute': {
      const to =
        p.Blackhole === true
          ? { words: 'dropped (blackhole)' }
          : { words: attachmentWords(context, p.TransitGatewayAttachmentId) };
      return made(context, id, p.TransitGatewayRouteTableId, p.DestinationCidrBlock, to, true);
    }
    case 'ALIYUN::ECS::Route':
      return made(context, id, p.RouteTableId, p.DestinationCidrBlock, aliyunTarget(context, p));
    case 'ALIYUN::CEN::TransitRouterRouteEntry': {
      const dropped = p.TransitRouterRouteEntryNextHopType === 'BlackHole';
      const words = dropped ? 'dropped (blackhole)' : attachmentWords(context, p.TransitRouterRouteEntryNextHopId);
      return made(context, id, p.TransitRouterRouteTableId, p.TransitRouterRouteEntryDestinationCidrBlock, { words }, true);
    }
    default:
      return undefined;
  }
}

interface Target {
  readonly words: string;
  readonly host?: string;
}

function made(
  context: DiffContext,
  id: string,
  table: Json | undefined,
  to: Json | undefined,
  target: Target,
  transit = false,
): Omit<Route, 'raw'> {
  const name = referredId(table);
  return {
    id,
    table: name === undefined ? valueWords(table, context) : plainId(name),
    destination: valueWords(to, context),
    target: target.words,
    ...(target.host === undefined ? {} : { host: target.host }),
    transit,
  };
}

function awsTarget(context: DiffContext, p: JsonObject): Target {
  if (p.NetworkInterfaceId !== undefined) return hostTarget(context, p.NetworkInterfaceId);
  if (p.InstanceId !== undefined) return hostTarget(context, p.InstanceId);
  if (p.VpcPeeringConnectionId !== undefined) return { words: `peering${withOther(context, p.RouteTableId)}` };
  if (p.TransitGatewayId !== undefined) {
    const other = withOther(context, p.RouteTableId);
    return { words: `transit gateway${other.replace(' with', ' towards')}` };
  }
  if (p.NatGatewayId !== undefined)
    return { words: valueWords(p.NatGatewayId, context).replace(/^Nat(?=[A-Z]$)/i, 'NAT gateway ') };
  if (p.GatewayId !== undefined) return { words: 'internet gateway' };
  const rest = Object.entries(p).find(([key]) => key.endsWith('Id') && key !== 'RouteTableId');
  return { words: rest === undefined ? 'nothing' : `${rest[0].replace(/Id$/, '')} ${valueWords(rest[1], context)}` };
}

function aliyunTarget(context: DiffContext, p: JsonObject): Target {
  switch (p.NextHopType ?? 'Instance') {
    case 'Instance':
    case 'NetworkInterface':
      return hostTarget(context, p.NextHopId);
    case 'VpcPeer':
      return { words: `peering${withOther(context, p.RouteTableId)}` };
    case 'Attachment':
      return { words: `transit router${withOther(context, p.RouteTableId).replace(' with', ' towards')}` };
    case 'NatGateway':
      return { words: 'NAT gateway' };
    default:
      return { words: `${valueWords(p.NextHopType)} ${valueWords(p.NextHopId, context)}` };
  }
}

function hostTarget({ hostOf }: DiffContext, value: Json | undefined): Target {
  const host = hostOf(referredId(value) ?? '');
  return host === undefined ? { words: valueWords(value) } : { words: host, host };
}

/** The other end of a link, from the stack's path; both ends where it isn't known which one is this. */
function withOther({ change }: DiffContext, table: Json | undefined): string {
  const pair = linkEnds(change.path);
  if (pair === undefined) return '';
  const id = change.path.split('/')[2] ?? '';
  const own = placeOf(table) ?? change.region ?? (id.endsWith('-a') ? pair[0] : id.endsWith('-b') ? pair[1] : undefined);
  const other = pair.filter((place) => place !== own);
  return ` with ${(other.length === 1 ? other : pair).join(' and ')}`;
}

/** `links/a--b/routes-a` -> a and b. */
export function linkEnds(path: string): [string, string] | undefined {
  const found = /^links\/(.+?)--(.+?)\//.exec(path);
  return found === null ? undefined : [found[1]!, found[2]!];
}

function attachmentWords(context: DiffContext, value: Json | undefined): string {
  const words = valueWords(value, context);
  if (/^VpcAttachment/.test(words)) return 'the VPC';
  const ends = linkEnds(context.change.path);
  return ends === undefined ? words : `${words} of ${ends.join(' and ')}`;
}
