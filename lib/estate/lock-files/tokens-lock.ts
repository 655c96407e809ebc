/** `regions/tokens.lock.yaml`: read and written. */
import type { TokenEntry, TokensLock } from '../model/locks';
import { flow, header } from './canonical';

export const TOKENS_LOCK = 'regions/tokens.lock.yaml';

export const noTokens: TokensLock = { tokens: [] };

/** One line a token, in order of region, cluster and generation. */
export function writeTokensLock(lock: TokensLock): string {
  const sorted = [...lock.tokens].sort(
    (a, b) =>
      compare(a.region, b.region) || compare(a.cluster, b.cluster) || a.generation - b.generation || compare(a.url, b.url),
  );
  const list =
    sorted.length === 0 ? 'tokens: []\n' : `tokens:\n${sorted.map((t: TokenEntry) => `  - ${flow({ ...t })}\n`).join('')}`;
  return `${header('meissa token')}${list}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
