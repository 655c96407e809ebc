/** The internet: one host that everybody may ask, behind the NAT gateways of all VPCs. It knows their public addresses only. */
import type { Vpc } from '../../lib/reach/world';
import type { Draft } from './draft';
import { OTHER_END } from './namespaces';

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

function natsOf(vpc: Vpc): string[] {
  const targets = vpc.tables.flatMap(({ routes }) => routes.map(({ target }) => target));
  return [...new Set(targets.flatMap((target) => (target.kind === 'nat' ? [target.id] : [])))];
}
