import { swanctlConfig } from '../../lib/idc/swanctl';
import { ofType, synth, template } from './fixtures';
import { HOSTS, HYBRID, IDC, line, linked, place, vpnLink } from './link-fixtures';

const synthesized = synth(linked(HYBRID));
/** Words of strongSwan for AWS's. */
const STRONGSWAN: Readonly<Record<string | number, string>> = {
  AES256: 'aes256',
  'AES256-GCM-16': 'aes256gcm16',
  'SHA2-256': 'sha256',
  'SHA2-384': 'prfsha384',
  14: 'modp2048',
  20: 'ecp384',
};

const LINE = 'links-beijing--us-east-1-line-line';
const VPN = 'links-beijing--us-east-1-vpn-fallback';

describe('a leased line', () => {
  test('tells the data centre exactly what is routed: the region, and the region behind it', () => {
    const found = template(synthesized, LINE);
    expect(found.Resources.LineAssociationG1!.Properties).toEqual({
      AllowedPrefixesToDirectConnectGateway: ['10.1.0.0/16', '10.2.0.0/16', '172.17.0.0/16', '172.18.0.0/16'],
      AssociatedGatewayId: { 'Fn::ImportValue': 'us-east-1-transit:TransitGatewayIdG1' },
      DirectConnectGatewayId: { 'Fn::GetAtt': ['DirectConnectGateway', 'DirectConnectGatewayId'] },
    });
  });

  test('has both ends’ addresses and AS numbers as the router has them', () => {
    const { Resources } = template(synthesized, LINE);
    expect(Resources.DirectConnectGateway!.Properties).toMatchObject({ AmazonSideAsn: '64700' });
    expect(Resources.LineInterface!.Properties).toMatchObject({
      BgpPeers: [{ AddressFamily: 'ipv4', AmazonAddress: '169.254.100.1/30', Asn: '65010', CustomerAddress: '169.254.100.2/30' }],
      ConnectionId: 'dxcon-fg5678gh',
      Mtu: 8500,
      Vlan: 301,
    });
  });

  test('has names that Direct Connect takes, however long those of the estate are', () => {
    const group = 'a-line-with-a-name-of-more-words-than-anybody-would-write-in-a-file';
    const found = synth(linked({ regions: [place('us-east-1', 1)], idcs: [IDC], links: [line('beijing', 'us-east-1', group)] }));
    const { DirectConnectGatewayName: own } = template(found, `links-beijing--us-east-1-line-${group}`).Resources
      .DirectConnectGateway!.Properties!;
    expect(own).toMatch(/^example-links-beijing--us-east-1-line-a-line-with[a-z-]+-[0-9a-f]{8}$/);
    expect(String(own).length).toBeLessThanOrEqual(100);
  });

  test('waits for its association before it looks for the attachment', () => {
    expect(template(synthesized, LINE).Resources.LineAttachmentG1).toMatchObject({
      Type: 'Custom::TransitAttachment',
      Properties: { Kind: 'direct-connect', ResourceId: { 'Fn::GetAtt': ['DirectConnectGateway', 'DirectConnectGatewayId'] } },
      DependsOn: ['LineAssociationG1'],
    });
  });

  test('a template holds no key', () => {
    for (const name of [LINE, VPN]) expect(synthesized.text.get(name)).not.toMatch(/AuthKey|"PreSharedKey"/);
  });
});

