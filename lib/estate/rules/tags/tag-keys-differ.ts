import { cloudOf } from '../../../clouds/clouds';
import { remove, rename } from '../../findings/remedy';
import type { Problem, Rule } from '../rule';
import { tagLevels } from './tag-levels';

/** No two tags of a thing have keys that differ by case only, where its cloud takes them for one. Source: "Tags for AWS Identity and Access Management resources" (case sensitivity). */
export const tagKeysDiffer: Rule = {
  code: 'TAG_CASE',
  title: 'Tag keys of one thing differ by more than case on AWS.',
  why: 'a role can have only one of them, and whoever reads the bill by tag takes both for one',
  check: (estate) =>
    tagLevels(estate).flatMap(({ file, path, tags, above, regions }) => {
      if (!regions.some((region) => cloudOf(region).tags.caseless)) return [];
      const seen = new Map<string, string>();
      for (const key of Object.keys(above)) if (!seen.has(key.toLowerCase())) seen.set(key.toLowerCase(), key);
      return Object.keys(tags).flatMap((key): Problem[] => {
        const first = seen.get(key.toLowerCase()) ?? key;
        seen.set(key.toLowerCase(), first);
        if (first === key) return [];
        const message = `the tag keys "${first}" and "${key}" are one to AWS`;
        return [
          {
            file,
            path: [...path, key],
            message,
            ...(Object.hasOwn(tags, first)
              ? { write: [remove([...path, key])], fix: `or leave \`${first}\` out` }
              : { write: [rename([...path, key], first)], fix: 'or another word' }),
          },
        ];
      });
    }),
};
