import { memberNumbers } from '../../addresses/member-number';
import type { Advice } from '../../findings/finding';
import { remove, run, set } from '../../findings/remedy';
import { TOKENS_LOCK } from '../../lock-files/tokens-lock';
import type { TokenEntry } from '../../model/locks';
import type { Cluster, Estate, MembersFleet, Region } from '../../model/model';
import { type Problem, type Rule, wholeRegions } from '../rule';

/** A cluster with discovery bootstrap has a token of its size and generation. Source: etcd, "Clustering Guide" (etcd discovery: lifetime of a discovery URL). */
export const tokensAreIssued: Rule = {
  code: 'TOKEN_MISSING',
  title: 'A cluster that bootstraps by discovery has a token of exactly its size and generation.',
  why: 'voters with another token, or of another size, wait for each other for ever or join a cluster that is not theirs',
  check: (estate) =>
    wholeRegions(estate).flatMap((region) =>
      region.clusters.flatMap((cluster): Problem[] => {
        if (cluster.etcd?.bootstrap !== 'discovery') return [];
        const voters = cluster.fleets.find((f) => f.name === cluster.etcd?.voters);
        if (voters?.kind !== 'members') return [];
        const size = memberNumbers(voters).length;
        const own = estate.locks.tokens.tokens.filter(
          (t) => t.region === region.name && t.cluster === cluster.name && t.generation === cluster.generation,
        );
        if (own.some((t) => t.size === size)) return [];
        const message =
          own.length === 0
            ? `no token for generation ${cluster.generation}`
            : `the token of generation ${cluster.generation} is for ${own[0]!.size} voters, not ${size}`;
        return [
          {
            file: region.file,
            path: ['clusters', cluster.name, 'etcd', 'bootstrap'],
            message,
            ...advice(estate, region, cluster, voters, own),
          },
        ];
      }),
    ),
};

/** A token that no cluster used gives way to one of the right size; a cluster that stands keeps its size. */
function advice(estate: Estate, region: Region, cluster: Cluster, voters: MembersFleet, own: readonly TokenEntry[]): Advice {
  const issue = run(`token ${region.name}/${cluster.name}`);
  const formed = own.find((t) => t.state === 'formed');
  if (formed === undefined) {
    const unused = own.map((token) => estate.locks.tokens.tokens.indexOf(token)).sort((a, b) => b - a);
    return { write: [[...unused.flatMap((i) => remove(['tokens', i], TOKENS_LOCK)), ...issue]] };
  }
  const count = formed.size + voters.removed.length;
  return {
    write: [set(['clusters', cluster.name, 'fleets', voters.name, 'count'], count)],
    fix: 'the cluster stands: it grows and shrinks through learners; a new generation would begin empty',
  };
}
