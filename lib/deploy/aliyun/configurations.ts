/** Publishes the configurations of hosts before their stack is touched, from the files of an assembly. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isPublished, type ObjectStore, putConfiguration, putManifest } from '../../aliyun/fleet/configurations';
import { DeployError } from '../deploy-error';
import type { DeployStack } from '../engine';
import { LOOK_AGAIN } from '../lease/lease';

export {
  configurationManifest,
  isPublished,
  manifestDigest,
  type ObjectStore,
  publishedDigest,
} from '../../aliyun/fleet/configurations';

/**
 * Publishes the configurations of a stack; names of fleets of which something new was written.
 *
 * @param hold awaited before each that is written: of two runs the last would say what every host boots with
 * @param fence of the lease that is held then
 * @throws DeployError LEASE_LOST where a later run has published
 */
export async function publishConfigurations(
  store: ObjectStore,
  { template, ros }: DeployStack,
  hold: () => Promise<void> = async () => {},
  fence: () => number | undefined = () => undefined,
): Promise<string[]> {
  const written: string[] = [];
  for (const configuration of ros?.configurations ?? []) {
    const { fleet, digest, file } = configuration;
    if (await isPublished(store, configuration)) continue;
    const text = readFileSync(join(dirname(template), file));
    if (createHash('sha256').update(text).digest('hex') !== digest)
      throw new DeployError('DIGEST_MISMATCH', `${file} of ${fleet} is not what its digest says`, 'synthesize it anew');
    await hold();
    await putConfiguration(store, configuration, text);
    await hold();
    if (!(await putManifest(store, configuration, fence())))
      throw new DeployError(
        'LEASE_LOST',
        `${fleet}: a run that began later has published its configuration; this run changes nothing more`,
        `when that run has ended, ${LOOK_AGAIN}`,
      );
    written.push(fleet);
  }
  return written;
}
