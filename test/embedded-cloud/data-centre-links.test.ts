import {
  DescribeCustomerGatewaysCommand,
  DescribeTransitGatewayAttachmentsCommand,
  DescribeTransitGatewayRouteTablesCommand,
  DescribeTransitGatewaysCommand,
  DescribeVpnConnectionsCommand,
  EC2Client,
  GetTransitGatewayRouteTablePropagationsCommand,
  SearchTransitGatewayRoutesCommand,
} from '@aws-sdk/client-ec2';
import { credentialsOf, Driver, type Resources } from './driver';

let driver: Driver;
beforeEach(async () => {
  driver = await Driver.start();
});
afterEach(() => driver.close());

const ref = (name: string) => ({ Ref: name });
const at = (name: string, attribute: string) => ({ 'Fn::GetAtt': [name, attribute] });

const gateway = (asn = 64512): Resources => ({
  Gateway: {
    Type: 'AWS::EC2::TransitGateway',
    Properties: { AmazonSideAsn: asn, DefaultRouteTableAssociation: 'disable', DefaultRouteTablePropagation: 'disable' },
  },
  Table: { Type: 'AWS::EC2::TransitGatewayRouteTable', Properties: { TransitGatewayId: ref('Gateway') } },
});

const vpn = (tunnels: object[] = [], more: object = {}, customer: object = {}): Resources => ({
  ...gateway(),
  Customer: {
    Type: 'AWS::EC2::CustomerGateway',
    Properties: { Type: 'ipsec.1', IpAddress: '203.0.113.10', BgpAsn: 65010, ...customer },
  },
  Vpn: {
    Type: 'AWS::EC2::VPNConnection',
    Properties: {
      Type: 'ipsec.1',
      CustomerGatewayId: ref('Customer'),
      TransitGatewayId: ref('Gateway'),
      VpnTunnelOptionsSpecifications: tunnels,
      ...more,
    },
  },
});

const peer = { AddressFamily: 'ipv4', Asn: '65010', AmazonAddress: '169.254.100.1/30', CustomerAddress: '169.254.100.2/30' };
const line = (changes: { asn?: string; vif?: object; association?: object } = {}): Resources => ({
  ...gateway(),
  Direct: {
    Type: 'AWS::DirectConnect::DirectConnectGateway',
    Properties: { DirectConnectGatewayName: 'beijing', AmazonSideAsn: changes.asn ?? '64600' },
  },
  Interface: {
    Type: 'AWS::DirectConnect::TransitVirtualInterface',
    Properties: {
      ConnectionId: 'dxcon-fg5678gh',
      DirectConnectGatewayId: at('Direct', 'DirectConnectGatewayId'),
      VirtualInterfaceName: 'beijing',
      Vlan: 301,
      Mtu: 8500,
      BgpPeers: [peer],
      ...changes.vif,
    },
  },
  Association: {
    Type: 'AWS::DirectConnect::DirectConnectGatewayAssociation',
    Properties: {
      DirectConnectGatewayId: ref('Direct'),
      AssociatedGatewayId: ref('Gateway'),
      AllowedPrefixesToDirectConnectGateway: ['10.1.0.0/16', '172.16.0.0/16'],
      ...changes.association,
    },
  },
});

const fault = (resources: Resources): Promise<string> => driver.fault(resources);

const client = () =>
  new EC2Client({
    region: 'sa-east-1',
    endpoint: driver.cloud.url,
    credentials: credentialsOf(driver.cloud.key()),
  });

