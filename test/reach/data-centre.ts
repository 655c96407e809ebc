/** A data centre on a small cloud: two routers, a leased line at r1, a VPN at r2, hosts behind each. */
import { addRegion, addTransit, associate, Cloud, ref } from './clouds';

export interface RouterText {
  statics?: string;
  bgp: string;
  policies?: string;
}

const policy = (name: string, prefixes: readonly string[], set = '') =>
  `${prefixes.map((p, k) => `ip prefix-list ${name} seq ${5 * (k + 1)} permit ${p}`).join('\n')}\nroute-map ${name} permit 10\n match ip address prefix-list ${name}\n${set}exit\n`;

export const CLOUD_RANGES = ['10.1.0.0/16', '172.16.0.0/16'];
export const IDC_RANGES = ['10.200.0.0/16', '172.20.0.0/16'];

function frr(
  own: string,
  interfaces: Record<string, string>,
  cloud: { addresses: readonly string[]; asn: number; preference: number; prepends: number },
  other: string,
  k: number,
): string {
  const prepend = cloud.prepends === 0 ? '' : ` set as-path prepend${' 65010'.repeat(cloud.prepends)}\n`;
  return `${Object.entries(interfaces)
    .map(([name, address]) => `interface ${name}\n ip address ${address}\nexit`)
    .join('\n')}
ip route 172.20.${k}.0/24 10.200.${k}.2
ip route 10.200.0.0/16 blackhole
ip route 172.20.0.0/16 blackhole
${policy('cloud-in', CLOUD_RANGES, ` set local-preference ${cloud.preference}\n`)}${policy('cloud-out', IDC_RANGES, prepend)}${policy('core-in', [...CLOUD_RANGES, `10.200.${3 - k}.0/24`, `172.20.${3 - k}.0/24`])}${policy('core-out', [...CLOUD_RANGES, `10.200.${k}.0/24`, `172.20.${k}.0/24`])}router bgp 65010
 bgp router-id ${own}
${cloud.addresses.map((a) => ` neighbor ${a} remote-as ${cloud.asn}`).join('\n')}
 neighbor ${other} remote-as 65010
 address-family ipv4 unicast
  network 10.200.0.0/16
  network 172.20.0.0/16
  network 10.200.${k}.0/24
  network 172.20.${k}.0/24
${cloud.addresses.map((a) => `  neighbor ${a} route-map cloud-in in\n  neighbor ${a} route-map cloud-out out\n  neighbor ${a} maximum-prefix 10`).join('\n')}
  neighbor ${other} next-hop-self
  neighbor ${other} route-map core-in in
  neighbor ${other} route-map core-out out
 exit-address-family
exit
`;
}

/** Region 1 behind a transit gateway, and the data centre `idc`: hosts idc-a-1 (r1) and idc-b-1 (r2) with containers. */
export function withDataCentre(): Cloud {
  const cloud = new Cloud();
  addRegion(cloud, 1);
  addTransit(cloud, 1);
  const all = 'r1/all';
  for (const range of ['10.200.0.0/16', '172.20.0.0/16'])
    cloud.add(all, `RouteIdc${range.slice(0, 3)}`, 'AWS::EC2::Route', {
      RouteTableId: ref('RouteTableMain'),
      DestinationCidrBlock: range,
      TransitGatewayId: ref('Gateway'),
    });
  cloud.add(all, 'LineGateway', 'AWS::DirectConnect::DirectConnectGateway', { AmazonSideAsn: '64700' });
  cloud.add(all, 'Line', 'AWS::DirectConnect::TransitVirtualInterface', {
    DirectConnectGatewayId: ref('LineGateway'),
    Vlan: 301,
    BgpPeers: [{ AddressFamily: 'ipv4', Asn: '65010', AmazonAddress: '169.254.100.1/30', CustomerAddress: '169.254.100.2/30' }],
  });
  cloud.add(all, 'LineAssociation', 'AWS::DirectConnect::DirectConnectGatewayAssociation', {
    DirectConnectGatewayId: ref('LineGateway'),
    AssociatedGatewayId: ref('Gateway'),
    AllowedPrefixesToDirectConnectGateway: CLOUD_RANGES,
  });
  cloud.add(all, 'LineAttachment', 'Custom::TransitAttachment', {
    Kind: 'direct-connect',
    TransitGatewayId: ref('Gateway'),
    ResourceId: ref('LineGateway'),
  });
  cloud.add(all, 'Customer', 'AWS::EC2::CustomerGateway', { BgpAsn: 65010, IpAddress: '203.0.113.10' });
  cloud.add(all, 'Vpn', 'AWS::EC2::VPNConnection', {
    CustomerGatewayId: ref('Customer'),
    TransitGatewayId: ref('Gateway'),
    VpnTunnelOptionsSpecifications: [{ TunnelInsideCidr: '169.254.21.0/30' }, { TunnelInsideCidr: '169.254.22.0/30' }],
  });
  cloud.add(all, 'VpnAttachment', 'Custom::TransitAttachment', {
    Kind: 'vpn',
    TransitGatewayId: ref('Gateway'),
    ResourceId: ref('Vpn'),
  });
  for (const id of ['LineAttachment', 'VpnAttachment']) {
    associate(cloud, 1, id);
    cloud.add(all, `Propagate${id}`, 'AWS::EC2::TransitGatewayRouteTablePropagation', {
      TransitGatewayAttachmentId: ref(id),
      TransitGatewayRouteTableId: ref('Table'),
    });
  }
  const r1 = { lo: '10.200.0.1/32', core: '10.200.255.1/28', rack: '10.200.1.1/24', line: '169.254.100.2/30' };
  const r2 = {
    lo: '10.200.0.2/32',
    core: '10.200.255.2/28',
    rack: '10.200.2.1/24',
    'vpn-1': '169.254.21.2/30',
    'vpn-2': '169.254.22.2/30',
  };
  cloud.files['idc/routers/r1/frr.conf'] = frr(
    '10.200.0.1',
    r1,
    { addresses: ['169.254.100.1'], asn: 64700, preference: 200, prepends: 0 },
    '10.200.255.2',
    1,
  );
  cloud.files['idc/routers/r2/frr.conf'] = frr(
    '10.200.0.2',
    r2,
    { addresses: ['169.254.21.1', '169.254.22.1'], asn: 64601, preference: 100, prepends: 2 },
    '10.200.255.1',
    2,
  );
  for (const [k, rack] of ['a', 'b'].entries())
    cloud.files[`idc/hosts/idc-${rack}-1/50.network`] =
      `[Match]\nName=vlan\n[Network]\nAddress=10.200.${k + 1}.2/24\nGateway=10.200.${k + 1}.1\n`;
  return cloud;
}

/** Changes a router's text; throws when what it changes is not there. */
export function rewrite(cloud: Cloud, router: string, from: string | RegExp, to: string): Cloud {
  const path = `idc/routers/${router}/frr.conf`;
  const changed = cloud.files[path]!.replace(from, to);
  if (changed === cloud.files[path]) throw new Error(`${path} does not hold ${from}`);
  cloud.files[path] = changed;
  return cloud;
}
