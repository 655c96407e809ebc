import { replaceMember } from '../estate/changes/replace-member';
import { applyChange } from './apply';
import { loadValid } from './loading';
import type { Verb } from './verb';

/** `meissa replace <host>`: one of the two steps, whichever is due. */
export const replace: Verb = (context, args) => {
  const { estate } = loadValid(context);
  return applyChange(context, replaceMember(estate, (args[0] as string).replaceAll('/', '-')));
};
