import type { TemplateFragment } from '../../lib/aws/template';
import { allResources, ofType, synth, template } from './fixtures';
import { hostPlace, linked, peering, place } from './link-fixtures';

const PAIR = 'links-sa-east-1--us-east-1';
const regions = [hostPlace('sa-east-1', 9), hostPlace('us-east-1', 1)];
const links = [peering('sa-east-1', 'us-east-1')];
const two = () => synth(linked({ regions, links }));

const routesOf = (found: Required<TemplateFragment>) =>
  ofType(found, 'AWS::EC2::Route').map(([id, { Properties }]) => [id, Properties!.DestinationCidrBlock]);

test('the connection stands in region a, and reads both networks by hand-named outputs', () => {
  const { Resources, Outputs } = template(two(), `${PAIR}-request`);
  expect(Resources).toEqual({
    PeeringG1x1: {
      Type: 'AWS::EC2::VPCPeeringConnection',
      Properties: {
        PeerRegion: 'us-east-1',
        PeerVpcId: {
          'Fn::GetStackOutput': { StackName: 'us-east-1-network', Region: 'us-east-1', OutputName: 'VpcIdG1' },
        },
        Tags: [{ Key: 'Name', Value: `${PAIR}-request` }],
        VpcId: { 'Fn::ImportValue': 'sa-east-1-network:VpcIdG1' },
      },
    },
  });
  expect(Outputs.PeeringIdG1x1).toMatchObject({
    Value: { Ref: 'PeeringG1x1' },
    Export: { Name: `${PAIR}-request:PeeringIdG1x1` },
  });
});

test('both ends have a route towards the other in every host table, each in its own region', () => {
  const synthesized = two();
  const tables = ['Public', 'PrivateA', 'PrivateB', 'PrivateC'];
  const assembly = synthesized.app.synth();
  for (const [side, own, other, block] of [
    ['a', 'sa-east-1', 'UsEast1', '10.1.0.0/16'],
    ['b', 'us-east-1', 'SaEast1', '10.9.0.0/16'],
  ] as const) {
    const name = `${PAIR}-routes-${side}`;
    expect(assembly.getStackByName(name).environment.region).toBe(own);
    const found = template(synthesized, name);
    expect(routesOf(found)).toEqual(tables.map((table) => [`Route${table}${other}HostsG1`, block]));
    for (const table of tables) {
      expect(found.Resources[`Route${table}${other}HostsG1`]!.Properties!.RouteTableId).toEqual({
        'Fn::ImportValue': `${own}-network:RouteTable${table}G1`,
      });
    }
  }
});

test('the connection is read by import in its own region, by its output in the other', () => {
  const synthesized = two();
  const target = (side: string, other: string) =>
    template(synthesized, `${PAIR}-routes-${side}`).Resources[`RoutePublic${other}HostsG1`]!.Properties!.VpcPeeringConnectionId;
  expect(target('a', 'UsEast1')).toEqual({ 'Fn::ImportValue': `${PAIR}-request:PeeringIdG1x1` });
  expect(target('b', 'SaEast1')).toEqual({
    'Fn::GetStackOutput': { StackName: `${PAIR}-request`, Region: 'sa-east-1', OutputName: 'PeeringIdG1x1' },
  });
});

test('a network that is built anew changes every text that reads it', () => {
  const anew = [regions[0]!, { ...regions[1]!, generation: 4 }];
  const synthesized = synth(linked({ regions: anew, links }));
  const request = template(synthesized, `${PAIR}-request`);
  expect(Object.keys(request.Resources)).toEqual(['PeeringG1x4']);
  expect(JSON.stringify(request)).toContain('"OutputName":"VpcIdG4"');
  expect(Object.keys(request.Outputs)).toEqual(['PeeringIdG1x4']);
  expect(synthesized.text.get(`${PAIR}-routes-a`)).toContain('PeeringIdG1x4');
  expect(Object.keys(template(synthesized, `${PAIR}-routes-b`).Resources)).toContain('RoutePublicSaEast1HostsG4');
});

