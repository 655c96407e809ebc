/** Which image new hosts of a region get. */
import { CLOUDS } from '../../clouds/clouds';
import { cloudRegionId } from '../../facts/region';
import type { Advice } from '../findings/finding';
import { run, set } from '../findings/remedy';
import { lockedImage } from '../lock-files/images-lock';
import type { Estate, Region } from './model';

/** AWS: from the images lock. Aliyun: as written, for ids of public images hold their date. Undefined where there is none. */
export function imageOf(estate: Pick<Estate, 'locks'>, region: Region): string | undefined {
  if (region.provider === 'aws') return lockedImage(estate.locks.images, region.cloudRegion);
  return region.aliyun.image === '' ? undefined : region.aliyun.image;
}

/** What to do where a region has none. */
export function imageFix({ provider }: Region): string {
  return CLOUDS[provider].imageFix;
}

/** The advice of it for one region, as steps. */
export function imageAdvice({ locks, awsRegions }: Pick<Estate, 'locks' | 'awsRegions'>, region: Region): Advice {
  if (region.provider !== 'aws')
    return {
      write: [set(['aliyun', 'image'], 'aliyun_3_x64_20G_alibase_20240819.vhd')],
      fix: 'here or in estate.yaml; ids of public images hold their date',
    };
  if (locks.images.release === '') return { write: [run('images update')] };
  const partition = awsRegions.get(region.cloudRegion)?.partition;
  const near = Object.keys(locks.images.images).some((id) => awsRegions.get(cloudRegionId(id))?.partition === partition);
  return near
    ? { write: [run(`images copy ${region.name}`)], fix: 'the feed of this release has none for it' }
    : {
        fix: `run \`meissa images update --feed\` with a feed that has ${region.name}: no region of its partition has an image to copy`,
      };
}