test('a VPN is an attachment of its transit gateway, with the tunnels that it was asked for', async () => {
  const tunnels = ['169.254.21.0/30', '169.254.22.0/30'].map((TunnelInsideCidr) => ({
    TunnelInsideCidr,
    StartupAction: 'start',
  }));
  const stack = await driver.deploy('v', vpn(tunnels, { PreSharedKeyStorage: 'SecretsManager' }));
  expect(driver.failures(stack)).toEqual([]);
  const ids = { vpn: stack.resources.Vpn?.physicalId, gateway: stack.resources.Gateway?.physicalId };
  const { VpnConnections } = await client().send(new DescribeVpnConnectionsCommand({ VpnConnectionIds: [ids.vpn ?? ''] }));
  expect(VpnConnections).toMatchObject([
    {
      TransitGatewayId: ids.gateway,
      CustomerGatewayId: stack.resources.Customer?.physicalId,
      State: 'available',
      Options: { TunnelOptions: tunnels },
    },
  ]);
  const Filters = [
    { Name: 'transit-gateway-id', Values: [ids.gateway ?? ''] },
    { Name: 'resource-id', Values: [ids.vpn ?? ''] },
    { Name: 'resource-type', Values: ['vpn'] },
    { Name: 'state', Values: ['available', 'pending'] },
  ];
  const { TransitGatewayAttachments } = await client().send(new DescribeTransitGatewayAttachmentsCommand({ Filters }));
  expect(TransitGatewayAttachments).toMatchObject([{ ResourceType: 'vpn', ResourceId: ids.vpn, State: 'available' }]);
  const { CustomerGateways } = await client().send(new DescribeCustomerGatewaysCommand({}));
  expect(CustomerGateways).toMatchObject([{ IpAddress: '203.0.113.10', BgpAsn: '65010' }]);
  expect((await driver.delete('v')).status).toBe('DELETE_COMPLETE');
  expect(driver.region.transitAttachments).toEqual({});
});

test.each([
  [
    'an inside range that is no /30',
    [{ TunnelInsideCidr: '169.254.21.0/29' }],
    /size \/30 CIDR block from the 169\.254\.0\.0\/16 range/,
  ],
  ['an inside range elsewhere', [{ TunnelInsideCidr: '10.0.0.0/30' }], /size \/30 CIDR block/],
  ['an inside range that AWS keeps', [{ TunnelInsideCidr: '169.254.5.0/30' }], /The CIDR block is reserved/],
  ['two tunnels of one range', [{ TunnelInsideCidr: '169.254.21.0/30' }, { TunnelInsideCidr: '169.254.21.0/30' }], /must differ/],
  ['three tunnels', [{}, {}, {}], /A VPN connection has two tunnels/],
  ['a short key', [{ PreSharedKey: 'short' }], /PreSharedKey/],
])('a VPN with %s is refused', async (_what, tunnels, text) => {
  expect(await fault(vpn(tunnels))).toMatch(text);
});

test('a VPN needs another AS number than its gateway, and a customer gateway in use stays', async () => {
  expect(await fault(vpn([], {}, { BgpAsn: 64512 }))).toMatch(/different ASNs/);
  const stack = await driver.deploy('v', vpn());
  const gone = driver.cloud.engine.machine.handler('AWS::EC2::CustomerGateway');
  expect(() => gone?.delete({ region: driver.region } as never, stack.resources.Customer?.physicalId ?? '', {})).toThrow(
    'The customer gateway is in use.',
  );
});

