/** Hosts fetch their programs by digest at boot: a deploy that would have them wait for one that nobody has pushed is refused. */
import type { Engines } from '../../deploy/engine';
import type { Estate, RegionName } from '../../estate/model/model';
import type { EstatePlan, RegionPlan } from '../../plan/model';
import { ARTIFACT_STORES } from '../engines';
import { Refusal, type VerbContext } from '../verb';
import type { DeployTarget } from './deploy-target';
import { placeOf } from './deploy-target';

/** An artifact that hosts of a region need and its bucket has not. */
interface Missing {
  readonly region: RegionName;
  /** As the lock has it: `etcd`. */
  readonly name: string;
}

/**
 * Asked before anything is touched. A region whose bucket isn't there yet, or into which nothing was pushed since its first deploy, is let
 * through and told: there hosts wait while the artifacts are pushed (docs/deploy.md, "A first deploy"). So is one that can't be read: its
 * deploy says that itself.
 *
 * @throws Refusal ARTIFACT_NOT_PUSHED, with the command
 */
export async function refuseUnpushed(
  context: Pick<VerbContext, 'output'>,
  { estate, plan, regions }: Pick<DeployTarget, 'estate' | 'plan' | 'regions'>,
  engines: Engines,
): Promise<void> {
  const missing: Missing[] = [];
  for (const name of regions) {
    const region = plan.regions.find((one) => one.name === name)!;
    try {
      missing.push(...(await missingIn(context, region, { estate, plan }, engines)));
    } catch (error) {
      const { message } = engines.get(region.provider)!.explain(error, placeOf(plan, `${name}/base`));
      context.output.say(`${name}: whether its artifacts are in its bucket was not found out: ${message}`);
    }
  }
  if (missing.length === 0) return;
  const among = [...new Set(missing.map(({ region }) => region))];
  const namesOf = (region: RegionName) => missing.filter((one) => one.region === region).map(({ name }) => name);
  throw new Refusal(
    'ARTIFACT_NOT_PUSHED',
    `${among.map((region) => `the bucket of ${region} has not ${namesOf(region).join(', ')}`).join('; ')}: hosts that start would wait for it; nothing was touched`,
    `${among.map((region) => `meissa artifacts push ${region} ${namesOf(region).join(' ')}`).join(' && ')}; then the same command`,
  );
}

async function missingIn(
  context: Pick<VerbContext, 'output'>,
  region: RegionPlan,
  { estate, plan }: { readonly estate: Estate; readonly plan: EstatePlan },
  engines: Engines,
): Promise<Missing[]> {
  const { name } = region;
  const needed = [...new Set(region.fleets.flatMap(({ needs }) => needs.artifactDigests))];
  if (needed.length === 0) return [];
  // Its roles name every artifact that its hosts may read.
  const base = await engines.get(region.provider)!.readTemplate(placeOf(plan, `${name}/base`));
  if (base === undefined) return [];
  const stood = JSON.stringify(base);
  const store = await ARTIFACT_STORES[region.provider](region.cloudRegion, region.artifactBucket);
  const there = await Promise.all(needed.map((digest) => store.has(digest)));
  const absent = needed.filter((_, at) => !there[at]);
  if (absent.length === 0) return [];
  const { artifacts } = estate.locks.artifacts;
  const named = absent.map((digest) => ({ region: name, name: artifacts.find((one) => one.sha256 === digest)?.name ?? digest }));
  const first = absent.length === needed.length && absent.every((digest) => stood.includes(digest));
  if (!first) return named;
  const all = named.map((one) => one.name).join(' ');
  context.output.say(`${name}: its bucket has no artifact yet, and hosts wait for them: meissa artifacts push ${name} ${all}`);
  return [];
}
