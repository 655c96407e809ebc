/** A line that a front end wrote to be measured by. */

export interface Heartbeat {
  readonly region: string;
  readonly frontEnd: string;
  /** When it was written, milliseconds since 1970, by the front end's clock. */
  readonly at: number;
}

/** A clock may be wrong by so much; a heartbeat from further ahead would hide for as long that nothing comes. */
export const AHEAD_MS = 120_000;

/** Why a line of a region's topic is none of its heartbeats. */
export type NoHeartbeat = 'other' | 'stranger' | 'future';

/**
 * @param record as it stands in the topic. Its key is `<front end>/<boot>/<sequence>`, which a front end gives to what it wrote itself
 * @param region whose topic it is
 * @param now milliseconds since 1970, by this host's clock
 */
export function readHeartbeat(
  { key, value }: { readonly key: string; readonly value: string },
  region: string,
  now: number,
): Heartbeat | NoHeartbeat {
  let said: unknown;
  try {
    said = JSON.parse(value);
  } catch {
    return 'other';
  }
  if (typeof said !== 'object' || said === null) return 'other';
  const { meissa, region: of, frontEnd, at } = said as Record<string, unknown>;
  if (meissa !== 'heartbeat' || typeof frontEnd !== 'string' || typeof at !== 'number' || !Number.isFinite(at)) return 'other';
  const [host] = /^[^/]+(?=\/[0-9a-f]{12}\/\d+$)/.exec(key) ?? [];
  if (host !== frontEnd || of !== region || !frontEnd.startsWith(`${region}-`)) return 'stranger';
  return at > now + AHEAD_MS ? 'future' : { region, frontEnd, at };
}
