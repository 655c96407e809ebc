import { formatCidr } from '../../addresses/cidr';
import { set } from '../../findings/remedy';
import type { Rule } from '../rule';
import { standingRegions } from './standing-regions';

/** A region with members stays in its block. Source: "AWS::EC2::VPC" (CidrBlock: replacement); "ALIYUN::ECS::VPC" (CidrBlock is not editable). */
export const blocksStay: Rule = {
  code: 'BLOCK_MOVED',
  title: 'The block of a region with members stays.',
  why: 'another block is another network: every subnet, interface and instance of the region is another one, at another address, and every route to it is wrong until the last place is deployed',
  check: (estate) =>
    standingRegions(estate).flatMap(({ region, lock, standing: { block } }) => {
      const now = formatCidr(region.block);
      if (block === undefined || block === now) return [];
      return [
        {
          file: region.file,
          path: ['block'],
          message: `${lock.members.size} members stand in ${block}, and would stand in ${now}`,
          write: [set(['block'], block)],
          fix: 'another block is another region, which `meissa region add` makes beside this one',
          also: [estate.locate(lock.file, ['block'])],
          acceptable: { region, name: region.name },
        },
      ];
    }),
};
