/** A router that is new, or that nothing describes any more: with all that stands on it. */
import type { Meaning } from '../meaning/meaning';
import type { RouterChange } from './router';

export function routerComesOrGoes({ place, name, before, after }: RouterChange): Meaning[] {
  if (before !== undefined && after !== undefined) return [];
  const goes = after === undefined;
  const { frr, network } = (after ?? before)!;
  const faces = [...network.interfaces].map(([face, { address }]) => {
    const why = frr.descriptions.get(face);
    return `${face} ${address}${why === undefined ? '' : ` (${why})`}`;
  });
  const neighbors = [...frr.neighbors].map(([address, { asn, what }]) => `BGP neighbour ${address} AS ${asn} (${what})`);
  return [
    {
      kind: goes ? 'router-goes' : 'router-comes',
      severity: goes ? 'replaced' : 'addition',
      stack: place,
      what: `router ${goes ? 'is no longer described: whatever goes through it has no other way but the other routers' : 'is new'}`,
      hosts: [],
      details: [...faces, ...neighbors],
      explains: [`routers/${name}/`],
    },
  ];
}
