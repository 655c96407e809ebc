import { collectionFindings } from '../../collection/findings';
import { unusedAcceptances, withAccepted } from '../../estate/findings/accepted';
import { allFindings, attempt } from '../../estate/findings/attempt';
import { sortFindings } from '../../estate/findings/finding';
import { loadEstate } from '../../estate/read/load';
import { fragmentFindings, renderFindings } from '../../host-config/fleet-user-data';
import { planEstate } from '../../plan/plan';
import type { Verb } from '../verb';
import { count, EXIT, hasErrors, sayFindings } from '../words/output';

/** `meissa validate`: every finding of the estate; where it stands, of the sizes of its collections and of every fleet's user-data. */
export const validate: Verb = (context, _args, options) => {
  const today = typeof options.today === 'string' ? options.today : context.today;
  const { estate, fragments, findings: loaded } = loadEstate(context.root, { today });
  const further =
    estate === undefined || hasErrors(loaded)
      ? fragmentFindings(fragments)
      : [
          ...collectionFindings(estate),
          ...allFindings(attempt('regions', 'the plan', () => renderFindings(estate, planEstate(estate)))),
        ];
  const seen = withAccepted([...loaded, ...further], estate?.acceptedWarnings);
  // Whether something is accepted in vain is known once every finding is.
  const findings = sortFindings([...seen, ...(hasErrors(seen) ? [] : unusedAcceptances(seen, estate?.acceptedWarnings))]);
  if (context.json) context.output.json({ version: 1, findings });
  else {
    sayFindings(findings, context.output, options.all === true);
    if (!hasErrors(findings) && estate !== undefined) {
      const { regions } = estate;
      const fleets = regions.reduce((n, r) => n + r.clusters.reduce((m, c) => m + c.fleets.length, 0), 0);
      context.output.say(`${estate.name}: ${count(regions.length, 'region')}, ${count(fleets, 'fleet')}: valid`);
    }
  }
  return hasErrors(findings) ? EXIT.failed : EXIT.ok;
};
