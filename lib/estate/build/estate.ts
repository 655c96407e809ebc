/** From checked files to what they describe. */
import { AWS_REGIONS, type AwsRegions } from '../../facts/aws/regions';
import { cloudRegionId } from '../../facts/region';
import { cidr } from '../addresses/cidr';
import { attempt } from '../findings/attempt';
import type { Finding } from '../findings/finding';
import type { Estate } from '../model/model';
import type { YamlFile } from '../read/yaml-file';
import type { EstateFile } from '../schema/estate-schema';
import type { IdcFile } from '../schema/idc-schema';
import { buildIdc } from './idc';
import { buildLinks } from './links';
import { buildRegion } from './region';
import type { WrittenRegion } from './unused-parameters';

export interface WrittenIdc {
  readonly file: YamlFile;
  readonly value: IdcFile;
}

/** What was read of the places, in order of their files. */
export interface Places {
  readonly regions: WrittenRegion[];
  readonly idcs: WrittenIdc[];
}

/** What the files describe, without what stands beside them. */
export function buildModel(
  { file, value }: { readonly file: YamlFile; readonly value: EstateFile },
  { regions: writtenRegions, idcs: writtenIdcs }: Places,
  profiles: Estate['profiles'],
  findings: Finding[],
): Omit<Estate, 'profiles' | 'locks' | 'locate' | 'past'> {
  const context = { estate: value, estateSource: file, profiles };
  const built = <T>(path: string, step: string, build: () => { readonly findings: readonly Finding[] } & T): T[] => {
    const made = attempt(path, step, build);
    findings.push(...('value' in made ? made.value.findings : made.findings));
    return 'value' in made ? [made.value] : [];
  };
  const regions = writtenRegions
    .flatMap((region) => built(region.file.file, 'the region', () => buildRegion(region, context)))
    .map(({ region }) => region)
    .sort(byName);
  const idcs = writtenIdcs
    .flatMap(({ file, value }) => built(file.file, 'the data centre', () => buildIdc(file, value, context)))
    .map(({ idc }) => idc)
    .sort(byName);
  const links = buildLinks(value.links, { source: file, regions, idcs, quotas: value.quotas });
  findings.push(...links.findings);
  const { estate: name, central, addressing, images, discovery, tags, quotas, aliyun } = value;
  return {
    ...{ name, images, discovery, tags, quotas, regions, idcs, links: links.links },
    ...(central === undefined ? {} : { central }),
    addressing: { hosts: pool(addressing.hosts), containers: pool(addressing.containers) },
    ...(aliyun?.cen === undefined ? {} : { cen: aliyun.cen }),
    ...knownRegions(value),
  };
}

/**
 * A region that AWS opened after this version's table was written is declared by the estate; a declared one wins.
 *
 * @param file undefined where it can't be read
 */
export function knownRegions(file: EstateFile | undefined): Pick<Estate, 'awsRegions'> {
  const declared = Object.entries(file?.awsRegions ?? {});
  if (declared.length === 0) return { awsRegions: AWS_REGIONS };
  const awsRegions: AwsRegions = new Map([
    ...AWS_REGIONS,
    ...declared.map(([name, { zones, partition }]) => [cloudRegionId(name), { partition, letters: zones.join('') }] as const),
  ]);
  return { awsRegions };
}

function pool(written: { pool: string; block: number }): Estate['addressing']['hosts'] {
  return { pool: cidr(written.pool), blockBits: written.block };
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
