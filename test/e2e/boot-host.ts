/** A host under a real systemd: a container of systemd-nspawn on a root of its own, which is kept from boot to boot. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { eventually } from '../hosts/eventually';
import { findRealPart, REAL_PARTS } from '../real-parts';
import { readable, readerScript, readerUnit, updateSshKeys } from './boot-reader';

export const BOOT_ROOT = join(REAL_PARTS, 'boot-root');

/**
 * Volumes are files, because there is no block device here: blkid and mkfs work on them for real. systemd here knows no unit of a
 * device, which a mount waits for, so what asks it to mount one is a stub: it has systemd run, outside of what confines its caller,
 * what refuses a file that holds no such filesystem, and mounts a folder that belongs to the volume.
 */
const mountStub = `#!/bin/bash
[[ $* == "--quiet --fsck=no --type="*" --options=noatime /dev/disk/by-id/"* ]] || exit 2
exec systemd-run --quiet --wait /usr/local/sbin/mount-volume "\${3#*=}" "$5" "$6"
`;
const mountVolumeStub = `#!/bin/bash
[[ $(blkid -p -o value -s TYPE "$2") == "$1" ]] || exit 32
mkdir -p "/volumes/\${2##*/}" "$3"
echo "$2" >"/run/mounted\${3//\\//_}"
exec mount --bind "/volumes/\${2##*/}" "$3"
`;
const findmntStub = '#!/bin/bash\ncat "/run/mounted${3//\\//_}"\n';
/** Of a file: its size; XFS grows only where it is mounted. */
const blockdevStub = '#!/bin/bash\n[[ $1 == --getsize64 ]] && stat -Lc %s "$2"\n';
const xfsGrowStub = '#!/bin/bash\nmountpoint -q "$1"\n';

export interface BootHostOptions {
  readonly folder: string;
  readonly namespace: string;
  /** Environment of all services. */
  readonly environment: readonly string[];
  /** It may change its network, and nft of the real parts stands where the image has it. @default false */
  readonly nft?: boolean;
  /** Another root, whose own reader takes user-data. @default - {@link BOOT_ROOT}, with ours */
  readonly root?: string;
  /** More files of the root, by path. */
  readonly files?: Readonly<Record<string, string>>;
}

export class BootHost {
  readonly #folder: string;
  readonly #namespace: string;
  /** A control group of the host's own in every hierarchy, so that containers of several tests don't meet. */
  readonly #groups: readonly string[];
  readonly #options: string[];
  readonly #root: string;
  #nspawn: ChildProcess | undefined;
  #boots = 0;

