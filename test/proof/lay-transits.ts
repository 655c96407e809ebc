/** Lays transit gateways out: wires to VPCs, to each other, and along lines and tunnels to routers of data centres. */
import type { TransitAttachment, TransitGateway, World } from '../../lib/reach/world';
import { type CloudSession, sessionOfLine, sessionOfTunnel } from './cloud-bgp';
import { addressRouter } from './data-centre';
import type { Cable, Draft, SubnetPort } from './draft';
import { address } from './text';
import { addTransitRouting } from './transit';

/** Bytes (AWS: "Transit gateway quotas"; Aliyun: what its VPCs take). */
const TRANSIT_MTU = { aws: 8500, aliyun: 1500 };

/** Of what is too large for a VPN or line behind it a transit gateway tells nobody ("Transit gateway quotas", MTU); of Aliyun's no page says that it does. */
const SILENT = `table inet silent {
  chain out {
    type filter hook output priority filter
    icmp type destination-unreachable icmp code 4 drop
  }
}
`;
const VPN_MTU = { aws: 1400, aliyun: 1399 };

/** Wires of transit gateways; returns the ports at the VPCs' ends. */
export function layTransits(draft: Draft): Map<string, Map<string, SubnetPort[]>> {
  const laying: Laying = { draft, atVpcs: new Map(), wired: new Map(), peerings: layTransitPeerings(draft) };
  for (const gateway of draft.world.transits) {
    draft.namespaces.filter(draft.transits.get(gateway.id)!, SILENT);
    const devices = new Map(
      gateway.attachments.map((attachment, n) => [attachment.id, layAttachment(laying, gateway, attachment, n)]),
    );
    draft.entries.push(
      ...addTransitRouting(draft.namespaces, draft.transits.get(gateway.id)!, gateway, { devices }, draft.world),
    );
  }
  for (const router of draft.world.routers)
    addressRouter(draft.namespaces, draft.routers.get(router.id)!, router, laying.wired.get(router.id) ?? new Set());
  return laying.atVpcs;
}

interface Laying {
  readonly draft: Draft;
  /** Ports of attachments in VPCs' routers, by ids of VPC and attachment. */
  readonly atVpcs: Map<string, Map<string, SubnetPort[]>>;
  /** Interfaces of data centres' routers that lead somewhere. */
  readonly wired: Map<string, Set<string>>;
  /** Device of a peering of gateways, the same at both ends, by its id. */
  readonly peerings: ReadonlyMap<string, string>;
}

function layTransitPeerings({ world, transits, namespaces, cables }: Draft): Map<string, string> {
  const devices = new Map<string, string>();
  world.transitPeerings.forEach((peering, n) => {
    const [a, b] = [peering.requester, peering.accepter].map((id) => transits.get(id));
    if (a === undefined || b === undefined || !peering.accepted) return;
    const device = `tp${n}`;
    namespaces.wire({ namespace: a, device }, { namespace: b, device }, mtuOf(world, peering.requester));
    cables.set(`transit-peering ${peering.id}`, [
      [a, device],
      [b, device],
    ]);
    devices.set(peering.id, device);
  });
  return devices;
}

const mtuOf = ({ transits }: World, id: string): number =>
  TRANSIT_MTU[transits.find((each) => each.id === id)?.provider ?? 'aws'];

