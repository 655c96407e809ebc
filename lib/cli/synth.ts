import { existsSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { synthEstate } from './estate-app';
import { idcFiles, writeIdcOut } from './idc-out';
import { findRegion, loadValid, sayWarnings } from './loading';
import { count, EXIT } from './output';
import type { Verb } from './verb';

/**
 * `meissa synth [region...]`: writes the cloud assembly beside its place and then renames it, so that nothing is half-written. Without
 * regions the data centres' files are written too, into `idc.out` beside it.
 */
export const synth: Verb = (context, args, options) => {
  const regions = (args[0] as string[] | undefined) ?? [];
  const { estate, warnings } = loadValid(context, regions.length === 0 ? undefined : regions);
  for (const name of regions) findRegion(estate, name);
  const out = typeof options.out === 'string' ? resolve(options.out) : join(context.root, 'cdk.out');
  const fresh = `${out}.${process.pid}.new`;
  const old = `${out}.${process.pid}.old`;
  try {
    const stacks = synthEstate(estate, {
      outdir: fresh,
      expand: options.expand === true,
      ...(regions.length === 0 ? {} : { regions }),
    });
    const idcOut = join(dirname(out), 'idc.out');
    const files = regions.length === 0 ? idcFiles(estate) : new Map<string, string>();
    if (existsSync(out)) renameSync(out, old);
    renameSync(fresh, out);
    if (files.size > 0) writeIdcOut(files, idcOut);
    // What an earlier estate's data centres left would be read by `meissa reach`.
    else if (regions.length === 0 && options.out === undefined) rmSync(idcOut, { recursive: true, force: true });
    sayWarnings(warnings, context);
    if (context.json) {
      const idcs = files.size === 0 ? {} : { idc: { out: idcOut, files: [...files.keys()] } };
      context.output.json({ version: 1, out, stacks, ...idcs });
    } else {
      context.output.say(`wrote ${count(stacks.length, 'stack')} to ${out}`);
      if (files.size > 0) context.output.say(`wrote ${count(files.size, 'file')} of data centres to ${idcOut}`);
    }
    return EXIT.ok;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
    rmSync(old, { recursive: true, force: true });
  }
};
