import { nearest } from '../../findings/nearest';
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
        const problems: Problem[] = quorums
          .filter((fleet) => fleet !== named)
          .map((fleet) => ({
            file,
            path: [...path, 'fleets', fleet.name, 'quorum'],
            message: `the quorum fleet "${fleet.name}" is not the one that etcd.voters names`,
            fix: cluster.etcd
              ? 'keep one etcd quorum fleet a cluster'
              : `write \`etcd: { bootstrap: static, voters: ${fleet.name} }\` in the cluster`,
          }));
        if (cluster.etcd === undefined) return problems;
        const at = { file, path: [...path, 'etcd', 'voters'] };
        const candidates = quorums.map((f) => f.name);
        const near = nearest(cluster.etcd.voters, candidates) ?? candidates[0];
        const instead = near ? `write ${near}` : 'describe a fleet with `kind: members`, `quorum: etcd` and `count: 3`';
        if (named === undefined)
          problems.push({ ...at, message: `the cluster has no fleet "${cluster.etcd.voters}"`, fix: instead });
        else if (!quorums.includes(named))
          problems.push({
            ...at,
            message: `"${named.name}" is no etcd quorum fleet`,
            fix: named.kind === 'members' ? `write \`quorum: etcd\` in ${named.name}` : instead,
          });
        else if (!named.profiles.includes('etcd'))
          problems.push({
            ...at,
            message: `"${named.name}" doesn't run the profile etcd`,
            fix: `add etcd to the profiles of ${named.name}`,
          });
        return problems;
      }),
    ),
};
