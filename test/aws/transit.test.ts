import { App, Stack } from 'aws-cdk-lib';
import { RegionTransit } from '../../lib/aws/links/transit';
import { ofType, synth, template } from './fixtures';
import { HYBRID, hostPlace, linked, peering, place, transit } from './link-fixtures';

const synthesized = synth(linked(HYBRID));
const gateway = () => template(synthesized, 'us-east-1-transit');
const PAIR = 'links-eu-west-1--us-east-1';

describe('the transit gateway of a region', () => {
  test('takes nobody in by itself: association, propagation and acceptance are off', () => {
    expect(gateway().Resources.TransitGatewayG1!.Properties).toMatchObject({
      AmazonSideAsn: 64601,
      AutoAcceptSharedAttachments: 'disable',
      DefaultRouteTableAssociation: 'disable',
      DefaultRouteTablePropagation: 'disable',
    });
    expect(ofType(gateway(), 'AWS::EC2::TransitGatewayRouteTablePropagation')).toEqual([]);
    expect(ofType(gateway(), 'AWS::EC2::TransitGatewayRouteTable')).toHaveLength(1);
  });

  test('reaches its VPC by a subnet in every zone, which its own table is associated with', () => {
    expect(gateway().Resources.VpcAttachmentG1!.Properties!.SubnetIds).toEqual(
      ['A', 'B', 'C'].map((zone) => ({ 'Fn::ImportValue': `us-east-1-network:SubnetAttachment${zone}G1` })),
    );
    expect(gateway().Resources.VpcAssociationG1!.Properties).toEqual({
      TransitGatewayAttachmentId: { Ref: 'VpcAttachmentG1' },
      TransitGatewayRouteTableId: { Ref: 'TransitRouteTableG1' },
    });
  });

  test('sends hosts and containers of the region into its VPC, and drops what of the estate no link carries', () => {
    const routes = ofType(gateway(), 'AWS::EC2::TransitGatewayRoute').map(([, { Properties: p }]) => [
      p!.DestinationCidrBlock,
      p!.Blackhole === true ? 'blackhole' : p!.TransitGatewayAttachmentId,
    ]);
    expect(routes).toEqual([
      ['10.1.0.0/16', { Ref: 'VpcAttachmentG1' }],
      ['172.17.0.0/16', { Ref: 'VpcAttachmentG1' }],
      ['10.0.0.0/8', 'blackhole'],
      ['172.16.0.0/12', 'blackhole'],
    ]);
  });

  test('exports its ids under names with the generation, and stands after the network', () => {
    const { Outputs } = gateway();
    expect(Object.entries(Outputs).map(([name, { Export }]) => [name, Export!.Name])).toEqual(
      ['TransitGatewayIdG1', 'TransitRouteTableIdG1', 'VpcAttachmentIdG1'].map((name) => [name, `us-east-1-transit:${name}`]),
    );
    const assembly = synthesized.app.synth();
    const before = assembly.getStackByName('us-east-1-transit').dependencies.map((d) => d.id);
    expect(before).toContain(assembly.getStackByName('us-east-1-network').id);
  });

  test('stands only where some link needs it', () => {
    const none = synth(linked({ regions: [place('us-east-1', 1), place('eu-west-1', 2)], links: [] }));
    expect([...none.text.keys()].filter((name) => name.includes('transit'))).toEqual([]);
    expect(none.text.get('us-east-1-network')).not.toMatch(/SubnetAttachment|RouteTableAttachment/);
  });

  test('can be used alone in a CDK app, and its ids are tokens', () => {
    const stack = new Stack(new App(), 'Hub');
    const plan = linked(HYBRID).regions.find((r) => r.name === 'us-east-1')!.transit!;
    const own = new RegionTransit(stack, 'Transit', { transit: plan, vpcId: 'vpc-1', subnets: ['subnet-1'] });
    expect(stack.resolve([own.transitGatewayId, own.routeTableId, own.vpcAttachmentId])).toEqual([
      { Ref: 'TransitGatewayG1' },
      { Ref: 'TransitRouteTableG1' },
      { Ref: 'VpcAttachmentG1' },
    ]);
  });
});

