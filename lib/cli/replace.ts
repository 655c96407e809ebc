import { replaceMember } from '../estate/changes/replace-member';
import { changeEstate } from './apply';
import { loadValid } from './loading';
import type { Verb } from './verb';

/** `meissa replace <host>`: one of the two steps, whichever is due. */
export const replace: Verb = (context, args) => {
  const host = (args[0] as string).replaceAll('/', '-');
  return changeEstate(
    context,
    () => loadValid(context),
    (estate) => replaceMember(estate, host),
  );
};
