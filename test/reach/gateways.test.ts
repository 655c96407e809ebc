/** A Direct Connect gateway with two lines, associated with two regions: the way that packets take, and what takes over. */
import { reachMatrix } from '../../lib/reach/matrix';
import { SECOND_LINE, withSecondLine } from '../plan/second-line';
import { type Emitted, emitEstate } from './emitted';

let emitted: Emitted;
beforeAll(() => {
  emitted = emitEstate(withSecondLine());
});

const wordsOf = (answer: ReturnType<Emitted['ask']>) => [...answer.forward, ...answer.back].map(({ words }) => words).join('\n');

test('two lines of one gateway and its two associations are read: one end a line and transit gateway', () => {
  const world = emitted.read();
  expect(world.faults).toEqual([]);
  expect(world.lines.map(({ vlan, transit }) => `${vlan} ${transit.split('/')[1]}`).sort()).toEqual([
    '301 eu-west-1',
    '301 us-east-1',
    '302 eu-west-1',
    '302 us-east-1',
  ]);
  for (const { attachments } of world.transits)
    expect(attachments.filter(({ to, table }) => to.kind === 'line' && table !== undefined)).toHaveLength(2);
});

test('everyone reaches everyone: hosts and containers of both regions and the data centre', () => {
  const { classes, cells } = reachMatrix(emitted.read());
  const refused = cells.flatMap((row, i) =>
    row.flatMap((cell, j) => (cell?.yes === true ? [] : [`${classes[i]!.name} ${classes[j]!.name}`])),
  );
  expect(refused).toEqual([]);
});

test('Europe is reached by the line directly, in both directions, and not by the gateway of us-east-1', () => {
  const words = wordsOf(emitted.ask('beijing-a01-1:container', 'eu-west-1/core/worker:container'));
  expect(words).toContain('via 169.254.100.1, local preference 200, AS path 64600');
  expect(words).toContain('to the leased line of links/beijing--us-east-1/line-line, told by beijing/r1');
  expect(words).not.toContain('peering');
});

test('with the first line down the second takes over for both regions, and in both directions', () => {
  for (const region of ['us-east-1', 'eu-west-1']) {
    const answer = emitted.ask('beijing-a01-1:container', `${region}/core/worker:container`, 'line');
    expect(answer.yes).toBe(true);
    expect(wordsOf(answer)).toContain('local preference 150');
    expect(wordsOf(answer)).toContain('to the leased line of links/beijing--us-east-1/line-second, told by beijing/r2');
  }
});

test('with both lines down each region has its own VPN', () => {
  for (const [region, vpn] of [
    ['us-east-1', 'links/beijing--us-east-1/vpn-fallback'],
    ['eu-west-1', 'links/beijing--eu-west-1/vpn-europe-vpn'],
  ] as const) {
    const answer = emitted.ask('beijing-a01-1:container', `${region}/core/worker:container`, 'line', 'second');
    expect(answer.yes).toBe(true);
    expect(wordsOf(answer)).toContain('local preference 100');
    expect(wordsOf(answer)).toContain(`to the VPN of ${vpn}`);
  }
});

test('with the regions’ peering down Europe still reaches the data centre', () => {
  expect(emitted.ask('beijing', 'eu-west-1', 'eu-west-1--us-east-1').yes).toBe(true);
});

test('an association that allows nothing of Europe is seen: the data centre is told no way there', () => {
  const without = emitted.changed('links-beijing--eu-west-1-line-europe', (template) => {
    const found = Object.values(template.Resources).find(({ Type }) => Type.endsWith('GatewayAssociation'))!;
    found.Properties.AllowedPrefixesToDirectConnectGateway = [];
  });
  const answer = without.ask('beijing-a01-1', 'eu-west-1', 'europe-vpn');
  expect(answer).toMatchObject({ yes: false, code: 'NO_ROUTE' });
});

test('an attachment that is associated with no table carries nothing of either line', () => {
  const without = emitted.changed('links-beijing--us-east-1-line-line', (template) => {
    for (const [id, { Type }] of Object.entries(template.Resources))
      if (Type === 'AWS::EC2::TransitGatewayRouteTableAssociation') delete template.Resources[id];
  });
  for (const down of [[], ['line']]) expect(without.ask('beijing-a01-1', 'us-east-1', ...down).code).toBe('NOT_ASSOCIATED');
});

test('a gateway whose first line is gone carries the second one’s packets', () => {
  const kept = { kind: 'association', between: ['beijing', 'us-east-1'], asn: 64600, carries: ['hosts', 'containers'] };
  const after = emitEstate(withSecondLine({ ...SECOND_LINE, line: kept }));
  expect(after.read().faults).toEqual([]);
  const answer = after.ask('beijing-a01-1:container', 'eu-west-1/core/worker:container');
  expect(wordsOf(answer)).toContain('to the leased line of links/beijing--us-east-1/line-second');
});
