import type { LeasedLineLink, VpnLink } from '../../lib/estate/model/model';
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

describe('what watches a line', () => {
  const topicArn = 'arn:aws:sns:us-east-1:111111111111:ops';
  const told = (connection: string, partition: 'aws' | 'aws-us-gov' = 'aws') => {
    const at = place('us-east-1', 1, { alarms: { topicArn } });
    const region = { ...at, aws: { ...at.aws, partition } };
    const own = line('beijing', 'us-east-1') as LeasedLineLink;
    const links = [{ ...own, line: { ...own.line, connection } }];
    return Object.fromEntries(
      ofType(template(synth(linked({ regions: [region], idcs: [IDC], links })), LINE), 'AWS::CloudWatch::Alarm'),
    );
  };

  test('looks at the port, and at the session of its own interface, and is silent about neither’s silence', () => {
    expect(told('dxcon-fg5678gh')).toEqual({
      ConnectionDown: {
        Type: 'AWS::CloudWatch::Alarm',
        Properties: {
          AlarmActions: [topicArn],
          AlarmDescription: 'beijing--us-east-1/line: the connection dxcon-fg5678gh is down. docs/runbooks/ConnectionDown.md',
          ComparisonOperator: 'LessThanThreshold',
          Dimensions: [{ Name: 'ConnectionId', Value: 'dxcon-fg5678gh' }],
          EvaluationPeriods: 2,
          MetricName: 'ConnectionState',
          Namespace: 'AWS/DX',
          Period: 300,
          Statistic: 'Minimum',
          Threshold: 1,
          TreatMissingData: 'breaching',
        },
      },
      SessionDown: {
        Type: 'AWS::CloudWatch::Alarm',
        Properties: {
          AlarmActions: [topicArn],
          AlarmDescription: 'beijing--us-east-1/line: the BGP session of the line is down. docs/runbooks/SessionDown.md',
          ComparisonOperator: 'LessThanThreshold',
          EvaluationPeriods: 2,
          Metrics: [
            {
              Expression: {
                'Fn::Join': [
                  '',
                  [
                    'SELECT MIN(VirtualInterfaceBgpStatus) FROM "AWS/DX" WHERE VirtualInterfaceId = \'',
                    { 'Fn::GetAtt': ['LineInterface', 'VirtualInterfaceId'] },
                    "'",
                  ],
                ],
              },
              Id: 'session',
              Period: 300,
              ReturnData: true,
            },
          ],
          Threshold: 1,
          TreatMissingData: 'breaching',
        },
      },
    });
  });

  test('looks at the session alone of a group of connections, and at the port alone where no metric tells of sessions', () => {
    expect(Object.keys(told('dxlag-fg5678gh'))).toEqual(['SessionDown']);
    expect(Object.keys(told('dxcon-fg5678gh', 'aws-us-gov'))).toEqual(['ConnectionDown']);
  });

  test('tells nobody where the region names nobody', () => {
    const alarms = ofType(template(synthesized, LINE), 'AWS::CloudWatch::Alarm');
    expect(alarms).toHaveLength(2);
    for (const [, { Properties }] of alarms) expect(Properties!.AlarmActions).toBeUndefined();
  });
});

describe('what watches a VPN', () => {
  const built = (vpn: Partial<VpnLink['vpn']>, partition: 'aws' | 'aws-cn' = 'aws') => {
    const at = place('us-east-1', 1, { alarms: { topicArn: 'arn:aws:sns:us-east-1:111111111111:ops' } });
    const own = vpnLink('beijing', 'us-east-1') as VpnLink;
    const links = [{ ...own, vpn: { ...own.vpn, ...vpn } }];
    return template(synth(linked({ regions: [{ ...at, aws: { ...at.aws, partition } }], idcs: [IDC], links })), VPN).Resources;
  };
  const logsOf = (resources: ReturnType<typeof built>) =>
    (resources.VpnConnectionG1!.Properties!.VpnTunnelOptionsSpecifications as { LogOptions?: object }[]).map(
      ({ LogOptions }) => LogOptions,
    );

  test('tells one tunnel that is down from both, and takes no word for down', () => {
    const { TunnelDown, VpnDown } = built({});
    const common = {
      AlarmActions: ['arn:aws:sns:us-east-1:111111111111:ops'],
      Dimensions: [{ Name: 'VpnId', Value: { Ref: 'VpnConnectionG1' } }],
      EvaluationPeriods: 2,
      MetricName: 'TunnelState',
      Namespace: 'AWS/VPN',
      Period: 300,
      TreatMissingData: 'breaching',
    };
    expect(TunnelDown!.Properties).toEqual({
      ...common,
      AlarmDescription:
        'beijing--us-east-1/fallback: a tunnel is down, nothing stands behind the other one. docs/runbooks/TunnelDown.md',
      ComparisonOperator: 'LessThanThreshold',
      Statistic: 'Minimum',
      Threshold: 1,
    });
    expect(VpnDown!.Properties).toEqual({
      ...common,
      AlarmDescription: 'beijing--us-east-1/fallback: no tunnel is up, the VPN carries nothing. docs/runbooks/VpnDown.md',
      ComparisonOperator: 'LessThanOrEqualToThreshold',
      Statistic: 'Maximum',
      Threshold: 0,
    });
  });

  test('what both tunnels’ ends say of IKE, IPsec and BGP is kept for a month, and goes with the stack', () => {
    const resources = built({});
    const group = { 'Fn::GetAtt': ['TunnelLog', 'Arn'] };
    expect(resources.TunnelLog).toEqual({
      Type: 'AWS::Logs::LogGroup',
      Properties: { LogGroupName: `/aws/vendedlogs/vpn/${VPN}`, RetentionInDays: 30 },
      UpdateReplacePolicy: 'Delete',
      DeletionPolicy: 'Delete',
    });
    const CloudwatchLogOptions = {
      BgpLogEnabled: true,
      BgpLogGroupArn: group,
      BgpLogOutputFormat: 'json',
      LogEnabled: true,
      LogGroupArn: group,
      LogOutputFormat: 'json',
    };
    expect(logsOf(resources)).toEqual([{ CloudwatchLogOptions }, { CloudwatchLogOptions }]);
  });

  test('is kept as long as the link says, or not at all', () => {
    expect(built({ logDays: 365 }).TunnelLog!.Properties).toMatchObject({ RetentionInDays: 365 });
    const none = built({ logDays: 0 });
    expect(none.TunnelLog).toBeUndefined();
    expect(logsOf(none)).toEqual([undefined, undefined]);
    expect(Object.keys(none)).toEqual(expect.arrayContaining(['TunnelDown', 'VpnDown']));
  });

  test('says nothing of BGP where the partition has no such logs', () => {
    for (const options of logsOf(built({}, 'aws-cn'))) {
      expect(Object.keys((options as { CloudwatchLogOptions: object }).CloudwatchLogOptions)).toEqual([
        'LogEnabled',
        'LogGroupArn',
        'LogOutputFormat',
      ]);
    }
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
