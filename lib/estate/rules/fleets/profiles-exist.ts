import { nearest } from '../../findings/nearest';
import { type Problem, profilePlaces, type Rule } from '../rule';

/** Every profile that a fleet or rack names has a folder, and is named once. Source: the design of this toolkit. */
export const profilesExist: Rule = {
  code: 'PROFILE_UNKNOWN',
  title: 'Every profile of a fleet or rack exists and is named once.',
  why: 'the hosts would lack what the profile gives',
  check: (estate, { profileNames }) =>
    profilePlaces(estate).flatMap(({ file, path, profiles }) =>
      profiles.flatMap((profile, i): Problem[] => {
        const at = { file, path: [...path, 'profiles', i] };
        if (profiles.indexOf(profile) !== i)
          return [{ ...at, message: `${profile} stands here a second time`, fix: 'leave one of them out' }];
        if (estate.profiles.has(profile) || profileNames.includes(profile)) return [];
        const near = nearest(profile, profileNames);
        const fix = near
          ? `write ${near}`
          : `write one of ${profileNames.join(', ') || '(none there)'}, or make the folder cloud-config/${profile}`;
        return [{ ...at, message: `there is no profile "${profile}"`, fix }];
      }),
    ),
};
