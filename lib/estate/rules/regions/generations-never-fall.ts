import { set } from '../../findings/remedy';
import { type Rule, wholeRegions } from '../rule';

/** The generation of a cluster is never below one that has a token, or that stood when the members lock was written. Source: the design of this toolkit. */
export const generationsNeverFall: Rule = {
  code: 'GENERATION_FELL',
  title: 'The generation of a cluster never falls below that of its last token, or of its members.',
  why: 'the token and the formed marker of an older generation are spent: its hosts would look for members that are gone',
  check: (estate) =>
    wholeRegions(estate).flatMap(({ name, file, clusters }) =>
      clusters.flatMap((cluster) => {
        const tokens = estate.locks.tokens.tokens.filter((t) => t.region === name && t.cluster === cluster.name);
        const pinned = estate.locks.members.get(name)?.standing?.clusters.get(cluster.name)?.generation ?? 0;
        const last = Math.max(pinned, ...tokens.map((t) => t.generation));
        if (cluster.generation >= last) return [];
        const path = ['clusters', cluster.name, 'generation'];
        return [
          {
            file,
            path,
            message: `generation ${cluster.generation}, but generation ${last} ${last === pinned ? 'stands' : 'had a token'}`,
            write: [set(path, last)],
          },
        ];
      }),
    ),
};
