import { basename, dirname, join, resolve } from 'node:path';
import { cloudOf } from '../../clouds/clouds';
import { type Replacement, replaceFolders, writeTexts } from '../../disk/owned-folder';
import type { Finding } from '../../estate/findings/finding';
import type { Estate } from '../../estate/model/model';
import { aliyunOut, assemblyFiles } from '../aliyun-out';
import { synthEstate } from '../estate-app';
import { idcFiles } from '../idc-out';
import { findRegion, loadValid, sayWarnings } from '../loading';
import { freeOut, refusePlace } from '../out-path';
import { Refusal, type Verb, type VerbContext } from '../verb';
import { count, EXIT } from '../words/output';
import { lockOptions } from './apply';

/**
 * `meissa synth [region...]`: writes the cloud assembly of AWS, `aliyun.out` beside it for Aliyun, and without regions `idc.out` for the
 * data centres. Each folder is written beside its place and then renamed, so that nothing is half-written; a folder that meissa didn't
 * mark as its own is refused before anything is touched. With `--check` nothing is written that CloudFormation Validate refuses.
 */
export const synth: Verb = async (context, args, options) => {
  const regions = (args[0] as string[] | undefined) ?? [];
  const { estate, warnings } = loadValid(context, regions.length === 0 ? undefined : regions);
  for (const name of regions) findRegion(estate, name);
  const out = typeof options.out === 'string' ? resolve(options.out) : join(context.root, 'cdk.out');
  const free = `a folder that is empty or not there: --out ${freeOut(context.root)}`;
  refusePlace(out, context.root, free);
  if (['aliyun.out', 'idc.out'].includes(basename(out)))
    throw new Refusal(
      'OUT_PATH',
      `${basename(out)} is written beside the folder that --out names, and can't be that folder`,
      free,
    );
  const selected = regions.length === 0 ? {} : { regions };
  const whole = regions.length === 0 && options.out === undefined;
  // What can fail comes before anything is written.
  const aliyun = aliyunOut(estate, selected);
  const idc = regions.length === 0 ? idcFiles(estate) : new Map<string, string>();
  let stacks: readonly string[] = [];
  const checked: Finding[] = [];
  const check = options.check === true ? { check: (found: readonly Finding[]) => void checked.push(...found) } : {};
  const assembly: Replacement = {
    path: out,
    kind: 'cdk.out',
    write: (fresh) => {
      stacks = synthEstate(estate, { outdir: fresh, expand: options.expand === true, ...check, ...selected });
      return undefined;
    },
  };
  const beside = (kind: 'aliyun.out' | 'idc.out', files: ReadonlyMap<string, string> = new Map()): Replacement[] => {
    const path = join(dirname(out), kind);
    if (files.size > 0) return [{ path, kind, write: writeTexts(files) }];
    // What an earlier estate left would be read by `meissa reach`.
    return whole ? [{ path, kind }] : [];
  };
  const folders = [
    ...(hasCdk(estate, regions) ? [assembly] : []),
    ...beside('aliyun.out', aliyun === undefined ? undefined : assemblyFiles(aliyun.assembly)),
    ...beside('idc.out', idc),
  ];
  await replaceFolders(folders, lockOptions(context), free);
  const [aliyunFolder, idcFolder] = ['aliyun.out', 'idc.out'].map((name) => join(dirname(out), name)) as [string, string];
  sayWarnings([...warnings, ...(aliyun?.warnings ?? []), ...checked], context);
  const ros = aliyun?.assembly.manifest.stacks.map((stack) => stack.path) ?? [];
  say(context, { out, stacks, aliyunFolder, ros, idcFolder, idc: [...idc.keys()] });
  return EXIT.ok;
};

interface Written {
  readonly out: string;
  readonly stacks: readonly string[];
  readonly aliyunFolder: string;
  readonly ros: readonly string[];
  readonly idcFolder: string;
  readonly idc: readonly string[];
}

function say({ json, output }: VerbContext, { out, stacks, aliyunFolder, ros, idcFolder, idc }: Written): void {
  if (json) {
    output.json({
      version: 1,
      out,
      stacks,
      ...(ros.length === 0 ? {} : { aliyun: { out: aliyunFolder, stacks: ros } }),
      ...(idc.length === 0 ? {} : { idc: { out: idcFolder, files: idc } }),
    });
    return;
  }
  if (stacks.length > 0) output.say(`wrote ${count(stacks.length, 'stack')} to ${out}`);
  if (ros.length > 0) output.say(`wrote ${count(ros.length, 'stack')} of Aliyun to ${aliyunFolder}`);
  if (idc.length > 0) output.say(`wrote ${count(idc.length, 'file')} of data centres to ${idcFolder}`);
}

/** An estate without any region still gets an empty assembly: what an earlier one left there must not be deployed. */
function hasCdk(estate: Estate, regions: readonly string[]): boolean {
  const wanted = estate.regions.filter((region) => regions.length === 0 || regions.includes(region.name));
  return wanted.length === 0 || regions.length === 0 || wanted.some((region) => cloudOf(region).cdk);
}
