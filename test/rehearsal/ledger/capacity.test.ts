import { mutated, rehearsed, sideOfFiles } from '../rehearsed';
import { each, proposed, REGION, small } from '../small';

const ADSERVER = `${REGION}/core-adserver`;

test('an elastic fleet keeps its floor while its hosts are exchanged', async () => {
  const { rehearsal, codes } = await rehearsed(
    sideOfFiles(small()),
    proposed((core) => {
      core.fleets.adserver.instanceType = 'c5.2xlarge';
    }),
  );
  expect(rehearsal.hosts.some(({ name, up }) => !up && name.includes('adserver'))).toBe(true);
  expect(codes).toEqual([]);
});

test('without MinInstancesInService all of its hosts go at once', async () => {
  const after = mutated(
    proposed((core) => {
      core.fleets.adserver.instanceType = 'c5.2xlarge';
    }),
    ADSERVER,
    (template) =>
      each(template, 'AWS::AutoScaling::AutoScalingGroup', ({ UpdatePolicy }) => {
        Object.assign(UpdatePolicy.AutoScalingRollingUpdate, { MinInstancesInService: 0, MaxBatchSize: 2 });
      }),
  );
  const { codes, loss } = await rehearsed(sideOfFiles(small()), after);
  expect(codes).toEqual(['error CAPACITY_BELOW_FLOOR']);
  expect(loss('CAPACITY_BELOW_FLOOR')).toMatchObject({ name: `CAPACITY_BELOW_FLOOR:${ADSERVER}`, stack: ADSERVER });
  expect(loss('CAPACITY_BELOW_FLOOR').what).toMatch(
    /^sa-east-1\/core\/adserver has 0 well hosts .* and is to have 2 at any time$/,
  );
});
