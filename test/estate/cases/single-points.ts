import type { Anything, Written } from '../written';
import { beijing as inland } from './aliyun';
import { type RuleCases, south } from './case';
import { beijing, line, links, twoRouters, vpn } from './joined';

/** A data centre whose routers both have a public address, joined by these. */
function joined(w: Written, written: Record<string, Anything>): void {
  const { routers, racks } = twoRouters(w);
  routers.r2.public = '203.0.113.11';
  for (const rack of Object.values<Anything>(racks)) rack.router = 'r1';
  w.places['us-east-1'].transit = { asn: 64601 };
  links(w, written);
}

const [first, fallback] = [
  { ...line, router: 'r1' },
  { ...vpn, router: 'r2' },
];
const second = { ...line, router: 'r2', connection: 'dxcon-abcd1234', vlan: 302, network: '169.254.101.0/30', asn: 64610 };

/** sa-east-1, which the line's gateway is associated with, and what stands beside it there. */
function associated(w: Written, beside: Record<string, Anything> = {}): void {
  joined(w, {
    line: first,
    fallback,
    direct: { kind: 'association', between: ['beijing', 'sa-east-1'], gateway: 'line' },
    ...beside,
  });
  Object.assign(w.places['sa-east-1'], {
    transit: { asn: 64602 },
    alarms: { topicArn: 'arn:aws:sns:sa-east-1:111111111111:ops' },
  });
}

export const singlePointCases: RuleCases[] = [
  {
    code: 'SINGLE_LINE',
    refuses: {
      'one line and no other router that a VPN could end at': (w) => {
        beijing(w);
        w.places['us-east-1'].transit = { asn: 64601 };
        links(w, { line });
      },
      'one line beside a router with a public address': (w) => joined(w, { line: first }),
      'one line that carries what is written of it': (w) =>
        joined(w, { fallback: { ...first, carries: { beijing: ['10.200.1.0/24'], 'us-east-1': ['hosts'] } } }),
      'a region that the line’s gateway is associated with, though a VPN ends in another one': (w) => associated(w),
    },
    accepts: {
      'a line and a VPN': (w) => joined(w, { line: first, fallback }),
      'two lines': (w) => joined(w, { line: first, second }),
      'no line at all': (w) => joined(w, { fallback }),
      'a region that the line’s gateway is associated with, and a VPN of its own': (w) =>
        associated(w, {
          own: {
            ...fallback,
            between: ['beijing', 'sa-east-1'],
            tunnels: ['169.254.31.0/30', '169.254.32.0/30'],
            keyName: 'vpn/sa-east-1',
          },
        }),
    },
  },
  {
    code: 'SINGLE_ROUTER',
    refuses: {
      'a fallback at the router of the line, where another router could have it': (w) =>
        joined(w, { line: first, fallback: { ...vpn, router: 'r1' } }),
      'a fallback at the only router': (w) => {
        beijing(w);
        w.places['us-east-1'].transit = { asn: 64601 };
        links(w, { line, fallback: vpn });
      },
      'one VPN, beside a router that a second one could end at': (w) => joined(w, { fallback }),
      'two lines at one router': (w) => joined(w, { line: first, second: { ...second, router: 'r1', interface: 'eno6' } }),
    },
    accepts: {
      'a line at one router and a VPN at the other': (w) => joined(w, { line: first, fallback }),
      'two VPNs at two routers': (w) =>
        joined(w, {
          fallback,
          other: { ...vpn, router: 'r1', tunnels: ['169.254.23.0/30', '169.254.24.0/30'], keyName: 'vpn/other' },
        }),
      'one line, which is told as that': (w) => joined(w, { line: first }),
    },
  },
  {
    code: 'SINGLE_LOCATION',
    refuses: {
      'two lines over one connection': (w) => joined(w, { line: first, second: { ...second, connection: first.connection } }),
      'two lines at one location': (w) =>
        joined(w, { line: { ...first, location: 'EqDC2' }, second: { ...second, location: 'EqDC2' } }),
      'two lines of which nobody says where they end': (w) =>
        joined(w, { line: first, second: { ...second, location: 'EqDC2' } }),
    },
    accepts: {
      'two lines at two locations': (w) =>
        joined(w, { line: { ...first, location: 'CoreSite DE1' }, second: { ...second, location: 'EqDC2' } }),
      'two lines that a VPN takes over from': (w) => joined(w, { line: first, second, fallback }),
      'one line, which is told as that': (w) => joined(w, { line: first }),
    },
  },
  {
    code: 'SINGLE_NAT',
    refuses: { 'one gateway for three zones': (w) => (south(w).network.nat = 'single') },
    accepts: {
      'a gateway a zone': (w) => (south(w).network.nat = 'per-zone'),
      'none at all': (w) => (south(w).network.nat = 'none'),
      'one of Aliyun, which stands in two zones': (w) => inland(w, ({ network }) => (network.nat = 'single')),
    },
  },
];
