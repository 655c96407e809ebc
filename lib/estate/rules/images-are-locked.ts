import { imageOf } from '../lock-files/images-lock';
import { awsRegions, type Rule } from './rule';

/** Every region with an elastic fleet has an image. Source: the design of this toolkit (synth never asks the network). */
export const imagesAreLocked: Rule = {
  code: 'IMAGE_MISSING',
  title: 'Every region with an elastic fleet has an image in the images lock.',
  why: 'image ids differ by region, and what was reviewed must be what starts',
  check: (estate) =>
    awsRegions(estate)
      .filter(
        ({ name, clusters }) =>
          clusters.some((c) => c.fleets.some((f) => f.kind === 'elastic')) && imageOf(estate.locks.images, name) === undefined,
      )
      .map(({ name, file }) => ({
        file,
        path: ['region'],
        message: `no image for ${name}`,
        fix: 'run `meissa images update`, or `meissa images copy` where the feed has none',
      })),
};
