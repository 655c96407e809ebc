/** What keeps a function's code from this machine: as many layers as hold here, found out by trying. */
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scratchFolder } from '../../../disk/scratch';

/**
 * - `own-user`: namespaces of its own (no network, no other process, a root with nothing but Node.js, the SDK and the function's folders),
 *   as user and group 65534;
 * - `own-root`: the same namespaces for who isn't root here: as that user, without any capability;
 * - `user-only`: root's way where no namespaces can be made (most containers): as user and group 65534;
 * - `node-only`: Node.js's permission model alone, which every level has too.
 */
export type Level = 'own-user' | 'own-root' | 'user-only' | 'node-only';

/** User and group that nothing belongs to. */
const NOBODY = 65534;

export const levelWords: Record<Level, string> = {
  'own-user': 'a user of their own, no file but their own, no network but the embedded cloud, limited memory and time',
  'own-root': 'no file but their own, no network but the embedded cloud, no rights beyond yours, limited memory and time',
  'user-only':
    'a user of their own, no file but their own, no other program, limited heap and time. No namespaces can be made here: only Node.js keeps the network from them',
  'node-only':
    'no file but their own, no other program, limited heap and time, as your user. No namespaces can be made here: only Node.js keeps this machine from them',
};

/** What one run may see. */
export interface Cell {
  /** A folder of its own, whose `root` is where the cell is built. */
  readonly folder: string;
  /** Code and modules; read only. */
  readonly task: string;
  /** The working folder, empty at first. */
  readonly scratch: string;
  /** Folders of modules; read only. */
  readonly modules: readonly string[];
  /** The socket that leads to the embedded cloud. */
  readonly passage: string | undefined;
  /** Megabytes of the heap. */
  readonly memory: number;
}

/** A program with its arguments. */
export type Command = readonly [program: string, ...args: string[]];

/** Files of one run, bytes. */
const SCRATCH_BYTES = 64 * 1024 * 1024;
/** Megabytes that Node.js takes beside the heap: its own code, buffers, the SDK. */
const BESIDE = 512;
/** Threads and processes of that user. */
const PROCESSES = 512;

/**
 * Builds the cell's root and goes in; the namespaces are there already. `$1` level, `$2` root, `$3` scratch, `$4` node, then what is bound,
 * `--`, and node's arguments. Mounts end with the namespace.
 */
const ENTER = `set -e
level=$1 root=$2 scratch=$3 node=$4
shift 4
mount --make-rprivate /
mount -t tmpfs -o size=1m,mode=755,nosuid,nodev none "$root"
place() {
  if [ -d "$1" ]; then mkdir -p "$root$1"; else mkdir -p "$root\${1%/*}"; : > "$root$1"; fi
  mount --rbind "$1" "$root$1"
}
fixed() { place "$1"; mount -o remount,bind,ro,nosuid "$root$1"; }
for folder in /lib /lib64 /usr/lib /usr/lib64; do
  if [ -L "$folder" ]; then mkdir -p "$root\${folder%/*}"; ln -s "$(readlink "$folder")" "$root$folder"
  elif [ -d "$folder" ]; then fixed "$folder"; fi
done
setpriv=$(command -v setpriv)
fixed "$setpriv"
fixed "$node"
while [ "$1" != -- ]; do
  if [ -S "$1" ]; then place "$1"; else fixed "$1"; fi
  shift
done
shift
for device in null urandom; do place /dev/$device; done
mkdir -p "$root$scratch"
mount -t tmpfs -o size=${SCRATCH_BYTES},mode=1777,nosuid,nodev none "$root$scratch"
mount -o remount,bind,ro "$root"
cd "$root"
[ "$level" != own-user ] || set -- --reuid ${NOBODY} --regid ${NOBODY} --clear-groups -- "$@"
exec chroot "$root" "$setpriv" --inh-caps=-all --bounding-set=-all --no-new-privs --pdeathsig KILL "$@"
`;

