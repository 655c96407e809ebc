import { answerPair } from '../../lib/reach/answer';
import { withoutNames } from '../../lib/reach/cut';
import { type Cell, classesOf, type Matrix, reachMatrix } from '../../lib/reach/matrix';
import { topologyOf } from '../../lib/reach/walk/topology';
import { matrixLines } from '../../lib/reach/words';
import { addRoute, type Cloud, joined, peered, ref } from './clouds';
import { withDataCentre } from './data-centre';

const cellOf = ({ classes, cells }: Matrix, from: string, to: string): Cell | undefined => {
  const at = (name: string) => {
    const found = classes.findIndex((c) => c.name === name);
    if (found < 0) throw new Error(`no class ${name}: ${classes.map((c) => c.name).join(', ')}`);
    return found;
  };
  return cells[at(from)]![at(to)];
};

test('hosts that nothing treats differently are one class, their containers another', () => {
  expect(classesOf(joined().read()).map((c) => [c.name, c.members.length])).toEqual([
    ['r1-h-*', 2],
    ['r1-h-*:container', 2],
    ['r2-h-*', 2],
    ['r2-h-*:container', 2],
  ]);
});

test.each<[string, (cloud: Cloud) => void]>([
  ['a table that lacks its route', (c) => c.drop('r1/all', 'M2RouteMain')],
  [
    'a table of its own',
    (c) => {
      c.add('r1/all', 'RouteTableOther', 'AWS::EC2::RouteTable', { VpcId: ref('Vpc') });
      c.set('r1/all', 'AssociationMembersB', { RouteTableId: ref('RouteTableOther') });
    },
  ],
  ['its check', (c) => c.set('r1/all', 'M2Interface', { SourceDestCheck: true })],
  ['its groups', (c) => c.set('r1/all', 'M2Interface', { GroupSet: [] })],
  ['its absence', (c) => c.drop('r1/all', 'M2Instance')],
  ['a zone without an attachment subnet', (c) => c.set('r1/all', 'VpcAttachment', { SubnetIds: [ref('SubnetAttachmentA')] })],
  [
    'a rule for its address alone',
    (c) =>
      c.add('r2/all', 'One', 'AWS::EC2::SecurityGroupIngress', {
        GroupId: ref('SecurityGroupHosts'),
        IpProtocol: 'tcp',
        FromPort: 1,
        ToPort: 1,
        CidrIp: '10.1.2.12/32',
      }),
  ],
])('a host is a class of its own by %s', (_, change) => {
  const cloud = joined();
  change(cloud);
  const names = classesOf(cloud.read())
    .filter((c) => c.place === 'r1')
    .map((c) => c.name);
  expect(names.length).toBeGreaterThan(2);
  expect(names.some((n) => n.includes('r1-h-2') && n.includes('(1 of 2)'))).toBe(true);
});

test('every pair of hosts has the answer of its classes', () => {
  const clouds = [
    joined(),
    peered(),
    withDataCentre(),
    joined().drop('r2/all', 'M1RouteAttachment'),
    peered().drop('r2/all', 'RouteR1'),
    withDataCentre().drop('r1/all', 'M2RouteAttachment'),
  ];
  for (const cloud of clouds) {
    const world = cloud.read();
    const topology = topologyOf(world);
    const { classes, cells } = reachMatrix(world);
    for (const [i, a] of classes.entries())
      for (const [j, b] of classes.entries())
        for (const from of a.members)
          for (const to of b.members) {
            if (from.name.split(':')[0] === to.name.split(':')[0]) continue;
            const single = answerPair(topology, from, to);
            const cell = cells[i]![j]!;
            expect([from.name, to.name, cell.yes, cell.yes ? undefined : cell.code]).toEqual([
              from.name,
              to.name,
              single.yes,
              single.code,
            ]);
            if (cell.yes) expect(cell.ports).toEqual(single.ports);
          }
  }
});

test('a reply that does not come back is said', () => {
  const matrix = reachMatrix(peered().drop('r2/all', 'RouteR1').read());
  expect(cellOf(matrix, 'r1-h-*', 'r2-h-*')).toEqual({ yes: false, code: 'NO_ROUTE', reply: true });
  expect(cellOf(matrix, 'r2-h-*', 'r1-h-*')).toEqual({ yes: false, code: 'NO_ROUTE' });
});

test('the matrix is of what is left when something is down', () => {
  const world = withDataCentre().read();
  const matrix = reachMatrix(world, withoutNames(world, ['idc/r1']));
  expect(cellOf(matrix, 'idc-b-*', 'r1-h-*')).toEqual({ yes: true, ports: ['all'] });
  expect(cellOf(matrix, 'idc-a-*', 'r1-h-*')).toMatchObject({ yes: false, code: 'ROUTER_DOWN' });
  const zone = reachMatrix(world, withoutNames(world, ['r1b']));
  expect(zone.classes.filter((c) => c.place === 'r1')).toHaveLength(4);
});

test('in words: classes that are treated alike stand together', () => {
  const cloud = peered();
  addRoute(cloud, 1, 'Containers', '172.17.0.0/16', { VpcPeeringConnectionId: ref('Peering2') });
  const lines = matrixLines(reachMatrix(cloud.read()));
  expect(lines[0]).toBe('r1-h-* (2)');
  expect(lines[1]).toContain('all: r1-h-*, r1-h-*:container, r2-h-*');
  expect(lines.join('\n')).toContain('no, PEERING_FOREIGN_SOURCE');
});
