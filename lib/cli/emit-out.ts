/** What a selection of regions and links comes to, for every cloud, in a folder: `cdk.out` and `aliyun.out` where there is something. */
import { join } from 'node:path';
import type { Estate } from '../estate/model';
import { planEstate } from '../plan/plan';
import { aliyunOut, assemblyFiles } from './aliyun-out';
import { synthEstate } from './estate-app';
import { writeFolder } from './out-folder';

export interface Emission {
  /** Folder of the cloud assembly. @default - nothing of AWS is selected */
  readonly aws?: string;
  /** Folder of the ROS assembly. @default - nothing of Aliyun is selected */
  readonly aliyun?: string;
}

/** @param links by path */
export function emitOut(
  estate: Estate,
  { regions, links }: { readonly regions: readonly string[]; readonly links: readonly string[] },
  folder: string,
): Emission {
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
  const ros = clouds.has('aliyun') ? aliyunOut(estate, { regions, ...chosen }) : undefined;
  if (clouds.has('aws')) synthEstate(estate, { outdir: aws, regions, ...chosen });
  if (ros !== undefined) writeFolder(assemblyFiles(ros.assembly), aliyun, estate.past);
  return { ...(clouds.has('aws') ? { aws } : {}), ...(ros === undefined ? {} : { aliyun }) };
}
