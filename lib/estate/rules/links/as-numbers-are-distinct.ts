import { AS_NUMBER } from '../../../facts/aliyun/limits';
import type { Location } from '../../findings/finding';
import { type Remedy, remove, set } from '../../findings/remedy';
import { gatewayNumber, hasGateway, namedGateway } from '../../model/line-gateways';
import type { Estate } from '../../model/model';
import type { Problem, Rule } from '../rule';
import { entryOf } from './link-entry';

/** Everyone who speaks BGP has an AS number of its own. Source: "Transit gateway associations" of Direct Connect (different AS numbers); RFC 4271 section 9.1.2 (AS loops). */
export const asNumbersAreDistinct: Rule = {
  code: 'AS_NUMBER_CLASH',
  title: 'Transit gateways, Direct Connect gateways and data centres have AS numbers of their own.',
  why: 'a router drops routes that hold its own AS number, and a Direct Connect gateway is not associated with a transit gateway of its own number',
  check(estate) {
    const owners = new Map<number, Speaker & { readonly where: Location }>();
    return speakers(estate).flatMap((speaker): Problem[] => {
      const { asn, name, file, path } = speaker;
      // Aliyun's own number is that of all its border routers and VPNs.
      if (asn === AS_NUMBER) return [];
      const first = owners.get(asn);
      if (first === undefined) {
        owners.set(asn, { ...speaker, where: estate.locate(file, path) });
        return [];
      }
      const message = `${name} has the AS number ${asn} of ${first.name}`;
      const write = [...oneGateway(estate, first, speaker), set(path, freeAsNumber(estate))];
      return [{ file, path, message, write, also: [first.where] }];
    });
  },
};

/** Two lines of one data centre may have meant one gateway. */
function oneGateway({ links, regions }: Estate, first: Speaker, second: Speaker): Remedy[] {
  const [one, other] = [first, second].map(({ path }) =>
    links.find((link) => hasGateway(link) && path[0] === 'links' && link.group === path[1]),
  );
  if (one === undefined || other === undefined) return [];
  const places = [one, other].map(({ a, b }) => `${a.place} ${b.place}`);
  const onAws = regions.some(({ name, provider }) => provider === 'aws' && [one.a.place, one.b.place].includes(name));
  if (places[0] !== places[1] || !onAws) return [];
  return [[...remove([...other.path, 'asn']), ...set([...other.path, 'gateway'], one.group)]];
}

export interface Speaker {
  readonly asn: number;
  readonly name: string;
  /** Numbers of the cloud's side are private ones. */
  readonly cloud: boolean;
  readonly file: string;
  readonly path: readonly (string | number)[];
}

/** Everyone in the estate who has an AS number. */
export function speakers(estate: Estate): Speaker[] {
  return [
    ...estate.idcs.flatMap(({ name, file, asn }) =>
      asn === undefined ? [] : [{ asn, name: `the data centre ${name}`, cloud: false, file, path: ['asn'] }],
    ),
    ...estate.regions.flatMap(({ name, file, transit }) =>
      transit === undefined
        ? []
        : [{ asn: transit.asn, name: `the transit gateway of ${name}`, cloud: true, file, path: ['transit', 'asn'] }],
    ),
    ...estate.links.filter(hasGateway).flatMap((link) => {
      const asn = gatewayNumber(link);
      // A line that comes in by the gateway of another entry has no number of its own.
      if (namedGateway(link) !== undefined || asn === 0) return [];
      return [{ asn, name: `the Direct Connect gateway of links.${link.group}`, cloud: true, ...entryOf(link, 'asn') }];
    }),
  ];
}

/**
 * A private AS number that nobody in the estate has, for one more transit gateway.
 *
 * @param before those that need one as well and come first: each gets its own. @default 0
 */
export function freeAsNumber(estate: Estate, before = 0): number {
  const taken = new Set(speakers(estate).map((s) => s.asn));
  let asn = FIRST_FREE;
  for (let skipped = 0; taken.has(asn) || skipped++ < before; asn++);
  return asn;
}

/** In the middle of the private ones of 16 bits, which people begin to give from either end. */
const FIRST_FREE = 64601;
