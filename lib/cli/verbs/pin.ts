import { forgetMembers, pinMembers } from '../../estate/changes/pin-members';
import { pinStanding } from '../../estate/changes/pin-standing';
import { tellVoters } from '../../estate/changes/tell-voters';
import { CURED_BY_COMMANDS, findRegion, loadExcept, parseTarget, unknown } from '../loading';
import { Refusal, type Verb, type VerbContext } from '../verb';
import type { ExitCode } from '../words/output';
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
  if (options.from !== undefined) return fromLive(context, args, options);
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

/** `--from live`: asks first and locks then, because others wait. */
async function fromLive(context: VerbContext, args: readonly unknown[], options: Record<string, unknown>): Promise<ExitCode> {
  const names = (args[0] as string[] | undefined) ?? [];
  if (options.from !== 'live')
    throw new Refusal('BAD_OPTION', `--from ${String(options.from)} is nothing to read`, '--from live');
  if (names.length === 0) throw new Refusal('NO_REGION', 'no region is named', 'pin <region> --from live');
  const { estate } = loadExcept(context, CURED_BY_COMMANDS);
  const { liveMembers } = await import('./pin-live');
  const found = new Map<string, Awaited<ReturnType<typeof liveMembers>>>();
  for (const { name } of names.map((one) => findRegion(estate, one))) found.set(name, await liveMembers(estate, name));
  return changeEstate(
    context,
    () => loadExcept(context, CURED_BY_COMMANDS),
    (now) => [...found].map(([name, members]) => pinStanding(now, name, members)),
    { dryRun: options.dryRun === true },
  );
}
