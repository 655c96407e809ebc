/** A line that a front end wrote to be measured by. */

export interface Heartbeat {
  readonly region: string;
  readonly frontEnd: string;
  /** When it was written, milliseconds since 1970, by the front end's clock. */
  readonly at: number;
}

/** @returns undefined for anything else that somebody has put into the topic */
export function parseHeartbeat(line: string): Heartbeat | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { meissa, region, frontEnd, at } = value as Record<string, unknown>;
  if (meissa !== 'heartbeat' || typeof region !== 'string' || typeof frontEnd !== 'string') return undefined;
  return typeof at === 'number' && Number.isFinite(at) ? { region, frontEnd, at } : undefined;
}