describe('the attachment subnets', () => {
  const network = () => template(synthesized, 'us-east-1-network');

  test('share one table of their own, which has the members’ routes and no way to the internet', () => {
    for (const zone of ['A', 'B', 'C']) {
      expect(network().Resources[`AssociationAttachment${zone}G1`]!.Properties!.RouteTableId).toEqual({
        Ref: 'RouteTableAttachmentG1',
      });
    }
    expect(Object.keys(network().Resources).filter((id) => id.startsWith('RouteAttachment'))).toEqual([]);
    const shard = template(synthesized, 'us-east-1-core-storage-1');
    expect(shard.Resources.M1RouteAttachment!.Properties).toMatchObject({
      NetworkInterfaceId: { Ref: 'M1Interface' },
      RouteTableId: { 'Fn::ImportValue': 'us-east-1-network:RouteTableAttachmentG1' },
    });
  });

  test('are not in the S3 endpoint: no host stands there', () => {
    const tables = network().Resources.S3EndpointG1!.Properties!.RouteTableIds as { Ref: string }[];
    expect(tables.map((table) => table.Ref)).toEqual(
      ['Public', 'PrivateA', 'PrivateB', 'PrivateC'].map((t) => `RouteTable${t}G1`),
    );
  });

  test('get no route of a link: what comes in there goes to hosts', () => {
    for (const [name, text] of synthesized.text)
      if (name.startsWith('links-')) expect(text).not.toContain('RouteTableAttachment');
  });
});

