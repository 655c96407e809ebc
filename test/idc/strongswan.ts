/** The real strongSwan in a network namespace, with a given swanctl.conf and key files beside it. */
import { type ChildProcess, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { spawnInNamespace } from '../namespace-process';
import { findRealPart } from '../real-parts';
import { until } from './frr';

export interface Strongswan {
  /** `swanctl` with these arguments; its words, whether it succeeded or not. */
  swanctl(...args: string[]): string;
  log(): string;
  stop(): Promise<void>;
}

/**
 * Starts charon and loads connections and keys as `swanctl --load-all` does on the router.
 *
 * @param files by path on the router: `/etc/swanctl/swanctl.conf`, and key files that it includes
 * @throws when something isn't loaded, with swanctl's words
 */
export async function startStrongswan(namespace: string, files: Readonly<Record<string, string>>): Promise<Strongswan> {
  const folder = mkdtempSync(join(tmpdir(), 'ipsec-'));
  const socket = join(folder, 'vici');
  const log = join(folder, 'log');
  const settings = `charon-systemd {
  load = random nonce openssl pem hmac sha2 aes gcm kdf vici kernel-netlink socket-default
  filelog { stderr { default = 1 } }
  plugins { vici { socket = unix://${socket} } }
}
swanctl { load = pem random openssl }
`;
  for (const [path, text] of Object.entries({ ...files, '/etc/strongswan.conf': settings })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text, { mode: 0o600 });
  }
  const program = findRealPart('strongswan')!;
  const out = openSync(log, 'a');
  const charon = spawnInNamespace(namespace, program, [folder, 'charon-systemd'], { stdio: ['ignore', out, out] });
  closeSync(out);
  charon.unref();
  const swanctl = (...rest: string[]): string => {
    const ran = spawnSync(program, [folder, 'swanctl', ...rest, '--uri', `unix://${socket}`], {
      encoding: 'utf8',
      timeout: 20_000,
    });
    return `${ran.stdout}${ran.stderr}`;
  };
  const read = (): string => readFileSync(log, 'utf8');
  const stop = async (): Promise<void> => {
    await end(charon);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await until(() => read().includes('spawning'), 'charon to come up', read);
    const words = swanctl('--load-all');
    if (!/successfully loaded \d+ connections/.test(words)) throw new Error(words);
  } catch (error) {
    await stop();
    throw error;
  }
  return { swanctl, log: read, stop };
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
