/** ADDRESS_MOVES: a fixed address changes hands, of a member or one that others outside know. */
import type { World } from '../../embedded-cloud/store/world';
import type { Loss } from '../model';
import type { Rehearsal } from '../rehearse';
import type { LedgerFacts } from './facts';
import { type Host, membersIn, regionsOf } from './hosts';
import { placesBefore } from './places';
import { accepting, count, few } from './words';

export function addresses(rehearsal: Rehearsal, facts: LedgerFacts): Loss[] {
  return [...members(rehearsal, facts), ...outside(rehearsal, facts)];
}

function members(rehearsal: Rehearsal, facts: LedgerFacts): Loss[] {
  const places = placesBefore(rehearsal, facts);
  const now = membersIn(rehearsal.after);
  const groups = new Map<string, { was: Host; is: Host }[]>();
  for (const was of membersIn(rehearsal.before).values()) {
    const is = now.get(was.name);
    const stack = places.get(was.instanceId)?.stack;
    if (is === undefined || stack === undefined || is.address === was.address) continue;
    groups.set(stack, [...(groups.get(stack) ?? []), { was, is }]);
  }
  return [...groups].map(([stack, moved]) => {
    const name = `ADDRESS_MOVES:${stack}`;
    return {
      code: 'ADDRESS_MOVES',
      severity: 'error',
      name,
      stack,
      from: 0,
      to: rehearsal.seconds,
      hosts: moved.map(({ was }) => was.name).sort(),
      what: `${count(moved.length, 'member')} with another address: ${few(moved.map(({ was, is }) => `${was.name} ${was.address} -> ${is.address}`))}`,
      why: 'the others know a member by its address: voters, brokers and routes name it',
      fix: `leave addresses, block and generation as they stand; a fleet at other addresses is a new fleet beside the old one; ${accepting(name)}`,
    };
  });
}

/** Public addresses stand in other people's rules. */
function outside(rehearsal: Rehearsal, facts: LedgerFacts): Loss[] {
  const places = placesBefore(rehearsal, facts);
  const now = new Set(publicAddresses(rehearsal.after).map(({ address }) => address));
  const groups = new Map<string, string[]>();
  for (const { id, address } of publicAddresses(rehearsal.before)) {
    const stack = places.get(id)?.stack;
    if (stack === undefined || now.has(address)) continue;
    groups.set(stack, [...(groups.get(stack) ?? []), address]);
  }
  return [...groups].map(([stack, gone]) => {
    const name = `ADDRESS_MOVES:${stack}`;
    return {
      code: 'ADDRESS_MOVES',
      severity: 'error',
      name,
      stack,
      from: 0,
      to: rehearsal.seconds,
      hosts: [],
      what: `${count(gone.length, 'public address', 'public addresses')} released for good`,
      why: 'who let them in by address lets the new ones in no more, and nobody gets a released one back',
      fix: `leave zones, nat and generation as they stand, or tell who lets them in and accept it: --accept ${name}`,
    };
  });
}

function publicAddresses(world: World): { readonly id: string; readonly address: string }[] {
  return regionsOf(world).flatMap(({ addresses: elastic, aliyun }) => [
    ...Object.values(elastic).map(({ allocation: id, address }) => ({ id, address })),
    ...Object.values(aliyun.eips).map(({ id, address }) => ({ id, address })),
  ]);
}
