import { forgetMembers, pinMembers } from '../../estate/changes/pin-members';
import { tellVoters } from '../../estate/changes/tell-voters';
import { CURED_BY_COMMANDS, findRegion, loadExcept, parseTarget, unknown } from '../loading';
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
  if (typeof options.tell === 'string') {
    const [region, cluster] = parseTarget(options.tell, 2, 2);
    return changeEstate(
      context,
      () => loadExcept(context, CURED_BY_COMMANDS),
      (estate) => tellVoters(estate, region!, cluster!),
      { dryRun },
    );
  }
  const avoid = (options.avoid as string[] | undefined) ?? [];
  const names = (args[0] as string[] | undefined) ?? [];
  return changeEstate(
    context,
    () => loadExcept(context, CURED_BY_COMMANDS),
    (estate) => {
      const regions = names.length === 0 ? estate.regions : names.map((name) => findRegion(estate, name));
      const zones = regions.flatMap((region) => region.network.zones);
      const strange = avoid.find((zone) => !zones.includes(zone));
      if (strange !== undefined) throw unknown('zone', strange, zones);
      return regions.map((region) => pinMembers(estate, region.name, { avoid }));
    },
    { dryRun },
  );
};
