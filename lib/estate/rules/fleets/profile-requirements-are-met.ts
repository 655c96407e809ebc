import { profilePlaces, type Rule } from '../rule';

/** A fleet or rack has every profile that its profiles require. Source: the design of this toolkit. */
export const profileRequirementsAreMet: Rule = {
  code: 'PROFILE_REQUIRES',
  title: 'A fleet or rack has every profile that its profiles require.',
  why: 'a profile builds on files and units of those that it requires',
  check: (estate) =>
    profilePlaces(estate).flatMap(({ file, path, profiles }) =>
      profiles.flatMap((name, i) =>
        (estate.profiles.get(name)?.requires ?? [])
          .filter((required) => !profiles.includes(required))
          .map((required) => ({
            file,
            path: [...path, 'profiles', i],
            message: `${name} requires ${required}`,
            fix: `write \`profiles: [${[...new Set([...profiles.slice(0, i), required, ...profiles.slice(i)])].join(', ')}]\``,
          })),
      ),
    ),
};
