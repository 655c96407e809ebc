/** Reads an estate, or what was made of one, from the disk. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { listBelow } from '../../disk/list-folder';
import { type Most, readBelow, utf8 } from '../../disk/read-file';
import type { EstateSource } from '../read/source';

const MiB = 1024 * 1024;

/** A lock of a hundred thousand members has a tenth of a KiB for each. */
const LOCK: Most = { bytes: 16 * MiB, why: 'the lock of a hundred thousand members is smaller' };
/** A region of a hundred fleets has four tenths of it. */
const DESCRIPTION: Most = {
  bytes: MiB,
  why: 'no file that people write for an estate is that large; it would be read for minutes',
};
/** User-data of AWS is 16 KiB, of Aliyun 32 KiB, all files together and compressed. */
const PROFILE: Most = { bytes: MiB / 4, why: 'a host takes 16 KiB of user-data, compressed, with all files in it' };

/** CloudFormation takes a template of 1 MB, ROS of half; a manifest names every stack of an estate. */
const MADE: Most = { bytes: 64 * MiB, why: 'no file that synth writes is that large' };

/** The description of an estate: `regions/` and `cloud-config/` under a folder. */
export function diskSource(root: string): EstateSource {
  return source(root, (path) => (path.startsWith('cloud-config/') ? PROFILE : path.endsWith('.lock.yaml') ? LOCK : DESCRIPTION));
}

/** What synth wrote: `cdk.out`, `aliyun.out` and `idc.out` under a folder, or one of them. */
export function madeSource(root: string): EstateSource {
  return source(root, () => MADE);
}

function source(root: string, most: (path: string) => Most): EstateSource {
  return {
    list: (folder) => listBelow(root, folder),
    read(path) {
      const bytes = readBelow(root, path, most(path));
      return bytes === undefined ? undefined : utf8(path, bytes);
    },
  };
}

/** The folder of this package: the nearest one upwards that has a package.json, from lib/ as from dist/lib/. */
export function packageRoot(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) return __dirname;
    folder = parent;
  }
  return folder;
}
