import { CLOUDS } from '../../../clouds/clouds';
import { IMAGE_AGE_DAYS } from '../../../facts/aws/limits';
import { add, run } from '../../findings/remedy';
import { IMAGES_LOCK } from '../../lock-files/images-lock';
import { ESTATE_PATH, type Rule, wholeRegions } from '../rule';

const DAY = 86_400_000;

/** A published image on an elastic fleet is under six months old, copied, or accepted by name. Source: Flatcar, "Running Flatcar Container Linux on AWS EC2" (images remain available for nine months). */
export const imagesAreYoung: Rule = {
  code: 'IMAGE_OLD',
  severity: 'warning',
  title: 'Elastic fleets use images that are under six months old, copied or accepted.',
  why: "published images disappear after nine months, and then a group can't replace a lost host",
  check(estate, { today }) {
    const { release, published } = estate.locks.images;
    if (today === undefined || release === '' || estate.images.accept.some((a) => a.release === release)) return [];
    const days = Math.floor((Date.parse(today) - Date.parse(published)) / DAY);
    if (!(days > IMAGE_AGE_DAYS)) return [];
    const using = wholeRegions(estate)
      .filter(
        ({ cloudRegion, provider, clusters }) =>
          CLOUDS[provider].imagesLocked &&
          !Object.hasOwn(estate.locks.images.copies, cloudRegion) &&
          clusters.some((c) => c.fleets.some((f) => f.kind === 'elastic')),
      )
      .map((r) => r.name);
    if (using.length === 0) return [];
    return [
      {
        file: IMAGES_LOCK,
        path: ['published'],
        message: `release ${release} was published ${days} days ago and starts hosts in ${using.join(', ')}`,
        write: [run('images update'), add(['images', 'accept'], { release, reason: '...' }, ESTATE_PATH)],
        fix: '`meissa images copy` keeps this release in your account',
      },
    ];
  },
};
