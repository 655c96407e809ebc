/** The Aliyun part of a rehearsal: what `meissa deploy` does, against the embedded cloud and nothing else. */
import { RpcClient } from '../../aliyun/cloud';
import { AliyunEngine } from '../../deploy/aliyun/engine';
import { deployStacks, refuseMissing } from '../../deploy/deploy';
import { DeployError } from '../../deploy/deploy-error';
import type { DeployStack, Engines } from '../../deploy/engine';
import type { EmbeddedCloud } from '../../embedded-cloud';
import type { Estate } from '../../estate/model/model';
import type { LinkPlan } from '../../plan/model';
import { planEstate } from '../../plan/plan';
import type { VerbContext } from '../verb';
import { deployProgress } from '../words/deploy-progress';
import { withEmitted } from './deploy-emission';
import { type DeployTarget, linkStacks, placeOf, regionStacks } from './deploy-target';

/** A rehearsal of Aliyun regions and of the links among them. */
export interface AliyunRehearsal {
  readonly context: VerbContext;
  readonly estate: Estate;
  /** In the order in which they are deployed. */
  readonly regions: readonly string[];
  readonly links: readonly LinkPlan[];
}

/** Stacks at once, as with the CDK CLI. */
const CONCURRENCY = 4;

/**
 * @throws FindingsError for what user-data or templates refuse, DeployError of the first stack that failed, or that is needed beside these
 * and does not stand
 */
export async function deployAliyun(rehearsal: AliyunRehearsal, cloud: EmbeddedCloud): Promise<void> {
  const { context, links } = rehearsal;
  const target = targetOf(rehearsal);
  await withEmitted(target, links, async (stacks) => {
    const engines = embeddedEngines(rehearsal.estate, cloud);
    await mustStand(stacks, engines, target);
    context.output.say('', `meissa deploy ${rehearsal.regions.join(' ')}`);
    const listener = deployProgress(context.output);
    const options = { concurrency: CONCURRENCY, regionsAtOnce: 1, failureTolerance: 0 };
    const report = await deployStacks({ stacks, engines, options, replace: [], listener }).finally(() => listener.end());
    const failed = report.stacks.find((stack) => stack.error !== undefined);
    if (failed?.error !== undefined) throw failed.error;
  });
}

function targetOf({ estate, regions, links }: AliyunRehearsal): DeployTarget {
  const plan = planEstate(estate);
  const stacks = [...regions.flatMap((name) => regionStacks(plan, name)), ...links.flatMap(linkStacks)];
  return { estate, warnings: [], plan, regions, links, left: [], stacks };
}

/**
 * Keys and addresses are the embedded cloud's own; the environment of this process and the user's profiles are not looked at, so that a
 * rehearsal can't touch a real account.
 */
function embeddedEngines(estate: Estate, cloud: EmbeddedCloud): Engines {
  const rpc = new RpcClient({ environment: cloud.aliyun.env() });
  const accountOf = (name: string) => {
    const region = estate.regions.find((r) => r.name === name);
    return region?.provider === 'aliyun' ? region.aliyun.account : cloud.aliyun.account;
  };
  return new Map([['aliyun', new AliyunEngine({ rpc, accountOf })]]);
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
