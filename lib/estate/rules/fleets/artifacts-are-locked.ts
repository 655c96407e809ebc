import { artifactOf } from '../../lock-files/artifacts-lock';
import { type Problem, profilePlaces, type Rule } from '../rule';

/** Every artifact that a profile needs is in the artifacts lock, for the architecture of the hosts. Source: the design of this toolkit. */
export const artifactsAreLocked: Rule = {
  code: 'ARTIFACT_MISSING',
  title: 'Every artifact that hosts fetch stands in the artifacts lock with its digest.',
  why: 'a host runs nothing whose digest is not in its user-data',
  check(estate) {
    const { architecture } = estate.images;
    const told = new Set<string>();
    return profilePlaces(estate).flatMap(({ file, path, profiles }) =>
      profiles.flatMap((profile, i) =>
        (estate.profiles.get(profile)?.needs.artifacts ?? []).flatMap((name): Problem[] => {
          // Every fleet of every region lacks it alike: once is enough.
          if (told.has(name) || artifactOf(estate.locks.artifacts, name, architecture)) return [];
          told.add(name);
          const message = `the profile ${profile} needs the artifact "${name}" for ${architecture}, which is not locked`;
          return [
            {
              file,
              path: [...path, 'profiles', i],
              message,
              fix: `run \`meissa artifacts add ${name} ...\` with its version and source`,
            },
          ];
        }),
      ),
    );
  },
};
