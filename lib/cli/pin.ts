import { forgetMembers, pinMembers } from '../estate/changes/pin-members';
import { applyChange, applyChanges } from './apply';
import { findRegion, loadExcept, parseTarget } from './loading';
import type { Verb } from './verb';

/** `meissa pin [region...]`. */
export const pin: Verb = (context, args, options) => {
  const dryRun = options.dryRun === true;
  if (typeof options.forget === 'string') {
    const [region, cluster, fleet] = parseTarget(options.forget, 3, 3);
    const { estate } = loadExcept(context, ['MEMBER_NOT_DESCRIBED', 'MEMBER_NOT_PINNED']);
    return applyChange(context, forgetMembers(estate, region!, cluster!, fleet!), dryRun);
  }
  const names = (args[0] as string[] | undefined) ?? [];
  const { estate } = loadExcept(context, ['MEMBER_NOT_PINNED', 'TOKEN_MISSING', 'ARTIFACT_MISSING']);
  const regions = names.length === 0 ? estate.regions : names.map((name) => findRegion(estate, name));
  return applyChanges(
    context,
    regions.map((region) => pinMembers(estate, region.name)),
    dryRun,
  );
};
