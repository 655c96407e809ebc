/** Which of a marked folder's entries are not ours: what a user put there is never deleted with it. */
import { readdirSync } from 'node:fs';
import { MARKER, type Marker } from './marker';

/** What a file browser puts everywhere by itself. */
const NOBODYS = ['.DS_Store', 'Thumbs.db', 'desktop.ini'];

/**
 * Entries of an assembly, by name: the CDK CLI and its app write into `cdk.out` without telling us, and `npx cdk synth` after `meissa synth`
 * must not stop the next `meissa synth`. Source: aws-cdk-lib, cx-api (manifest.json, cdk.out, tree.json, asset.*, assembly-*); the CLI's
 * RWLock (synth.lock, read.*.lock).
 */
const OF_CDK =
  /^(cdk\.out|manifest\.json|tree\.json|(policy-)?validation-report\.json|\w[\w-]*\.(template|assets|metadata)\.json|asset\.[0-9a-f]{64}(\.\w+)*|assembly-[\w-]+|\.cache|stack-policies|synth\.lock(\.\w+)*|read\.\d+\.\d+\.lock(\.\w+)*)$/;

/** World and CDK home are the embedded cloud's; the assembly is one that an earlier version deployed. */
const OF_A_REHEARSAL = /^(world|cdk-home|cdk\.out|\.meissa\.lock(\.\w+)*|\.meissa-[a-z-]+-\d+-\w{6})$/;

/** The first few entries below a marked folder that meissa or CDK did not write. */
export function foreignEntries(folder: string, marker: Marker): string[] {
  if (marker.kind === 'cdk.out') return top(folder, OF_CDK);
  if (marker.kind === 'rehearsal') return top(folder, OF_A_REHEARSAL);
  const files = new Set(marker.files ?? []);
  const folders = new Set([...files].flatMap((file) => ancestors(file)));
  return below(folder, '')
    .filter(({ path, isFolder }) => !(isFolder ? folders : files).has(path))
    .map(({ path }) => path)
    .filter((path) => !isNobodys(path));
}

/** Whether what stands in an unmarked folder is all CDK's, with its version file among it. */
export function isOfCdk(folder: string): boolean {
  return readdirSync(folder).includes('cdk.out') && top(folder, OF_CDK).length === 0;
}

/** Whether nothing is in it but what `cdk` puts there before it runs the app. */
export function isFreshForCdk(folder: string): boolean {
  return readdirSync(folder).every((name) => name.startsWith('synth.lock') || isNobodys(name));
}

export function isNobodys(path: string): boolean {
  return path === MARKER || NOBODYS.includes(path.split('/').at(-1)!);
}

function top(folder: string, known: RegExp): string[] {
  return readdirSync(folder).filter((name) => !known.test(name) && !isNobodys(name));
}

function ancestors(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, i) => parts.slice(0, i + 1).join('/'));
}

/** Symlinks are not followed. */
function below(folder: string, prefix: string): { path: string; isFolder: boolean }[] {
  return readdirSync(`${folder}/${prefix}`, { withFileTypes: true }).flatMap((entry) => {
    const path = `${prefix}${entry.name}`;
    const isFolder = entry.isDirectory();
    return [{ path, isFolder }, ...(isFolder ? below(folder, `${path}/`) : [])];
  });
}
