import { hostName } from '../../addresses/member-number';
import { fleets, type Rule } from '../rule';
import { calledOtherwise } from './names-are-distinct';

/** No two regions call their hosts alike. Source: the design of this toolkit (`<region>-<cluster>-<fleet>-<number>`, also of roles, which are global in an account). */
export const hostsAreCalledApart: Rule = {
  code: 'HOST_NAME_CLASH',
  title: 'No two regions call their hosts alike.',
  why: 'hosts, roles and configurations are found by this name, in whichever region they are',
  check: (estate) => {
    const all = fleets(estate);
    const taken = new Set(all.map(({ region, cluster, fleet }) => hostName(region.name, cluster.name, fleet.name, 1)));
    const owners = new Map<string, string>();
    return all.flatMap(({ region, cluster, fleet, path }) => {
      const host = hostName(region.name, cluster.name, fleet.name, 1);
      const owner = owners.get(host);
      owners.set(host, owner ?? region.name);
      // Within a region NamesAreDistinct tells it.
      if (owner === undefined || owner === region.name) return [];
      const message = `its hosts would be called ${host}, as those of ${owner} are`;
      const isApart = (name: string): boolean => !taken.has(hostName(region.name, cluster.name, name, 1));
      return [{ file: region.file, path, message, ...calledOtherwise(region, cluster, fleet, isApart) }];
    });
  },
};
