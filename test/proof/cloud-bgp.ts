/**
 * The cloud's ends of leased lines and VPNs: FRR in the namespace of the transit gateway that they are attached to. Its
 * configuration is derived from what was emitted (allowed prefixes, transit tables, associations, propagations).
 */
import type { CloudLine, CloudVpn, Range, TransitGateway, World } from '../../lib/reach/world';
import { address, text } from './text';

/** One BGP session of the cloud. */
export interface CloudSession {
  readonly attachment: string;
  readonly device: string;
  readonly cloudAddress: number;
  readonly idcAddress: number;
  readonly idcAsn: number;
  readonly asn: number;
  /** A leased line: preferred over VPNs, tells its allowed prefixes, asks for BFD. */
  readonly line?: CloudLine;
  /** What it tells, where that isn't its whole table: lines, and VPNs of Aliyun. */
  readonly tells?: readonly Range[];
}

/** What a learned route may be written into: tables that its attachment propagates to. */
export function propagatesTo(gateway: TransitGateway, attachment: string): string[] {
  return gateway.tables.filter((table) => table.propagated.includes(attachment)).map((table) => table.id);
}

export function sessionOfLine(attachment: string, device: string, line: CloudLine): CloudSession {
  const { cloudAddress, idcAddress, idcAsn, asn } = line;
  return { attachment, device, cloudAddress, idcAddress, idcAsn, asn, line, tells: line.allowedPrefixes };
}

export function sessionOfTunnel(
  attachment: string,
  device: string,
  vpn: CloudVpn,
  tunnel: CloudVpn['tunnels'][number],
): CloudSession {
  const tells = vpn.allowedPrefixes === undefined ? {} : { tells: vpn.allowedPrefixes };
  return { attachment, device, ...tunnel, idcAsn: vpn.idcAsn, asn: vpn.asn, ...tells };
}

export function cloudConfig(gateway: TransitGateway, sessions: readonly CloudSession[], world: World): string {
  const told = sessions.map((session) => toldTo(session, gateway, world));
  const originated = [...new Set(told.flat())];
  const lines = sessions.flatMap((session, n) => {
    const name = `S${n}`;
    const preference = session.line === undefined ? 100 : 200;
    const propagated = propagatesTo(gateway, session.attachment).length > 0;
    return [
      ...told[n]!.map((range, k) => `ip prefix-list ${name}-tells seq ${(k + 1) * 5} permit ${range}`),
      `ip prefix-list ${name}-tells seq 100000 deny any`,
      // Without a propagation nothing that it says has an effect; the session stands all the same.
      `route-map ${name}-in ${propagated ? 'permit' : 'deny'} 10`,
      ` set local-preference ${preference}`,
      'exit',
      `route-map ${name}-out permit 10`,
      ` match ip address prefix-list ${name}-tells`,
      'exit',
      // A VPN of AWS tells what its table holds, that is also what other attachments taught it; Direct Connect and Aliyun don't.
      ...(session.tells === undefined ? [`route-map ${name}-out permit 20`, ' match as-path LEARNED', 'exit'] : []),
    ];
  });
  return `frr version 8.4
frr defaults traditional
hostname transit
log stdout
bgp as-path access-list LEARNED permit .+
${lines.join('\n')}
router bgp ${gateway.asn}
 bgp router-id ${address(sessions[0]!.cloudAddress)}
 no bgp default ipv4-unicast
 no bgp ebgp-requires-policy
 no bgp network import-check
 coalesce-time 1
${sessions.flatMap((session) => neighbor(session, gateway)).join('\n')}
 address-family ipv4 unicast
${originated.map((range) => `  network ${range}`).join('\n')}
${sessions.flatMap((session, n) => activation(session, n)).join('\n')}
 exit-address-family
exit
!
`;
}

function neighbor(session: CloudSession, gateway: TransitGateway): string[] {
  const who = ` neighbor ${address(session.idcAddress)}`;
  return [
    `${who} remote-as ${session.idcAsn}`,
    `${who} timers connect 1`,
    // The Direct Connect gateway has an AS number of its own.
    ...(session.asn === gateway.asn ? [] : [`${who} local-as ${session.asn} no-prepend replace-as`]),
    // Hold times of the two kinds (AWS: Direct Connect 90 s, VPN 30 s); BFD is on at the cloud's end of a line and waits for the router.
    `${who} timers ${session.line === undefined ? '10 30' : '30 90'}`,
    ...(session.line === undefined ? [] : [`${who} bfd`]),
  ];
}

function activation(session: CloudSession, n: number): string[] {
  const who = `  neighbor ${address(session.idcAddress)}`;
  return [
    `${who} activate`,
    `${who} route-map S${n}-in in`,
    `${who} route-map S${n}-out out`,
    // Over the quota of prefixes the cloud takes the session down (Direct Connect quotas).
    `${who} maximum-prefix 100`,
  ];
}

/** A line: the allowed prefixes. A VPN: what stands in the transit table that its attachment is associated with. */
function toldTo(session: CloudSession, gateway: TransitGateway, world: World): string[] {
  if (session.tells !== undefined) return session.tells.map(text).sort();
  const association = gateway.attachments.find((each) => each.id === session.attachment)?.table;
  const table = gateway.tables.find((each) => each.id === association);
  if (table === undefined) return [];
  const ofVpcs: Range[] = gateway.attachments
    .filter((each) => table.propagated.includes(each.id))
    .flatMap((each) => {
      const { to } = each;
      return to.kind === 'vpc' ? (world.vpcs.find((vpc) => vpc.id === to.vpc)?.cidrs ?? []) : [];
    });
  const statics = table.routes.filter((route) => route.attachment !== undefined).map((route) => route.destination);
  return [...new Set([...statics, ...ofVpcs].map(text))].sort();
}
