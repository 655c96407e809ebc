/** `meissa images update` and `meissa images copy`: the images lock from the official feed. */
import { cloudOf } from '../../clouds/clouds';
import { IMAGES_LOCK, lockedImage, writeImagesLock } from '../lock-files/images-lock';
import type { ImagesLock } from '../model/locks';
import type { Estate } from '../model/model';
import { isObject } from '../schema/json-check';
import { type Change, refuse } from './change';
import { findRegion } from './find';

export interface FeedRelease {
  /** @default - the feed's own `release` */
  readonly release?: string;
  /** ISO date on which it was published; the feed doesn't say. */
  readonly published: string;
}

/**
 * Takes the image ids of a feed, `{ "amis": [{ "name": <region>, "hvm": <id> }] }`. Members keep the image they were
 * made with; elastic fleets get the new one. Copies of another release are dropped, for they would win over it.
 */
export function updateImages(estate: Estate, feed: string, { release, published }: FeedRelease): Change {
  const parsed = parseFeed(feed);
  const malformed = (what: string): Change =>
    refuse('FEED_MALFORMED', `the feed ${what}`, 'give the file flatcar_production_ami_all.json of a release');
  if (parsed === undefined) return malformed('has no list "amis" of names and image ids');
  const name = release ?? parsed.release;
  if (name === undefined)
    return refuse('RELEASE_MISSING', "the feed doesn't say its release", 'give it with --release, for example 3510.2.5');
  if (!/^\d{4}-\d{2}-\d{2}$/.test(published) || Number.isNaN(Date.parse(published))) {
    return refuse(
      'DATE_MALFORMED',
      `"${published}" is no date`,
      'give the day that the release was published, for example 2023-07-14',
    );
  }
  const before = estate.locks.images;
  const same = before.release === name && before.architecture === estate.images.architecture;
  const lock: ImagesLock = {
    release: name,
    published,
    architecture: estate.images.architecture,
    images: parsed.images,
    copies: same ? before.copies : {},
  };
  const text = writeImagesLock(lock);
  if (same && text === writeImagesLock(before)) return { files: [], words: [`the images are those of release ${name} already`] };
  const words = [`release ${name} of ${published}: images for ${Object.keys(parsed.images).length} regions`];
  const without = estate.regions
    .filter((r) => cloudOf(r).imagesLocked && lockedImage(lock, r.cloudRegion) === undefined)
    .map((r) => r.name);
  if (without.length > 0) words.push(`the feed has no image for ${without.join(', ')}: run \`meissa images copy\` there`);
  const dropped = same ? [] : Object.keys(before.copies).sort();
  if (dropped.length > 0)
    words.push(`copies of release ${before.release} were dropped in ${dropped.join(', ')}: run \`meissa images copy\` again`);
  return { files: [{ path: IMAGES_LOCK, text }], words };
}

/** Records a copy in the own account: from now on it starts the hosts of that region. */
export function recordCopy(estate: Estate, regionName: string, image: string): Change {
  const found = findRegion(estate, regionName);
  if ('refused' in found) return found;
  if (!/^ami-[0-9a-f]{8,17}$/.test(image))
    return refuse('IMAGE_MALFORMED', `"${image}" is no image id`, 'give an id such as ami-0dbd802e72d0b653d');
  const lock = estate.locks.images;
  if (lock.release === '')
    return refuse('IMAGE_MISSING', 'there is no release to be a copy of', 'run `meissa images update` first');
  const copies = { ...lock.copies, [found.region.cloudRegion]: image };
  return {
    files: [{ path: IMAGES_LOCK, text: writeImagesLock({ ...lock, copies }) }],
    words: [`${regionName}: hosts start with ${image}, a copy of release ${lock.release}`],
  };
}

function parseFeed(text: string): { release?: string; images: Record<string, string> } | undefined {
  let feed: unknown;
  try {
    feed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(feed) || !Array.isArray(feed.amis) || feed.amis.length === 0) return undefined;
  const images: Record<string, string> = {};
  for (const ami of feed.amis) {
    if (!isObject(ami) || typeof ami.name !== 'string' || typeof ami.hvm !== 'string') return undefined;
    if (!/^[a-z]{2}(-[a-z]+)+-\d+$/.test(ami.name) || !/^ami-[0-9a-f]{8,17}$/.test(ami.hvm)) return undefined;
    images[ami.name] = ami.hvm;
  }
  return { images, ...(typeof feed.release === 'string' ? { release: feed.release } : {}) };
}
