import { run } from '../../findings/remedy';
import { IMAGES_LOCK } from '../../lock-files/images-lock';
import type { Rule } from '../rule';

/** The images lock is of the architecture that the estate wants. Source: "AMI types" (architecture). */
export const imagesMatchTheArchitecture: Rule = {
  code: 'IMAGE_ARCHITECTURE',
  title: 'The images are of the architecture that estate.yaml names.',
  why: "hosts would start with an image that their processor can't run",
  check({ images, locks }) {
    const locked = locks.images.architecture;
    if (locked === '' || locked === images.architecture) return [];
    return [
      {
        file: IMAGES_LOCK,
        path: ['architecture'],
        message: `the images are ${locked}, the estate wants ${images.architecture}`,
        write: [run('images update')],
        fix: 'or change `images.architecture` in estate.yaml together with the instance types',
      },
    ];
  },
};
