/**
 * A router with a real sshd, bash, nft and vtysh, in namespaces of its own: it has files of its own below /etc and /var/lib, and a line to the
 * person who pushes. What loads files beside nft (systemctl, networkctl) stands in for systemd and writes down what it was told.
 */
import { type ChildProcess, execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sshShell } from '../../lib/deploy/push/ssh';
import { spawnInNamespace } from '../namespace-process';

export const ROUTER = '192.0.2.1';

export class PushedRouter {
  readonly folder = mkdtempSync(join(tmpdir(), 'pushed-'));
  readonly #router = `meissa-${process.pid}-pushed`;
  readonly #person = `meissa-${process.pid}-pushing`;
  #sshd?: ChildProcess;

  constructor(private readonly path: (program: string) => string) {}

  /** As the person has it, from their namespace. */
  get shell() {
    const options = ['-F', 'none', '-i', this.file('key'), '-o', `UserKnownHostsFile=${this.file('known')}`, '-l', 'root'];
    return sshShell([...options, '-o', 'StrictHostKeyChecking=accept-new'], this.file('ssh'));
  }

  file(name: string): string {
    return join(this.folder, name);
  }

  async start(): Promise<void> {
    const tools = this.file('tools');
    for (const name of ['tools', 'etc', 'etc-work', 'lib', 'lib-work']) mkdirSync(this.file(name));
    for (const name of ['key', 'host-key']) execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', this.file(name)]);
    const tool = (name: string, text: string): void => {
      writeFileSync(join(tools, name), `#!/bin/bash\n${text}\n`);
      chmodSync(join(tools, name), 0o755);
    };
    for (const name of ['systemctl', 'networkctl', 'sysctl'])
      tool(
        name,
        `echo "${name} $*" >>${this.file('told')}; [[ ! -e ${this.file('after')} || "$(cat ${this.file('after')})" != "$*" ]] || cp ${this.file('bgp-after.json')} ${this.file('bgp.json')}; [[ ! -e ${this.file('refuse')} || "$(cat ${this.file('refuse')})" != "${name} $*" ]]`,
      );
    tool('nft', `exec ${this.path('nft')} "$@"`);
    // Its check is FRR's own; whose sessions are up is what the test says.
    tool('vtysh', `if [[ $1 == -c ]]; then cat ${this.file('bgp.json')}; else exec ${this.path('frr-vtysh')} "$@"; fi`);
    this.sessions('192.168.255.1', '10.200.0.2');
    writeFileSync(this.file('ssh'), `#!/bin/sh\nexec ip netns exec ${this.#person} ssh "$@"\n`);
    chmodSync(this.file('ssh'), 0o755);
    writeFileSync(
      this.file('sshd_config'),
      [
        `HostKey ${this.file('host-key')}`,
        `AuthorizedKeysFile ${this.file('key.pub')}`,
        'StrictModes no',
        'UsePAM no',
        'PidFile none',
        `SetEnv PATH=${tools}:/usr/sbin:/usr/bin:/sbin:/bin`,
      ].join('\n'),
    );
    writeFileSync(
      this.file('start'),
      `set -e
mount -t overlay overlay -o lowerdir=/etc,upperdir=${this.file('etc')},workdir=${this.file('etc-work')} /etc
mount -t overlay overlay -o lowerdir=/var/lib,upperdir=${this.file('lib')},workdir=${this.file('lib-work')} /var/lib
mount -t tmpfs tmpfs /run
mkdir -p /run/sshd
grep -q ^sshd: /etc/passwd || echo 'sshd:x:998:65534::/run/sshd:/usr/sbin/nologin' >>/etc/passwd
exec ${this.path('sshd')} -D -e -f ${this.file('sshd_config')}
`,
    );
    for (const name of [this.#router, this.#person]) ip('netns', 'add', name);
    ip('link', 'add', 'name', 'wire-r', 'netns', this.#router, 'type', 'veth', 'peer', 'name', 'wire-p', 'netns', this.#person);
    for (const [name, link, address] of [
      [this.#router, 'wire-r', `${ROUTER}/24`],
      [this.#person, 'wire-p', '192.0.2.2/24'],
    ] as const) {
      ip('-n', name, 'link', 'set', 'lo', 'up');
      ip('-n', name, 'address', 'add', address, 'dev', link);
      ip('-n', name, 'link', 'set', link, 'up');
    }
    const args = ['--mount', '--propagation', 'private', 'bash', this.file('start')];
    this.#sshd = spawnInNamespace(this.#router, 'unshare', args, { stdio: 'ignore' });
    for (let tries = 0; (await this.shell({ address: ROUTER, kind: 'router' }, 'true')).code !== 0; tries++) {
      if (tries > 50) throw new Error('sshd does not come up');
      await sleep(200);
    }
  }

  async stop(): Promise<void> {
    this.#sshd?.kill('SIGKILL');
    for (const name of [this.#router, this.#person]) spawnSync('ip', ['netns', 'delete', name]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** BGP sessions that are up from now on. */
  sessions(...peers: readonly string[]): void {
    writeFileSync(this.file('bgp.json'), sessionsOf(peers));
  }

  /** What is left of them from when systemctl is told this; without a command nothing happens to them any more. */
  sessionsAfter(command?: string, ...peers: readonly string[]): void {
    writeFileSync(this.file('after'), command ?? 'never');
    writeFileSync(this.file('bgp-after.json'), sessionsOf(peers));
  }

  /** A stand-in that fails when it is told exactly this. */
  refuse(command: string): void {
    writeFileSync(this.file('refuse'), command);
  }

  told(): string[] {
    const path = this.file('told');
    const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : [];
    rmSync(path, { force: true });
    return lines;
  }

  /** On the router, as root. */
  async run(command: string): Promise<string> {
    const { out, err, code } = await this.shell({ address: ROUTER, kind: 'router' }, command);
    if (code !== 0) throw new Error(`${command}: ${code} ${err}`);
    return out;
  }
}

function ip(...args: string[]): void {
  execFileSync('ip', args);
}

/** As FRR's `show bgp summary json`: these are up, and one is not. */
function sessionsOf(peers: readonly string[]): string {
  const all = Object.fromEntries(peers.map((peer) => [peer, { state: 'Established', peerState: 'OK' }]));
  return JSON.stringify({ ipv4Unicast: { peers: { ...all, '10.9.9.9': { state: 'Active' } } } }, null, 1);
}
