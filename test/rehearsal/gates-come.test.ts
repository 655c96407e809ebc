/** Gates that come to members that stand: a region that was deployed by a version which put none between them. */
import { hostStops } from '../../lib/rehearsal/outages';
import { mutated, rehearsed, sideOfFiles } from './rehearsed';
import { STORAGE, small } from './small';
import { ungate } from './ungated';

test('hosts that stand see their tag and signal: none of them stops, and each gate is passed', async () => {
  const stands = sideOfFiles(small());
  const { rehearsal, codes } = await rehearsed(mutated(stands, STORAGE, ungate), stands);
  expect(codes).toEqual([]);
  expect(hostStops(rehearsal).outages).toEqual([]);
  const gates = rehearsal.steps.filter(({ act, failed }) => act === 'wait' && failed === undefined);
  expect(gates.map(({ logicalId }) => logicalId.replace(/Gate.*/, ''))).toEqual(['M1', 'M2', 'M3', 'M4']);
});
