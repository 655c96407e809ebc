import { set } from '../../findings/remedy';
import type { Estate } from '../../model/model';
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
            write: [set([...path, 'profiles'], whole(estate, profiles))],
          })),
      ),
    ),
};

/** The profiles with all that they require, each behind what it requires. */
function whole(estate: Estate, profiles: readonly string[]): string[] {
  const found: string[] = [];
  const visit = (name: string, behind: readonly string[]): void => {
    if (found.includes(name) || behind.includes(name)) return;
    for (const required of estate.profiles.get(name)?.requires ?? []) visit(required, [...behind, name]);
    found.push(name);
  };
  for (const name of profiles) visit(name, []);
  return found;
}
