import { memberNumbers, memberPlace } from '../../addresses/member-number';
import type { Advice } from '../../findings/finding';
import { remove, set } from '../../findings/remedy';
import type { MemberEntry } from '../../model/locks';
import { memberKey } from '../../model/locks';
import type { Cluster, MembersFleet, Region } from '../../model/model';
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
      const tell = (n: number, key: string, message: string, advice: Advice): void => {
        const before = told.get(key);
        if (before) before.members.push(n);
        else
          told.set(key, {
            file: region.file,
            path: [...path, key],
            message,
            ...advice,
            members: [n],
            also: [estate.locate(lock.file, ['members', memberKey(cluster.name, fleet.name, n)])],
          });
      };
      const made = memberNumbers(fleet).flatMap((n) => lock.members.get(memberKey(cluster.name, fleet.name, n)) ?? []);
      const alike = (key: 'rootGb' | 'key'): boolean => new Set(made.map((entry) => entry[key])).size === 1;
      for (const n of memberNumbers(fleet)) {
        const entry = lock.members.get(memberKey(cluster.name, fleet.name, n));
        if (entry === undefined) continue;
        const { zone } = memberPlace(fleet, n);
        if (entry.zone !== zone)
          tell(
            n,
            'zones',
            `member ${n} stands in ${entry.zone}, and would stand in ${zone}`,
            asItStood(region, cluster, fleet, path, lock.members),
          );
        if (entry.rootGb !== fleet.rootGb)
          tell(
            n,
            'rootGb',
            `member ${n} was made with a root disk of ${entry.rootGb} GiB, not ${fleet.rootGb}`,
            alike('rootGb')
              ? { write: [set([...path, 'rootGb'], entry.rootGb)], fix: 'a volume grows in place, and is where data belongs' }
              : MADE_APART,
          );
        if (entry.key !== fleet.keyName)
          tell(
            n,
            'keyName',
            `member ${n} was made with ${entry.key ? `the key pair "${entry.key}"` : 'no key pair'}`,
            !alike('key')
              ? MADE_APART
              : entry.key
                ? { write: [set([...path, 'keyName'], entry.key)] }
                : { write: [remove([...path, 'keyName'])], fix: 'keys come with the base profile' },
          );
      }
      return [...told.values()].map(({ members, ...problem }) =>
        members.length === 1 ? problem : { ...problem, message: `${problem.message} (and ${members.length - 1} more)` },
      );
    }),
};

/** No value of the fleet is that of all its members. */
const MADE_APART: Advice = {
  fix: 'the members were made apart: take the lock back from git, or make those that differ anew by `meissa replace`',
};

/** The order of zones in which every member that the lock holds stands where it stands. */
function asItStood(
  region: Region,
  cluster: Cluster,
  fleet: MembersFleet,
  path: readonly string[],
  pinned: ReadonlyMap<string, MemberEntry>,
): Advice {
  const zones: string[] = [];
  const numbers = memberNumbers(fleet).filter((n) => pinned.has(memberKey(cluster.name, fleet.name, n)));
  for (const n of numbers) {
    const { zone } = pinned.get(memberKey(cluster.name, fleet.name, n))!;
    if (!zones.includes(zone)) zones.push(zone);
  }
  const stands = numbers.every(
    (n) => memberPlace({ ...fleet, zones }, n).zone === pinned.get(memberKey(cluster.name, fleet.name, n))!.zone,
  );
  if (!stands) return { fix: 'take the `zones` of the fleet back from git, as they were when it was made' };
  const known = zones.every((zone) => region.network.zones.includes(zone));
  const own = set([...path, 'zones'], zones);
  if (known) return { write: [own] };
  const all = [...zones, ...region.network.zones.filter((zone) => !zones.includes(zone))];
  return {
    write: [fleet.zones === region.network.zones ? set(['network', 'zones'], all) : [...set(['network', 'zones'], all), ...own]],
  };
}
