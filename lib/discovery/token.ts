/** `meissa token <region>/<cluster>`: a fresh token for a cluster, or why there is none. */
import type { Change } from '../estate/changes/change';
import { issueToken, tokenWish } from '../estate/changes/tokens';
import type { Estate } from '../estate/model/model';
import { type Fetch, lookUp, requestToken } from './service';

export interface IssueOptions {
  readonly estate: Estate;
  readonly region: string;
  readonly cluster: string;
  /** The only way to the network. */
  readonly fetch: Fetch;
}

/**
 * Asks the estate's discovery service for a token of exactly the cluster's voters and generation, and enters it into the
 * lock. A cluster that has its token keeps it: nothing to do. One for another size or of a former generation is never
 * taken again.
 */
export async function issueClusterToken({ estate, region, cluster, fetch }: IssueOptions): Promise<Change> {
  const wish = tokenWish(estate, region, cluster);
  if ('refused' in wish) return wish.refused.code === 'TOKEN_EXISTS' ? standing({ estate, region, cluster, fetch }) : wish;
  const requested = await requestToken(fetch, estate.discovery.url, wish.size);
  return requested.refused ? { refused: requested.refused } : issueToken(estate, region, cluster, requested.url);
}

/** Nothing to do, and how far the token is. That the service is away changes nothing for who already has the token. */
async function standing({ estate, region, cluster, fetch }: IssueOptions): Promise<Change> {
  const name = `${region}/${cluster}`;
  const newest = estate.locks.tokens.tokens
    .filter((token) => token.region === region && token.cluster === cluster)
    .reduce((a, b) => (b.generation > a.generation ? b : a));
  const has = `${name} has its token of generation ${newest.generation} for ${newest.size} voters: nothing to do`;
  if (newest.state === 'formed') return { files: [], words: [`${has}; the cluster has formed with it`] };
  const found = await lookUp(fetch, newest.url);
  if ('code' in found) return { files: [], words: [has, `the discovery service can't be asked how far it is: ${found.message}`] };
  return { files: [], words: [`${has}; ${found.members.length} of ${found.size} have registered`] };
}
