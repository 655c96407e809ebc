import { replaceMember } from '../../estate/changes/replace-member';
import { loadValid } from '../loading';
import type { Verb } from '../verb';
import { changeEstate } from './apply';

/** `meissa replace <host>`: one of the two steps, whichever is due. */
export const replace: Verb = (context, args) => {
  const host = (args[0] as string).replaceAll('/', '-');
  return changeEstate(
    context,
    () => loadValid(context),
    (estate) => replaceMember(estate, host),
  );
};
