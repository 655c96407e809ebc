/** Gates that come to members that stand: a region that was deployed by a version which put none between them. */
import { hostStops } from '../../lib/rehearsal/outages';
import type { Anything } from '../estate/written';
import { mutated, rehearsed, type Side, sideOfFiles } from './rehearsed';
import { STORAGE, small } from './small';

/** As it was emitted without: the next member waits until the one before runs. */
const ungated = (side: Side): Side =>
  mutated(side, STORAGE, ({ Resources }: Anything) => {
    for (const [id, { Type, Properties, ...rest }] of Object.entries<Anything>(Resources)) {
      if (Type === 'AWS::CloudFormation::WaitCondition') delete Resources[id];
      if (Type !== 'AWS::EC2::Instance') continue;
      Properties.Tags = Properties.Tags.filter(({ Key }: { Key: string }) => Key !== 'meissa:gate');
      Resources[id] = {
        Type,
        Properties,
        ...rest,
        ...(rest.DependsOn && { DependsOn: rest.DependsOn.map((on: string) => on.replace(/Gate.*/, 'InstanceG1')) }),
      };
    }
  });

test('hosts that stand see their tag and signal: none of them stops, and each gate is passed', async () => {
  const stands = sideOfFiles(small());
  const { rehearsal, codes } = await rehearsed(ungated(stands), stands);
  expect(codes).toEqual([]);
  expect(hostStops(rehearsal).outages).toEqual([]);
  const gates = rehearsal.steps.filter(({ act, failed }) => act === 'wait' && failed === undefined);
  expect(gates.map(({ logicalId }) => logicalId.replace(/Gate.*/, ''))).toEqual(['M1', 'M2', 'M3', 'M4']);
});