/** Node.js with no file but those of the cell, no other program, no thread, no native module. */
function nodeOf(cell: Cell, file: string): Command {
  const knows = (flag: string): boolean => process.allowedNodeEnvironmentFlags.has(flag);
  const reads = [cell.task, ...cell.modules, cell.scratch].map((folder) => `--allow-fs-read=${folder}/`);
  return [
    process.execPath,
    '--no-warnings',
    knows('--permission') ? '--permission' : '--experimental-permission',
    ...reads,
    `--allow-fs-write=${cell.scratch}/`,
    ...(knows('--allow-net') ? ['--allow-net'] : []),
    `--max-old-space-size=${cell.memory}`,
    file,
  ];
}

/** Whether a level has no network, and so needs a passage. */
export const hasNamespaces = (level: Level): boolean => level === 'own-user' || level === 'own-root';

/** As whom the command of a level is started. */
export const startedAs = (level: Level): { uid?: number; gid?: number } =>
  level === 'user-only' ? { uid: NOBODY, gid: NOBODY } : {};

/** What runs a file of Node.js in a cell. */
export function confined(level: Level, cell: Cell, file: string): Command {
  const [node, ...args] = nodeOf(cell, file);
  if (!hasNamespaces(level)) {
    if (level === 'user-only') {
      chmodSync(cell.folder, 0o711);
      chownSync(cell.scratch, NOBODY, NOBODY);
    }
    return [node, ...args];
  }
  const root = join(cell.folder, 'root');
  mkdirSync(root);
  const bound = [cell.task, ...cell.modules, ...(cell.passage === undefined ? [] : [cell.passage])];
  const limits = [`--data=${(cell.memory + BESIDE) * 1024 * 1024}`, `--fsize=${SCRATCH_BYTES}`, '--core=0'];
  // Processes are counted by user, and whoever isn't root here has others of the same one.
  const own = level === 'own-user' ? [] : ['--user', '--map-root-user'];
  if (level === 'own-user') limits.push(`--nproc=${PROCESSES}`);
  return [
    'setpriv',
    ...['--pdeathsig', 'KILL', 'prlimit', ...limits, 'unshare', ...own, '--mount', '--net', '--pid', '--ipc', '--uts', '--fork'],
    ...['--', '/bin/sh', '-c', ENTER, 'sh', level, root, cell.scratch, node, ...bound, '--', node, ...args],
  ];
}

/** The whole environment of what goes into a cell, and of what brings it there: nothing of this process, nothing of a template. */
export const cellEnvironment = (cell: Pick<Cell, 'scratch'>): Record<string, string> => ({
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: cell.scratch,
  TMPDIR: cell.scratch,
  TZ: ':UTC',
});

let found: Level | undefined;

/** The best level that holds here; tried once a process. */
export function levelHere(modules: readonly string[]): Level {
  const root = process.getuid?.() === 0;
  const levels: Level[] = root ? ['own-user', 'user-only'] : ['own-root'];
  found ??= levels.find((level) => holds(level, modules)) ?? 'node-only';
  return found;
}

function holds(level: Level, modules: readonly string[]): boolean {
  const { path, remove } = scratchFolder(tmpdir(), 'function');
  try {
    const folder = realpathSync(path);
    const cell = cellIn(folder, modules, 128);
    const file = join(cell.task, 'try.cjs');
    const uid = level === 'own-root' ? 0 : NOBODY;
    writeFileSync(
      file,
      `process.exit(process.getuid() === ${uid} && ${JSON.stringify(modules)}.every((folder) => require('fs').readdirSync(folder).length > 0) ? 7 : 1)`,
    );
    const [program, ...args] = confined(level, cell, file);
    return (
      spawnSync(program, args, {
        cwd: cell.scratch,
        env: cellEnvironment(cell),
        stdio: 'ignore',
        timeout: 10_000,
        ...startedAs(level),
      }).status === 7
    );
  } catch {
    return false;
  } finally {
    remove();
  }
}

/** Makes a cell's folders. */
export function cellIn(folder: string, modules: readonly string[], memory: number, passage?: string): Cell {
  const [task, scratch] = [join(folder, 'task'), join(folder, 'scratch')];
  for (const made of [task, scratch]) mkdirSync(made);
  return { folder, task, scratch, modules, passage, memory };
}
