/** A controller whose disk was lost has a new directory id: the old one leaves the quorum and the new one joins, in this order. */
import { isCurrent, type Quorum } from './quorum';

export interface Voter {
  readonly id: number;
  /** base64url. */
  readonly directoryId: string;
}

export type Step = { readonly remove: Voter } | { readonly add: Voter } | { readonly wait: string } | undefined;

/**
 * What is next for this controller to vote; undefined where it does. It takes one step at a time, so that whoever looks between two finds a whole
 * quorum.
 *
 * @param own the id of its folder
 */
export function nextStep({ voters, observers }: Quorum, own: Voter): Step {
  if (voters.some(({ id, directoryId }) => id === own.id && directoryId === own.directoryId)) return undefined;
  const self = observers.find(({ id, directoryId }) => id === own.id && directoryId === own.directoryId);
  if (self === undefined || !isCurrent(self)) return { wait: 'this controller has not caught up' };
  const others = voters.filter(({ id }) => id !== own.id);
  const away = others.filter((voter) => !isCurrent(voter)).map(({ id }) => id);
  if (away.length > 0) return { wait: `controllers ${away.join(', ')} are away or behind` };
  const old = voters.find(({ id }) => id === own.id);
  return old === undefined ? { add: own } : { remove: { id: old.id, directoryId: old.directoryId } };
}
