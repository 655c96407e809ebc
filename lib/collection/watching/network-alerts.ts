/** Lines, VPNs and routers of data centres. A fallback that nobody tries is dead for months before anybody needs it. */
import { type Alert, MINUTE } from './alert';
import { METRICS } from './metrics';

const { router, probe } = METRICS;

/** A link is of one router, and a session or probe of one peer. */
const EACH = 'idc, router, link, peer';

/** 1 while a session is established, 0 otherwise, with its link: FRR's neighbours are described by what they belong to. */
const sessions = (described: string): string =>
  `label_replace(${router.session}{peer_desc=~"${described} .+"} == bool 1, "link", "$1", "peer_desc", "${described} (.+)")`;

/** Pings of a far end that answered some within a week. One that never does says nothing: not every cloud lets its ends answer. */
const pings = (kind: 'line' | 'vpn'): string => {
  const all = `${probe.success}{job="probe",kind="${kind}",size="small"}`;
  return `(${all} and max_over_time(${all}[7d]) > 0)`;
};

/** 1 while a link's end answers and its session is established. */
const works = (kind: 'line' | 'vpn', described: string): string => `min by (${EACH}) (${pings(kind)} or ${sessions(described)})`;

const line = works('line', 'leased line');
const tunnel = works('vpn', 'tunnel [12] of VPN');
const vpn = `max by (idc, link) (${tunnel})`;

