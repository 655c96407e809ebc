/** What the members lock remembers and a deploy would lose or could not do. All may be accepted by name in the region's file. */
import type { Estate } from '../../model/model';
import { acceptanceOf, type Problem, type Rule, type RuleContext } from '../rule';
import { blocksStay } from './blocks-stay';
import { clustersKeepTheirData } from './clusters-keep-their-data';
import { containerRangesStay } from './container-ranges-stay';
import { membersKeepTheirPlace } from './members-keep-their-place';
import { membersKeepTheirStack } from './members-keep-their-stack';
import { partitionsNeverFall } from './partitions-never-fall';
import { regionsAreNotRebuilt } from './regions-are-not-rebuilt';
import { topicsKeepTheirReplicas } from './topics-keep-their-replicas';
import { topicsStay } from './topics-stay';
import { volumesNeverShrink } from './volumes-never-shrink';
import { volumesStay } from './volumes-stay';
import { volumesStayWhatTheyAre } from './volumes-stay-what-they-are';

export const standingRules: readonly Rule[] = [
  blocksStay,
  regionsAreNotRebuilt,
  membersKeepTheirPlace,
  containerRangesStay,
  membersKeepTheirStack,
  clustersKeepTheirData,
  volumesNeverShrink,
  volumesStayWhatTheyAre,
  volumesStay,
  partitionsNeverFall,
  topicsStay,
  topicsKeepTheirReplicas,
];

const NO_CONTEXT: RuleContext = { profileNames: [] };

/** What a region would lose, and whether that was accepted. */
export function losses(estate: Estate, region: string): (Problem & { readonly code: string; readonly accepted: boolean })[] {
  return standingRules.flatMap((rule) =>
    rule
      .check(estate, NO_CONTEXT)
      .filter(({ acceptable }) => acceptable?.region.name === region)
      .map((problem) => ({ ...problem, code: rule.code, accepted: acceptanceOf(rule, problem) !== undefined })),
  );
}
