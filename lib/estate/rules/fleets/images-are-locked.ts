import { imageAdvice, imageOf } from '../../model/images';
import { type Rule, wholeRegions } from '../rule';

/** Every region with an elastic fleet has an image. Source: the design of this toolkit (synth never asks the network). */
export const imagesAreLocked: Rule = {
  code: 'IMAGE_MISSING',
  title: 'Every region with an elastic fleet has an image: in the images lock, on Aliyun in `aliyun.image`.',
  why: 'image ids differ by region, and what was reviewed must be what starts',
  check: (estate) =>
    wholeRegions(estate)
      .filter(
        (region) =>
          region.clusters.some((c) => c.fleets.some((f) => f.kind === 'elastic')) && imageOf(estate, region) === undefined,
      )
      .map((region) => ({
        file: region.file,
        path: ['region'],
        message: `no image for ${region.name}`,
        ...imageAdvice(estate, region),
      })),
};
