/** What to compare with: the stacks as their engines have them. Only read. */
import { manifestDigest } from '../../aliyun/fleet/configurations';
import { mappedUserData } from '../../aliyun/fleet/user-data';
import { askEach } from '../../deploy/ask';
import type { Engines, StackEngine, StackPlace, StandingStack } from '../../deploy/engine';
import type { CloudRegionId, Provider } from '../../estate/model/model';
import { bootstrapDigest } from '../../host-config/bootstrap';
import type { FleetConfiguration, StackState } from '../../review/diff';
import type { JsonObject } from '../../review/diff/model/json';
import type { Output } from '../words/output';

export interface DeployedStates {
  readonly states: readonly StackState[];
  /** Of each stack that stands: the engine's word, and when it last changed. */
  readonly standing: ReadonlyMap<string, Pick<StandingStack, 'status' | 'changed'>>;
  /** Stacks that a deploy would go on with although nothing of them differs: path, and the engine's word. */
  readonly unfinished: readonly { readonly path: string; readonly status: string }[];
  /** Regions of whose hosts the credentials may not ask which run. */
  readonly unasked: readonly string[];
}

/** Nothing stands in these: the next deploy makes them anew. Sources: CloudFormation, "Stack status codes"; ROS, "GetStack". */
const EMPTY: Readonly<Record<Provider, readonly string[]>> = {
  aws: ['REVIEW_IN_PROGRESS', 'ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'DELETE_COMPLETE'],
  aliyun: ['REVIEW_IN_PROGRESS', 'CREATE_ROLLBACK_COMPLETE', 'CREATE_ROLLBACK_FAILED', 'DELETE_COMPLETE'],
};

/**
 * Of every planned stack that is emitted; what nothing describes any more is looked for elsewhere (`undescribed.ts`).
 *
 * @param after what would stand: says where configurations are published
 */
export async function deployedStates(
  planned: readonly StackPlace[],
  after: readonly StackState[],
  enginesOf: (providers: ReadonlySet<Provider>) => Promise<Engines>,
): Promise<DeployedStates> {
  const emitted = new Map(after.map((state) => [state.path, state]));
  const stacks = planned.filter(({ path }) => emitted.has(path));
  const engines = await enginesOf(new Set(stacks.map(({ provider }) => provider)));
  const read = await askEach(stacks, engines, (engine, stack) => deployedState(engine, stack, emitted.get(stack.path)!));
  const found = read.flatMap((one) => one ?? []);
  return {
    states: found.map(({ state }) => state),
    standing: new Map(found.map(({ state: { path }, standing }) => [path, standing])),
    unfinished: found.flatMap(({ state: { path }, standing: { status } }) => (isWhole(status) ? [] : [{ path, status }])),
    unasked: [
      ...new Set(found.flatMap(({ state: { region, away } }) => (away === undefined && region !== undefined ? [region] : []))),
    ],
  };
}

/** Says what a rehearsal takes for granted where nobody may ask. */
export function sayUnasked(output: Pick<Output, 'say'>, { unasked }: DeployedStates): void {
  for (const region of unasked) output.say(`${region}: the credentials may not ask which hosts run, so all of them are taken to`);
}

/** An update that was rolled back left the stack as it was before. */
function isWhole(status: string): boolean {
  return /^(?:CREATE|UPDATE|IMPORT|CHECK|ROLLBACK|UPDATE_ROLLBACK|IMPORT_ROLLBACK)_COMPLETE$/.test(status);
}

async function deployedState(
  engine: StackEngine,
  stack: StackPlace,
  after: StackState,
): Promise<{ state: StackState; standing: Pick<StandingStack, 'status' | 'changed'> } | undefined> {
  const { provider, path, name, region, cloudRegion } = stack;
  const standing = await engine.read(stack);
  if (standing === undefined || EMPTY[provider].includes(standing.status)) return undefined;
  const template = await engine.readTemplate(stack);
  if (template === undefined) return undefined;
  const { status, changed, parameters, tags } = standing;
  const configurations = await publishedConfigurations(cloudRegion, template, after.configurations ?? []);
  const away = await engine.awayHosts(stack, template);
  return {
    standing: { status, ...(changed === undefined ? {} : { changed }) },
    state: {
      path,
      name,
      provider,
      region,
      cloudRegion,
      template: template as JsonObject,
      parameters,
      tags,
      configurations,
      ...(away === undefined ? {} : { away }),
    },
  };
}

/** Texts that hosts of these fleets fetch today; of an elastic fleet those that new ones do. A bucket or object that isn't there yet has none. */
async function publishedConfigurations(
  region: CloudRegionId,
  template: object,
  planned: readonly FleetConfiguration[],
): Promise<FleetConfiguration[]> {
  if (planned.every(({ published }) => published === undefined)) return [];
  const { NotFound, OssClient } = await import('../../aliyun/cloud');
  const client = new OssClient({ region });
  const get = async (bucket: string, key: string): Promise<string | undefined> => {
    try {
      return (await client.get(bucket, key)).toString('utf8');
    } catch (error) {
      if (error instanceof NotFound) return undefined;
      throw error;
    }
  };
  const read = planned.map(async ({ fleet, published }) => {
    const text = published === undefined ? undefined : await publishedText(get, published, template);
    return text === undefined ? [] : [{ fleet, text }];
  });
  return (await Promise.all(read)).flat();
}

/** What members fetch is named by a manifest in the bucket; what new hosts of an elastic fleet do, by the template that stands. */
export async function publishedText(
  get: (bucket: string, key: string) => Promise<string | undefined>,
  { bucket, manifestKey, objectKey }: NonNullable<FleetConfiguration['published']>,
  template: object,
): Promise<string | undefined> {
  const digest =
    manifestKey === undefined
      ? bootstrapDigest(mappedUserData(template) ?? '')
      : manifestDigest((await get(bucket, manifestKey)) ?? '');
  return digest === undefined ? undefined : get(bucket, objectKey.replace(/[^/]*$/, digest));
}
