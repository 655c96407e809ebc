import { advised, type Finding, type Location } from '../estate/findings/finding';
import { set } from '../estate/findings/remedy';
import type { Origins } from './merge';
import type { HostConfig } from './model';

/** What Flatcar does by itself and public images don't: nobody would do what the profile asks for. */
export function leftToImages({ update }: HostConfig, origins: Origins, otherwise: Location): Finding[] {
  if (update?.rebootStrategy !== 'reboot') return [];
  const at = origins.get('update') ?? otherwise;
  return [
    {
      ...at,
      code: 'REBOOT_STRATEGY_UNKNOWN',
      severity: 'error',
      path: 'update',
      message: `Profile ${update.profile} wants the image to reboot by itself for its updates, which images with cloud-init don't.`,
      why: 'They have no update engine that would read it: hosts would run old kernels for ever, and nobody would know.',
      ...advised(at.file, ['update'], {
        write: [set(['update', 'rebootStrategy'], 'off')],
        fix: 'the profile updates reboots one host of a cluster at a time',
      }),
    },
  ];
}
