/** Direct Connect gateways in templates: made once, read by others, associated once a region. */
import type { Link } from '../../lib/estate/model/model';
import { ofType, type Synthesized, synth, template } from './fixtures';
import { association, IDC, line, linked, place, secondLine } from './link-fixtures';

const main = line('beijing', 'us-east-1');
const regions = [place('us-east-1', 1), place('eu-west-1', 2)];
const idcs = [{ ...IDC, routers: [...IDC.routers, { ...IDC.routers[0]!, name: 'r2' }] }];
const of = (...links: Link[]): Synthesized => synth(linked({ regions, idcs, links }));

const LINE = 'links-beijing--us-east-1-line-line';
const SECOND = 'links-beijing--us-east-1-line-second';
const EUROPE = 'links-beijing--eu-west-1-line-direct';
const ID = 'DirectConnectGatewayIdAs64700';

test('a second line is its interface and its alarms, on the gateway that the first one’s stack gives', () => {
  const { Resources, Outputs } = template(of(main, secondLine()), SECOND);
  expect(Object.keys(Resources)).toEqual(['LineInterface', 'ConnectionDown', 'SessionDown']);
  expect(Outputs).toEqual({});
  expect(Resources.LineInterface!.Properties).toMatchObject({
    DirectConnectGatewayId: { 'Fn::ImportValue': `${LINE}:${ID}` },
    ConnectionId: 'dxcon-gh6789ij',
    Vlan: 302,
  });
});

test('a second line, a region more or one of them less changes no byte of the first line’s stack', () => {
  const alone = of(main).text.get(LINE);
  expect(of(main, secondLine()).text.get(LINE)).toBe(alone);
  expect(of(main, association('beijing', 'eu-west-1')).text.get(LINE)).toBe(alone);
});

test('a region of another gateway’s line has an association of its own, and reads the gateway across regions', () => {
  const { Resources, Outputs } = template(of(main, association('beijing', 'eu-west-1')), EUROPE);
  const gateway = { 'Fn::GetStackOutput': { StackName: LINE, OutputName: ID, Region: 'us-east-1' } };
  expect(Resources.LineAssociationG1!.Properties).toEqual({
    AllowedPrefixesToDirectConnectGateway: ['10.2.0.0/16', '172.18.0.0/16'],
    AssociatedGatewayId: { 'Fn::ImportValue': 'eu-west-1-transit:TransitGatewayIdG1' },
    DirectConnectGatewayId: gateway,
  });
  expect(Resources.LineAttachmentG1).toMatchObject({ Properties: { ResourceId: gateway }, DependsOn: ['LineAssociationG1'] });
  expect(Object.keys(Outputs)).toEqual(['LineAttachmentIdG0x1']);
  expect(ofType({ Resources } as never, 'AWS::DirectConnect::TransitVirtualInterface')).toEqual([]);
});

test('Europe’s routes to the data centre lead to its own transit gateway', () => {
  const { Resources } = template(of(main, association('beijing', 'eu-west-1')), 'links-beijing--eu-west-1-routes-b');
  const routes = ofType({ Resources } as never, 'AWS::EC2::Route').map(([, route]) => route.Properties!);
  expect(new Set(routes.map(({ DestinationCidrBlock }) => DestinationCidrBlock))).toEqual(
    new Set(['10.200.0.0/16', '172.30.0.0/16']),
  );
  for (const { TransitGatewayId } of routes)
    expect(TransitGatewayId).toEqual({ 'Fn::ImportValue': 'eu-west-1-transit:TransitGatewayIdG1' });
});

test('a first line that goes and leaves its gateway takes its interface and its alarms along, and nothing else changes', () => {
  const kept: Link = { ...association('beijing', 'us-east-1', 'line'), association: { asn: 64700 } } as Link;
  const [before, after] = [of(main, secondLine()), of(kept, secondLine())];
  const { LineInterface, ConnectionDown, SessionDown, ...rest } = template(before, LINE).Resources;
  expect([LineInterface, ConnectionDown, SessionDown]).not.toContain(undefined);
  expect(template(after, LINE).Resources).toEqual(rest);
  expect(template(after, LINE).Outputs).toEqual(template(before, LINE).Outputs);
  expect(after.text.get(SECOND)).toBe(before.text.get(SECOND));
});
