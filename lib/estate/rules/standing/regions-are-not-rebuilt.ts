import { set } from '../../findings/remedy';
import type { Rule } from '../rule';
import { standingRegions } from './standing-regions';

/** The generation of a region with members stays. Source: "AWS::EC2::NetworkInterface" (SubnetId: replacement); the design of this toolkit. */
export const regionsAreNotRebuilt: Rule = {
  code: 'REGION_REBUILT',
  title: 'The generation of a region with members stays.',
  why: 'it stands in the names of network and subnets: all are made anew, and with them every interface and instance, whose system disks are gone; the deploy fails while the old instances hold addresses and volumes',
  check: (estate) =>
    standingRegions(estate).flatMap(({ region, lock, standing: { generation } }) => {
      if (generation === undefined || generation === region.generation) return [];
      return [
        {
          file: region.file,
          path: ['generation'],
          message: `generation ${region.generation}, but ${lock.members.size} members stand in generation ${generation}`,
          write: [set(['generation'], generation)],
          also: [estate.locate(lock.file, ['generation'])],
          acceptable: { region, name: region.name },
        },
      ];
    }),
};
