/** Members of a stack and what becomes of each: the base of every meaning about hosts. */
import { CLOUDS } from '../../../clouds/clouds';
import { NEW_SYSTEM_DISK } from '../../../facts/aliyun/updates';
import { type DiffContext, explained, type ResourceChange } from './context';
import { effectOf, type KnownEffect } from './effects';
import { INSTANCES, memberNumber } from './host-names';
import { changeWords, plainId } from './references';
import { sendsOtherUserData, userDataMappings } from './user-data';

export interface HostChange {
  /** `<region>-<cluster>-<fleet>-<n>`; the logical id where the template gives no name. */
  readonly name: string;
  /** Logical id of the instance that stands after, or stood before. */
  readonly id: string;
  readonly kind: 'comes' | 'goes' | 'made-anew' | 'changes';
  /** In order of name. */
  readonly properties: readonly HostProperty[];
  readonly explains: readonly string[];
}

export interface HostProperty {
  readonly name: string;
  readonly effect: KnownEffect;
  /** Logical ids by whose replacement alone it changes. @default - the template says otherwise than before */
  readonly through?: readonly string[];
}

/** Several meanings of a stack go by them. */
const known = new WeakMap<DiffContext, readonly HostChange[]>();

/** In order of number. Instances of another generation of the same member are one host that is made anew. */
export function hostChanges(context: DiffContext): readonly HostChange[] {
  const found = known.get(context) ?? changesOf(context);
  known.set(context, found);
  return found;
}

function changesOf(context: DiffContext): HostChange[] {
  const { all } = context;
  const ids = [...new Set([...all.before.keys(), ...all.after.keys()])].filter((id) => INSTANCES.has(typeOf(context, id)));
  const come = ids.filter((id) => !all.before.has(id));
  const gone = ids.filter((id) => !all.after.has(id));
  const anew = come.flatMap((id) => {
    const old = gone.find((other) => hostName(context, other) === hostName(context, id));
    return old === undefined ? [] : [{ id, old }];
  });
  const paired = new Set(anew.flatMap(({ id, old }) => [id, old]));
  const whole = (id: string, kind: HostChange['kind'], explains = [id]): HostChange => {
    return { name: hostName(context, id), id, kind, properties: [], explains: explains.map((one) => explained(one)) };
  };
  return [
    ...come.filter((id) => !paired.has(id)).map((id) => whole(id, 'comes')),
    ...gone.filter((id) => !paired.has(id)).map((id) => whole(id, 'goes')),
    ...anew.map(({ id, old }) => whole(id, 'made-anew', [id, old])),
    ...ids.filter((id) => all.before.has(id) && all.after.has(id)).flatMap((id) => changedHost(context, id)),
  ].sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
}

function typeOf({ all }: DiffContext, id: string): string {
  return (all.after.get(id) ?? all.before.get(id))!.Type;
}

export function hostName({ hostOf }: DiffContext, id: string): string {
  return hostOf(id) ?? id;
}

function changedHost(context: DiffContext, id: string): HostChange[] {
  const own = context.resources.find((resource) => resource.id === id)?.properties ?? [];
  const names = new Set(own);
  if (sendsOtherUserData(context, id)) names.add('UserData');
  else if (names.has('UserData')) names.delete('UserData');
  const followed = followedProperties(context, id);
  if (names.size + followed.length === 0) return [];
  const { provider } = context.change;
  const change = { type: typeOf(context, id), before: context.all.before.get(id), after: context.all.after.get(id) };
  const described = [...names].sort().map((name): HostProperty => {
    const exchanged = CLOUDS[provider].exchangesDisks && name === NEW_SYSTEM_DISK;
    return { name, effect: exchanged ? 'replace' : effectOf(provider, change, name) };
  });
  const properties = [...described, ...followed.filter(({ name }) => !names.has(name))];
  const mappings = names.has('UserData') ? userDataMappings(context) : [];
  // What changes while the host runs is told by itself.
  const told = properties.flatMap(({ name, effect }) => (effect === 'none' && name !== 'UserData' ? [] : [name]));
  const explains = [...[...own.filter((name) => name === 'UserData'), ...told].map((name) => explained(id, name)), ...mappings];
  return [{ name: hostName(context, id), id, kind: 'changes', properties, explains: [...new Set(explains)] }];
}

/** What of a host changes because something that it refers to is made anew. */
function followedProperties({ steps }: DiffContext, id: string): HostProperty[] {
  return (steps.get(id) ?? []).flatMap(({ act, properties, through }) => {
    if (through.length === 0 || (act !== 'replace' && act !== 'interrupt')) return [];
    return properties.map((name) => ({ name, effect: act, through }));
  });
}

/** `user-data; InstanceType m5.large -> m5.xlarge`. */
export function reasonWords(context: DiffContext, { id, properties }: HostChange, effects: readonly KnownEffect[]): string {
  const [before, after] = [context.all.before.get(id), context.all.after.get(id)];
  return properties
    .filter(({ effect }) => effects.includes(effect))
    .map(({ name, through }) =>
      through !== undefined
        ? followsWords(name, through)
        : name === 'UserData'
          ? 'user-data'
          : changeWords(name, before?.Properties[name], after?.Properties[name], context),
    )
    .join('; ');
}

/** `NetworkInterfaces follows M1Eth0, which is made anew`. The member's own number says nothing: words of one fleet are alike. */
export function followsWords(property: string, through: readonly string[]): string {
  const names = through.map((id) => plainId(id.replace(/^M\d+(?:G\d+(?=Volume))?(?=[A-Z])/, '')));
  return `${property} follows ${[...new Set(names)].join(', ')}, which ${through.length === 1 ? 'is' : 'are'} made anew`;
}

/** Groups hosts by the words of their reason, in order of the first host. */
export function byReason<Host>(hosts: readonly Host[], reason: (host: Host) => string): Map<string, Host[]> {
  const groups = new Map<string, Host[]>();
  for (const host of hosts) {
    const words = reason(host);
    groups.set(words, [...(groups.get(words) ?? []), host]);
  }
  return groups;
}

/** Changed resources of a member beside its instance. */
export function partsOf(context: DiffContext, type: string): ResourceChange[] {
  return context.resources.filter((resource) => resource.type === type && memberNumber(resource.id) !== undefined);
}
