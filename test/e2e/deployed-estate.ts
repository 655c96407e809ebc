/** The command line as a process of its own against an embedded cloud that lives on when it is killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import type { EmbeddedCloud } from '../../lib/embedded-cloud';
import { MEISSA, type Ran, ROOT, run } from '../child/run';

/** Nothing of a real account of who runs the tests comes through. */
export function cloudOnly(env: Readonly<Record<string, string>>): Record<string, string | undefined> {
  const own = Object.keys(process.env).filter((name) => /^(AWS|CDK|ALIBABA|ALICLOUD|MEISSA_ALIYUN)_/.test(name));
  return { ...Object.fromEntries(own.map((name) => [name, undefined])), ...env, CI: '1', NO_COLOR: '1', CDK_VALIDATION: 'false' };
}

/** Runs a verb to its end. */
export function meissaOn(cloud: Pick<EmbeddedCloud, 'env'>, root: string, ...args: string[]): Promise<Ran> {
  return run(process.execPath, [...MEISSA, ...args, '--root', root], { env: cloudOnly(cloud.env()), timeout: 120 });
}

export interface Deploying {
  readonly child: ChildProcess;
  /** What it has said so far, both streams. */
  said(): string;
  /** Resolves with its exit code, or null where a signal ended it. */
  readonly ended: Promise<number | null>;
}

/** Starts a verb and does not wait for it. */
export function startMeissa(cloud: Pick<EmbeddedCloud, 'env'>, root: string, ...args: string[]): Deploying {
  const env = { ...process.env, ...cloudOnly(cloud.env()) };
  const child = spawn(process.execPath, [...MEISSA, ...args, '--root', root], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  return { child, said: () => said, ended };
}

/** Waits until something holds; fails with words after seconds. */
export async function until(what: string, holds: () => boolean, seconds = 60): Promise<void> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`not within ${seconds} s: ${what}`);
}
