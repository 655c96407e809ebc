import { set } from '../../findings/remedy';
import { regionsOf } from '../../regions-of';
import { type Rule, wholeRegions } from '../rule';

/** China and GovCloud regions lie in partitions of their own, with accounts of their own. Source: "AWS General Reference", Amazon Resource Names (partition). */
export const partitionMatchesRegion: Rule = {
  code: 'PARTITION',
  title: 'The partition is that of the region.',
  why: 'names of resources hold the partition; in the wrong one every permission points at nothing',
  check: (estate) =>
    regionsOf({ regions: wholeRegions(estate) }, 'aws').flatMap(({ name, cloudRegion, file, aws }) => {
      const right = estate.awsRegions.get(cloudRegion)?.partition;
      if (right === undefined || right === aws.partition) return [];
      return [
        {
          file,
          path: ['aws', 'partition'],
          message: `${name} lies in the partition ${right}, not ${aws.partition}`,
          write: [set(['aws', 'partition'], right)],
          fix: `with an account of that partition beside it`,
        },
      ];
    }),
};
