/** From a target to stacks with templates on disk: what is about to be deployed, written where it is read. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stacksOfCloudAssembly } from '../deploy/aws/assembly';
import type { DeployStack } from '../deploy/engine';
import type { DeployTarget } from './deploy-target';
import { refuseOldImagesNow, synthEstate } from './estate-app';

/**
 * Emits the target into a folder that is gone afterwards: a deploy never reads what an earlier synth left.
 *
 * @throws FindingsError for what user-data or sizes refuse
 */
export async function withEmission<T>(target: DeployTarget, work: (stacks: readonly DeployStack[]) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'meissa-deploy-'));
  try {
    return await work(emit(target, folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function emit({ estate, warnings, regions, links, stacks }: DeployTarget, folder: string): DeployStack[] {
  refuseOldImagesNow(estate, warnings, regions);
  const assembly = join(folder, 'cdk.out');
  const paths = [...new Set(links.map((link) => link.path))];
  synthEstate(estate, { outdir: assembly, regions, ...(paths.length === 0 ? {} : { links: paths }) });
  const planned = new Map(stacks.map((stack) => [stack.path, stack]));
  const emitted = stacksOfCloudAssembly(assembly, (path) => planned.get(path)?.dependsOn ?? []);
  const order = [...planned.keys()];
  return emitted.filter((s) => planned.has(s.path)).sort((a, b) => order.indexOf(a.path) - order.indexOf(b.path));
}
