import { memberNumbers } from '../../addresses/member-number';
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
        const formed = own.some((t) => t.state === 'formed');
        const message =
          own.length === 0
            ? `no token for generation ${cluster.generation}`
            : `the token of generation ${cluster.generation} is for ${own[0]!.size} voters, not ${size}`;
        return [
          {
            file: region.file,
            path: ['clusters', cluster.name, 'etcd', 'bootstrap'],
            message,
            fix: formed
              ? `the cluster stands: write \`count: ${own[0]!.size}\` again, or raise its generation to rebuild it and run \`meissa token ${region.name}/${cluster.name}\``
              : own.length === 0
                ? `run \`meissa token ${region.name}/${cluster.name}\``
                : `raise the generation of the cluster and run \`meissa token ${region.name}/${cluster.name}\``,
          },
        ];
      }),
    ),
};
