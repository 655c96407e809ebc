import { set } from '../../findings/remedy';
import { fleets, type Problem, type Rule } from '../rule';

/** The sizes of an elastic fleet are in order. Source: "UpdatePolicy attribute" (MinInstancesInService below MaxSize). */
export const elasticSizesAreInOrder: Rule = {
  code: 'ELASTIC_SIZE',
  title: 'min is at most max, and a batch leaves hosts in service.',
  why: 'the group is refused, or an update takes all of its hosts at once',
  check: (estate) =>
    fleets(estate).flatMap(({ region, fleet, path }): Problem[] => {
      if (fleet.kind !== 'elastic') return [];
      const { min, max, maxBatch } = fleet;
      if (min > max)
        return [
          {
            file: region.file,
            path: [...path, 'min'],
            message: `min ${min} is over max ${max}`,
            write: [set([...path, 'min'], max)],
          },
        ];
      if (max === 0 || maxBatch <= max) return [];
      return [
        {
          file: region.file,
          path: [...path, 'maxBatch'],
          message: `a batch of ${maxBatch} is over max ${max}`,
          write: [set([...path, 'maxBatch'], 1)],
        },
      ];
    }),
};
