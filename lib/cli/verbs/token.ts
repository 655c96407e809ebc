import { issueClusterToken } from '../../discovery';
import { markFormed } from '../../estate/changes/tokens';
import { loadExcept, parseTarget } from '../loading';
import type { Verb } from '../verb';
import { changeEstate } from './apply';

/** `meissa token <region>/<cluster>`. */
export const token: Verb = (context, args, options) => {
  const [region, cluster] = parseTarget(args[0] as string, 2, 2) as [string, string];
  return changeEstate(
    context,
    () => loadExcept(context, ['TOKEN_MISSING', 'MEMBER_NOT_PINNED', 'IMAGE_MISSING', 'ARTIFACT_MISSING']),
    (estate) =>
      options.formed === true
        ? markFormed(estate, region, cluster)
        : issueClusterToken({ estate, region, cluster, fetch: context.fetch }),
  );
};
