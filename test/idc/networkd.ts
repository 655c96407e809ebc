/** What systemd-networkd itself (Debian 12's, of the bootable root) makes of network files. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lacksNamespaces, REAL_PARTS } from '../real-parts';

const ROOT = join(REAL_PARTS, 'boot-root');

/** Why it can't be asked here; empty where it can. */
export function lacksNetworkd(): string[] {
  return [...lacksNamespaces(), ...(existsSync(ROOT) ? [] : ['no root with systemd: run scripts/real-parts'])];
}

export interface NetworkdSays {
  /** Lines about the files themselves: unknown keys, values that are no addresses ... */
  readonly complaints: readonly string[];
  /** Kinds of the devices that it would make, by name. */
  readonly devices: Readonly<Record<string, string>>;
}

/** Runs it for a second in a network namespace and a mount namespace of its own. */
export function askNetworkd(files: ReadonlyMap<string, string>): NetworkdSays {
  const folder = mkdtempSync(join(tmpdir(), 'networkd-'));
  // It reads as a user of its own.
  chmodSync(folder, 0o755);
  const namespace = `meissa-${process.pid}-networkd`;
  for (const [name, text] of files) writeFileSync(join(folder, name), text);
  execFileSync('ip', ['netns', 'add', namespace]);
  try {
    const script =
      'mount --bind "$1" "$2/etc/systemd/network" && mount -t tmpfs none "$2/run" && ' +
      'mount --rbind /proc "$2/proc" && mount --rbind /sys "$2/sys" && exec timeout 1 chroot "$2" /lib/systemd/systemd-networkd';
    const args = [
      'netns',
      'exec',
      namespace,
      'unshare',
      '--mount',
      '--propagation',
      'private',
      'sh',
      '-c',
      script,
      'sh',
      folder,
      ROOT,
    ];
    const env = { ...process.env, SYSTEMD_LOG_LEVEL: 'debug', SYSTEMD_LOG_TARGET: 'console' };
    const { stdout, stderr } = spawnSync('ip', args, { encoding: 'utf8', env, timeout: 20_000 });
    const lines = `${stdout}${stderr}`.split('\n');
    return {
      complaints: [...new Set(lines.filter((line) => line.includes('/etc/systemd/network/')))],
      devices: Object.fromEntries([...lines.join('\n').matchAll(/^(\S+): loaded "(\w+)"/gm)].map((m) => [m[1], m[2]])),
    };
  } finally {
    execFileSync('ip', ['netns', 'delete', namespace]);
    rmSync(folder, { recursive: true, force: true });
  }
}
