import { cloudOf } from '../../../clouds/clouds';
import { imageAdvice, imageOf } from '../../model/images';
import type { Region } from '../../model/model';
import { some } from '../links/link-entry';
import { type Problem, type Rule, wholeRegions } from '../rule';

/** Every region with an elastic fleet has an image. Source: the design of this toolkit (synth never asks the network). */
export const imagesAreLocked: Rule = {
  code: 'IMAGE_MISSING',
  title: 'Every region with an elastic fleet has an image: in the images lock, on Aliyun in `aliyun.image`.',
  why: 'image ids differ by region, and what was reviewed must be what starts',
  check: (estate) => {
    const without = wholeRegions(estate).filter(
      (region) =>
        region.clusters.some((c) => c.fleets.some((f) => f.kind === 'elastic')) &&
        imageOf(estate, region) === undefined &&
        // A region that is not there has none: RegionsExist tells of it.
        cloudOf(region).regions(estate).includes(region.cloudRegion),
    );
    // Where there is no lock at all, that is one cause.
    const unlocked = estate.locks.images.release === '' ? without.filter((region) => cloudOf(region).imagesLocked) : [];
    const told = [
      ...without.filter((region) => !unlocked.includes(region)).map((region) => [region]),
      ...(unlocked.length === 0 ? [] : [unlocked]),
    ];
    return told.map((regions): Problem => {
      const [region, ...others] = regions as [Region, ...Region[]];
      const message = `no image for ${some(regions.map(({ name }) => name))}`;
      const also = others.map((other) => estate.locate(other.file, ['region']));
      return { file: region.file, path: ['region'], message, ...imageAdvice(estate, region), ...(also.length > 0 && { also }) };
    });
  },
};
