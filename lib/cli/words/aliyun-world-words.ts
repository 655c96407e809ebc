/** What stands of an Aliyun region in the embedded cloud, read back. */
import type { AliyunInventory } from '../../embedded-cloud';

/** Characters of a digest that tell two configurations apart. */
const DIGEST = 12;

export function aliyunWorldWords(region: string, world: AliyunInventory): string[] {
  return [
    `${region}`,
    ...world.stacks.map((s) => `  stack  ${s.name}  ${s.status}`),
    ...world.hosts.map((h) => `  host   ${h.name}  ${h.privateIp}  ${h.instanceId}  ${h.state}  ${configurationOf(h)}`),
    ...world.routeTables.flatMap((t) =>
      t.routes.map((r) => `  route  ${t.id}  ${r.destination} -> ${r.hop}${r.state === 'active' ? '' : `  ${r.state}`}`),
    ),
    ...world.transitRouters.flatMap((t) =>
      t.tables.flatMap((table) =>
        table.routes.map((r) => `  transit  ${table.name || table.id}  ${r.destination} -> ${viaOf(r)}`),
      ),
    ),
    ...world.borderRouters.map(
      (b) => `  line   ${b.name}  ${b.connection} VLAN ${b.vlan}  ${b.local} - ${b.peer}  ${sessionsOf(b)}`,
    ),
    ...world.vpns.map((v) => `  vpn    ${v.name}  ${v.id}  ${v.bgp ? 'BGP' : 'no BGP'}`),
  ];
}

/** What a host runs with. */
const configurationOf = ({ applied, healthy }: AliyunInventory['hosts'][number]): string =>
  `${applied === undefined ? 'configuration of its launch' : `configuration ${applied.slice(0, DIGEST)}`}${healthy ? '' : ', not well'}`;

const viaOf = ({ target, to }: { readonly target: string; readonly to?: string }): string =>
  target === 'blackhole' ? 'blackhole' : `${target} (${to ?? 'gone'})`;

const sessionsOf = ({ bgp, healthCheck }: AliyunInventory['borderRouters'][number]): string =>
  [
    ...bgp.flatMap(({ localAsn, peerAsn, peers }) =>
      peers.map((p) => `BGP ${localAsn} - ${peerAsn}${p.bfd ? ' with BFD' : ''} (no router answers in a rehearsal)`),
    ),
    ...(healthCheck === undefined ? [] : [`pings ${healthCheck.target}`]),
  ].join(', ');
