import type { Advice } from '../../findings/finding';
import { nearest } from '../../findings/nearest';
import { add, remove, set } from '../../findings/remedy';
import type { Problem, Rule } from '../rule';

/** `etcd.voters` names a quorum fleet of the cluster that runs the profile etcd, and every etcd quorum fleet is named. Source: the design of this toolkit. */
export const etcdVotersExist: Rule = {
  code: 'ETCD_VOTERS',
  title: 'etcd.voters names the quorum fleet of the cluster, and it runs the profile etcd.',
  why: 'the hosts of the cluster look for its voters at the addresses of that fleet',
  check: (estate) =>
    estate.regions.flatMap(({ file, clusters }) =>
      clusters.flatMap((cluster): Problem[] => {
        const path = ['clusters', cluster.name];
        const quorums = cluster.fleets.filter((f) => f.kind === 'members' && f.quorum === 'etcd');
        const named = cluster.fleets.find((f) => f.name === cluster.etcd?.voters);
        const rightly = named !== undefined && quorums.includes(named);
        // Where the cluster names no quorum fleet, that is the one thing to mend.
        const strangers = cluster.etcd === undefined || rightly ? quorums.filter((fleet) => fleet !== named) : [];
        const problems: Problem[] = strangers.map((fleet) => ({
          file,
          path: [...path, 'fleets', fleet.name, 'quorum'],
          message: `the quorum fleet "${fleet.name}" is not the one that etcd.voters names`,
          ...(cluster.etcd
            ? { write: [remove([...path, 'fleets', fleet.name, 'quorum'])] }
            : { write: [set([...path, 'etcd'], { bootstrap: 'static', voters: fleet.name })] }),
        }));
        if (cluster.etcd === undefined) return problems;
        const at = { file, path: [...path, 'etcd', 'voters'] };
        const candidates = quorums.map((f) => f.name);
        const near = nearest(cluster.etcd.voters, candidates) ?? candidates[0];
        const instead: Advice = near
          ? { write: [set(at.path, near)] }
          : { fix: 'describe a fleet with `kind: members`, `quorum: etcd` and `count: 3`' };
        if (named === undefined)
          problems.push({ ...at, message: `the cluster has no fleet "${cluster.etcd.voters}"`, ...instead });
        else if (!quorums.includes(named))
          problems.push({
            ...at,
            message: `"${named.name}" is no etcd quorum fleet`,
            ...(near === undefined && named.kind === 'members'
              ? { write: [set([...path, 'fleets', named.name, 'quorum'], 'etcd')] }
              : instead),
          });
        else if (!named.profiles.includes('etcd'))
          problems.push({
            ...at,
            message: `"${named.name}" doesn't run the profile etcd`,
            write: [add([...path, 'fleets', named.name, 'profiles'], 'etcd')],
          });
        return problems;
      }),
    ),
};
