/** Every pair of what a world holds, asked by the properties that hold for any world. */
import { answerPair, send } from '../../lib/reach/answer';
import { type Endpoint, ofIdcHost, ofInterface } from '../../lib/reach/endpoint';
import { topologyOf } from '../../lib/reach/walk/topology';
import { NOTHING_DOWN } from '../../lib/reach/without';
import type { World } from '../../lib/reach/world';

export function endpoints(world: World): Endpoint[] {
  return [
    ...world.vpcs.flatMap((v) => v.interfaces.flatMap((i) => [false, true].flatMap((c) => ofInterface(i, v.region, c)))),
    ...world.idcHosts.flatMap((h) => [false, true].flatMap((c) => ofIdcHost(h, c))),
  ];
}

/** Pairs whose packet arrives, as `from to`. */
export function arriving(world: World, without = NOTHING_DOWN, ends = endpoints(world)): Set<string> {
  const topology = topologyOf(world, without);
  const found = new Set<string>();
  for (const a of ends) for (const b of ends) if (a !== b && 'arrived' in send(topology, a, b)) found.add(`${a.name} ${b.name}`);
  return found;
}

/** Every pair has an answer with a reason, and one that is no names the one hop that doesn't let through. */
export function expectWholeAnswers(world: World, ends = endpoints(world)): void {
  const topology = topologyOf(world);
  for (const a of ends)
    for (const b of ends) {
      const found = answerPair(topology, a, b);
      expect(found.yes).toBe(found.code === undefined);
      expect(found.reason).not.toBe('');
      if (!found.yes) expect([...found.forward, ...found.back].filter((h) => !h.passes)).toHaveLength(1);
    }
}
