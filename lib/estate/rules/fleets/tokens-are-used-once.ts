import { remove, run } from '../../findings/remedy';
import { TOKENS_LOCK } from '../../lock-files/tokens-lock';
import type { TokenEntry } from '../../model/locks';
import type { Estate } from '../../model/model';
import type { Problem, Rule } from '../rule';

/** No discovery token stands for two clusters, sizes or generations. Source: etcd, "Clustering Guide" (never reuse a discovery token). */
export const tokensAreUsedOnce: Rule = {
  code: 'TOKEN_REUSED',
  title: 'A discovery token belongs to one cluster, size and generation.',
  why: 'hosts of a rebuilt cluster would find the members of the old one and never form their own',
  check(estate) {
    const { tokens } = estate.locks;
    const first = new Map<string, TokenEntry>();
    const generations = new Set<string>();
    return tokens.tokens.flatMap((token, i): Problem[] => {
      const before = first.get(token.url);
      const generation = `${token.region}/${token.cluster} generation ${token.generation}`;
      const again = generations.has(generation);
      first.set(token.url, before ?? token);
      generations.add(generation);
      const at = { file: TOKENS_LOCK, path: ['tokens', i, 'url'] };
      const name = `${token.region}/${token.cluster}`;
      if (before) {
        const message = `the token of ${generation} is already that of ${before.region}/${before.cluster} generation ${before.generation}`;
        return [
          { ...at, message, write: [[...remove(['tokens', i]), ...(isWanted(estate, token) ? run(`token ${name}`) : [])]] },
        ];
      }
      return again
        ? [
            {
              ...at,
              message: `a second token for ${generation}`,
              write: [remove(['tokens', i])],
              fix: 'or the other: keep the one whose cluster stands',
            },
          ]
        : [];
    });
  },
};

/** Whether the cluster would look for its members by this token. */
function isWanted({ regions }: Estate, { region, cluster, generation }: TokenEntry): boolean {
  const own = regions.find(({ name }) => name === region)?.clusters.find(({ name }) => name === cluster);
  return own?.etcd?.bootstrap === 'discovery' && own.generation === generation;
}
