import { forgetMembers, pinMembers } from '../../estate/changes/pin-members';
import { CURED_BY_COMMANDS, findRegion, loadExcept, parseTarget } from '../loading';
import type { Verb } from '../verb';
import { changeEstate } from './apply';

/** `meissa pin [region...]`. */
export const pin: Verb = (context, args, options) => {
  const dryRun = options.dryRun === true;
  if (typeof options.forget === 'string') {
    const [region, cluster, fleet] = parseTarget(options.forget, 3, 3);
    return changeEstate(
      context,
      () => loadExcept(context, CURED_BY_COMMANDS),
      (estate) => forgetMembers(estate, region!, cluster!, fleet!),
      { dryRun },
    );
  }
  const names = (args[0] as string[] | undefined) ?? [];
  return changeEstate(
    context,
    () => loadExcept(context, CURED_BY_COMMANDS),
    (estate) => {
      const regions = names.length === 0 ? estate.regions : names.map((name) => findRegion(estate, name));
      return regions.map((region) => pinMembers(estate, region.name));
    },
    { dryRun },
  );
};
