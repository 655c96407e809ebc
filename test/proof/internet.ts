/** The internet: one host that everybody may ask, behind the NAT gateways of all VPCs. It knows their public addresses only. */
import type { Vpc } from '../../lib/reach/world';
import type { Draft } from './draft';
import { OTHER_END } from './namespaces';
import { isIn } from './text';

/** Of a documentation network (RFC 5737), which no estate has. */
export const INTERNET = { id: 'internet', address: '198.51.100.7', value: 0xc6336407 } as const;

/** A NAT gateway of the VPC: its device, towards the internet. */
export interface NatPort {
  readonly id: string;
  readonly device: string;
}

const MTU = 1500;

/** @returns by id of the VPC; none where no route leads to a NAT gateway */
export function layInternet(draft: Draft): ReadonlyMap<string, readonly NatPort[]> {
  const ports = new Map<string, NatPort[]>();
  const all = draft.world.vpcs.flatMap((vpc) => natsOf(vpc).map((id) => ({ vpc, id })));
  if (all.length === 0) return ports;
  const internet = draft.namespaces.add();
  draft.namespaces.ip(internet, `address add ${INTERNET.address}/32 dev lo`);
  all.forEach(({ vpc, id }, n) => {
    const router = draft.vpcs.get(vpc.id)!;
    const device = `nat${n}`;
    const public_ = `203.0.113.${n + 1}`;
    draft.namespaces.wire({ namespace: router, device }, { namespace: internet, device }, MTU);
    draft.namespaces.ip(router, `address add ${public_}/32 dev ${device}`);
    draft.namespaces.ip(internet, `route add ${public_} via ${OTHER_END} dev ${device} onlink`);
    draft.cables.set(`nat ${id}`, [
      [router, device],
      [internet, device],
    ]);
    ports.set(vpc.id, [...(ports.get(vpc.id) ?? []), { id, device }]);
  });
  draft.stations.set(INTERNET.id, { ...INTERNET, namespace: internet, kind: 'internet' });
  return ports;
}

/** A NAT gateway as the World has it, where it says more than its id. */
export interface PlacedNat {
  readonly id: string;
  readonly subnet?: string;
  readonly public?: boolean;
}

export function placedNats(vpc: Vpc): readonly PlacedNat[] {
  return (vpc as { readonly nats?: readonly PlacedNat[] }).nats ?? [];
}

/** It sends on by the table of the subnet that it stands in (NAT gateways, "Basics"). One that nothing is said of works. */
function works(vpc: Vpc, nat: string): boolean {
  const placed = placedNats(vpc).find(({ id }) => id === nat);
  if (placed === undefined) return true;
  const table = vpc.subnets.find(({ id }) => id === placed.subnet)?.table;
  const routes = vpc.tables.find(({ id }) => id === table)?.routes ?? [];
  const out = routes.some(({ destination, target }) => target.kind === 'internet' && isIn(destination, INTERNET.value));
  return placed.public !== false && (placed.subnet === undefined || out);
}

function natsOf(vpc: Vpc): string[] {
  const targets = vpc.tables.flatMap(({ routes }) => routes.map(({ target }) => target));
  const nats = new Set(targets.flatMap((target) => (target.kind === 'nat' ? [target.id] : [])));
  return [...nats].filter((id) => works(vpc, id));
}
