/** The deploy of a rehearsal: what `meissa deploy` does, against the embedded cloud and nothing else. */
import { dirname } from 'node:path';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import type { Provider } from '../../clouds/cloud';
import { cloudOf } from '../../clouds/clouds';
import { askEach } from '../../deploy/ask';
import { deployStacks, refuseMissing } from '../../deploy/deploy';
import { DeployError } from '../../deploy/deploy-error';
import type { DeployStack, Engines, StackEngine } from '../../deploy/engine';
import { engineOf } from '../../deploy/engine-of';
import type { EmbeddedCloud } from '../../embedded-cloud';
import type { CloudRegionId, Estate } from '../../estate/model/model';
import { regionsOf } from '../../estate/regions-of';
import { embeddedEnvironment, withEnvironment } from '../embedded-environment';
import { enginesFor } from '../engines';
import { refuseTemplates } from '../estate-app';
import { sayWarnings } from '../loading';
import type { VerbContext } from '../verb';
import { deployProgress } from '../words/deploy-progress';
import { withEmitted } from './deploy-emission';
import { type DeployTarget, placeOf, providersOf } from './deploy-target';

/** Stacks at once, as `meissa deploy` has it. */
const OPTIONS = { concurrency: 4, regionsAtOnce: 1, failureTolerance: 0 };

/** Things take a six-hundredth of their time there: who looked as seldom as in the cloud would mostly wait. */
const HURRY = 20;

export interface RehearsalPlace {
  readonly cloud: EmbeddedCloud;
  /** Folder that the rehearsal may write to. */
  readonly state: string;
}

/**
 * @throws FindingsError for what user-data or templates refuse, DeployError of the first stack that failed, or that is needed beside these
 * and does not stand
 */
export async function deployRehearsal(context: VerbContext, target: DeployTarget, place: RehearsalPlace): Promise<void> {
  await withEmitted(target, target.links, (stacks) =>
    withEnvironment(embeddedEnvironment(process.env, place.cloud.env(), place.state), async () => {
      const engines = await embeddedEngines(target, stacks, place.cloud);
      await mustStand(stacks, engines, target);
      await prepare(context, stacks, engines);
      context.output.say('', `meissa deploy ${target.regions.join(' ')}`);
      const listener = deployProgress(context.output);
      const deploying = deployStacks({ stacks, engines, options: OPTIONS, replace: [], listener });
      const report = await deploying.finally(() => listener.end());
      const failed = report.stacks.find((stack) => stack.error !== undefined);
      if (failed?.error !== undefined) throw failed.error;
    }),
  );
}

/**
 * What AWS is asked before it deploys: whether the templates hold, and that the region is bootstrapped. Both are dear and say nothing
 * of stacks that stay as they stand, so that only those are looked at that will be touched.
 */
async function prepare(context: VerbContext, stacks: readonly DeployStack[], engines: Engines): Promise<void> {
  const ours = stacks.filter((stack) => cloudOf(stack).cdk);
  const previews = await askEach(ours, engines, (engine, stack) => engine.preview(stack, {}));
  const due = ours.filter((_, at) => previews[at]!.action !== 'none');
  const [first] = due;
  if (first === undefined) return;
  const paths = new Set(due.map(({ path }) => path));
  const made = new CloudAssembly(dirname(first.template)).stacks.filter(({ hierarchicalId }) => paths.has(hierarchicalId));
  refuseTemplates({ stacks: made }, (found) => sayWarnings(found, context));
  const regions = new Map(due.map((stack) => [stack.region, stack]));
  for (const [region, stack] of regions) {
    context.output.say('', `cdk bootstrap ${region}`);
    const engine = engineOf(engines, stack);
    await engine.bootstrap?.(stack.cloudRegion).catch((error) => {
      throw engine.explain(error, { ...stack, path: `${region}/bootstrap` });
    });
  }
}

/**
 * Keys and addresses are the embedded cloud's own: AWS's come from the environment that this runs in, Aliyun's are handed over, so that the
 * user's profiles are not looked at and a rehearsal can't touch a real account.
 */
async function embeddedEngines(target: DeployTarget, stacks: readonly DeployStack[], cloud: EmbeddedCloud): Promise<Engines> {
  const engines = new Map<Provider, StackEngine>();
  for (const provider of providersOf(target.plan, stacks))
    engines.set(provider, provider === 'aliyun' ? await embeddedAliyun(target.estate, cloud) : await own(target, provider));
  return engines;
}

async function own({ estate }: DeployTarget, provider: Provider): Promise<StackEngine> {
  return (await enginesFor(estate, new Set([provider]))).get(provider)!;
}

async function embeddedAliyun(estate: Estate, cloud: EmbeddedCloud): Promise<StackEngine> {
  const [{ RpcClient, SYSTEM_CLOCK }, { AliyunEngine }] = await Promise.all([
    import('../../aliyun/cloud'),
    import('../../deploy/aliyun/engine'),
  ]);
  const accounts = new Map(regionsOf(estate, 'aliyun').map(({ cloudRegion, aliyun }) => [cloudRegion, aliyun.account]));
  const accountOf = (id: CloudRegionId) => accounts.get(id) ?? cloud.aliyun.account;
  const clock = { ...SYSTEM_CLOCK, sleep: (milliseconds: number) => SYSTEM_CLOCK.sleep(milliseconds / HURRY) };
  return new AliyunEngine({ rpc: new RpcClient({ environment: cloud.aliyun.env(), clock }), accountOf });
}

/** The way on from a stack that is missing is another rehearsal, not a deploy. */
async function mustStand(stacks: readonly DeployStack[], engines: Engines, { plan, regions }: DeployTarget): Promise<void> {
  let place = '';
  try {
    await refuseMissing(stacks, engines, (path) => {
      const found = placeOf(plan, path);
      place = found.region;
      return found;
    });
  } catch (error) {
    if (!(error instanceof DeployError) || error.code !== 'NEEDED_FIRST') throw error;
    throw new DeployError(error.code, error.message, `meissa rehearse ${[place, ...regions].join(' ')}`);
  }
}
