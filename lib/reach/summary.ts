/** Who reaches whom, fleet by fleet: a matrix without the classes that only one world knows, so that two worlds can be compared. */
import type { Endpoint } from './endpoint';
import type { EndpointClass, Matrix } from './matrix';
import { reachMatrix } from './matrix';
import type { DropCode } from './walk/outcome';
import type { Without } from './without';
import type { World } from './world';

/** All hosts of a fleet, or all their containers. */
export interface End {
  /** `sa-east-1-core-storage-*`, with `:container`. */
  readonly fleet: string;
  /** Region or data centre. */
  readonly place: string;
  readonly container: boolean;
}

export interface PairReach {
  readonly from: End;
  readonly to: End;
  /** Of all pairs of hosts, how many reach: 0 to 1. */
  readonly share: number;
  /** What the rules let in somewhere. */
  readonly ports: ReadonlySet<string>;
  /** What stops the others. */
  readonly codes: ReadonlySet<DropCode>;
}

export interface ReachSummary {
  /** By fleet. */
  readonly ends: ReadonlyMap<string, End>;
  /** Names of each fleet's endpoints, and of their hosts: whose containers are gone may still stand itself. */
  readonly endpoints: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly hosts: ReadonlySet<string>;
  /** By `<fleet> <fleet>`. */
  readonly pairs: ReadonlyMap<string, PairReach>;
}

/** A host that isn't there is no path that is cut. */
const NOBODY: ReadonlySet<DropCode> = new Set(['HOST_ABSENT', 'HOST_DOWN', 'NO_SUCH_HOST', 'ZONE_DOWN']);

export function reachSummary(world: World, without?: Without): ReachSummary {
  return summaryOf(reachMatrix(world, without));
}

function summaryOf({ classes, cells }: Matrix): ReachSummary {
  const ends = new Map(classes.map((one) => [one.fleet, endOf(one)]));
  const pairs = new Map<string, { from: End; to: End; yes: number; all: number; ports: Set<string>; codes: Set<DropCode> }>();
  for (const [i, from] of classes.entries())
    for (const [j, to] of classes.entries()) {
      const cell = cells[i]![j];
      if (cell === undefined || (!cell.yes && NOBODY.has(cell.code))) continue;
      const key = `${from.fleet} ${to.fleet}`;
      let pair = pairs.get(key);
      if (pair === undefined) {
        pair = { from: ends.get(from.fleet)!, to: ends.get(to.fleet)!, yes: 0, all: 0, ports: new Set(), codes: new Set() };
        pairs.set(key, pair);
      }
      const number = from.members.length * to.members.length;
      pair.all += number;
      if (cell.yes) {
        pair.yes += number;
        for (const port of cell.ports) pair.ports.add(port);
      } else pair.codes.add(cell.code);
    }
  const endpoints = new Map<string, Map<string, string>>();
  for (const { fleet, members } of classes) {
    const own = endpoints.get(fleet) ?? new Map<string, string>();
    for (const member of members) own.set(member.name, nameOfHost(member));
    endpoints.set(fleet, own);
  }
  return {
    ends,
    endpoints,
    hosts: new Set([...endpoints.values()].flatMap((own) => [...own.values()])),
    pairs: new Map(
      [...pairs].map(([key, { from, to, yes, all, ports, codes }]) => [key, { from, to, share: yes / all, ports, codes }]),
    ),
  };
}

/** Ids differ where a thing is made anew; names don't. */
const nameOfHost = ({ name }: Endpoint): string => name.replace(/:container$/, '');

const endOf = ({ fleet, place, container }: EndpointClass): End => ({ fleet, place, container });
