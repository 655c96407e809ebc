/** What a diff looks at: regions, links and data centres. */
import { standingRules } from '../../estate/rules/standing/rules';
import { linkEnds } from '../../review/diff/meaning/routes';
import type { VerbContext } from '../verb';
import { type DeployTarget, deployTarget } from './deploy-target';

/** What would be lost of what stands is what a diff is there to show; a deploy is refused for it until it is accepted. */
const STANDING = standingRules.map(({ code }) => code);

/** As for a deploy. @param names regions and data centres; none means all */
export function diffTarget(context: VerbContext, names: readonly string[], links?: readonly string[]): DeployTarget {
  return deployTarget(context, names.length === 0 ? 'all' : names, links, { idcs: true, shown: STANDING });
}

/**
 * Whether a stack that stands, or stood, belongs to the target: that of a link which is no longer described when all its regions do. One
 * that is described and was not asked for is left alone.
 *
 * @param all whether the target is the whole estate
 */
export function isSelected(
  path: string,
  { regions, links, estate, plan }: Pick<DeployTarget, 'regions' | 'links' | 'estate' | 'plan'>,
  all: boolean,
): boolean {
  const ends = linkEnds(path);
  // Of the whole estate a region that was described and is no longer is told too.
  if (ends === undefined) return all || regions.includes(path.split('/')[0]!);
  if (links.some((link) => path.startsWith(`links/${link.path}/`))) return true;
  if (plan.links.some((link) => path.startsWith(`links/${link.path}/`))) return false;
  if (all) return true;
  const places = estate.regions.map(({ name }) => name);
  const named = ends.filter((place) => regions.includes(place));
  return named.length > 0 && ends.every((place) => regions.includes(place) || !places.includes(place));
}
