import type { Finding, Location } from '../estate/findings/finding';
import { readOnlyPlace } from '../facts/hidden-places';
import type { Origins } from './merge';
import type { HostConfig } from './model';

/** Files at paths that Flatcar can't write, also on racks; public images of Aliyun can. */
export function filesAreWritable(
  { files }: HostConfig,
  reads: 'coreos' | 'cloud-init',
  origins: Origins,
  otherwise: Location,
): Finding[] {
  if (reads !== 'coreos') return [];
  return files.flatMap(({ path, profile }): Finding[] => {
    const place = readOnlyPlace(path);
    if (place === undefined) return [];
    return [
      {
        ...(origins.get(`file ${path}`) ?? otherwise),
        code: 'FRAGMENT_VALUE',
        severity: 'error',
        path: `file ${path}`,
        message: `Profile ${profile}: ${path} can't be written: ${place}.`,
        why: 'coreos-cloudinit ends at the first file that it can not write, and applies nothing that comes after it.',
        fix: 'Write it below /opt (programs), /etc (configuration; units are /etc/systemd/system), or only on Aliyun by `when`.',
      },
    ];
  });
}