describe('a VPN', () => {
  test('ends at the router’s address and the region’s transit gateway, and AWS dials', () => {
    const { Resources, Outputs } = template(synthesized, VPN);
    expect(Resources.CustomerGateway!.Properties).toMatchObject({ BgpAsn: 65010, IpAddress: '203.0.113.10', Type: 'ipsec.1' });
    expect(Resources.VpnConnectionG1!.Properties).toMatchObject({
      PreSharedKeyStorage: 'SecretsManager',
      StaticRoutesOnly: false,
      TransitGatewayId: { 'Fn::ImportValue': 'us-east-1-transit:TransitGatewayIdG1' },
      VpnTunnelOptionsSpecifications: ['169.254.21.0/30', '169.254.22.0/30'].map((TunnelInsideCidr) => ({
        DPDTimeoutAction: 'restart',
        IKEVersions: [{ Value: 'ikev2' }],
        StartupAction: 'start',
        TunnelInsideCidr,
      })),
    });
    expect(Object.keys(Outputs)).toEqual(['VpnAttachmentIdG0x1', 'VpnConnectionIdG0x1']);
  });

  test('takes exactly what the router proposes, in both phases', () => {
    const plan = linked(HYBRID);
    const config = swanctlConfig(plan.idcs[0]!.routers[0]!, plan.links)!;
    const [options] = template(synthesized, VPN).Resources.VpnConnectionG1!.Properties!.VpnTunnelOptionsSpecifications as Record<
      string,
      { Value: string | number }[]
    >[];
    for (const [phase, line] of [
      ['Phase1', / proposals = (.*)/],
      ['Phase2', /esp_proposals = (.*)/],
    ] as const) {
      const proposed = new Set(
        line
          .exec(config)![1]!
          .split(', ')
          .flatMap((proposal) => proposal.split('-')),
      );
      const taken = (['EncryptionAlgorithms', 'IntegrityAlgorithms', 'DHGroupNumbers'] as const).flatMap((what) =>
        options![`${phase}${what}`]!.map(({ Value }) => STRONGSWAN[Value]!),
      );
      for (const word of proposed) expect([phase, taken]).toEqual([phase, expect.arrayContaining([word])]);
      // What needs no integrity of its own names a function for keys instead, and only in phase 1.
      expect(taken.filter((word) => !proposed.has(word) && word !== 'prfsha384')).toEqual([]);
    }
  });

  test('an AS number beyond the old property stands in the new one', () => {
    const found = synth(
      linked({
        regions: [place('us-east-1', 1)],
        idcs: [{ ...IDC, asn: 4_200_000_001 }],
        links: [vpnLink('beijing', 'us-east-1')],
      }),
    );
    const properties = template(found, VPN).Resources.CustomerGateway!.Properties!;
    expect(properties).toMatchObject({ BgpAsnExtended: 4_200_000_001 });
    expect(properties.BgpAsn).toBeUndefined();
  });
});

describe('towards the data centre', () => {
  test('its region’s transit table has only what line and VPN propagate: a static route would outrank both', () => {
    for (const name of [LINE, VPN]) {
      const found = template(synthesized, name);
      const [[, propagation]] = ofType(found, 'AWS::EC2::TransitGatewayRouteTablePropagation') as [[string, object]];
      const [[, association]] = ofType(found, 'AWS::EC2::TransitGatewayRouteTableAssociation') as [[string, object]];
      const attachment = name === LINE ? 'LineAttachmentG1' : 'VpnAttachmentG1';
      for (const resource of [propagation, association]) {
        expect(resource).toMatchObject({
          Properties: {
            TransitGatewayAttachmentId: { Ref: attachment },
            TransitGatewayRouteTableId: { 'Fn::ImportValue': 'us-east-1-transit:TransitRouteTableIdG1' },
          },
        });
      }
    }
    for (const name of synthesized.text.keys()) {
      if (!name.includes('us-east-1')) continue;
      for (const [, route] of ofType(template(synthesized, name), 'AWS::EC2::TransitGatewayRoute')) {
        expect(route.Properties!.DestinationCidrBlock).not.toMatch(/^(10\.200|172\.30)\./);
      }
    }
  });

  test('the region’s host tables lead to the transit gateway once, however many lines and VPNs there are', () => {
    const links = [line('beijing', 'us-east-1'), line('beijing', 'us-east-1', 'second', HOSTS), vpnLink('beijing', 'us-east-1')];
    const found = synth(linked({ regions: [place('us-east-1', 1)], idcs: [IDC], links }));
    expect([...found.text.keys()].filter((name) => name.endsWith('-routes'))).toEqual(['links-beijing--us-east-1-routes']);
    const routes = ofType(template(found, 'links-beijing--us-east-1-routes'), 'AWS::EC2::Route');
    const destinations = routes.map(([, r]) => r.Properties!.DestinationCidrBlock);
    expect(routes).toHaveLength(4 * 2);
    expect(new Set(destinations)).toEqual(new Set(['10.200.0.0/16', '172.30.0.0/16']));
  });
});