test('a leased line is an attachment of its transit gateway; what it may tell changes in place', async () => {
  const stack = await driver.deploy('l', line());
  expect(driver.failures(stack)).toEqual([]);
  expect(stack.resources.Direct?.ref).toMatch(/^arn:aws:directconnect::111111111111:dx-gateway\//);
  const resource = String(stack.resources.Direct?.attributes.DirectConnectGatewayId);
  expect(Object.values(driver.region.transitAttachments)).toMatchObject([
    { kind: 'direct-connect-gateway', resource, state: 'available' },
  ]);
  const AllowedPrefixesToDirectConnectGateway = ['10.1.0.0/16', '10.2.0.0/16'];
  const changed = await driver.deploy('l', line({ association: { AllowedPrefixesToDirectConnectGateway } }));
  expect(changed.resources.Association?.physicalId).toBe(stack.resources.Association?.physicalId);
  const account = driver.cloud.backend.world.accounts['111111111111'];
  expect(Object.values(account?.directConnectAssociations ?? {})).toMatchObject([
    { allowed: AllowedPrefixesToDirectConnectGateway },
  ]);
  expect((await driver.delete('l')).status).toBe('DELETE_COMPLETE');
  expect(driver.region.transitAttachments).toEqual({});
});

test.each([
  ["whose gateway has the transit gateway's AS number", { asn: '64512' }, /have the same ASN 64512/],
  ["whose other end has the gateway's AS number", { vif: { BgpPeers: [{ ...peer, Asn: '64600' }] } }, /must be another one/],
  ['with an MTU that a transit interface has not', { vif: { Mtu: 9001 } }, /takes 1500 or 8500/],
  ['without allowed prefixes', { association: { AllowedPrefixesToDirectConnectGateway: [] } }, /Allowed prefixes are required/],
  ['on something that is no connection', { vif: { ConnectionId: 'line-1' } }, /has an invalid format/],
  ['with a VLAN that is none', { vif: { Vlan: 4095 } }, /VLAN 4095 is not valid/],
])('a leased line %s is refused', async (_what, changes, text) => {
  expect(await fault(line(changes))).toMatch(text);
});

test('a VLAN of a connection is used once, and one gateway tells no prefix for two transit gateways', async () => {
  const stack = await driver.deploy('l', line());
  const second = line({ asn: '64601' });
  expect(await fault(second)).toMatch(/VLAN 301 is already in use on connection dxcon-fg5678gh/);
  const { Association } = line({ association: { DirectConnectGatewayId: stack.resources.Direct?.ref } });
  expect(await fault({ ...gateway(64513), Association } as Resources)).toMatch(
    /Prefix 10\.1\.0\.0\/16 overlaps with a prefix of tgw-/,
  );
});

test("EC2's own client reads gateways, tables, routes and what is propagated", async () => {
  const stack = await driver.deploy('l', {
    ...line(),
    Blackhole: {
      Type: 'AWS::EC2::TransitGatewayRoute',
      Properties: { TransitGatewayRouteTableId: ref('Table'), DestinationCidrBlock: '10.0.0.0/8', Blackhole: true },
    },
  });
  const attachment = Object.keys(driver.region.transitAttachments)[0] ?? '';
  const table = stack.resources.Table?.physicalId ?? '';
  await driver.deploy('routes', {
    P: {
      Type: 'AWS::EC2::TransitGatewayRouteTablePropagation',
      Properties: { TransitGatewayRouteTableId: table, TransitGatewayAttachmentId: attachment },
    },
    R: {
      Type: 'AWS::EC2::TransitGatewayRoute',
      Properties: {
        TransitGatewayRouteTableId: table,
        DestinationCidrBlock: '10.200.0.0/16',
        TransitGatewayAttachmentId: attachment,
      },
    },
  });
  const ec2 = client();
  expect((await ec2.send(new DescribeTransitGatewaysCommand({}))).TransitGateways).toMatchObject([
    { State: 'available', Options: { AmazonSideAsn: 64512, DefaultRouteTableAssociation: 'disable', VpnEcmpSupport: 'enable' } },
  ]);
  expect((await ec2.send(new DescribeTransitGatewayRouteTablesCommand({}))).TransitGatewayRouteTables).toMatchObject([
    { TransitGatewayRouteTableId: table, DefaultAssociationRouteTable: false },
  ]);
  const TransitGatewayRouteTableId = table;
  const search = async (state: string) =>
    (
      await ec2.send(
        new SearchTransitGatewayRoutesCommand({ TransitGatewayRouteTableId, Filters: [{ Name: 'state', Values: [state] }] }),
      )
    ).Routes;
  expect(await search('active')).toMatchObject([
    {
      DestinationCidrBlock: '10.200.0.0/16',
      Type: 'static',
      TransitGatewayAttachments: [{ TransitGatewayAttachmentId: attachment, ResourceType: 'direct-connect-gateway' }],
    },
  ]);
  expect(await search('blackhole')).toMatchObject([{ DestinationCidrBlock: '10.0.0.0/8' }]);
  const propagations = await ec2.send(new GetTransitGatewayRouteTablePropagationsCommand({ TransitGatewayRouteTableId }));
  expect(propagations.TransitGatewayRouteTablePropagations).toMatchObject([
    { TransitGatewayAttachmentId: attachment, State: 'enabled' },
  ]);
  await expect(ec2.send(new DescribeTransitGatewaysCommand({ TransitGatewayIds: ['tgw-0123'] }))).rejects.toMatchObject({
    name: 'InvalidTransitGatewayID.NotFound',
    message: 'Transit Gateway tgw-0123 was deleted or does not exist.',
  });
});
