/** Profiles of BFD sessions: how soon a line is known to be dead. */
import type { NeighborPlan, RouterPlan } from '../plan/model';

type Bfd = NonNullable<NeighborPlan['bfd']>;

/** Name of the profile of BFD sessions with these times. */
export function bfdProfile({ intervalMs, multiplier }: Bfd): string {
  return `detect-${intervalMs}ms-x${multiplier}`;
}

/** Empty where no neighbour has BFD. */
export function bfd({ neighbors }: RouterPlan): string {
  const profiles = new Map(neighbors.flatMap(({ bfd }) => (bfd === undefined ? [] : [[bfdProfile(bfd), bfd] as const])));
  if (profiles.size === 0) return '';
  const blocks = [...profiles].flatMap(([name, { intervalMs, multiplier }]) => [
    ` profile ${name}`,
    `  detect-multiplier ${multiplier}`,
    `  receive-interval ${intervalMs}`,
    `  transmit-interval ${intervalMs}`,
    ' exit',
  ]);
  return ['bfd', ...blocks, 'exit'].join('\n');
}