test('a peering puts nothing into the regions’ own stacks', () => {
  const alone = synth(linked({ regions, links: [] })).text;
  for (const [name, text] of two().text) if (!name.startsWith('links-')) expect(alone.get(name)).toBe(text);
});

test('link stacks hold routes, connections and nothing that runs', () => {
  const types = new Set([...allResources(two())].filter(([id]) => id.startsWith('links-')).map(([, r]) => r.Type));
  expect([...types].sort()).toEqual(['AWS::EC2::Route', 'AWS::EC2::VPCPeeringConnection']);
});

describe('across accounts', () => {
  const foreign = {
    account: '222222222222',
    partition: 'aws',
    bootstrapQualifier: 'other1',
    permissionsBoundary: 'bounds',
  } as const;
  const places = [hostPlace('sa-east-1', 9), hostPlace('us-east-1', 1, { aws: foreign }), place('eu-west-1', 2)];
  const synthesized = () => synth(linked({ regions: places, links: [...links, peering('eu-west-1', 'sa-east-1')] }));
  const roleOf = (account: string, region: string) => `arn:aws:iam::${account}:role/example-${region}-links`;

  test('the request names the other account and the role that accepts for it; each end reads by the role of the other', () => {
    const found = synthesized();
    expect(template(found, `${PAIR}-request`).Resources.PeeringG1x1!.Properties).toMatchObject({
      PeerOwnerId: '222222222222',
      PeerRoleArn: roleOf('222222222222', 'us-east-1'),
      PeerVpcId: { 'Fn::GetStackOutput': { RoleArn: roleOf('222222222222', 'us-east-1') } },
    });
    const route = template(found, `${PAIR}-routes-b`).Resources.RoutePublicSaEast1HostsG1!.Properties!;
    expect(route.VpcPeeringConnectionId).toMatchObject({
      'Fn::GetStackOutput': { RoleArn: roleOf('111111111111', 'sa-east-1'), Region: 'sa-east-1' },
    });
  });

  test('each stack stands in the account of its region, and is deployed by that account’s bootstrap', () => {
    const found = synthesized();
    const environment = (name: string) => found.app.synth().getStackByName(name).environment.account;
    expect(environment(`${PAIR}-request`)).toBe('111111111111');
    expect(environment(`${PAIR}-routes-b`)).toBe('222222222222');
    expect(found.text.get(`${PAIR}-routes-b`)).toContain('/cdk-bootstrap/other1/version');
  });

  test('the role trusts the other account, reads the outputs of its region, accepts peerings, and is bounded', () => {
    const found = synthesized();
    const role = template(found, 'us-east-1-base').Resources.LinksRole!.Properties!;
    expect(role).toMatchObject({
      RoleName: 'example-us-east-1-links',
      PermissionsBoundary: 'arn:aws:iam::222222222222:policy/bounds',
      AssumeRolePolicyDocument: { Statement: [{ Principal: { AWS: ['arn:aws:iam::111111111111:root'] } }] },
      Policies: [
        {
          PolicyDocument: {
            Statement: [
              {
                Action: 'cloudformation:DescribeStacks',
                Resource: [
                  'arn:aws:cloudformation:us-east-1:222222222222:stack/us-east-1-network/*',
                  'arn:aws:cloudformation:us-east-1:222222222222:stack/us-east-1-transit/*',
                  'arn:aws:cloudformation:us-east-1:222222222222:stack/links-*/*',
                ],
              },
              { Action: 'ec2:AcceptVpcPeeringConnection' },
            ],
          },
        },
      ],
    });
    const asking = template(found, 'sa-east-1-base').Resources.LinksRole!.Properties!;
    expect(JSON.stringify(asking)).not.toContain('AcceptVpcPeeringConnection');
  });

  test('a region whose links stay in its account has no such role', () => {
    expect(template(synthesized(), 'eu-west-1-base').Resources.LinksRole).toBeUndefined();
  });
});
