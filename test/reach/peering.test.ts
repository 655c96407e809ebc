import { NOTHING_DOWN } from '../../lib/reach/without';
import { addRegion, addRoute, Cloud, joinByPeering, output, peered, ref, stop } from './clouds';

test('a peering carries hosts to hosts, and the reply', () => {
  const answer = peered().ask('r1-h-1', 'r2-h-2');
  expect(answer.yes).toBe(true);
  expect(answer.forward.some((h) => h.where === 'peering of r1 and r2')).toBe(true);
  expect(answer.back.some((h) => h.where === 'peering of r2 and r1')).toBe(true);
});

test('a peering does not carry containers outside the VPC’s ranges: no table is asked on the far side', () => {
  const cloud = peered();
  addRoute(cloud, 1, 'Containers', '172.17.0.0/16', { VpcPeeringConnectionId: ref('Peering2') });
  const answer = cloud.ask('r1-h-1', 'r2-h-1:container');
  expect(answer.code).toBe('PEERING_FOREIGN_DESTINATION');
  expect(stop(answer)).toMatchObject({ where: 'peering of r1 and r2', from: { logicalId: 'Peering2' } });
});

test('a peering does not carry what a container outside the VPC’s ranges sends', () => {
  expect(peered().ask('r1-h-1:container', 'r2-h-1').code).toBe('PEERING_FOREIGN_SOURCE');
});

test('a peering carries delegated prefixes: interfaces own them', () => {
  const cloud = peered();
  for (const n of [1, 2]) {
    cloud.set(`r${n}/all`, 'M1Interface', { Ipv4Prefixes: [{ Ipv4Prefix: `10.${n}.1.128/28` }], SourceDestCheck: true });
    cloud.drop(`r${n}/all`, 'M1RouteMain').drop(`r${n}/all`, 'M1RouteAttachment');
  }
  expect(cloud.ask('r1-h-1:container', 'r2-h-1:container').yes).toBe(true);
});

test('a peering is not transitive', () => {
  const cloud = peered();
  addRegion(cloud, 3);
  joinByPeering(cloud, 2, 3);
  addRoute(cloud, 1, 'Far', '10.3.0.0/16', { VpcPeeringConnectionId: ref('Peering2') });
  expect(cloud.ask('r1-h-1', 'r2-h-1').yes).toBe(true);
  expect(cloud.ask('r2-h-1', 'r3-h-1').yes).toBe(true);
  expect(cloud.ask('r1-h-1', 'r3-h-1').code).toBe('PEERING_FOREIGN_DESTINATION');
});

test('a missing route on the far side stops the reply', () => {
  const answer = peered().drop('r2/all', 'RouteR1').ask('r1-h-1', 'r2-h-1');
  expect(answer).toMatchObject({ yes: false, code: 'NO_ROUTE' });
  expect(answer.reason).toContain('the reply does not come back: r2 route table Main');
});

test('a request that names the wrong region joins nothing, and is a fault', () => {
  const cloud = peered().set('r1/all', 'Peering2', { PeerRegion: 'r3' });
  expect(cloud.ask('r1-h-1', 'r2-h-1').yes).toBe(false);
  expect(cloud.read().faults).toContainEqual(
    expect.objectContaining({ what: 'Peering2', message: expect.stringContaining('PeerRegion is r3') }),
  );
});

test('across accounts a peering needs the role that accepts it', () => {
  const cloud = peered();
  cloud.stacks['r2/all']!.account = '222222222222';
  const role = 'arn:aws:iam::222222222222:role/estate-r2-links';
  const foreign = (name: string) => ({
    'Fn::GetStackOutput': { ...output('r2/all', 'r2', name)['Fn::GetStackOutput'], RoleArn: role },
  });
  cloud.set('r1/all', 'Peering2', { PeerVpcId: foreign('VpcId'), PeerOwnerId: '222222222222' });
  cloud.set('r2/all', 'RouteR1', {
    VpcPeeringConnectionId: {
      'Fn::GetStackOutput': {
        StackName: 'r1-all',
        OutputName: 'Peering2Id',
        Region: 'r1',
        RoleArn: 'arn:aws:iam::111111111111:role/x',
      },
    },
  });
  expect(cloud.ask('r1-h-1', 'r2-h-1').code).toBe('PEERING_NOT_ACCEPTED');
  cloud.set('r1/all', 'Peering2', { PeerRoleArn: role });
  expect(cloud.ask('r1-h-1', 'r2-h-1').yes).toBe(true);
});

test('an output of another account is not read without a role', () => {
  const cloud = peered();
  cloud.stacks['r2/all']!.account = '222222222222';
  expect(cloud.read().faults).toContainEqual(
    expect.objectContaining({ what: 'Peering2', message: 'there is no stack r2-all in r2 of 111111111111' }),
  );
});

test('an output that the other stack does not have is a fault', () => {
  const cloud = peered().set('r1/all', 'Peering2', { PeerVpcId: output('r2/all', 'r2', 'VpcIdG2') });
  expect(cloud.read().faults).toContainEqual(
    expect.objectContaining({ what: 'Peering2', message: 'r2/all has no output VpcIdG2' }),
  );
});

test('an import that nobody of the region exports leads to nothing', () => {
  const cloud = peered().set('r1/all', 'RouteR2', { VpcPeeringConnectionId: { 'Fn::ImportValue': 'r2:PeeringId' } });
  const answer = cloud.ask('r1-h-1', 'r2-h-1');
  expect(answer.code).toBe('ROUTE_TO_NOTHING');
  expect(answer.reason).toContain('no stack of 111111111111 in r1 exports r2:PeeringId');
});

test('with the peering down nothing passes', () => {
  const cloud = peered();
  const world = cloud.read();
  const links = new Set(world.peerings.map((p) => p.id));
  const without = { ...NOTHING_DOWN, links };
  expect(cloud.ask('r1-h-1', 'r1-h-2', { without }).yes).toBe(true);
  expect(cloud.ask('r1-h-1', 'r2-h-1', {}).yes).toBe(true);
});

test('a cloud is a World by itself', () => {
  expect(new Cloud().read().faults).toEqual([]);
});
