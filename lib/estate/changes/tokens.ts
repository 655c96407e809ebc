/** `meissa token <region>/<cluster>`: the tokens lock. Which token is right is asked of the discovery service elsewhere; here it is bound and never given twice. */

import { memberNumbers } from '../addresses/member-number';
import { TOKENS_LOCK, writeTokensLock } from '../lock-files/tokens-lock';
import type { TokenEntry } from '../model/locks';
import type { Estate } from '../model/model';
import { type Change, refuse } from './change';
import { findCluster } from './find';

/** What a token must be registered for. */
export interface TokenWish {
  readonly region: string;
  readonly cluster: string;
  readonly size: number;
  readonly generation: number;
}

/** What token the cluster needs; refused when it has one or needs none. Ask this before asking the service. */
export function tokenWish(
  estate: Estate,
  regionName: string,
  clusterName: string,
): TokenWish | Extract<Change, { refused: object }> {
  const found = findCluster(estate, regionName, clusterName);
  if ('refused' in found) return found;
  const { region, cluster } = found;
  const name = `${region.name}/${cluster.name}`;
  const no = (code: string, message: string, fix: string) => ({ refused: { code, message, fix } });
  if (cluster.etcd?.bootstrap !== 'discovery') {
    return no('TOKEN_NOT_WANTED', `${name} doesn't bootstrap by discovery`, 'nothing to do; or write `bootstrap: discovery`');
  }
  const voters = cluster.fleets.find((f) => f.name === cluster.etcd?.voters);
  if (voters?.kind !== 'members') return no('ETCD_VOTERS', `${name} has no fleet of voters`, 'describe it first');
  const wish = { region: region.name, cluster: cluster.name, size: memberNumbers(voters).length, generation: cluster.generation };
  const own = estate.locks.tokens.tokens.filter((t) => t.region === wish.region && t.cluster === wish.cluster);
  const spent = own.find((t) => t.generation >= wish.generation);
  if (spent === undefined) return wish;
  if (spent.generation === wish.generation && spent.size === wish.size) {
    return no(
      'TOKEN_EXISTS',
      `${name} has a token of generation ${wish.generation} for ${wish.size} voters`,
      'nothing to do; to rebuild the cluster raise its `generation` first',
    );
  }
  return no(
    'TOKEN_SPENT',
    `${name} had a token of generation ${spent.generation} for ${spent.size} voters`,
    `write \`generation: ${Math.max(...own.map((t) => t.generation)) + 1}\`: a token serves one size and generation`,
  );
}

/** Enters a fresh token. Refused when the cluster has one, or when this one was ever given to anybody. */
export function issueToken(estate: Estate, regionName: string, clusterName: string, url: string): Change {
  const wish = tokenWish(estate, regionName, clusterName);
  if ('refused' in wish) return wish;
  if (!/^https?:\/\/[^\s/]+\/\S*[^\s/]$/.test(url))
    return refuse('TOKEN_MALFORMED', `"${url}" is no discovery URL`, 'give the whole URL: service and token');
  const { tokens } = estate.locks.tokens;
  const used = tokens.find((t) => tokenOf(t.url) === tokenOf(url));
  if (used) {
    return refuse(
      'TOKEN_REUSED',
      `this token is that of ${used.region}/${used.cluster} generation ${used.generation}`,
      'ask the service for a new one',
    );
  }
  return written(
    [...tokens, { ...wish, url, state: 'issued' }],
    `${regionName}/${clusterName}: token for ${wish.size} voters, generation ${wish.generation}`,
  );
}

/** Notes that the cluster of this generation stands: its token stays in the lock so that it is never used again. */
export function markFormed(estate: Estate, regionName: string, clusterName: string): Change {
  const found = findCluster(estate, regionName, clusterName);
  if ('refused' in found) return found;
  const { generation } = found.cluster;
  const { tokens } = estate.locks.tokens;
  const own = tokens.find((t) => t.region === regionName && t.cluster === clusterName && t.generation === generation);
  const name = `${regionName}/${clusterName}`;
  if (own === undefined)
    return refuse('TOKEN_MISSING', `${name} has no token of generation ${generation}`, `run \`meissa token ${name}\``);
  if (own.state === 'formed') return { files: [], words: [`${name}: generation ${generation} is marked as formed already`] };
  return written(
    tokens.map((t) => (t === own ? { ...t, state: 'formed' as const } : t)),
    `${name}: generation ${generation} has formed`,
  );
}

function written(tokens: readonly TokenEntry[], words: string): Change {
  return { files: [{ path: TOKENS_LOCK, text: writeTokensLock({ tokens }) }], words: [words] };
}

/** The token itself: the same token behind another name of the service is the same token. */
function tokenOf(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1);
}
