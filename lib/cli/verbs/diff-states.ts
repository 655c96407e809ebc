/** What synth writes for regions and links, as a diff reads it. */
import { withTemporaryFolder } from '../../disk/scratch';
import { madeSource } from '../../estate/files/disk-source';
import type { Estate } from '../../estate/model/model';
import type { StackState } from '../../review/diff';
import { assemblyStates } from '../../review/diff/read/assemblies';
import { type EmissionOptions, emitOut } from '../emit-out';

/**
 * Written into a folder that is gone afterwards. Throws all findings of what can't be written.
 *
 * @param links by path
 */
export function synthesizedStates(
  estate: Estate,
  regions: readonly string[],
  links: readonly string[],
  options: Pick<EmissionOptions, 'selected'> = {},
): StackState[] {
  return withTemporaryFolder('diff', (folder) => {
    const { aws, aliyun } = emitOut(estate, { regions, links: [...new Set(links)], ...options }, folder);
    return aws === undefined && aliyun === undefined ? [] : assemblyStates(madeSource(folder));
  });
}
