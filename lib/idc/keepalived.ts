/**
 * A router's `keepalived.conf`: the gateways of racks that it shares with another router. keepalived rather than FRR's vrrpd, which needs
 * a macvlan a rack that something else would have to set up. Source: keepalived.conf(5) of 2.2.7 (Debian 12); RFC 5798 (VRRP version 3).
 */
import type { FileText } from '../encode/file-text';
import { type KeepalivedLine, keepalived, keepalivedBlock, keepalivedFile } from '../encode/keepalived';
import { rest } from '../encode/template';
import type { IdcPlan, RouterPlan, VrrpPlan } from '../plan/model';

/** Seconds between adverts: who isn't heard three times, 0.9 s and a little, is followed by the other. */
const ADVERT = 0.3;

/** Seconds that the preferred router waits before it takes the address back once it has routes: by then every neighbour has told its own. */
const PREEMPT_DELAY = 15;

/** Seconds between gratuitous ARP of who has the address, for a host that missed the first ones. */
const ARP_REFRESH = 60;

/** VRRP's number of a gateway. Each rack has a VLAN of its own, so all may have the same. */
const ROUTER_ID = 1;

/** Undefined where the router shares no gateway. */
export function keepalivedConfig({ name, asn }: IdcPlan, router: RouterPlan): FileText | undefined {
  const shared = router.interfaces.flatMap(({ name: face, vrrp }) => (vrrp === undefined ? [] : [{ face, vrrp }]));
  if (shared.length === 0) return undefined;
  return keepalivedFile([
    keepalived`# Router ${rest(router.name)} of ${rest(name)}. Written by meissa synth: change the estate, not this file.`,
    ...keepalivedBlock(keepalived`global_defs`, [
      keepalived`router_id ${router.name}`,
      keepalived`vrrp_version 3`,
      keepalived`script_user nobody`,
      keepalived`enable_script_security`,
    ]),
    ...(asn === undefined ? [] : routes()),
    ...shared.flatMap(({ face, vrrp }) => instance(face, vrrp, asn !== undefined)),
  ]);
}

/**
 * A router that BGP has told nothing, because bgpd is dead or everybody is out of reach, leads nowhere: it counts less than the other, but
 * where both are so one of them stays the gateway.
 */
function routes(): KeepalivedLine[] {
  return keepalivedBlock(keepalived`vrrp_script routes`, [
    keepalived`script "/bin/sh -c '/usr/bin/ip -4 route show proto 186 type unicast | /usr/bin/grep -q .'"`,
    keepalived`weight -150`,
    keepalived`interval 1`,
    keepalived`timeout 1`,
    keepalived`fall 1`,
    keepalived`rise 1`,
  ]);
}

/** Both begin as backups: the preferred one waits for its routes, unless nobody has the address; the other is there at once. */
function instance(face: string, { rack, address, priority, preferred }: VrrpPlan, tracked: boolean): KeepalivedLine[] {
  return [
    keepalived`# gateway of rack ${rest(rack)}`,
    ...keepalivedBlock(keepalived`vrrp_instance ${face}`, [
      keepalived`state BACKUP`,
      keepalived`interface ${face}`,
      keepalived`virtual_router_id ${ROUTER_ID}`,
      keepalived`priority ${priority}`,
      keepalived`advert_int ${ADVERT}`,
      ...(preferred ? [keepalived`preempt_delay ${PREEMPT_DELAY}`] : []),
      keepalived`garp_master_refresh ${ARP_REFRESH}`,
      ...keepalivedBlock(keepalived`virtual_ipaddress`, [keepalived`${address}/32`]),
      ...(tracked ? keepalivedBlock(keepalived`track_script`, [keepalived`routes`]) : []),
    ]),
  ];
}
