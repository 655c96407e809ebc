import { add, remove, set } from '../../findings/remedy';
import type { Problem, Rule } from '../rule';
import { type CollectionPlace, collections, fleetNamed } from './collections';

const PARTS = [
  { key: 'frontEnds', profile: 'front-end', what: 'front ends' },
  { key: 'mirrors', profile: 'kafka-mirror', what: 'mirrors' },
] as const;

/** Front ends and mirrors are the fleets that a collection names, and have their profile. Source: the design of this toolkit. */
export const frontEndsAndMirrorsAreNamed: Rule = {
  code: 'KAFKA_CLIENTS',
  title: 'The fleets that a collection names as front ends and mirrors have their profile, and no other fleet has it.',
  why: 'what a host is rendered with, who may write and what is sized follows from the fleet that is named',
  check: (estate) => collections(estate).flatMap((place) => PARTS.flatMap((part) => wrongPart(place, part))),
};

function wrongPart({ region, cluster, kafka, path }: CollectionPlace, { key, profile, what }: (typeof PARTS)[number]): Problem[] {
  const name = kafka[key];
  const named = fleetNamed(cluster, name);
  const { file } = region;
  const runs = cluster.fleets.filter((fleet) => fleet.profiles.includes(profile));
  const problems: Problem[] = runs
    .filter((fleet) => fleet.name !== name)
    .map((fleet) => ({
      file,
      path: ['clusters', cluster.name, 'fleets', fleet.name, 'profiles'],
      message: `"${fleet.name}" runs ${profile}, and the collection doesn't name it`,
      ...(name === undefined
        ? { write: [set([...path, key], fleet.name)] }
        : {
            write: [remove(['clusters', cluster.name, 'fleets', fleet.name, 'profiles', fleet.profiles.indexOf(profile)])],
            fix: `a collection has one fleet of ${what}`,
          }),
    }));
  if (name === undefined) return problems;
  if (named === undefined) {
    // The fleet that was meant isn't told of once more.
    problems.length = 0;
    const instead = runs[0]?.name;
    problems.push({
      file,
      path: [...path, key],
      message: `the cluster has no fleet "${name}"`,
      ...(instead === undefined
        ? { fix: `describe the fleet ${name} with the profile ${profile}` }
        : { write: [set([...path, key], instead)] }),
    });
  } else if (!named.profiles.includes(profile))
    problems.push({
      file,
      path: ['clusters', cluster.name, 'fleets', name, 'profiles'],
      message: `"${name}" is named as ${what} and doesn't run the profile ${profile}`,
      write: [add(['clusters', cluster.name, 'fleets', name, 'profiles'], profile)],
    });
  return problems;
}