  constructor({ folder, namespace, environment, nft = false, root, files = {} }: BootHostOptions) {
    this.#folder = folder;
    this.#namespace = namespace;
    for (const name of ['changes', 'work', 'root', 'attached', 'volumes']) mkdirSync(join(folder, name), { recursive: true });
    this.#root = root ?? BOOT_ROOT;
    if (root === undefined) this.#read();
    for (const [path, content] of Object.entries(files)) this.#write(path, content);
    this.#write('usr/local/sbin/systemd-mount', mountStub, 0o755);
    this.#write('usr/local/sbin/mount-volume', mountVolumeStub, 0o755);
    this.#write('usr/local/sbin/findmnt', findmntStub, 0o755);
    this.#write('usr/local/sbin/blockdev', blockdevStub, 0o755);
    this.#write('usr/local/sbin/xfs_growfs', xfsGrowStub, 0o755);
    // Docker can't run here; what the image would bring is a unit that only stays.
    // Nor may anything here set the clock, which is the machine's.
    for (const name of ['docker', 'systemd-timesyncd', 'chronyd'])
      this.#write(`usr/lib/systemd/system/${name}.service`, '[Service]\nExecStart=/bin/sleep infinity\n');
    this.#write('usr/local/sbin/chronyd', '#!/bin/bash\n', 0o755);
    this.#write(
      'etc/systemd/system.conf.d/10-test.conf',
      `[Manager]\nShowStatus=no\nDefaultEnvironment=MEISSA_CLOCK_SECONDS=1 ${environment.join(' ')}\n`,
    );
    this.#write('etc/systemd/journald.conf.d/90-test.conf', '[Journal]\nForwardToConsole=yes\n');
    if (nft) this.#write('usr/local/sbin/nft', readFileSync(findRealPart('nft')!, 'utf8'), 0o755);
    this.#options = nft
      ? ['--capability=CAP_NET_ADMIN', `--bind-ro=${join(REAL_PARTS, 'debian-nft')}:/usr/local/debian-nft`]
      : [];
    // Otherwise it is the machine's.
    if (files['etc/resolv.conf'] !== undefined) this.#options.push('--resolv-conf=off');
    this.#groups = ['', '/systemd', '/unified']
      .map((hierarchy) => `/sys/fs/cgroup${hierarchy}`)
      .filter((hierarchy) => existsSync(join(hierarchy, 'cgroup.procs')))
      .map((hierarchy) => join(hierarchy, namespace));
  }

  /** Gives the root what reads user-data. */
  #read(): void {
    this.#write('oem/reader', readerScript, 0o755);
    this.#write('usr/local/sbin/update-ssh-keys', updateSshKeys, 0o755);
    this.#write('usr/lib/systemd/system/oem-cloudinit.service', readerUnit);
    const wants = join(this.#folder, 'changes/etc/systemd/system/multi-user.target.wants');
    mkdirSync(wants, { recursive: true });
    symlinkSync('/usr/lib/systemd/system/oem-cloudinit.service', join(wants, 'oem-cloudinit.service'));
  }

  /** A program that the reader runs before it has user-data: what it fails with, the reader does. */
  set beforeReading(script: string) {
    this.#write('oem/before', `#!/bin/bash\n${script}\n`, 0o755);
  }

  /** What the next boot applies. */
  set userData(text: string) {
    this.#write('oem/user-data.json', readable(text));
  }

  /**
   * Gives the host a volume, as a cloud attaches one: empty.
   * @param name of its device
   * @param mb its size, of which nothing is taken from the disk until it is used: XFS wants 300 at least
   */
  attach(volume: string, name = `nvme-Amazon_Elastic_Block_Store_${volume.replace('-', '')}`, mb = 32): void {
    const file = join(this.#folder, 'attached', name);
    closeSync(openSync(file, 'w'));
    truncateSync(file, mb * 1024 * 1024);
  }

  /** The file that is a volume of the host. */
  device(volume: string): string {
    return join(this.#folder, 'attached', `nvme-Amazon_Elastic_Block_Store_${volume.replace('-', '')}`);
  }

  /**
   * Starts to boot.
   * @param full the root disk has no room, by /var/filler. What this boot changes on it is lost. @default false
   */
  start(full = false): void {
    this.#boots++;
    // In a mount namespace of its own: what it mounts goes with the container, however that ends. So does what nspawn
    // keeps in /run/systemd.
    const script = `set -e
      for group in $5; do mkdir -p "$group"; echo $$ >"$group/cgroup.procs"; done
      mount --make-rprivate /
      mkdir -p /run/systemd
      mount -t tmpfs tmpfs /run/systemd
      upper=$2
      if [[ $6 == full ]]; then
        upper=$2/full
        mkdir -p "$upper"
        mount -t tmpfs -o "size=$(($(du -sm "$2/changes" | cut -f1) + 16))m" tmpfs "$upper"
        mkdir "$upper/work"
        cp -a "$2/changes" "$upper/"
        cat /dev/zero >"$upper/changes/var/filler" 2>/dev/null || :
      fi
      mount -t overlay overlay -o "lowerdir=$1,upperdir=$upper/changes,workdir=$upper/work" "$2/root"
      exec "$3" --quiet --directory="$2/root" --boot --register=no --keep-unit --console=read-only \
        --network-namespace-path="/run/netns/$4" --bind="$2/attached:/dev/disk/by-id" --bind="$2/volumes:/volumes" "\${@:7}" </dev/null`;
    const nspawn = findRealPart('systemd-nspawn')!;
    const log = openSync(this.#logFile, 'w');
    const args = [
      this.#root,
      this.#folder,
      nspawn,
      this.#namespace,
      this.#groups.join(' '),
      full ? 'full' : '',
      ...this.#options,
    ];
    // Should these tests be killed, the host is asked to power off all the same.
    const command = ['--pdeathsig', 'TERM', 'unshare', '--mount', 'bash', '-c', script, 'bash', ...args];
    // /proc/sys/net is read-only otherwise, where the namespace was not made by nspawn itself.
    const env = this.#options.length > 0 ? { ...process.env, SYSTEMD_NSPAWN_API_VFS_WRITABLE: 'network' } : process.env;
    this.#nspawn = spawn('setpriv', command, { stdio: ['ignore', log, log], detached: true, env });
    closeSync(log);
  }

  /** Everything that this boot has said, the journal included. */
  get log(): string {
    return readFileSync(this.#logFile, 'utf8').replaceAll('\r', '');
  }

  /** Waits until this boot has said something. */
  async says(words: string, seconds = 40): Promise<void> {
    const until = Date.now() + seconds * 1000;
    while (!this.log.includes(words)) {
      if (Date.now() > until || this.#stopped()) {
        const why = this.#stopped() ? 'it stopped before' : `not in ${seconds} s`;
        throw new Error(`the host does not say ${words} (${why}), but\n${this.log.split('\n').slice(-40).join('\n')}`);
      }
      await new Promise((done) => setTimeout(done, 100));
    }
  }

  /** Runs a command on the host; its output. */
  run(...command: string[]): string {
    return spawnSync('nsenter', this.#inside(command), { encoding: 'utf8' }).stdout;
  }

  /** The same for a command that asks the cloud, which is this process. */
  async ask(...command: string[]): Promise<string> {
    const child = spawn('nsenter', this.#inside(command), { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (data) => (said += data));
    await once(child, 'close');
    return said;
  }

  #inside(command: readonly string[]): string[] {
    return ['--target', String(this.#init), '--mount', '--uts', '--ipc', '--net', '--pid', '--root', '--wd', ...command];
  }

  state(unit: string): string {
    return this.run('systemctl', 'is-active', unit).trim();
  }

  /** Asks the host to power off, and waits until it has. */
  async powerOff(seconds = 60): Promise<void> {
    if (this.#stopped()) return;
    // nspawn takes it as that wish.
    this.#nspawn!.kill('SIGTERM');
    await eventually(() => this.#stopped(), 'the host is off', seconds);
  }

  /** Ends the host, also one that does not power off: nspawn is never killed, for its container would live on. */
  async end(): Promise<void> {
    try {
      await this.powerOff();
    } catch {
      process.kill(this.#init, 'SIGKILL');
      await eventually(() => this.#stopped(), 'the host is gone');
    } finally {
      for (const group of this.#groups) spawnSync('find', [group, '-depth', '-type', 'd', '-exec', 'rmdir', '{}', '+']);
    }
  }

  #stopped(): boolean {
    return this.#nspawn === undefined || this.#nspawn.exitCode !== null || this.#nspawn.signalCode !== null;
  }

  /** The container's first process, as the machine sees it. */
  get #init(): number {
    const pid = this.#nspawn!.pid!;
    const init = Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]);
    if (!(init > 1)) throw new Error('the container has no process yet');
    return init;
  }

  get #logFile(): string {
    return join(this.#folder, `boot-${this.#boots}.log`);
  }

  /** Writes into the root while the host is off. */
  #write(path: string, content: string, mode = 0o644): void {
    const file = join(this.#folder, 'changes', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    chmodSync(file, mode);
  }
}
