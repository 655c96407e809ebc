/** What to compare with, where no cloud is asked: a folder that synth wrote, or a revision of the files. */
import { execFileSync } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { withTemporaryFolder } from '../../disk/scratch';
import { madeSource } from '../../estate/files/disk-source';
import { FindingsError } from '../../estate/findings/finding';
import type { StackState } from '../../review/diff';
import { AssemblyError, assemblyStates } from '../../review/diff/read/assemblies';
import { type LoadedEstate, loadValid } from '../loading';
import { Refusal, type VerbContext } from '../verb';

/** Stacks of a folder that holds `cdk.out` or `aliyun.out`, or is one of them. */
export function templateStates(folder: string): StackState[] {
  const path = resolve(folder);
  const fix = `write one where the other files are: meissa synth --out ${join(folder, 'cdk.out')}`;
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Refusal('NO_TEMPLATES', `${path} is no folder`, fix);
  }
  try {
    return assemblyStates(madeSource(path));
  } catch (error) {
    if (error instanceof AssemblyError) throw new Refusal('NO_TEMPLATES', `${path}: ${error.message}`, fix);
    throw error;
  }
}

/** What an estate is described by, beside the profiles of this package. */
const DESCRIPTION = ['regions', 'cloud-config'];

/**
 * The estate as a revision has it, with its warnings: its files, taken out of git into a folder that is gone afterwards.
 *
 * @param now of the files as they stand: where the revision has the same bytes, nothing is read twice
 */
export function revisionEstate(context: VerbContext, revision: string, now: LoadedEstate): LoadedEstate {
  const commit = commitOf(context.root, revision);
  const held = git(context.root, ['ls-tree', '--name-only', commit]).split('\n');
  const wanted = DESCRIPTION.filter((folder) => held.includes(folder));
  if (!wanted.includes('regions')) {
    throw new Refusal('NO_BASE', `${revision} has no regions/ in this folder`, 'a revision that describes the estate');
  }
  return withTemporaryFolder('base', (root) => {
    const archive = join(root, 'files.tar');
    git(context.root, ['archive', '--format=tar', '-o', archive, commit, '--', ...wanted]);
    execFileSync('tar', ['-xf', archive, '-C', root]);
    const same = DESCRIPTION.every((folder) => isSame(join(root, folder), join(context.root, folder)));
    return same ? now : loadValid({ ...context, root }, undefined, { past: true });
  });
}

/** Whether two places hold the same files and folders, or are both not there. A link is never the same. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((path) => lstatSync(path, { throwIfNoEntry: false }));
  if (a === undefined || b === undefined) return a === b;
  if (a.isFile() && b.isFile()) return a.size === b.size && readFileSync(one).equals(readFileSync(other));
  if (!a.isDirectory() || !b.isDirectory()) return false;
  const names = [...new Set([...readdirSync(one), ...readdirSync(other)])];
  return names.every((name) => isSame(join(one, name), join(other, name)));
}

/** Findings in files of the past are nobody's to mend: another revision is asked for. */
export async function ofRevision<T>(revision: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof FindingsError)) throw error;
    const codes = [...new Set(error.findings.flatMap(({ severity, code }) => (severity === 'error' ? [code] : [])))].join(', ');
    throw new Refusal('BASE_INVALID', `the files of ${revision} can't be synthesized: ${codes}`, 'a revision that validates');
  }
}

/** A name that begins with a hyphen is no option. */
function commitOf(root: string, revision: string): string {
  return git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`], revision).trim();
}

function git(root: string, args: readonly string[], revision?: string): string {
  try {
    return execFileSync('git', ['-C', root, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const { code, stderr } = error as { code?: string; stderr?: string };
    if (code === 'ENOENT') throw new Refusal('NO_GIT', 'git is not installed', '--templates <folder>');
    const said = String(stderr ?? '')
      .trim()
      .split('\n')[0];
    const message = revision === undefined || said !== '' ? `git: ${said}` : `git knows no revision ${revision} here`;
    throw new Refusal('NO_BASE', message, 'a branch, tag or commit of this repository, fetched before');
  }
}