export const networkAlerts = [
  {
    name: 'LineDown',
    severity: 'page',
    expression: `${line} == 0`,
    holds: MINUTE,
    summary: "The leased line {{ $labels.link }} is down at {{ $labels.idc }}'s router {{ $labels.router }}.",
    action:
      'Does the VPN carry? `meissa reach <idc> <region> --without <line>` says what it should, the alert VpnDown that it does not.',
    meaning:
      "The line's BGP session has not been established for a minute, or its far end does not answer pings any more. BFD has long taken its routes away: where a VPN stands behind it, everything goes that way, slower and with smaller packets. Where none does, the region is out of reach.",
    steps: [
      'On the router: `vtysh -c "show bgp summary" -c "show bfd peers brief"`, `ip -s link show line-1` (name of the interface: sheet.md).',
      'No carrier: the cable, the port, the provider. Carrier and no pings: VLAN and addresses, as the sheet has them on both ends.',
      'Pings and no session: `journalctl -u frr -n 100`. `MD5`: the key in frr.secrets.conf. `Idle (PfxCt)`: the cloud told more than it should.',
      "The cloud's side: alarms `ConnectionDown` and `SessionDown` of the link's stack (AWS), the border router's health check (Aliyun), the provider's maintenance calendar.",
      "Tell whoever sends large amounts that the VPN carries: its throughput is a fraction of the line's.",
    ],
    never: 'restart FRR on the router of the VPN while the line is down: nothing else carries.',
    wake: 'It wakes whoever is on call for the network. Wake the provider at once, and who answers for the data centre where no VPN carries.',
  },
  {
    name: 'VpnDown',
    severity: 'page',
    expression: `${vpn} == 0`,
    holds: 2 * MINUTE,
    summary: 'No tunnel of the VPN {{ $labels.link }} works: what it stands behind has no fallback.',
    action: 'Is the line up (no alert LineDown)? Then nothing is lost yet, and the next failure cuts the data centre off.',
    meaning:
      'For two minutes no tunnel of the VPN has had both: an established BGP session, and a far end that answers pings through it. Nobody else notices while a line carries everything: routes of the VPN are not in use.',
    steps: [
      'On the router: `swanctl --list-sas`. No IKE: the provider lets UDP 500, UDP 4500 and ESP through? Is the public address still the one in the estate?',
      "`swanctl --initiate --child vpn-1` shows the negotiation; `AUTH_FAILED`: the key in the router's own store is not the cloud's.",
      "The cloud's reasons: the log group `/aws/vendedlogs/vpn/<stack>` (AWS), system events of VPN Gateway (Aliyun).",
      'The cloud replaced an end and its address: `outside:` of the link, `meissa synth`, swanctl.conf.',
      'IKE and ESP are there and no pings: `ip -s xfrm state`, the interface (`ip address show vpn-1`), the packet filter.',
    ],
    never: 'do planned work on the line before this is over.',
    wake: 'It wakes whoever is on call for the network. Wake who is about to work on the line: nothing stands behind it.',
  },
  {
    name: 'TunnelDown',
    severity: 'warning',
    expression: `${tunnel} == 0 unless on (idc, link) (${vpn} == 0)`,
    holds: 5 * MINUTE,
    summary: 'A tunnel of the VPN {{ $labels.link }} does not work (far end {{ $labels.peer }}); the other one does.',
    action: 'An hour of it may be the cloud working on that end. Longer: look at it as at a VPN that is down.',
    meaning:
      "One of a VPN's two tunnels has had no session or no answer for five minutes. Clouds maintain one end at a time and count on the other one: until this is over, their next maintenance is an outage of the VPN.",
    steps: [
      'The steps of [VpnDown], for this tunnel: sheet.md says which is which, by its inside address.',
      'It has a session and does not answer pings any more: packets of one direction are lost, or that end has begun to filter them.',
    ],
    never: 'take the other tunnel down to "start afresh".',
    wake: 'Nobody at night while the other tunnel carries. The provider in the day, after an hour.',
  },
  {
    name: 'LargePacketsLost',
    severity: 'warning',
    expression: `${probe.success}{job="probe",size="full"} == 0 and on (idc, router, peer) ${probe.success}{job="probe",size="small"} == 1`,
    holds: 5 * MINUTE,
    summary: 'The tunnel of {{ $labels.link }} to {{ $labels.peer }} carries small packets and loses those that should just fit.',
    action: 'Connections over it begin and then stall. Something on the way takes smaller packets than planned.',
    meaning:
      "Pings of the tunnel's own MTU, not to be fragmented, have been lost for five minutes while small ones arrive: BGP is well, and every large transfer will hang once this way is used.",
    steps: [
      '`ping -M do -s <bytes> <far end>` from the router, smaller and smaller, finds what fits; the MTU of the interface says what should.',
      'The uplink: PPPoE or another tunnel below it takes 8 to 60 bytes. Ask the provider for 1,500, or lower it.',
      'None of large pings was ever answered, and transfers over the VPN are well: that cloud limits the size of pings. Silence this alert for the link.',
    ],
    never: 'block ICMP "fragmentation needed" at the uplink: it is how the other end learns.',
    wake: "Nobody at night while the line is up. With the line down it is an outage for large transfers: wake the network's people.",
  },
  {
    name: 'CoreDown',
    severity: 'page',
    expression: `${router.session}{peer_desc=~"router .+"} != 1`,
    holds: MINUTE,
    summary: "{{ $labels.idc }}'s router {{ $labels.router }} has no session with {{ $labels.peer_desc }}.",
    action: 'Racks behind one of the two may not reach what the other one leads to.',
    meaning:
      'The BGP session between two routers of a data centre has been down for a minute: the core network between them, or one of them, is broken. `meissa reach <idc> <region> --without core` says who is cut off from what.',
    steps: [
      'Is the other router there ([RouterSilent])? Then it is the core: VLAN, ports and cables of the sheet.',
      '`ping <its address on the core>` from this router; `networkctl lldp` says what is at the other end of the cable.',
      '`vtysh -c "show bgp summary"` on both.',
    ],
    never: 'move racks to the other router by hand while the core is down: two routers would claim one gateway.',
    wake: 'It wakes whoever is on call for the network. Wake who has hands in the data centre.',
  },
  {
    name: 'BfdDown',
    severity: 'warning',
    expression: `${router.bfd} == 0 and on (idc, router, peer) ${router.session} == 1`,
    holds: 5 * MINUTE,
    summary: "Nobody watches the way from {{ $labels.idc }}'s router {{ $labels.router }} to {{ $labels.peer }} by BFD.",
    action: 'A failure there is seen by BGP alone: after its hold time, not within a second.',
    meaning:
      'A BGP session is established whose BFD session is down. Once BFD has been up, its end takes BGP down with it; so this one was never up: one end does not speak it.',
    steps: [
      '`vtysh -c "show bfd peers"`: `Diagnostics`, and whether packets come in at all.',
      "UDP 3784 in both directions through the router's packet filter.",
      "On AWS BFD is always ready and waits for the router. On Aliyun `meissa deploy` sets the border router's times; `meissa drift` says whether they stand.",
    ],
    never: "shorten BGP's hold time instead: it takes sessions down under load.",
    wake: 'Nobody at night. Who runs the router, in the day.',
  },
  {
    name: 'SessionFlaps',
    severity: 'warning',
    expression: `changes(${router.session}[1h]) >= 6`,
    holds: 0,
    summary: "The session of {{ $labels.idc }}'s router {{ $labels.router }} with {{ $labels.peer_desc }} comes and goes.",
    action: 'Each time routes move to another way and back. It is down too shortly for the other alerts.',
    meaning: 'The state of a BGP session has changed six times or more within an hour.',
    steps: [
      '`journalctl -u frr | grep -E "ADJCHANGE|bfd"`: why it goes down. `BFD down`: packets are lost for 0.9 s at a time; `Hold Timer Expired`: for longer.',
      'A line: errors of the port (`ip -s link`, `ConnectionErrorCount` of AWS), the optics, the provider. A tunnel: the uplink.',
      'Until it is mended, take the worse way out of use on purpose: `vtysh -c "configure" -c "router bgp <AS>" -c "neighbor <peer> shutdown"`.',
    ],
    never: 'leave a neighbour shut down: write down who lifts it, and when. A restart of FRR brings it back.',
    wake: "Nobody at night, unless reports of lost packets come with it: then the network's people.",
  },
  {
    name: 'RouterSilent',
    severity: 'page',
    expression: `up{job=~"router|probe"} == 0 or ${router.collector}{collector=~"bgp|bfd"} == 0`,
    holds: 5 * MINUTE,
    summary:
      "Nothing is known of {{ $labels.idc }}'s router {{ $labels.router }}: {{ $labels.job }} {{ $labels.collector }} tells nothing.",
    action: 'The router is down, Prometheus does not reach it, or one of its exporters or FRR does not run.',
    meaning:
      "For five minutes Prometheus has read nothing of a router's sessions or probes, or its exporter has had no answer from FRR. None of the alerts of the network can fire for it.",
    steps: [
      "`ping <loopback of the router>` (sheet.md, interface `lo`). No answer: [CoreDown] and the cloud's alarms say what else is gone; go to the console of the machine.",
      'On it: `systemctl status frr prometheus-frr-exporter prometheus-blackbox-exporter`.',
      "They run, and `curl <loopback>:9342/metrics` answers there: the packet filter lets in the estate's pools alone. Is this Prometheus in one?",
      'It is not planned any more: write the targets anew, `meissa targets`.',
    ],
    never: 'remove the target to end the alert while the router is planned.',
    wake: 'It wakes whoever is on call for the network. Wake who has hands in the data centre where the router answers no ping.',
  },
] as const satisfies readonly Alert[];
