/** Texts that hosts boot with: which fleets get another one. */
import { type Json, listOf, objectOf } from '../model/json';
import type { DiffContext, Resource, Side } from './context';
import { fleetOf, INSTANCES } from './host-names';
import type { UserDataChange } from './meaning';
import { userDataSent, userDataText } from './user-data-text';

/** A template of elastic hosts. */
export const LAUNCH_TYPES: ReadonlySet<string> = new Set([
  'AWS::EC2::LaunchTemplate',
  'ALIYUN::ESS::ScalingConfiguration',
  'ALIYUN::ECS::LaunchTemplate',
]);

/** The property as it stands in the resource. */
export function userDataValue({ Type, Properties }: Resource): Json | undefined {
  return Type === 'AWS::EC2::LaunchTemplate' ? objectOf(Properties.LaunchTemplateData).UserData : Properties.UserData;
}

/** Whether a resource that stands gets other bytes. The text may stand in a mapping, so the resource itself needs no change. */
export function sendsOtherUserData({ all, change }: DiffContext, id: string): boolean {
  const [before, after] = [all.before.get(id), all.after.get(id)];
  if (before === undefined || after === undefined) return false;
  return userDataSent(userDataValue(before), change.before) !== userDataSent(userDataValue(after), change.after);
}

/** Changed mappings: what `explains` calls them. The text stands in one, once a stack. */
export function userDataMappings({ change }: DiffContext): string[] {
  return change.entries.flatMap(({ section, id }) => (section === 'Mappings' ? [`Mappings/${id}`] : []));
}

const known = new WeakMap<DiffContext, readonly UserDataChange[]>();

/** One a fleet and pair of texts; fleets that come or go whole have none: `meissa user-data` prints theirs. Decoded once, whoever asks. */
export function userDataChanges(context: DiffContext): readonly UserDataChange[] {
  const found = known.get(context) ?? changesOf(context);
  known.set(context, found);
  return found;
}

function changesOf(context: DiffContext): UserDataChange[] {
  const { change } = context;
  const place = change.path.split('/')[0]!;
  // What an elastic fleet's hosts fetch is named by their template, which is looked at below.
  const launched = [...context.all.after.values()].some(({ Type }) => LAUNCH_TYPES.has(Type));
  const configurations = (launched ? [] : change.configurations).flatMap(({ fleet, before, after }) =>
    before === undefined || after === undefined ? [] : [{ fleet: `${place}-${fleet.replace('/', '-')}`, before, after }],
  );
  const sent = [...context.all.after].flatMap(([id, after]) => {
    const before = context.all.before.get(id);
    if (before === undefined || !bootsWithText(after) || !sendsOtherUserData(context, id)) return [];
    const texts = { before: text(context, 'before', before), after: text(context, 'after', after) };
    return texts.before === texts.after ? [] : [{ fleet: fleetLabel(context, id, after), ...texts }];
  });
  return mergeUserData([...configurations, ...sent].map((found) => ({ ...found, stacks: [change.path] })));
}

function bootsWithText({ Type }: Resource): boolean {
  return INSTANCES.has(Type) || LAUNCH_TYPES.has(Type);
}

function text({ change }: DiffContext, side: Side, resource: Resource): string | undefined {
  const fetched = LAUNCH_TYPES.has(resource.Type) ? change.configurations[0]?.[side] : undefined;
  if (fetched !== undefined) return fetched;
  return userDataText(userDataValue(resource), change[side], change.provider);
}

/** Shards of a fleet have the same text: it is told once. */
export function mergeUserData(changes: readonly UserDataChange[]): UserDataChange[] {
  const merged: UserDataChange[] = [];
  for (const change of changes) {
    const { fleet, before, after } = change;
    const at = merged.findIndex((known) => known.fleet === fleet && known.before === before && known.after === after);
    if (at < 0) merged.push(change);
    else merged[at] = { ...merged[at]!, stacks: [...new Set([...merged[at]!.stacks, ...change.stacks])] };
  }
  return merged;
}

/** `<region>-<cluster>-<fleet>`: from the host's name, or from what the template of elastic hosts calls them. */
export function fleetLabel({ change, hostOf }: DiffContext, id: string, resource: Resource): string {
  const host = hostOf(id);
  if (host !== undefined) return fleetOf(host);
  return launchedName(resource) ?? change.path.replace('/', '-');
}

function launchedName({ Properties }: Resource): string | undefined {
  const specifications = listOf(objectOf(Properties.LaunchTemplateData).TagSpecifications).map(objectOf);
  const tags = [...specifications.flatMap((one) => listOf(one.Tags)), ...listOf(Properties.TagList), ...listOf(Properties.Tags)];
  const name = tags.map(objectOf).find((tag) => tag.Key === 'Name')?.Value ?? Properties.InstanceName;
  return typeof name === 'string' ? name : undefined;
}
