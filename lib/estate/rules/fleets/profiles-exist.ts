import { nearest } from '../../findings/nearest';
import { remove, set } from '../../findings/remedy';
import type { Estate } from '../../model/model';
import { type Problem, profilePlaces, type Rule } from '../rule';

/** Every profile that a fleet or rack names has a folder, and is named once. Source: the design of this toolkit. */
export const profilesExist: Rule = {
  code: 'PROFILE_UNKNOWN',
  title: 'Every profile of a fleet or rack exists and is named once.',
  why: 'the hosts would lack what the profile gives',
  check: (estate, { profileNames }) => {
    const unknown = new Map<string, Place[]>();
    const twice = profilePlaces(estate).flatMap(({ file, path, profiles }) =>
      profiles.flatMap((profile, i): Problem[] => {
        const at = { file, path: [...path, 'profiles', i] };
        if (profiles.indexOf(profile) !== i)
          return [{ ...at, message: `${profile} stands here a second time`, write: [remove(at.path)] }];
        if (!estate.profiles.has(profile) && !profileNames.includes(profile))
          unknown.set(profile, [...(unknown.get(profile) ?? []), { ...at, beside: profiles }]);
        return [];
      }),
    );
    return [...twice, ...[...unknown].map(([profile, places]) => problem(estate, profile, places, profileNames))];
  },
};

interface Place {
  readonly file: string;
  readonly path: readonly (string | number)[];
  /** All profiles of the fleet or rack. */
  readonly beside: readonly string[];
}

/** One name that is no profile, wherever fleets and racks say it. */
function problem(estate: Estate, profile: string, places: readonly Place[], names: readonly string[]): Problem {
  const near = nearest(profile, names);
  const steps = places.flatMap(({ file, path, beside }) =>
    near === undefined || beside.includes(near) ? remove(path, file) : set(path, near, file),
  );
  const naming = places.some((place) => place.path[0] === 'racks') ? 'fleets and racks' : 'fleets';
  const [{ file, path }, ...more] = places as [Place, ...Place[]];
  return {
    file,
    path,
    message: `there is no profile "${profile}"${more.length > 0 ? ` (${more.length + 1} ${naming} name it)` : ''}`,
    write: [steps],
    fix:
      near === undefined
        ? `or make the folder cloud-config/${profile}; profiles are ${names.join(', ') || '(none there)'}`
        : `or make the folder cloud-config/${profile}`,
    ...(more.length > 0 && { also: more.map((place) => estate.locate(place.file, place.path)) }),
  };
}
