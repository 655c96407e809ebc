import { cloudOf } from '../../../clouds/clouds';
import { set } from '../../findings/remedy';
import { fleets, type Rule } from '../rule';

/** A small type of each processor. */
const TYPES = {
  aws: { amd64: 'm5.large', arm64: 'm6g.large' },
  aliyun: { amd64: 'ecs.g7.large', arm64: 'ecs.g8y.large' },
} as const;

/** The processor of a type is that of the image. Source: "Amazon EC2 instance types" (Graviton), "AMI types" (architecture). */
export const processorsMatchTheImage: Rule = {
  code: 'ARCHITECTURE',
  title: 'The processor of every instance type is that of the images.',
  why: "an image of another architecture doesn't boot, and the launch is refused",
  check: (estate) =>
    fleets(estate).flatMap(({ region, fleet, path }) => {
      const facts = cloudOf(region).instanceType(fleet.instanceType);
      const wanted = estate.images.architecture;
      if (facts === undefined || facts.architecture === wanted) return [];
      const message = `${fleet.instanceType} is ${facts.architecture}, the images are ${wanted}`;
      return [
        {
          file: region.file,
          path: [...path, 'instanceType'],
          message,
          write: [set([...path, 'instanceType'], TYPES[region.provider][wanted])],
          fix: `or another type of ${wanted}`,
        },
      ];
    }),
};
