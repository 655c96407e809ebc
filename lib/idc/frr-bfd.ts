/** Profiles of BFD sessions: how soon a line is known to be dead. */
import { type FrrLine, frr } from '../encode/frr';
import type { NeighborPlan, RouterPlan } from '../plan/model';

type Bfd = NonNullable<NeighborPlan['bfd']>;

/** Name of the profile of BFD sessions with these times. */
export function bfdProfile({ intervalMs, multiplier }: Bfd): string {
  return `detect-${intervalMs}ms-x${multiplier}`;
}

/** Empty where no neighbour has BFD. */
export function bfd({ neighbors }: RouterPlan): FrrLine[] {
  const profiles = new Map(neighbors.flatMap(({ bfd }) => (bfd === undefined ? [] : [[bfdProfile(bfd), bfd] as const])));
  if (profiles.size === 0) return [];
  const blocks = [...profiles].flatMap(([name, { intervalMs, multiplier }]) => [
    frr` profile ${name}`,
    frr`  detect-multiplier ${multiplier}`,
    frr`  receive-interval ${intervalMs}`,
    frr`  transmit-interval ${intervalMs}`,
    frr` exit`,
  ]);
  return [frr`bfd`, ...blocks, frr`exit`];
}
