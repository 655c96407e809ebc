/**
 * `swanctl.conf` of a router that VPNs end at. Sources: strongSwan documentation, "swanctl.conf", "Route-based VPN" (XFRM
 * interfaces); AWS Site-to-Site VPN user guide, "Tunnel options" (IKEv2, phase 1 28,800 s, phase 2 3,600 s); Aliyun VPN Gateway,
 * "CreateVpnAttachment" (one algorithm of each a tunnel).
 *
 * Keys are named, never written: the router's own store puts them into a file that this one includes.
 */
import type { FileText } from '../encode/file-text';
import { type SwanctlItem, swanctlFile, swanctlSettings } from '../encode/swanctl';
import { formatIpv4 } from '../estate/addresses/cidr';
import type { Provider } from '../estate/model/model';
import type { LinkPlan, RouterPlan, VpnLinkPlan } from '../plan/model';
import { cloudName, describeVpn, whereKeysAre } from './cloud-words';
import { tunnelId } from './router-network';

/** What a router offers: what the cloud's end takes, the better first. */
const PROPOSALS: Readonly<Record<Provider, { readonly ike: readonly string[]; readonly esp: readonly string[] }>> = {
  aws: { ike: ['aes256gcm16-prfsha384-ecp384', 'aes256-sha256-modp2048'], esp: ['aes256gcm16-ecp384', 'aes256-sha256-modp2048'] },
  aliyun: { ike: ['aes256-sha256-modp2048'], esp: ['aes256-sha256-modp2048'] },
};

interface Tunnel {
  readonly link: VpnLinkPlan;
  /** `vpn-<k>`. */
  readonly name: string;
  /** From 1. */
  readonly number: number;
  /** The cloud's end; unknown before the first deploy. */
  readonly outside?: string;
}

/** Undefined for a router without VPNs. */
export function swanctlConfig(router: RouterPlan, links: readonly LinkPlan[]): FileText | undefined {
  const tunnels = tunnelsOf(router, links);
  if (tunnels.length === 0) return undefined;
  // Callers whose addresses are unknown can't be told apart: at most one is answered, or its packets might go into the wrong tunnel.
  const stranger = tunnels.find((tunnel) => tunnel.outside === undefined);
  const answered = tunnels.filter((tunnel) => tunnel.outside !== undefined || tunnel === stranger);
  const silent = tunnels.filter((tunnel) => !answered.includes(tunnel));
  const keys = [...new Set(answered.map(({ link }) => link.vpn.keyName))];
  return swanctlFile([
    { comment: `VPNs of router ${router.name}. Written by meissa synth: change the estate, not this file.` },
    ...silent.flatMap(({ name, link }) => [
      {
        comment: `${name} (${link.id}) stays down until ${cloudName(link)}'s addresses are known: write them as links.${link.group}.outside, from`,
      },
      { comment: `"${describeVpn(link)}" after the first deploy.` },
    ]),
    { section: 'connections', items: answered.flatMap(connection) },
    { comment: 'Keys, one file a VPN (mode 0600), filled by the router’s own store from the secret of the same name:' },
    ...answered.map(({ name, link, outside }) => ({
      comment: `  ${keyFile(link.vpn.keyName)}: secrets { ike-${name} { id = ${outside ?? '%any'}; secret = <key of ${name}> } }`,
    })),
    ...keyHints(answered),
    ...keys.map((key) => ({ include: keyFile(key) })),
  ]);
}

/** A cloud that keeps the keys that it made with the connection, not in a store of secrets. */
function keyHints(tunnels: readonly Tunnel[]): SwanctlItem[] {
  const links = [...new Set(tunnels.map(({ link }) => link))];
  return links.map(whereKeysAre).flatMap((comment) => (comment === undefined ? [] : [{ comment }]));
}

function keyFile(keyName: string): string {
  return `/etc/swanctl/meissa/${keyName}.conf`;
}

function tunnelsOf({ neighbors }: RouterPlan, links: readonly LinkPlan[]): Tunnel[] {
  return links.flatMap((link) => {
    if (link.kind !== 'vpn') return [];
    return neighbors
      .filter((neighbor) => neighbor.link === link.id)
      .map((neighbor, i): Tunnel => {
        const outside = link.vpn.outside[i];
        return {
          link,
          name: neighbor.interface,
          number: i + 1,
          ...(outside === undefined ? {} : { outside: formatIpv4(outside) }),
        };
      });
  });
}

function connection({ link, name, number, outside }: Tunnel): SwanctlItem[] {
  const id = tunnelId({ name });
  const { ike, esp } = PROPOSALS[link.cloud];
  const child = swanctlSettings({
    local_ts: '0.0.0.0/0',
    remote_ts: '0.0.0.0/0',
    esp_proposals: esp,
    rekey_time: '3300s',
    dpd_action: outside === undefined ? 'clear' : 'restart',
    close_action: outside === undefined ? 'none' : 'start',
    start_action: outside === undefined ? 'none' : 'start',
  });
  const items = [
    ...swanctlSettings({
      version: 2,
      local_addrs: link.routerPublic,
      remote_addrs: outside ?? '%any',
      proposals: ike,
      rekey_time: '27000s',
      dpd_delay: '10s',
      // Dialled for ever: a fallback that gave up after three minutes without an answer would be none.
      ...(outside === undefined ? {} : { keyingtries: 0 }),
      encap: 'no',
      if_id_in: id,
      if_id_out: id,
    }),
    { section: 'local', items: swanctlSettings({ auth: 'psk', id: link.routerPublic }) },
    { section: 'remote', items: swanctlSettings({ auth: 'psk', id: outside ?? '%any' }) },
    { section: 'children', items: [{ section: name, items: child }] },
  ];
  return [{ comment: `tunnel ${number} of VPN ${link.id}` }, { section: name, items }];
}
