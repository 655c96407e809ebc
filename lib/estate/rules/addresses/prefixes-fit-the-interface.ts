import { addressesPerInterface } from '../../../facts/aws/interface-addresses';
import { set } from '../../findings/remedy';
import { fleets, type Problem, type Rule } from '../rule';

/** A prefix counts as an address of its interface. Source: "Assign prefixes to Amazon EC2 network interfaces"; "Maximum IP addresses per network interface". */
export const prefixesFitTheInterface: Rule = {
  code: 'PREFIXES_PER_HOST',
  title: "In mode prefix a host has at most as many prefixes as its type's interface takes.",
  why: 'the host would not start: an interface takes one address of its own and a prefix for each further one',
  check: (estate) =>
    fleets(estate).flatMap(({ region, fleet, path }): Problem[] => {
      const { mode, prefixesPerHost } = region.containers;
      const addresses = mode === 'prefix' ? addressesPerInterface(fleet.instanceType) : undefined;
      if (addresses === undefined || prefixesPerHost <= addresses - 1) return [];
      return [
        {
          file: region.file,
          path: [...path, 'instanceType'],
          message: `an interface of ${fleet.instanceType} takes ${addresses - 1} prefixes beside its address, not ${prefixesPerHost}`,
          write: [set(['containers', 'prefixesPerHost'], addresses - 1)],
          fix: 'a larger type has room for more',
          also: [estate.locate(region.file, ['containers', 'prefixesPerHost'])],
        },
      ];
    }),
};
