import type { Fragment } from '../estate/build/profiles';
import { advised, type Finding } from '../estate/findings/finding';
import type { Profile } from '../estate/model/profile';
import { fragmentTree, type TreeNode } from './fragment-tree';

/** What stands in a folder for people. */
const forPeople = /(^|\/)(README|LICENSE|CHANGELOG|NOTICE|OWNERS|CODEOWNERS)(\.[^/]*)?$|\.md$/i;

/** Files of a profile's folder that no `source` names, whatever its conditions: hosts get nothing of them. */
export function unusedFiles(profile: Fragment & Pick<Profile, 'files' | 'name'>): Finding[] {
  const { root } = fragmentTree(profile);
  const named = root === undefined ? undefined : sources(root);
  // A name that a template makes may be any of them, and so may one that is none: that is told where it stands.
  if (named === undefined || named.some((name) => name === undefined || !Object.hasOwn(profile.files, name))) return [];
  return Object.keys(profile.files)
    .sort()
    .filter((name) => !named.includes(name) && !forPeople.test(name))
    .map((name) => ({
      ...{ file: `${profile.folder}/${name}`, line: 1, code: 'PROFILE_FILE_UNUSED', severity: 'warning', path: '' },
      message: `No \`source\` of the profile ${profile.name} names ${name}.`,
      why: 'No host gets anything of it.',
      ...advised('', [], {
        write: [[{ delete: `${profile.folder}/${name}` }]],
        fix: `or write \`source: ${name}\` where it belongs`,
      }),
    }));
}

/** Every `source` of a tree; undefined for one that is no plain text. */
function sources(node: TreeNode): (string | undefined)[] {
  if (node.kind === 'list') return node.items.flatMap(sources);
  if (node.kind !== 'map') return [];
  return node.entries.flatMap(({ key, value }) => {
    if (key !== 'source') return sources(value);
    return [value.kind === 'scalar' ? String(value.value) : undefined];
  });
}
