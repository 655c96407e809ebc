import { cloudOf } from '../../../clouds/clouds';
import { cidr, formatCidr, overlaps } from '../../addresses/cidr';
import type { Rule } from '../rule';

/** No block meets a range that services of its cloud have networks in. Source: "VPC CIDR blocks" (Important: 172.17.0.0/16). */
export const blocksAvoidServices: Rule = {
  code: 'RANGE_OF_SERVICES',
  title: 'No host block of an AWS region meets 172.17.0.0/16, where services have networks of their own.',
  why: 'services such as Cloud9 and SageMaker reach nothing else at these addresses',
  severity: 'warning',
  check: (estate) =>
    estate.regions.flatMap((region) => {
      const met = cloudOf(region).serviceRanges.find((range) => overlaps(region.block, cidr(range)));
      if (met === undefined) return [];
      return [
        {
          file: region.file,
          path: ['block'],
          message: `${formatCidr(region.block)} meets ${met}, which services of ${cloudOf(region).name} use`,
          fix: `write a block outside of ${met}, unless hosts stand in this one`,
        },
      ];
    }),
};
