import { userDataOf } from '../../host-config/fleet-user-data';
import type { FleetPlan } from '../../plan/model';
import { deployOrder } from '../../plan/order';
import { planEstate } from '../../plan/plan';
import { writtenLink } from '../../review/link-words';
import { planLines } from '../../review/plan-text';
import { findRegion, loadValid, sayWarnings } from '../loading';
import type { Verb } from '../verb';
import { EXIT } from '../words/output';

/** `meissa plan [region...]`. */
export const plan: Verb = (context, args, options) => {
  const names = (args[0] as string[] | undefined) ?? [];
  const { estate, warnings } = loadValid(context, names.length === 0 ? undefined : names);
  for (const name of names) findRegion(estate, name);
  const render = userDataOf(estate);
  const withUserData = (fleet: FleetPlan) => {
    const { format, bytes, gzipped, digest } = render(fleet);
    return { ...fleet, userData: { format, bytes, gzipped, digest } };
  };
  const planned = planEstate(estate, names.length === 0 ? undefined : names);
  sayWarnings(warnings, context);
  if (context.json)
    context.output.json({
      version: 1,
      ...planned,
      regions: planned.regions.map((r) => ({ ...r, fleets: r.fleets.map(withUserData) })),
      links: planned.links.map(writtenLink),
      order: deployOrder(planned),
    });
  else context.output.print(...planLines(planned, { hosts: options.hosts === true, all: names.length === 0 }));
  return EXIT.ok;
};
