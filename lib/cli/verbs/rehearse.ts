import { Refusal, type Verb } from '../verb';

/** What asks for a cloud that answers, and what asks for a deploy in virtual time. */
const EMBEDDED = ['serve', 'state', 'fresh'];
const VIRTUAL = ['from', 'failAt', 'throttle', 'killAt', 'lostAnswer'];

/**
 * `meissa rehearse [region...]`: the deploy in virtual time, as a timeline; with `--serve`, `--state` or `--fresh` on a cloud embedded in this
 * process, which real clients can talk to.
 */
export const rehearse: Verb = async (context, args, options) => {
  const [embedded] = EMBEDDED.filter((name) => options[name] !== undefined);
  const [virtual] = VIRTUAL.filter((name) => options[name] !== undefined);
  if (embedded !== undefined && virtual !== undefined)
    throw new Refusal(
      'TWO_REHEARSALS',
      `--${embedded} asks for a cloud that answers, and ${flag(virtual)} for a deploy in virtual time, which has none`,
      'one of them',
    );
  if (embedded !== undefined) return (await import('./rehearse-embedded')).rehearseEmbedded(context, args, options);
  return (await import('./rehearse-virtual')).rehearseVirtual(context, args, options);
};

const flag = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
