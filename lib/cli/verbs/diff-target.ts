/** What a diff looks at: regions, links and data centres. */
import { linkEnds } from '../../review/diff/meaning/routes';
import type { VerbContext } from '../verb';
import { type DeployTarget, deployTarget } from './deploy-target';

/** As for a deploy. @param names regions and data centres; none means all */
export function diffTarget(context: VerbContext, names: readonly string[], links?: readonly string[]): DeployTarget {
  return deployTarget(context, names.length === 0 ? 'all' : names, links, true);
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
