import { replaceDisk } from '../../estate/changes/replace-disk';
import { replaceMember } from '../../estate/changes/replace-member';
import type { Estate } from '../../estate/model/model';
import { loadValid } from '../loading';
import { Refusal, type Verb } from '../verb';
import { changeEstate } from './apply';
import { acceptedOf } from './deploy-losses';

/** `meissa replace <host>`, `meissa replace --disk <host>/<volume>`: one of the two steps, whichever is due. */
export const replace: Verb = (context, args, options) => {
  const decide = decided(args[0] as string | undefined, options);
  return changeEstate(context, () => loadValid(context), decide);
};

function decided(named: string | undefined, { disk, accept }: Record<string, unknown>) {
  if (typeof disk !== 'string') {
    if (named === undefined) throw new Refusal('NO_HOST', 'no host is named', 'meissa replace <host>');
    if (accept !== undefined)
      throw new Refusal('ACCEPTS_NOTHING', '--accept: a host that is replaced loses nothing', 'leave it out');
    return (estate: Estate) => replaceMember(estate, hyphenated(named));
  }
  const cut = disk.lastIndexOf('/');
  const host = hyphenated(disk.slice(0, Math.max(cut, 0)));
  if (cut < 1) throw new Refusal('NO_VOLUME', `--disk ${disk} names no volume`, `meissa replace --disk <host>/<volume>`);
  if (named !== undefined && hyphenated(named) !== host)
    throw new Refusal('TWO_HOSTS', `${named} and ${host} are named`, `meissa replace --disk ${host}/${disk.slice(cut + 1)}`);
  // As a person may write it: with slashes, as elsewhere.
  const accepted = acceptedOf(accept).map((name) => {
    const at = name.lastIndexOf('/');
    return at < 1 ? name : `${hyphenated(name.slice(0, at))}${name.slice(at)}`;
  });
  return (estate: Estate) => replaceDisk(estate, host, disk.slice(cut + 1), accepted);
}

const hyphenated = (host: string): string => host.replaceAll('/', '-');
