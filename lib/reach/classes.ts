/** Endpoints that nothing in the World treats differently: one packet tells what happens to those of all. */
import { type AtomOf, atomsOf } from './atoms';
import { Rib } from './bgp/rib';
import type { Endpoint } from './endpoint';
import type { HostNetwork } from './host/model';
import type { TableAnswer } from './index-world';
import { indexWorld, owns, type VpcIndex, type WorldIndex } from './index-world';
import type { LongestPrefix } from './longest-prefix';
import { rangeKey } from './range';
import type { IdcEndpoint, NetworkInterface, RouteTable, Subnet, World } from './world';

/** Signature of an endpoint: equal where the World makes no difference. */
export type ClassKey = (endpoint: Endpoint) => string;

const known = new WeakMap<World, ClassKey>();

export function classKeys(world: World): ClassKey {
  let key = known.get(world);
  if (key === undefined) {
    key = build(world);
    known.set(world, key);
  }
  return key;
}

function build(world: World): ClassKey {
  const index = indexWorld(world);
  const atomOf = atomsOf(world);
  const vpcs = new Map<VpcIndex, VpcClasses>();
  const ribs = world.routers.map((router) => new Rib(router));
  const networks = new Numbers<HostNetwork | undefined>();
  return ({ address, at, container }) => {
    if (at.kind === 'outside') return `outside ${address}`;
    const filters = `${networks.of(at.kind === 'interface' ? at.own.network : at.host.network)} `;
    if (at.kind === 'idc-host') return filters + idcKey(ribs, atomOf, at.host, address, container);
    const { vpc } = index.interfaces.get(at.own.id)!;
    let classes = vpcs.get(vpc);
    if (classes === undefined) {
      classes = new VpcClasses(vpcs.size, index, vpc);
      vpcs.set(vpc, classes);
    }
    return filters + classes.key(at.own, address, container, atomOf);
  };
}

/** Same network and gateway, and every router sends it to the host itself. */
function idcKey(ribs: readonly Rib[], atomOf: AtomOf, host: IdcEndpoint, address: number, container: boolean): string {
  const routes = ribs.map((rib) => {
    const route = rib.routes.find(address);
    if (route === undefined) return '-';
    if (route.kind === 'static' && route.destination.bits < 32)
      return route.via === host.address ? 'host' : `static ${route.via}`;
    return `${route.kind} ${rangeKey(route.destination)}`;
  });
  return `${host.idc} ${host.gateway} ${host.bits} ${container} ${atomOf(address)} ${routes.join(',')} ${sizesOf(host)}`;
}

/** Ranges of its routes are no addresses that rules name: hosts of a rack have the same ones. */
const sizesOf = ({ mtu, routes = [] }: IdcEndpoint): string =>
  `${mtu} ${routes.map((route) => `${rangeKey(route.destination)}.${route.mtu}.${route.gateway}`)}`;

interface DistinctTable {
  readonly number: number;
  readonly routes: LongestPrefix<TableAnswer>;
}

class VpcClasses {
  /** By id of the table; the same number for tables that send every packet to the same place. NAT gateways count as one. */
  private readonly tables = new Map<string, DistinctTable>();
  private readonly distinct: DistinctTable[] = [];
  private readonly subnets = new Map<string, string>();
  private readonly groups = new Numbers();

  constructor(
    private readonly number: number,
    private readonly index: WorldIndex,
    private readonly vpc: VpcIndex,
  ) {
    const targets = new Numbers();
    const contents: { readonly routes: Float64Array; readonly table: DistinctTable }[] = [];
    for (const table of vpc.vpc.tables) {
      const routes = routesOf(table, targets);
      let same = contents.find((c) => c.routes.length === routes.length && c.routes.every((r, k) => r === routes[k]))?.table;
      if (same === undefined) {
        same = { number: contents.length, routes: vpc.tables.get(table.id)! };
        contents.push({ routes, table: same });
        this.distinct.push(same);
      }
      this.tables.set(table.id, same);
    }
  }

  key(own: NetworkInterface, address: number, container: boolean, atomOf: AtomOf): string {
    const owned = owns(own, address);
    const owner = this.vpc.owners.find(address) === own;
    const routes = this.distinct.map(({ routes: table }) => {
      const answer = table.find(address);
      if (answer === undefined) return '-';
      if ('local' in answer) return 'l';
      const { target } = answer.route;
      if (target.kind !== 'interface') return target.kind;
      return target.id === own.id ? 'self' : target.id;
    });
    const flags = [own.kind === 'elastic', own.sourceDestCheck, own.up, owned, owner, container].map(Number).join('');
    const groups = this.groups.of(own.groups.length === 1 ? own.groups[0]! : own.groups.join());
    return `${this.number} ${this.subnet(own.subnet)} ${flags} ${own.containers.length} ${groups} ${atomOf(address)} ${routes.join()}`;
  }

  /** What a subnet gives a packet: its table, the attachment subnet's table in its zone, and with a network ACL an edge to the others. */
  private subnet(id: string): string {
    let text = this.subnets.get(id);
    if (text === undefined) {
      const subnet = this.vpc.subnets.get(id);
      text =
        subnet === undefined
          ? 'none'
          : `${this.table(subnet)} ${this.attachments(subnet.zone)}${subnet.acl === undefined ? '' : subnet.id}`;
      this.subnets.set(id, text);
    }
    return text;
  }

  private table(subnet: Subnet): string {
    return subnet.table === undefined ? 'main' : String(this.tables.get(subnet.table)?.number);
  }

  private attachments(zone: string): string {
    const texts: string[] = [];
    for (const { gateway } of this.index.gateways.values()) {
      for (const { to } of gateway.attachments) {
        if (to.kind !== 'vpc' || to.vpc !== this.vpc.vpc.id) continue;
        const inZone = to.subnets.map((id) => this.vpc.subnets.get(id)).find((s) => s?.zone === zone);
        texts.push(inZone === undefined ? 'no' : `${this.table(inZone)}${inZone.acl ?? ''}`);
      }
    }
    return texts.join('/');
  }
}

/** Destination and target of every route as one number each, sorted: tables with the same ones send every packet to the same place. */
function routesOf({ routes }: RouteTable, targets: Numbers): Float64Array {
  return Float64Array.from(routes, ({ destination, target }) => {
    const to = target.kind === 'nat' || target.kind === 'nothing' ? target.kind : target.id;
    // A key of a range takes 38 bits; 2^14 targets fit behind it exactly.
    return rangeKey(destination) * 16384 + targets.of(to);
  }).sort();
}

/** A small number for each text or thing, in the order that they come. */
class Numbers<T = string> {
  private readonly known = new Map<T, number>();

  of(text: T): number {
    let number = this.known.get(text);
    if (number === undefined) {
      number = this.known.size;
      this.known.set(text, number);
    }
    return number;
  }
}