describe('a transit link', () => {
  test('is asked for at a, with the other gateway’s id by its output, and accepted at b by the one custom resource', () => {
    expect(template(synthesized, `${PAIR}-request`).Resources.PeeringAttachmentG1x1!.Properties).toMatchObject({
      PeerAccountId: '111111111111',
      PeerRegion: 'us-east-1',
      PeerTransitGatewayId: {
        'Fn::GetStackOutput': { StackName: 'us-east-1-transit', Region: 'us-east-1', OutputName: 'TransitGatewayIdG1' },
      },
      TransitGatewayId: { 'Fn::ImportValue': 'eu-west-1-transit:TransitGatewayIdG1' },
    });
    const accept = template(synthesized, `${PAIR}-accept`);
    expect(accept.Resources.PeeringAcceptedG1x1).toMatchObject({
      Type: 'Custom::TransitAttachment',
      Properties: {
        Kind: 'accept-peering',
        AttachmentId: {
          'Fn::GetStackOutput': { StackName: `${PAIR}-request`, Region: 'eu-west-1', OutputName: 'PeeringAttachmentIdG1x1' },
        },
      },
    });
    expect(accept.Outputs.PeeringAttachmentIdG1x1!.Value).toEqual({ Ref: 'PeeringAcceptedG1x1' });
  });

  test('the accepter may look, accept its one attachment and write its log, for thirty days', () => {
    const { Resources } = template(synthesized, `${PAIR}-accept`);
    const [policy] = Resources.AttachmentFunctionRole!.Properties!.Policies as { PolicyDocument: { Statement: object[] } }[];
    expect(policy!.PolicyDocument.Statement).toMatchObject([
      { Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: { 'Fn::GetAtt': ['AttachmentFunctionLog', 'Arn'] } },
      { Action: 'ec2:DescribeTransitGatewayPeeringAttachments', Resource: '*' },
      {
        Action: 'ec2:AcceptTransitGatewayPeeringAttachment',
        Resource: { 'Fn::Join': ['', ['arn:aws:ec2:us-east-1:111111111111:transit-gateway-attachment/', expect.anything()]] },
      },
    ]);
    expect(Resources.AttachmentFunctionLog!.Properties).toEqual({ RetentionInDays: 30 });
    expect(Resources.AttachmentFunction!.Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      LoggingConfig: { LogGroup: { Ref: 'AttachmentFunctionLog' } },
    });
  });

  test('each end associates the attachment with its own table and has static routes for what the other gives', () => {
    for (const [side, own, other, ranges] of [
      ['a', 'eu-west-1', 'UsEast1', ['10.1.0.0/16', '172.17.0.0/16']],
      ['b', 'us-east-1', 'EuWest1', ['10.2.0.0/16', '172.18.0.0/16']],
    ] as const) {
      const found = template(synthesized, `${PAIR}-routes-${side}`);
      const attachment = {
        'Fn::ImportValue': `${PAIR}-${side === 'a' ? 'request' : 'accept'}:PeeringAttachmentIdG1x1`,
      };
      const table = { 'Fn::ImportValue': `${own}-transit:TransitRouteTableIdG1` };
      expect(found.Resources.TransitAssociationG1!.Properties).toEqual({
        TransitGatewayAttachmentId: attachment,
        TransitGatewayRouteTableId: table,
      });
      expect(ofType(found, 'AWS::EC2::TransitGatewayRoute').map(([id, r]) => [id, r.Properties])).toEqual(
        ['Hosts', 'Containers'].map((kind, i) => [
          `TransitRoute${other}${kind}G1`,
          { DestinationCidrBlock: ranges[i], TransitGatewayAttachmentId: attachment, TransitGatewayRouteTableId: table },
        ]),
      );
      const routes = ofType(found, 'AWS::EC2::Route');
      expect(routes).toHaveLength(4 * 2);
      for (const [, { Properties }] of routes) {
        expect(Properties!.TransitGatewayId).toEqual({ 'Fn::ImportValue': `${own}-transit:TransitGatewayIdG1` });
      }
    }
  });

  test('through a third region, the end has static routes over the attachment that joins it with that region, and no association', () => {
    const name = 'links-beijing--eu-west-1-routes-b';
    const found = template(synthesized, name);
    expect(ofType(found, 'AWS::EC2::TransitGatewayRouteTableAssociation')).toEqual([]);
    expect(found.Resources.TransitRouteBeijingContainersG1!.Properties).toMatchObject({
      DestinationCidrBlock: '172.30.0.0/16',
      TransitGatewayAttachmentId: { 'Fn::ImportValue': `${PAIR}-request:PeeringAttachmentIdG1x1` },
    });
    expect([...synthesized.text.keys()].filter((stack) => stack.startsWith('links-beijing--eu-west-1'))).toEqual([name]);
  });

  test('the accepter is the only function of an estate, and there is none without transit', () => {
    const functions = [...synthesized.text].filter(([, text]) => text.includes('AWS::Lambda::Function')).map(([name]) => name);
    expect(functions.sort()).toEqual([
      'links-beijing--us-east-1-line-line',
      'links-beijing--us-east-1-vpn-fallback',
      `${PAIR}-accept`,
    ]);
    const peered = linked({
      regions: [hostPlace('sa-east-1', 9), hostPlace('us-east-1', 1)],
      links: [peering('sa-east-1', 'us-east-1')],
    });
    for (const text of synth(peered).text.values()) expect(text).not.toMatch(/Lambda|Custom::/);
  });

  test('across accounts both ends are read by the roles, and acceptance happens in the own account', () => {
    const aws = {
      account: '222222222222',
      partition: 'aws',
      bootstrapQualifier: 'hnb659fds',
      permissionsBoundary: 'bounds',
    } as const;
    const found = synth(
      linked({ regions: [place('eu-west-1', 2), place('us-east-1', 1, { aws })], links: [transit('eu-west-1', 'us-east-1')] }),
    );
    expect(template(found, `${PAIR}-request`).Resources.PeeringAttachmentG1x1!.Properties).toMatchObject({
      PeerAccountId: '222222222222',
      PeerTransitGatewayId: { 'Fn::GetStackOutput': { RoleArn: 'arn:aws:iam::222222222222:role/example-us-east-1-links' } },
    });
    const accept = template(found, `${PAIR}-accept`).Resources;
    expect(accept.PeeringAcceptedG1x1!.Properties).toMatchObject({
      AttachmentId: { 'Fn::GetStackOutput': { RoleArn: 'arn:aws:iam::111111111111:role/example-eu-west-1-links' } },
    });
    expect(accept.AttachmentFunctionRole!.Properties!.PermissionsBoundary).toBe('arn:aws:iam::222222222222:policy/bounds');
    expect(JSON.stringify(template(found, 'us-east-1-base').Resources.LinksRole)).not.toContain('AcceptVpcPeering');
  });
});
