/** Zones that a new account sees, where they aren't simply a, b and c ("Regions and Zones", Amazon EC2 user guide). */
const letters: Record<string, string> = {
  'us-east-1': 'abcdef',
  'us-west-1': 'abc',
  'us-west-2': 'abcd',
  'ap-northeast-1': 'acd',
  'ap-northeast-2': 'abcd',
  'ca-central-1': 'abd',
  'cn-north-1': 'abd',
};

/** The zones of a region. */
export const zonesOf = (region: string): string[] => [...(letters[region] ?? 'abc')].map((letter) => region + letter);

/** Zones that only accounts from before they were closed see. */
const closed: Record<string, string> = { 'ap-northeast-1': 'b' };

/** Regions whose zones are a, b and c. One that is in neither table is newer than this one. */
const three = new Set(
  ['af-south-1', 'ap-east-1', 'ap-east-2', 'ap-northeast-3', 'ap-south-1', 'ap-south-2', 'ap-southeast-1', 'ap-southeast-2']
    .concat(['ap-southeast-3', 'ap-southeast-4', 'ap-southeast-5', 'ap-southeast-6', 'ap-southeast-7', 'ca-west-1'])
    .concat(['eu-central-1', 'eu-central-2', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3'])
    .concat(['il-central-1', 'me-central-1', 'me-south-1', 'mx-central-1', 'sa-east-1', 'us-east-2', 'cn-northwest-1']),
);

/** Whether a zone can be used at all: whose estate is rehearsed may have an older account, or declare a newer region. */
export const zoneExists = (region: string, zone: string): boolean => {
  if (zonesOf(region).includes(zone) || [...(closed[region] ?? '')].some((letter) => region + letter === zone)) return true;
  const newer = letters[region] === undefined && !three.has(region);
  return newer && zone.startsWith(region) && /^[a-h]$/.test(zone.slice(region.length));
};

/** The partition that a region belongs to. */
export const partitionOf = (region: string): string => (region.startsWith('cn-') ? 'aws-cn' : 'aws');
