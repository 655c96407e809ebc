import { issueClusterToken } from '../../discovery';
import { markFormed } from '../../estate/changes/tokens';
import { CURED_BY_COMMANDS, loadExcept, parseTarget } from '../loading';
import type { Verb } from '../verb';
import { changeEstate } from './apply';

/** Where hosts can't reach the discovery service: this machine may, where it is tried. Validation, synth and deploy refuse it all the same. */
const HOSTS_ONLY = 'LOOPBACK_URL';

/** `meissa token <region>/<cluster>`. */
export const token: Verb = (context, args, options) => {
  const [region, cluster] = parseTarget(args[0] as string, 2, 2) as [string, string];
  return changeEstate(
    context,
    () => loadExcept(context, [...CURED_BY_COMMANDS, HOSTS_ONLY]),
    (estate) =>
      options.formed === true
        ? markFormed(estate, region, cluster)
        : issueClusterToken({ estate, region, cluster, fetch: context.fetch }),
  );
};