/** @returns devices of the attachment in the gateway's namespace */
function layAttachment(laying: Laying, gateway: TransitGateway, attachment: TransitAttachment, n: number): string[] {
  const { draft, peerings } = laying;
  const { to } = attachment;
  switch (to.kind) {
    case 'peering':
      return peerings.has(to.peering) ? [peerings.get(to.peering)!] : [];
    case 'vpc':
      return layVpcAttachment(laying, gateway, attachment.id, to, n);
    case 'line': {
      const line = draft.world.lines.find((each) => each.id === to.line);
      const device = line && layOutward(laying, gateway, { ...line, name: `line ${line.id}`, device: `l${n}` });
      if (line === undefined || device === undefined) return [];
      addSession(draft, gateway, sessionOfLine(attachment.id, device, line));
      return [device];
    }
    case 'vpn': {
      const vpn = draft.world.vpns.find((each) => each.id === to.vpn);
      return (vpn?.tunnels ?? []).flatMap((tunnel, k) => {
        const device = layOutward(laying, gateway, {
          ...tunnel,
          mtu: VPN_MTU[gateway.provider ?? 'aws'],
          name: `tunnel ${vpn!.id} ${k}`,
          device: `n${n}-${k}`,
        });
        if (device === undefined) return [];
        addSession(draft, gateway, sessionOfTunnel(attachment.id, device, vpn!, tunnel));
        return [device];
      });
    }
  }
}

function layVpcAttachment(
  { draft, atVpcs }: Laying,
  gateway: TransitGateway,
  id: string,
  to: Extract<TransitAttachment['to'], { kind: 'vpc' }>,
  n: number,
): string[] {
  const vpc = draft.world.vpcs.find((each) => each.id === to.vpc);
  if (vpc === undefined) return [];
  const [namespace, router] = [draft.transits.get(gateway.id)!, draft.vpcs.get(vpc.id)!];
  const ports = vpc.subnets
    .filter((subnet) => to.subnets.includes(subnet.id))
    .map((subnet, k) => {
      const device = `a${n}-${k}`;
      const far = `t${draft.world.transits.indexOf(gateway)}-${device}`;
      draft.namespaces.wire({ namespace, device }, { namespace: router, device: far }, TRANSIT_MTU[gateway.provider ?? 'aws']);
      draft.cables.set(`attachment ${id} ${subnet.id}`, [
        [namespace, device],
        [router, far],
      ]);
      return { subnet, device, far };
    });
  draft.entrances.set(id, ports);
  const there = atVpcs.get(vpc.id) ?? new Map<string, SubnetPort[]>();
  there.set(
    id,
    ports.map(({ subnet, far }) => ({ subnet, device: far })),
  );
  atVpcs.set(vpc.id, there);
  return ports.map((port) => port.device);
}

function addSession({ sessions }: Draft, gateway: TransitGateway, session: CloudSession): void {
  sessions.set(gateway.id, [...(sessions.get(gateway.id) ?? []), session]);
}

interface Outward {
  readonly cloudAddress: number;
  readonly idcAddress: number;
  readonly mtu: number;
  /** Of the cable. */
  readonly name: string;
  /** At the gateway's end. */
  readonly device: string;
}

/** A wire from a transit gateway to the router that has the other address; undefined when none has it. */
function layOutward({ draft, wired }: Laying, gateway: TransitGateway, outward: Outward): string | undefined {
  const { cloudAddress, idcAddress, mtu, name, device } = outward;
  const router = draft.world.routers.find((each) => each.interfaces.some((i) => i.address === idcAddress));
  if (router === undefined) return undefined;
  const port = router.interfaces.find((i) => i.address === idcAddress)!;
  const ends = [draft.transits.get(gateway.id)!, draft.routers.get(router.id)!] as const;
  draft.namespaces.wire(
    { namespace: ends[0], device },
    { namespace: ends[1], device: port.name, ...(port.mtu === undefined ? {} : { mtu: port.mtu }) },
    mtu,
  );
  draft.namespaces.ip(ends[0], `address add ${address(cloudAddress)}/${port.bits} dev ${device}`);
  wired.set(router.id, new Set([...(wired.get(router.id) ?? []), port.name]));
  const cable: Cable = [
    [ends[0], device],
    [ends[1], port.name],
  ];
  draft.cables.set(name, cable);
  draft.cables.set(`router ${router.id}`, [...draft.cable(`router ${router.id}`), ...cable]);
  return device;
}
