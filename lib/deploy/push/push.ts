/** Files onto one router or host: checked there, taken back by the host itself unless it is reached and well afterwards. */
import { DeployError } from '../deploy-error';
import type { PushTarget } from './files';
import { PUSH_SCRIPT } from './script';

export interface Answer {
  /** The script's own; 255: ssh did not get there. */
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A new connection each time: one that stands says nothing of whether another could be made. */
export type Shell = (target: Pick<PushTarget, 'address' | 'kind'>, script: string) => Promise<Answer>;

export interface PushOptions {
  /** Seconds until the host takes it back by itself. */
  readonly within: number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Milliseconds. */
  readonly now: () => number;
}

export type PushOutcome = 'pushed' | 'unchanged';

/** ssh's own code. */
const NOT_REACHED = 255;

const PAUSE = 3_000;

/** How much longer than the way back takes a host is waited for, to say what became of it. Milliseconds. */
const GRACE = 60_000;

/** What differs on the host, as text; undefined where nothing does. Changes nothing. @throws DeployError HOST_NOT_REACHED */
export async function lookAt(target: PushTarget, shell: Shell): Promise<string | undefined> {
  const said = await shell(target, scriptOf('look', target.files));
  if (said.code !== 0) throw failure(target, said);
  return said.out.startsWith('unchanged') ? undefined : said.out.replace(/^changed\n/, '');
}

/**
 * @throws DeployError HOST_NOT_REACHED, PUSH_UNDER_WAY, PUSH_REFUSED (nothing was changed), PUSH_TAKEN_BACK (it is as it was), PUSH_LOST (it
 * isn't reached any more)
 */
export async function push(target: PushTarget, shell: Shell, options: PushOptions): Promise<PushOutcome> {
  const { within, sleep, now } = options;
  const begun = now();
  const taken = await shell(target, scriptOf(`take ${within}`, target.files));
  if (taken.code === 0 && taken.out.startsWith('unchanged')) return 'unchanged';
  // The connection may have been cut by what was pushed: then the host is asked anew, too.
  if (taken.code !== 0 && taken.code !== NOT_REACHED) throw failure(target, taken);
  let last = taken;
  while (now() - begun < within * 1000) {
    const said = await shell(target, scriptOf('confirm'));
    if (said.code === 0) return 'pushed';
    // What it was taken back for was said before.
    if (said.code === 24) break;
    last = said;
    await sleep(PAUSE);
  }
  return takenBack(target, shell, { ...options, begun, last });
}

async function takenBack(
  { name, address, kind }: PushTarget,
  shell: Shell,
  { within, sleep, now, begun, last }: PushOptions & { readonly begun: number; readonly last: Answer },
): Promise<never> {
  const why = last.code === NOT_REACHED ? 'it could not be reached any more' : wordsOf(last);
  while (now() - begun < within * 1000 + GRACE) {
    const { code, out } = await shell({ address, kind }, scriptOf('state'));
    if (code === 0 && /^back/.test(out))
      throw new DeployError(
        'PUSH_TAKEN_BACK',
        `${name}: ${why} within ${within} s of the push; it took it back by itself and runs as before, and no further host was touched`,
        'mend the description (meissa reach, meissa diff --base), then run the same command',
      );
    if (code === 0 && /^settled/.test(out)) break;
    await sleep(PAUSE);
  }
  throw new DeployError(
    last.code === NOT_REACHED ? 'PUSH_LOST' : 'HOST_NOT_REACHED',
    `${name}: ${why}, and what became of the push is not known: ${address} does not answer or says nothing of it; no further host was touched`,
    'go to its console: /var/lib/meissa/push/log and /var/lib/meissa/push/old hold what it was; then run the same command',
  );
}

function failure({ name, address }: PushTarget, said: Answer): DeployError {
  const words = wordsOf(said);
  if (said.code === 21)
    return new DeployError('PUSH_UNDER_WAY', `${name}: ${words}`, 'wait two minutes, then run the same command');
  if (said.code === 22)
    return new DeployError(
      'PUSH_REFUSED',
      `${name}: ${words}; nothing was changed`,
      'mend the description, then run the same command',
    );
  if (said.code === 23)
    return new DeployError('PUSH_TAKEN_BACK', `${name}: ${words}`, 'mend the description, then run the same command');
  return new DeployError(
    'HOST_NOT_REACHED',
    `${name}: ssh to ${address} ended with ${said.code}: ${words}; nothing was changed`,
    `try it: ssh ${address} true; how you get there (user, key, jump host) stands in your ~/.ssh/config`,
  );
}

/** The last lines that it said: what a program complains of stands before what the script makes of it. */
function wordsOf({ err, code }: Answer): string {
  const lines = err
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines.slice(-3).join('; ') || `it ended with ${code}`;
}

/** @param files none for a command that takes none */
export function scriptOf(command: string, files: ReadonlyMap<string, string> = new Map()): string {
  const lines = [...files].map(([path, text]) => {
    if (!/^(?:\/[\w.@-]+)+$/.test(path)) throw new RangeError(`no path of a pushed file: ${path}`);
    return `${path} ${Buffer.from(text).toString('base64')}\n`;
  });
  // Read as a whole before anything of it runs: a connection that breaks off half-way runs nothing.
  return `main() {\nset -- ${command}\n${PUSH_SCRIPT}}\nmain <<'MEISSA'\n${lines.join('')}MEISSA\n`;
}
