import { setTimeout as sleep } from 'node:timers/promises';
import { DeployError } from '../../deploy/deploy-error';
import type { PushTarget } from '../../deploy/push/files';
import { lookAt, push as pushTo } from '../../deploy/push/push';
import { sshShell } from '../../deploy/push/ssh';
import { confirmed, mustBeAble } from '../confirm';
import { sayWarnings, unknown } from '../loading';
import { Refusal, type Verb, type VerbContext } from '../verb';
import { EXIT } from '../words/output';
import { deployTarget } from './deploy-target';
import { idcTargets } from './idc-targets';

/** Seconds: FRR takes twenty to have its sessions up again. */
const WITHIN = 120;

interface Pushed {
  readonly host: string;
  readonly outcome: 'pushed' | 'unchanged' | 'changes' | 'failed' | 'skipped';
  readonly diff?: string;
  readonly error?: { readonly code: string; readonly message: string; readonly fix: string };
}

/** `meissa push <idc> [host...]`: its files, by ssh, one host after the other; each takes them back by itself unless it stays well. */
export const push: Verb = async (context, args, options) => {
  const [name, names] = args as [string, string[]];
  const { estate, plan, warnings, idcs = [] } = deployTarget(context, [name], ['none'], { idcs: true });
  if (idcs.length === 0)
    throw new Refusal(
      'NOT_PUSHED_TO',
      `${name} is a region: its engine brings what is described to its hosts`,
      `meissa deploy ${name}`,
    );
  const all = idcTargets(estate, plan, name);
  for (const one of names)
    if (!all.some((target) => target.name === one))
      throw unknown(
        'host',
        one,
        all.map((target) => target.name),
      );
  const targets = names.length === 0 ? all : all.filter((target) => names.includes(target.name));
  const within = secondsOf(options.within);
  const command = ['meissa push', name, ...names].join(' ');
  const dry = options.dryRun === true;
  if (!dry) mustBeAble('meissa push', options.yes === true, command);
  sayWarnings(warnings, context);

  const shell = sshShell();
  const looked = await lookAll(context, targets, shell);
  const changing = targets.filter((target) => looked.get(target.name) !== undefined);
  if (dry || changing.length === 0)
    return report(
      context,
      targets.map(({ name: host }) => lookedAt(host, looked.get(host))),
    );
  if (
    options.yes !== true &&
    !(await confirmed(`Push to ${changing.map((target) => target.name).join(', ')}, one after the other?`))
  )
    return EXIT.failed;

  const done: Pushed[] = targets
    .filter((target) => !changing.includes(target))
    .map(({ name: host }) => ({ host, outcome: 'unchanged' }));
  const timing = { within, sleep: (milliseconds: number) => sleep(milliseconds), now: () => performance.now() };
  for (const target of changing) {
    const host = target.name;
    if (done.some(({ outcome }) => outcome === 'failed')) {
      done.push({ host, outcome: 'skipped' });
      continue;
    }
    context.output.say(`${host}: pushes to ${target.address}; it takes it back by itself in ${within} s unless it stays well`);
    try {
      done.push({ host, outcome: await pushTo(target, shell, timing) });
      context.output.say(`${host}: ${context.output.style('green', 'pushed')}${remarkOf(target, looked.get(host)!)}`);
    } catch (error) {
      if (!(error instanceof DeployError)) throw error;
      const { code, message, fix } = error;
      done.push({ host, outcome: 'failed', error: { code, message, fix } });
    }
  }
  return report(context, done);
};

/** What a pushed file doesn't do at once. */
function remarkOf({ kind }: PushTarget, diff: string): string {
  return kind === 'host' && diff.includes('user_data') ? '; its configuration is read at its next boot' : '';
}

async function lookAll(
  context: VerbContext,
  targets: readonly PushTarget[],
  shell: ReturnType<typeof sshShell>,
): Promise<ReadonlyMap<string, string | undefined>> {
  const looked = new Map<string, string | undefined>();
  for (const target of targets) {
    const diff = await lookAt(target, shell);
    looked.set(target.name, diff);
    context.output.say(diff === undefined ? `${target.name}: unchanged` : `${target.name}:\n${diff.trimEnd()}`);
  }
  return looked;
}

function lookedAt(host: string, diff: string | undefined): Pushed {
  return diff === undefined ? { host, outcome: 'unchanged' } : { host, outcome: 'changes', diff };
}

function report({ json, output }: VerbContext, hosts: readonly Pushed[]) {
  const failed = hosts.filter((host) => host.outcome === 'failed');
  if (json) output.json({ version: 1, hosts });
  for (const { error } of failed) {
    output.say(`${output.style('red', 'x')} ${error!.code}: ${error!.message}`, `    write: ${error!.fix}`);
  }
  const skipped = hosts.filter((host) => host.outcome === 'skipped').map(({ host }) => host);
  if (skipped.length > 0) output.say(`not touched: ${skipped.join(', ')}`);
  if (failed.length > 0) return EXIT.failed;
  return hosts.some((host) => host.outcome === 'changes') ? EXIT.changes : EXIT.ok;
}

function secondsOf(given: unknown): number {
  if (given === undefined) return WITHIN;
  const value = /^\d+$/.test(String(given)) ? Number(given) : Number.NaN;
  if (value >= 10 && value <= 3600) return value;
  throw new Refusal(
    'BAD_NUMBER',
    `--within ${String(given)} is no whole number of seconds from 10 to 3600`,
    `--within ${WITHIN}`,
  );
}
