/** Both sides of the data centres in a diff: files that synth writes, of a revision or a folder, beside those that it writes now. */
import { basename, dirname, resolve } from 'node:path';
import { madeSource } from '../../estate/files/disk-source';
import type { Estate } from '../../estate/model/model';
import { planEstate } from '../../plan/plan';
import { type IdcSide, idcSides } from '../../review/diff';
import { AssemblyError } from '../../review/diff/read/assemblies';
import { idcFilesIn } from '../../review/diff/read/idc-files';
import { idcInputs } from '../emission-inputs';
import { Refusal, type VerbContext } from '../verb';
import type { DeployTarget } from './deploy-target';
import { ofRevision } from './diff-offline';

export interface IdcSides {
  readonly before: readonly IdcSide[];
  readonly after: readonly IdcSide[];
}

/** What is named, and whether nothing was: then every data centre of either side is looked at. */
export interface IdcTarget extends Pick<DeployTarget, 'estate' | 'plan' | 'idcs' | 'regions'> {
  readonly all: boolean;
}

const NONE: IdcSides = { before: [], after: [] };

/** Files are rendered only of data centres that are made from other inputs. @param past the estate as the revision has it */
export async function idcsOfBase(past: Estate, revision: string, { estate, plan, idcs = [], all }: IdcTarget): Promise<IdcSides> {
  if (past === estate) return NONE;
  const names = all ? [...new Set([...past.idcs, ...estate.idcs].map(({ name }) => name))] : idcs;
  if (names.length === 0) return NONE;
  const [then, now] = [idcInputs(past, planEstate(past)), idcInputs(estate, plan)];
  const differing = names.filter((name) => then.get(name) !== now.get(name));
  if (differing.length === 0) return NONE;
  const { idcFiles } = await import('../idc-out');
  const stood = await ofRevision(revision, () => idcFiles(past, differing));
  return { before: idcSides(stood), after: idcSides(idcFiles(estate, differing, stood)) };
}

/** Every data centre, whether it differs or not: who reaches whom is read from both ends. */
export async function allIdcs(past: Estate, revision: string, estate: Estate): Promise<IdcSides> {
  const { idcFiles } = await import('../idc-out');
  const stood = await ofRevision(revision, () => idcFiles(past));
  return { before: idcSides(stood), after: idcSides(idcFiles(estate, undefined, stood)) };
}

/**
 * Beside the templates of a folder that synth wrote.
 *
 * @throws Refusal where a data centre is named and the folder holds none
 */
export async function idcsOfFolder(context: VerbContext, folder: string, target: IdcTarget): Promise<IdcSides> {
  const { estate, idcs = [], all } = target;
  if (!all && idcs.length === 0) return NONE;
  const files = filesBeside(folder);
  if (files === undefined) {
    notCompared(
      context,
      target,
      `${folder} holds no idc.out`,
      'a folder of `meissa synth` without regions, which writes it, or --base',
    );
    return NONE;
  }
  const { idcFiles } = await import('../idc-out');
  const wanted = (sides: IdcSide[]) => (all ? sides : sides.filter(({ name }) => idcs.includes(name)));
  return { before: wanted(idcSides(files)), after: idcSides(idcFiles(estate, all ? undefined : idcs)) };
}

/** Against what stands: no engine tells it of a data centre. Said once, and no difference. */
export function idcsUnknown(context: VerbContext, target: IdcTarget): IdcSides {
  notCompared(
    context,
    target,
    'no engine tells what stands there',
    'compare with --base, or ask its routers and hosts: meissa push <idc> --dry-run',
  );
  return NONE;
}

/** A diff of data centres alone that compares nothing must not say that nothing changes. */
function notCompared({ output }: VerbContext, { idcs = [], regions }: IdcTarget, why: string, fix: string): void {
  if (idcs.length === 0) return;
  if (regions.length === 0) throw new Refusal('IDC_NOT_COMPARED', `${idcs.join(', ')} can't be compared: ${why}`, fix);
  output.say(`data centres (${idcs.join(', ')}) are not compared: ${why}; ${fix}`);
}

function filesBeside(folder: string): ReadonlyMap<string, string> | undefined {
  const path = resolve(folder);
  const inside = /^(?:cdk|aliyun|idc)\.out$/.test(basename(path));
  try {
    return idcFilesIn(madeSource(inside ? dirname(path) : path), 'idc.out');
  } catch (error) {
    if (error instanceof AssemblyError) throw new Refusal('NO_TEMPLATES', `${path}: ${error.message}`, 'meissa synth, once more');
    throw error;
  }
}
