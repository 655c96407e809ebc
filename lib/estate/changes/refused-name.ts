/** Names and ids under which no region can be added. */
import type { Cloud } from '../../clouds/cloud';
import { CLOUDS } from '../../clouds/clouds';
import { nearest } from '../findings/nearest';
import type { CloudRegionId, Estate, RegionName } from '../model/model';
import { isMisnamed } from '../rules/regions/files-are-called-like-their-region';
import { REGION_NAME, REGION_NAME_RULE } from '../schema/scalars';
import { type Change, refuse } from './change';

/**
 * Why a region can't be added under a name, or with an id; undefined where it can.
 *
 * @param clouds of which the nearest region is told
 */
export function refusedName(
  estate: Estate,
  cloud: Cloud,
  name: RegionName,
  id: CloudRegionId,
  clouds: readonly Cloud[],
): Change | undefined {
  if (!cloud.regions(estate).includes(id)) {
    const near = nearest(
      id,
      clouds.flatMap((one) => one.regions(estate)),
    );
    const otherwise = name === `${id}` ? '; one that is called otherwise here: --cloud-region <its id>' : '';
    return refuse(
      'REGION_UNKNOWN',
      `${cloud.name} has no region "${id}"`,
      `${near ? `did you mean ${near}?` : `give a region such as ${cloud.exampleRegion}`}${otherwise}`,
    );
  }
  const path = `regions/${name}.yaml`;
  if (!REGION_NAME.test(name)) return refuse('FILE_NAME', `"${name}" is no name of a region`, REGION_NAME_RULE);
  if (isMisnamed(estate, { name, cloudRegion: id }))
    return refuse(
      'FILE_NAME',
      `${name} is a region of a cloud, and not ${id}`,
      `call it otherwise, for example ${cloud.provider}-${id}`,
    );
  const standing = [...estate.regions, ...estate.idcs].find((place) => place.name === name || place.file === path);
  if (standing !== undefined) {
    // Who named this cloud's region meant it, else the one that the other cloud has.
    const meant =
      'provider' in standing && standing.provider !== cloud.provider
        ? [cloud]
        : Object.values(CLOUDS).filter((one) => one !== cloud);
    const beside = meant
      .filter((one) => one.regions(estate).includes(id))
      .map(
        ({ provider, name: its }) =>
          `; that of ${its}: meissa region add ${provider}-${id} --provider ${provider} --cloud-region ${id}`,
      );
    return refuse('REGION_EXISTS', `${path} is there already`, `edit that file, or add another region${beside.join('')}`);
  }
  const twin = estate.regions.find(({ provider, cloudRegion }) => provider === cloud.provider && cloudRegion === id);
  if (twin === undefined) return undefined;
  return refuse(
    'REGION_EXISTS',
    `${id} of ${cloud.name} is described in ${twin.file} already`,
    'edit that file, or add another region',
  );
}
