import { SERVICES_RANGE } from '../../../facts/aws/limits';
import { cidr, formatCidr, overlaps } from '../../addresses/cidr';
import { regionsOf } from '../../regions-of';
import type { Rule } from '../rule';

/** No block of an AWS region meets the range that services of AWS have networks in. Source: "VPC CIDR blocks" (Important). */
export const blocksAvoidServices: Rule = {
  code: 'RANGE_OF_SERVICES',
  title: `No host block of an AWS region meets ${SERVICES_RANGE}.`,
  why: 'services such as Cloud9 and SageMaker have networks of their own there, and reach nothing else at these addresses',
  severity: 'warning',
  check: (estate) =>
    regionsOf(estate, 'aws')
      .filter(({ block }) => overlaps(block, cidr(SERVICES_RANGE)))
      .map(({ file, block }) => ({
        file,
        path: ['block'],
        message: `${formatCidr(block)} meets ${SERVICES_RANGE}, which services of AWS use`,
        fix: `write a block outside of ${SERVICES_RANGE}, unless hosts stand in this one`,
      })),
};
