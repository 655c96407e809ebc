import { issueClusterToken } from '../../discovery';
import { markFormed } from '../../estate/changes/tokens';
import { CURED_BY_COMMANDS, loadExcept, parseTarget } from '../loading';
import type { Verb } from '../verb';
import { changeEstate } from './apply';

/** `meissa token <region>/<cluster>`. */
export const token: Verb = (context, args, options) => {
  const [region, cluster] = parseTarget(args[0] as string, 2, 2) as [string, string];
  return changeEstate(
    context,
    () => loadExcept(context, CURED_BY_COMMANDS),
    (estate) =>
      options.formed === true
        ? markFormed(estate, region, cluster)
        : issueClusterToken({ estate, region, cluster, fetch: context.fetch }),
  );
};
