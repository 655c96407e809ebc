/** What a diff looks at: regions, links, and what synth writes for them now. */
import { withTemporaryFolder } from '../../disk/scratch';
import { madeSource } from '../../estate/files/disk-source';
import type { Estate } from '../../estate/model';
import type { StackState } from '../../review/diff';
import { linkEnds } from '../../review/diff/meaning/routes';
import { assemblyStates } from '../../review/diff/read/assemblies';
import { emitOut } from '../emit-out';
import { loadValid } from '../loading';
import type { VerbContext } from '../verb';
import { type DeployTarget, deployTarget } from './deploy-target';

/** As for a deploy. @param names regions; none means all */
export function diffTarget(context: VerbContext, names: readonly string[], links?: readonly string[]): DeployTarget {
  const all = () => loadValid(context).estate.regions.map(({ name }) => name);
  return deployTarget(context, names.length === 0 ? all() : names, links);
}

/**
 * Whether a stack that stands, or stood, belongs to the target: that of a link which is no longer described when all its regions do.
 */
export function isSelected(
  path: string,
  { regions, links, estate }: Pick<DeployTarget, 'regions' | 'links' | 'estate'>,
): boolean {
  const ends = linkEnds(path);
  if (ends === undefined) return regions.includes(path.split('/')[0]!);
  if (links.some((link) => path.startsWith(`links/${link.path}/`))) return true;
  const places = estate.regions.map(({ name }) => name);
  const named = ends.filter((place) => regions.includes(place));
  return named.length > 0 && ends.every((place) => regions.includes(place) || !places.includes(place));
}

/**
 * Written into a folder that is gone afterwards. Throws all findings of what can't be written.
 *
 * @param links by path
 */
export function synthesizedStates(estate: Estate, regions: readonly string[], links: readonly string[]): StackState[] {
  return withTemporaryFolder('diff', (folder) => {
    const { aws, aliyun } = emitOut(estate, { regions, links: [...new Set(links)] }, folder);
    return aws === undefined && aliyun === undefined ? [] : assemblyStates(madeSource(folder));
  });
}
