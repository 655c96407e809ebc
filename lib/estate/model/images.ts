/** Which image new hosts of a region get. */
import { CLOUDS } from '../../clouds/clouds';
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
