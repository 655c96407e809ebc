import { memberNumbers, memberPlace } from '../../addresses/member-number';
import { memberKey } from '../../model/locks';
import { membersFleets, type Problem, type Rule } from '../rule';

/** No property whose change replaces an instance differs from the members lock. Source: "AWS::EC2::Instance" (update requires: replacement), "AWS::EC2::NetworkInterface" (SubnetId, PrivateIpAddress). */
export const membersAreNeverReplaced: Rule = {
  code: 'MEMBER_REPLACED',
  title: "Zone, root disk and key pair of a member that stands don't change.",
  why: 'CloudFormation makes the new host before it deletes the old one, and the old one still holds the interface: the deploy fails, or the data is gone',
  check: (estate) =>
    membersFleets(estate).flatMap(({ region, cluster, fleet, path }) => {
      const lock = estate.locks.members.get(region.name);
      if (lock === undefined || fleet.zones.length === 0) return [];
      const told = new Map<string, Problem & { members: number[] }>();
      const tell = (n: number, key: string, message: string, fix: string): void => {
        const before = told.get(key);
        if (before) before.members.push(n);
        else
          told.set(key, {
            file: region.file,
            path: [...path, key],
            message,
            fix,
            members: [n],
            also: [estate.locate(lock.file, ['members', memberKey(cluster.name, fleet.name, n)])],
          });
      };
      for (const n of memberNumbers(fleet)) {
        const entry = lock.members.get(memberKey(cluster.name, fleet.name, n));
        if (entry === undefined) continue;
        const { zone } = memberPlace(fleet, n);
        if (entry.zone !== zone)
          tell(
            n,
            'zones',
            `member ${n} stands in ${entry.zone}, and would stand in ${zone}`,
            'write the `zones` of the fleet as they were when it was made',
          );
        if (entry.rootGb !== fleet.rootGb)
          tell(
            n,
            'rootGb',
            `member ${n} was made with a root disk of ${entry.rootGb} GiB, not ${fleet.rootGb}`,
            `write \`rootGb: ${entry.rootGb}\`; put data on a volume, which grows in place`,
          );
        if (entry.key !== fleet.keyName)
          tell(
            n,
            'keyName',
            `member ${n} was made with ${entry.key ? `the key pair "${entry.key}"` : 'no key pair'}`,
            entry.key ? `write \`keyName: ${entry.key}\`` : 'leave `keyName` out; keys come with the base profile',
          );
      }
      return [...told.values()].map(({ members, ...problem }) =>
        members.length === 1 ? problem : { ...problem, message: `${problem.message} (and ${members.length - 1} more)` },
      );
    }),
};
