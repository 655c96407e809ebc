/** What a selection of regions and links comes to, for every cloud, in a folder: `cdk.out` and `aliyun.out` where there is something. */
import { join } from 'node:path';
import { replaceFolder, writeTexts } from '../disk/owned-folder';
import type { Estate } from '../estate/model/model';
import { planEstate } from '../plan/plan';
import { aliyunOut, assemblyFiles } from './aliyun-out';
import { type EstateAppOptions, synthEstate } from './estate-app';

export interface Emission {
  /** Folder of the cloud assembly. @default - nothing of AWS is selected */
  readonly aws?: string;
  /** Folder of the ROS assembly. @default - nothing of Aliyun is selected */
  readonly aliyun?: string;
}

export interface EmissionOptions extends Pick<EstateAppOptions, 'check' | 'selected'> {
  readonly regions: readonly string[];
  /** By path. */
  readonly links: readonly string[];
}

export function emitOut(estate: Estate, { regions, links, check, selected }: EmissionOptions, folder: string): Emission {
  const chosen = links.length === 0 ? {} : { links };
  const clouds = new Set([
    ...estate.regions.filter((region) => regions.includes(region.name)).map((region) => region.provider),
    ...(links.length === 0
      ? []
      : planEstate(estate)
          .links.filter((link) => links.includes(link.path))
          .map((link) => link.cloud)),
  ]);
  const aws = join(folder, 'cdk.out');
  const aliyun = join(folder, 'aliyun.out');
  // What can be refused comes before anything is written.
  const ros = clouds.has('aliyun') ? aliyunOut(estate, { regions, selected, ...chosen }) : undefined;
  if (clouds.has('aws')) synthEstate(estate, { outdir: aws, regions, check, selected, ...chosen });
  if (ros !== undefined) replaceFolder({ path: aliyun, kind: 'aliyun.out', write: writeTexts(assemblyFiles(ros.assembly)) });
  return { ...(clouds.has('aws') ? { aws } : {}), ...(ros === undefined ? {} : { aliyun }) };
}
