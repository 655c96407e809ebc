/** What deploys of a second line, of a direct association and of a line that goes do to a data centre's packets, over time. */
import { SECOND_LINE, withSecondLine } from '../plan/second-line';
import { rehearsed, type Side, sideOf } from './rehearsed';

let alone: Side;
let both: Side;
beforeAll(() => {
  alone = sideOf(withSecondLine({}));
  both = sideOf(withSecondLine());
});

test('a second line by the first one’s gateway interrupts nothing', async () => {
  const second = sideOf(withSecondLine({ second: SECOND_LINE.second }));
  expect((await rehearsed(alone, second)).codes).toEqual([]);
});

test('a first line that goes and leaves its gateway to the second interrupts nothing', async () => {
  const kept = { kind: 'association', between: ['beijing', 'us-east-1'], asn: 64600, carries: ['hosts', 'containers'] };
  const after = sideOf(withSecondLine({ ...SECOND_LINE, line: kept }));
  expect((await rehearsed(both, after)).codes).toEqual([]);
});

test('a region that was reached through another one and is then associated directly is cut off while its attachment has no table', async () => {
  const direct = sideOf(withSecondLine({ europe: SECOND_LINE.europe }));
  const { loss, timeline } = await rehearsed(alone, direct);
  expect(timeline.losses.map(({ name }) => name)).toEqual(['CUT_OFF:links/beijing--eu-west-1/line-europe']);
  const { from, to } = loss('CUT_OFF') as unknown as { from: number; to: number };
  expect(to - from).toBeLessThan(10);
});

test('a line that changes its gateway is refused, with the line named: its VLAN is taken while the old one stands', async () => {
  const own = { ...SECOND_LINE.second, gateway: undefined, asn: 64620 };
  const before = sideOf(withSecondLine({ second: own }));
  const after = sideOf(withSecondLine({ second: SECOND_LINE.second }));
  const { stack, why } = (await rehearsed(before, after)).loss('DEPLOY_FAILS');
  expect(stack).toBe('links/beijing--us-east-1/line-second');
  expect(why).toContain('VLAN 302 is already in use on connection dxcon-gh6789ij');
});
