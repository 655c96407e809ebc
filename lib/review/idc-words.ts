/** A data centre in words: its routers, whom they speak BGP with, and its racks. */
import type { IdcHostPlan, IdcPlan, NeighborPlan, RouterPlan } from '../plan/model';
import type { PlanWordsOptions } from './plan-words';

export function idcWords(idc: IdcPlan, options: PlanWordsOptions): string[] {
  const containers = idc.containers === undefined ? '' : `; containers ${idc.containers}`;
  const asn = idc.asn === undefined ? '' : `  AS ${idc.asn}`;
  return [
    `${idc.name}  data centre  ${idc.cidr}${containers}${asn}  MTU ${idc.mtu}`,
    ...idc.routers.flatMap(routerWords),
    ...rackWords(idc.hosts),
    ...(options.hosts ? idc.hosts.map(hostWords) : []),
  ];
}

function routerWords({ name, routerId, interfaces, statics, neighbors, announces }: RouterPlan): string[] {
  const dropped = statics.filter((route) => route.via === 'blackhole').length;
  return [
    `  router  ${name} ${routerId}; ${statics.length - dropped} static routes, ${dropped} null routes; announces ${announces.length === 0 ? 'nothing' : announces.join(', ')}`,
    ...interfaces.map(({ name, address, mtu, why }) => `    ${name}  ${address}  MTU ${mtu}  (${why})`),
    ...neighbors.map(neighborWords),
  ];
}

function neighborWords({ address, asn, why, preference, kind, accepts, tells, prepends }: NeighborPlan): string {
  const longer = prepends === 0 ? '' : `, own AS ${prepends} times in front`;
  const preferred = kind === 'router' ? '' : `, preference ${preference}${longer}`;
  return `    neighbour ${address} AS ${asn}  (${why})${preferred}: takes ${accepts.join(', ')}; tells ${tells.join(', ')}`;
}

function rackWords(hosts: readonly IdcHostPlan[]): string[] {
  return [...new Set(hosts.map((host) => host.rack))].map((rack) => {
    const own = hosts.filter((host) => host.rack === rack);
    const first = own[0]!;
    return `  rack  ${rack}  ${own.length} hosts behind ${first.routers.join(', else ')}, VLAN ${first.vlan}, gateway ${first.gateway}  [${first.profiles.join(', ')}]`;
  });
}

function hostWords({ name, address, containerRange, unit }: IdcHostPlan): string {
  const range = containerRange === undefined ? '' : `  containers ${containerRange}`;
  return `    ${name}  ${address}${range}${unit === undefined ? '' : `  unit ${unit}`}`;
}
