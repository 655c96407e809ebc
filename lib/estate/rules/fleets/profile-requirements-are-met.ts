import { fleets, type Rule } from '../rule';

/** A fleet has every profile that its profiles require. Source: the design of this toolkit. */
export const profileRequirementsAreMet: Rule = {
  code: 'PROFILE_REQUIRES',
  title: 'A fleet has every profile that its profiles require.',
  why: 'a profile builds on files and units of those that it requires',
  check: (estate) =>
    fleets(estate).flatMap(({ region, fleet, path }) =>
      fleet.profiles.flatMap((name, i) =>
        (estate.profiles.get(name)?.requires ?? [])
          .filter((required) => !fleet.profiles.includes(required))
          .map((required) => ({
            file: region.file,
            path: [...path, 'profiles', i],
            message: `${name} requires ${required}`,
            fix: `write \`profiles: [${[...new Set([...fleet.profiles.slice(0, i), required, ...fleet.profiles.slice(i)])].join(', ')}]\``,
          })),
      ),
    ),
};
