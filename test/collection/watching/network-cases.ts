/** What makes each alert of the network fire, and what just doesn't: a data centre with a line at r1, and a VPN of two tunnels at r2. */
import type { networkAlerts } from '../../../lib/collection/watching/network-alerts';
import type { AlertCases, Case } from './alert-cases';
import type { Series } from './firing';

type Name = (typeof networkAlerts)[number]['name'];

const LINE = { router: 'r1', link: 'beijing--us-east-1/line', peer: '169.254.100.1', description: 'leased line', kind: 'line' };
const tunnel = (number: 1 | 2) => ({
  router: 'r2',
  link: 'beijing--us-east-1/fallback',
  peer: `169.254.2${number}.1`,
  description: `tunnel ${number} of VPN`,
  kind: 'vpn',
});
const TUNNELS = [tunnel(1), tunnel(2)] as const;
type Way = typeof LINE;

const labels = (of: Readonly<Record<string, string>>): string =>
  Object.entries(of)
    .map(([name, value]) => `${name}="${value}"`)
    .join(',');

/** As frr_exporter tells it. */
const session = ({ router, link, peer, description }: Way, values: string): Series => ({
  [`frr_bgp_peer_state{${labels({ job: 'router', idc: 'beijing', router, afi: 'ipv4', peer, peer_desc: `${description} ${link}` })}}`]:
    values,
});
/** As blackbox_exporter does, with the labels of its target. */
const ping = ({ router, link, peer, kind }: Way, values: string, size = 'small'): Series => ({
  [`probe_success{${labels({ job: 'probe', idc: 'beijing', router, link, peer, kind, size })}}`]: values,
});
const core = (values: string): Series => ({
  [`frr_bgp_peer_state{${labels({ job: 'router', idc: 'beijing', router: 'r1', peer: '10.200.255.2', peer_desc: 'router r2' })}}`]:
    values,
});
const bfd = ({ router, peer }: Pick<Way, 'router' | 'peer'>, values: string): Series => ({
  [`frr_bfd_peer_state{${labels({ job: 'router', idc: 'beijing', router, local: '169.254.100.2', peer })}}`]: values,
});

/** Everything of the data centre is well. */
export const WELL: Series = {
  ...core('1x60'),
  ...bfd(LINE, '1x60'),
  ...Object.assign({}, ...[LINE, ...TUNNELS].map((way) => ({ ...session(way, '1x60'), ...ping(way, '1x60') }))),
  ...Object.assign({}, ...TUNNELS.map((way) => ping(way, '1x60', 'full'))),
  'up{job="router",idc="beijing",router="r1"}': '1x60',
  'up{job="probe",idc="beijing",router="r1"}': '1x60',
  'frr_collector_up{idc="beijing",router="r1",collector="bgp"}': '1x60',
};

/** With what differs. */
const but = (...changes: readonly Series[]): Series => Object.assign({}, WELL, ...changes);
const fires = (...changes: readonly Series[]): Case => ({ series: but(...changes) });
/** An end that answered once, and then no more. */
const falls = '1 0x60';
const falling = (...changes: readonly Series[]): Case => ({ series: but(...changes), since: 60 });
const [one, two] = TUNNELS;

export const NETWORK_CASES: Readonly<Record<Name, AlertCases>> = {
  LineDown: {
    fires: [fires(session(LINE, '0x60')), fires(session(LINE, '2x60')), falling(ping(LINE, falls))],
    quiet: [but(), but(session(one, '0x60')), but(core('0x60')), but(ping(LINE, '0x60'))],
  },
  VpnDown: {
    fires: [
      falling(ping(one, falls), ping(two, falls)),
      fires(session(one, '0x60'), session(two, '0x60')),
      falling(session(one, falls), ping(two, falls)),
    ],
    quiet: [
      but(ping(one, falls)),
      but(session(two, '0x60')),
      but(session(LINE, '0x60'), ping(LINE, falls)),
      but(ping(one, '0x60'), ping(two, '0x60')),
    ],
  },
  TunnelDown: {
    fires: [falling(ping(one, falls)), fires(session(two, '0x60'))],
    quiet: [but(ping(one, falls), ping(two, falls)), but(ping(one, '0x60')), but(ping(one, '0x60', 'full'))],
  },
  LargePacketsLost: {
    fires: [fires(ping(one, '0x60', 'full'))],
    quiet: [but(), but(ping(one, '0x60', 'full'), ping(one, falls))],
  },
  CoreDown: { fires: [fires(core('0x60'))], quiet: [but(), but(session(LINE, '0x60'))] },
  BfdDown: { fires: [fires(bfd(LINE, '0x60'))], quiet: [but(), but(bfd(LINE, '0x60'), session(LINE, '0x60'))] },
  SessionFlaps: {
    fires: [{ series: but(session(one, '1 0 1 0 1 0 1x60')), since: 360 }],
    quiet: [but(session(one, '1 0 1 0 1 0x60'), ping(one, '1x60'))],
  },
  RouterSilent: {
    fires: [
      fires({ 'up{job="router",idc="beijing",router="r1"}': '0x60' }),
      fires({ 'up{job="probe",idc="beijing",router="r1"}': '0x60' }),
      fires({ 'frr_collector_up{idc="beijing",router="r1",collector="bgp"}': '0x60' }),
    ],
    quiet: [but(), but({ 'frr_collector_up{idc="beijing",router="r1",collector="ospf"}': '0x60' })],
  },
};
