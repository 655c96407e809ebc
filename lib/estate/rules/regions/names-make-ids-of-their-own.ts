import { pascal } from '../../../encode/pascal';
import type { Advice, Path } from '../../findings/finding';
import { remove, rename } from '../../findings/remedy';
import { fleetVolumes } from '../../model/fleet-volumes';
import type { Estate } from '../../model/model';
import { type FleetPlace, fleets, type Problem, type Rule } from '../rule';

/** Names that become parts of logical ids make different ones. Source: the design of this toolkit (logical ids hold names in one word). */
export const namesMakeIdsOfTheirOwn: Rule = {
  code: 'ID_CLASH',
  title: 'No two ports or volumes of a fleet, and no two places or racks, make the same part of a logical id.',
  why: 'ids hold names in one word (web-1 and web1 are Web1): of two that make one, the first gets no rule, volume or route',
  check: (estate) => [
    ...fleets(estate).flatMap((place) => [...ports(estate, place), ...volumes(estate, place)]),
    ...alike(places(estate)),
    ...alike(racks(estate), renamed(racks(estate))),
  ],
};

interface Named {
  /** What becomes part of the id. */
  readonly name: string;
  /** It in words, such as `the port metrics of docker`. */
  readonly called: string;
  readonly file: string;
  readonly path: Path;
}

/**
 * Who comes second, and whom they are like.
 *
 * @param advice how it is called otherwise
 */
function alike(all: readonly Named[], advice: (one: Named) => Advice = inWords): Problem[] {
  const first = new Map<string, Named>();
  return all.flatMap((one): Problem[] => {
    const id = pascal(one.name);
    const other = first.get(id);
    first.set(id, other ?? one);
    if (other === undefined) return [];
    const { called, file, path } = one;
    return [{ file, path, message: `${called} and ${other.called} both make the name ${id}`, ...advice(one) }];
  });
}

function inWords({ called }: Named): Advice {
  return { fix: `call ${called} otherwise` };
}

/** The first name with a letter more that no other makes. */
function renamed(all: readonly Named[]): (one: Named) => Advice {
  const taken = new Set(all.map(({ name }) => pascal(name)));
  return (one) => {
    const letter = ['b', 'c', 'd', 'e'].find((end) => !taken.has(pascal(`${one.name}${end}`)));
    return letter === undefined ? inWords(one) : { write: [rename(one.path, `${one.path.at(-1)}${letter}`)] };
  };
}

function ports(estate: Estate, { cluster, region: { file }, fleet, path }: FleetPlace): Problem[] {
  const voter = cluster.etcd?.voters === fleet.name;
  const all = fleet.profiles.flatMap((profile, index) =>
    (estate.profiles.get(profile)?.ports ?? [])
      .filter(({ on }) => on === 'all' || voter)
      .map(({ name }) => ({ name, called: `the port ${name} of ${profile}`, file, path: [...path, 'profiles', index] })),
  );
  return alike(all, ({ path: at }) => ({
    write: [remove(at)],
    fix: `and give ${fleet.profiles[Number(at.at(-1))]} to another fleet, or call the port otherwise in its profile.yaml`,
  }));
}

function volumes(estate: Estate, { cluster, region: { file }, fleet, path }: FleetPlace): Problem[] {
  if (fleet.kind === 'elastic') return [];
  const own = new Set(fleet.volumes.map(({ name }) => name));
  // Those of profiles first: who writes the fleet can call their own otherwise.
  const all = fleetVolumes(fleet, cluster.etcd?.voters === fleet.name, estate.profiles)
    .sort((a, b) => Number(own.has(a.name)) - Number(own.has(b.name)))
    .map(({ name }) => ({ name, called: `the volume ${name}`, file, path: [...path, 'volumes', name] }));
  return alike(all, (one) => (own.has(one.name) ? renamed(all)(one) : inWords(one)));
}

function places({ regions, idcs }: Estate): Named[] {
  return [
    ...regions.map(({ name, file }) => ({ name, called: `the region ${name}`, file, path: ['region'] })),
    ...idcs.map(({ name, file }) => ({ name, called: `the data centre ${name}`, file, path: ['idc'] })),
  ];
}

function racks({ idcs }: Estate): Named[] {
  return idcs.flatMap(({ name: idc, file, racks: own }) =>
    own.map(({ name }) => ({ name: `${idc}-${name}`, called: `the rack ${name} of ${idc}`, file, path: ['racks', name] })),
  );
}
