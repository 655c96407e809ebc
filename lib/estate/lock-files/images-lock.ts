/** `regions/images.lock.yaml`: read and written. */
import type { CloudRegionId } from '../../facts/region';
import type { ImagesLock } from '../model/locks';
import { header, mapping, scalar } from './canonical';

export const IMAGES_LOCK = 'regions/images.lock.yaml';

/** What stands where no lock was written yet: no image for any region. */
export const noImages: ImagesLock = { release: '', published: '', architecture: '', images: {}, copies: {} };

/** Image of a region: the copy in the own account, else the published one. */
export function lockedImage(lock: ImagesLock, region: CloudRegionId): string | undefined {
  return own(lock.copies, region) ?? own(lock.images, region);
}

function own(values: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(values, key) ? values[key] : undefined;
}

export function writeImagesLock(lock: ImagesLock): string {
  return [
    header('meissa images update', 'meissa images copy'),
    `release: ${scalar(lock.release)}\n`,
    `published: ${scalar(lock.published)}\n`,
    `architecture: ${scalar(lock.architecture)}\n`,
    mapping('images', lock.images),
    mapping('copies', lock.copies),
  ].join('');
}
