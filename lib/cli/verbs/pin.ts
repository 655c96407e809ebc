import { forgetMembers, pinMembers } from '../../estate/changes/pin-members';
import { findRegion, loadExcept, parseTarget } from '../loading';
import type { Verb } from '../verb';
import { changeEstate } from './apply';

/** `meissa pin [region...]`. */
export const pin: Verb = (context, args, options) => {
  const dryRun = options.dryRun === true;
  if (typeof options.forget === 'string') {
    const [region, cluster, fleet] = parseTarget(options.forget, 3, 3);
    return changeEstate(
      context,
      () => loadExcept(context, ['MEMBER_NOT_DESCRIBED', 'MEMBER_NOT_PINNED']),
      (estate) => forgetMembers(estate, region!, cluster!, fleet!),
      { dryRun },
    );
  }
  const names = (args[0] as string[] | undefined) ?? [];
  return changeEstate(
    context,
    () => loadExcept(context, ['MEMBER_NOT_PINNED', 'TOKEN_MISSING', 'ARTIFACT_MISSING']),
    (estate) => {
      const regions = names.length === 0 ? estate.regions : names.map((name) => findRegion(estate, name));
      return regions.map((region) => pinMembers(estate, region.name));
    },
    { dryRun },
  );
};
