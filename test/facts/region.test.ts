import { AWS_REGIONS, awsZones } from '../../lib/facts/aws/regions';
import { cloudRegionId, type RegionName } from '../../lib/facts/region';
import { linksRoleName } from '../../lib/plan/names';

test('the compiler takes no name of an estate where a cloud is asked, and no id where the estate names something', () => {
  const name: RegionName = 'us-east-1';
  const id = cloudRegionId('us-east-1');
  // @ts-expect-error a name of the estate
  expect(awsZones(AWS_REGIONS, name)).toEqual(awsZones(AWS_REGIONS, id));
  // @ts-expect-error an id of a cloud
  expect(linksRoleName('example', id)).toBe(linksRoleName('example', name));
});
