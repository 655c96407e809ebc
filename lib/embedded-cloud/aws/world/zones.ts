import { AWS_REGIONS } from '../../../facts/aws/regions';
import { cloudRegionId } from '../../../facts/region';

/** The zones of a region that a new account sees. */
export const zonesOf = (region: string): string[] => {
  const { letters, usual } = AWS_REGIONS.get(cloudRegionId(region)) ?? { letters: 'abc' };
  return [...(usual ?? letters)].map((letter) => region + letter);
};

/** Whether a zone can be used at all: whose estate is rehearsed may have an older account, or declare a newer region. */
export const zoneExists = (region: string, zone: string): boolean =>
  zone.startsWith(region) &&
  new RegExp(`^[${AWS_REGIONS.get(cloudRegionId(region))?.letters ?? 'a-h'}]$`).test(zone.slice(region.length));

/** The partition that a region belongs to. */
export const partitionOf = (region: string): string => AWS_REGIONS.get(cloudRegionId(region))?.partition ?? 'aws';
