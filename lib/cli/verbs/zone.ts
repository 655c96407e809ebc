import type { Change } from '../../estate/changes/change';
import { loseZone, zoneBack } from '../../estate/changes/lose-zone';
import type { Estate } from '../../estate/model/model';
import { zoneImpact } from '../../review/zone-impact';
import { CURED_BY_COMMANDS, loadExcept } from '../loading';
import { Refusal, type Verb, type VerbContext } from '../verb';
import { changeEstate } from './apply';

/** A region file that asks for hosts in the zone is mended after the zone is written down, and can be before. */
const CURED = [...CURED_BY_COMMANDS, 'MEMBER_IN_LOST_ZONE'];

/** `meissa zone lost <region>/<zone>`. */
export const zoneLost: Verb = (context, args, options) => {
  const [region, zone] = parsed(args[0] as string);
  return changed(context, options, (estate) => {
    const change = loseZone(estate, region, zone);
    if (change.refused !== undefined) return change;
    return {
      ...change,
      words: [...change.words, ...zoneImpact(estate, region, zone), 'what to do, in which order: docs/runbooks/incidents/zone-lost.md'],
    };
  });
};

/** `meissa zone back <region>/<zone>`. */
export const zoneIsBack: Verb = (context, args, options) => {
  const [region, zone] = parsed(args[0] as string);
  return changed(context, options, (estate) => zoneBack(estate, region, zone));
};

function changed(context: VerbContext, options: Record<string, unknown>, decide: (estate: Estate) => Change) {
  return changeEstate(context, () => loadExcept(context, CURED), decide, { dryRun: options.dryRun === true });
}

function parsed(text: string): [region: string, zone: string] {
  const [region, zone, ...more] = text.split('/');
  if (!region || !zone || more.length > 0) throw new Refusal('BAD_TARGET', `"${text}" does not name a zone`, '<region>/<zone>');
  return [region, zone];
}
