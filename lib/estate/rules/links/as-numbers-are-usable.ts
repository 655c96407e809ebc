import { AS_NUMBER } from '../../../facts/aliyun/limits';
import { CLOUD_AS_NUMBERS, RESERVED_AS_NUMBERS } from '../../../facts/aws/limits';
import { set } from '../../findings/remedy';
import type { Rule } from '../rule';
import { freeAsNumber, speakers } from './as-numbers-are-distinct';

/** The cloud's side takes private AS numbers, and some numbers are nobody's. Source: "CreateTransitGateway", "CreateDirectConnectGateway" (amazonSideAsn); "CreateCustomerGateway" (reserved numbers); Aliyun VPC, "CreateBgpGroup" (LocalAsn: 45104, or a private one). */
export const asNumbersAreUsable: Rule = {
  code: 'AS_NUMBER_RANGE',
  title: 'AS numbers of gateways are private ones, and those of data centres are not reserved.',
  why: 'the cloud refuses other numbers in the middle of a deploy',
  check: (estate) =>
    speakers(estate).flatMap(({ asn, name, cloud, file, path }) => {
      const reserved = RESERVED_AS_NUMBERS.get(asn);
      if (reserved !== undefined)
        return [
          {
            file,
            path,
            message: `${asn} of ${name} is reserved: ${reserved}`,
            write: [set(path, freeAsNumber(estate))],
            fix: 'or another private number, 64512 to 65534',
          },
        ];
      if (!cloud || asn === AS_NUMBER || CLOUD_AS_NUMBERS.some(([least, most]) => asn >= least && asn <= most)) return [];
      const ranges = CLOUD_AS_NUMBERS.map(([least, most]) => `${least} to ${most}`).join(' or ');
      return [
        {
          file,
          path,
          message: `${asn} of ${name} is no private AS number`,
          write: [set(path, freeAsNumber(estate))],
          fix: `or another of ${ranges}`,
        },
      ];
    }),
};
