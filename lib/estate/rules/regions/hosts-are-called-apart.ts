import { hostName } from '../../addresses/member-number';
import { fleets, type Rule } from '../rule';

/** No two regions call their hosts alike. Source: the design of this toolkit (`<region>-<cluster>-<fleet>-<number>`, also of roles, which are global in an account). */
export const hostsAreCalledApart: Rule = {
  code: 'HOST_NAME_CLASH',
  title: 'No two regions call their hosts alike.',
  why: 'hosts, roles and configurations are found by this name, in whichever region they are',
  check: (estate) => {
    const owners = new Map<string, string>();
    return fleets(estate).flatMap(({ region, cluster, fleet, path }) => {
      const host = hostName(region.name, cluster.name, fleet.name, 1);
      const owner = owners.get(host);
      owners.set(host, owner ?? region.name);
      // Within a region NamesAreDistinct tells it.
      if (owner === undefined || owner === region.name) return [];
      const message = `its hosts would be called ${host}, as those of ${owner} are`;
      return [{ file: region.file, path, message, fix: `call ${fleet.name} otherwise` }];
    });
  },
};
