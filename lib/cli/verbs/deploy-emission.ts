/** From a target to stacks with templates on disk: what is about to be deployed, written where it is read. */
import { stacksOfRosAssembly } from '../../deploy/aliyun/assembly';
import { stacksOfCloudAssembly } from '../../deploy/aws/assembly';
import type { DeployStack } from '../../deploy/engine';
import { withTemporaryFolder } from '../../disk/scratch';
import type { Finding } from '../../estate/findings/finding';
import type { EstatePlan, LinkPlan } from '../../plan/model';
import { type EmissionOptions, emitOut } from '../emit-out';
import { refuseOldImagesNow } from '../estate-app';
import { type DeployTarget, placeOf } from './deploy-target';

/**
 * Emits the target into a folder that is gone afterwards: a deploy never reads what an earlier synth left.
 *
 * @param work gets the stacks, regions in order and links behind them, and the folder
 * @param check hears what CloudFormation Validate warns of
 * @throws FindingsError for what user-data, sizes or CloudFormation Validate refuse
 */
export async function withEmission<T>(
  target: DeployTarget,
  work: (stacks: readonly DeployStack[], folder: string) => Promise<T>,
  check: (warnings: readonly Finding[]) => void,
): Promise<T> {
  refuseOldImagesNow(target.estate, target.warnings, target.regions);
  return withEmitted(target, target.links, work, check);
}

/** The same for who only reads: no image is too old to be looked at. */
export async function withEmitted<T>(
  target: DeployTarget,
  links: readonly LinkPlan[],
  work: (stacks: readonly DeployStack[], folder: string) => Promise<T>,
  check?: EmissionOptions['check'],
): Promise<T> {
  return withTemporaryFolder('deploy', async (folder) => work(emitStacks(target, { links, check }, folder), folder));
}

/** Emits into a folder that stays as long as who gave it. */
export function emitStacks(
  { estate, plan, regions, stacks }: Pick<DeployTarget, 'estate' | 'plan' | 'regions' | 'stacks'>,
  { links, ...options }: Pick<EmissionOptions, 'check' | 'selected'> & { readonly links: readonly LinkPlan[] },
  folder: string,
): DeployStack[] {
  const paths = [...new Set(links.map((link) => link.path))];
  const { aws, aliyun } = emitOut(estate, { regions, links: paths, ...options }, folder);
  const planned = new Map(stacks.map((stack) => [stack.path, stack]));
  const emitted = [
    ...(aws === undefined
      ? []
      : stacksOfCloudAssembly(aws, (path) => ({
          region: placeOf(plan, path).region,
          dependsOn: planned.get(path)?.dependsOn ?? [],
        }))),
    ...(aliyun === undefined ? [] : stacksOfRosAssembly(aliyun, (region, fleet) => gateTimeout(plan, region, fleet))),
  ];
  // A link's path may hold several links; all that the emitters made of it is wanted, in the order of the plan.
  const order = [...planned.keys()];
  const rank = (path: string) => (order.includes(path) ? order.indexOf(path) : order.length);
  return emitted.sort((a, b) => rank(a.path) - rank(b.path));
}

/** Seconds that a host has to get well: as long as its gate, or its group, waits. */
function gateTimeout(plan: EstatePlan, region: string, fleet: string): number | undefined {
  const found = plan.regions.find(({ name }) => name === region)?.fleets.find((f) => `${f.cluster}/${f.name}` === fleet);
  return found?.kind === 'elastic' ? found.signalTimeout : found?.gateTimeout;
}
