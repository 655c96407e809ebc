/** Elastic fleets: whose hosts are exchanged, and how many there may be. */
import { type Json, objectOf, sameJson } from '../model/json';
import { type DiffContext, explained, type ResourceChange } from './context';
import type { Meaning } from './meaning';
import { changeWords, valueWords } from './references';
import { fleetLabel, LAUNCH_TYPES, sendsOtherUserData, userDataMappings } from './user-data';

const GROUPS: ReadonlySet<string> = new Set(['AWS::AutoScaling::AutoScalingGroup', 'ALIYUN::ESS::ScalingGroup']);
/** Of a group: how many hosts, not which. */
const SIZES: readonly string[] = ['MinSize', 'MaxSize', 'DesiredCapacity'];
/** Of a group, on AWS: a change rolls its hosts. Source: "UpdatePolicy attribute", AutoScalingRollingUpdate. */
const ROLLING: readonly string[] = [
  'LaunchTemplate',
  'LaunchConfigurationName',
  'MixedInstancesPolicy',
  'VPCZoneIdentifier',
  'VSwitchIds',
];

export function elasticFleets(context: DiffContext): Meaning[] {
  return [...launches(context), ...groups(context)];
}

/** The text of user-data may stand in a mapping, so every template of hosts is looked at. */
function launches(context: DiffContext): Meaning[] {
  const { all, resources } = context;
  return [...all.after].flatMap(([id, after]): Meaning[] => {
    const before = all.before.get(id);
    if (before === undefined || !LAUNCH_TYPES.has(after.Type)) return [];
    const own = (properties: typeof after.Properties) =>
      after.Type === 'AWS::EC2::LaunchTemplate' ? objectOf(properties.LaunchTemplateData) : properties;
    const [old, now] = [own(before.Properties), own(after.Properties)];
    const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort();
    const reasons = names.flatMap((name) =>
      name === 'UserData' || sameJson(old[name], now[name]) ? [] : reason(name, old[name], now[name], context),
    );
    const text = sendsOtherUserData(context, id);
    if (text) reasons.unshift('user-data');
    const changed = resources.find((resource) => resource.id === id);
    if (reasons.length === 0) return [];
    const mappings = text ? userDataMappings(context) : [];
    const what = `${fleetLabel(context, id, after)}: ${howHostsFollow(context)}: ${reasons.join('; ')}`;
    return [
      {
        ...base(context),
        kind: 'fleet-rolls',
        severity: 'fleet',
        what,
        explains: [...(changed ? [explained(id)] : []), ...mappings],
      },
    ];
  });
}

/** Lists of tags and disks are long: only that they change. */
function reason(name: string, before: Json | undefined, after: Json | undefined, context: DiffContext): string[] {
  if (name === 'TagSpecifications' || name === 'TagList' || name === 'Tags') return ['tags'];
  return [changeWords(name, before, after, context)];
}

function howHostsFollow({ all }: DiffContext): string {
  const group = [...all.after.values()].find(({ Type }) => GROUPS.has(Type));
  const update = objectOf(objectOf(group?.whole.UpdatePolicy).AutoScalingRollingUpdate);
  // ESS has no update policy: `meissa deploy` exchanges hosts when the stack is complete.
  if (group?.Type === 'ALIYUN::ESS::ScalingGroup')
    return 'every host is exchanged, a batch at a time, each when the one before is well';
  if (update.MaxBatchSize === undefined) return 'new hosts get it, hosts that run keep what they have';
  return `every host is exchanged, ${valueWords(update.MaxBatchSize)} at a time, ${valueWords(update.MinInstancesInService ?? 0)} stay in service`;
}

function groups(context: DiffContext): Meaning[] {
  return context.resources.flatMap((resource): Meaning[] => {
    const { id, type, before, after, properties } = resource;
    if (!GROUPS.has(type)) return [];
    const label = fleetLabel(context, id, (after ?? before)!);
    if (before === undefined) {
      const what = `${label}: ${valueWords(after!.Properties.MinSize)} to ${valueWords(after!.Properties.MaxSize)} hosts come`;
      return [{ ...base(context), kind: 'fleet-comes', severity: 'addition', what, explains: [explained(id)] }];
    }
    if (after === undefined) {
      return [
        { ...base(context), kind: 'fleet-goes', severity: 'replaced', what: `${label}: all hosts go`, explains: [explained(id)] },
      ];
    }
    return sized(context, resource, label, properties);
  });
}

function sized(
  context: DiffContext,
  { id, before, after }: ResourceChange,
  label: string,
  properties: readonly string[],
): Meaning[] {
  const words = (names: readonly string[]) =>
    names.map((name) => changeWords(name, before!.Properties[name], after!.Properties[name], context)).join('; ');
  const sizes = properties.filter((name) => SIZES.includes(name));
  const rolling = properties.filter((name) => ROLLING.includes(name));
  const explains = (names: readonly string[]) => names.map((name) => explained(id, name));
  const found: Meaning[] = [];
  if (sizes.length > 0) {
    found.push({
      ...base(context),
      kind: 'fleet-size',
      severity: 'fleet',
      what: `${label}: ${words(sizes)}`,
      explains: explains(sizes),
    });
  }
  if (rolling.length > 0) {
    const what = `${label}: ${howHostsFollow(context)}: ${words(rolling)}`;
    found.push({ ...base(context), kind: 'fleet-rolls', severity: 'fleet', what, explains: explains(rolling) });
  }
  return found;
}

function base({ change }: DiffContext): Pick<Meaning, 'stack' | 'hosts' | 'details'> {
  return { stack: change.path, hosts: [], details: [] };
}
