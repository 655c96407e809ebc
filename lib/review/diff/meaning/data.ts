/** Disks, buckets and keys that go or are made anew: what is kept, and what is lost. */
import { HOLDS_DATA } from '../../../facts/data-types';
import { type DiffContext, explained, type Resource, type ResourceChange } from './context';
import { effectOf } from './effects';
import { memberVolume } from './host-names';
import type { Meaning } from './meaning';
import { changeWords } from './references';

export function dataThatChanges(context: DiffContext): Meaning[] {
  return context.resources.flatMap((resource) => {
    const noun = HOLDS_DATA[resource.type];
    if (noun === undefined) return [];
    if (resource.after === undefined) return goes(context, resource, noun);
    return resource.before === undefined ? [] : changes(context, resource, noun);
  });
}

/** The policy that counts is that of the template that stands. */
function goes(context: DiffContext, { id, before }: ResourceChange, noun: string): Meaning[] {
  const retained = isRetained(before!, 'DeletionPolicy');
  const volume = memberVolume(id);
  if (volume !== undefined && context.hostOf(id) !== undefined) {
    const own = `their ${noun} ${volume}`;
    const told = retained
      ? meaning(context, id, 'data-retained', 'addition', `keep ${own}: it is no longer part of the stack`)
      : meaning(context, id, 'data-deleted', 'data-loss', `lose ${own}: it is deleted with what is in it`);
    return [{ ...told, ofHosts: true }];
  }
  const what = `${noun} ${titleOf(context, id, before!)}`;
  return [
    retained
      ? meaning(context, id, 'data-retained', 'addition', `${what} is kept, and no longer part of the stack`)
      : meaning(context, id, 'data-deleted', 'data-loss', `${what} is deleted, with what is in it`),
  ];
}

function changes(context: DiffContext, resource: ResourceChange, noun: string): Meaning[] {
  const { id, before, after, properties } = resource;
  const { provider } = context.change;
  const words = (names: readonly string[]) =>
    names.map((name) => changeWords(name, before!.Properties[name], after!.Properties[name], context)).join('; ');
  const having = (effect: string) => properties.filter((name) => effectOf(provider, resource, name) === effect);
  const say = teller(context, id, noun, after!);
  const [refused, replaced, unknown] = [having('refused'), having('replace'), having('unknown')];
  const kept = isRetained(before!, 'UpdateReplacePolicy');
  const found: Meaning[] = [];
  if (refused.length > 0)
    found.push(say('data-refused', 'refused', "can't be changed so", `can't get % changed so`, words(refused)));
  if (replaced.length > 0) {
    const how = kept ? 'made anew and empty, the old one is kept' : 'made anew, the old one is deleted';
    const [kind, severity] = kept ? (['data-replaced', 'replaced'] as const) : (['data-deleted', 'data-loss'] as const);
    found.push(say(kind, severity, `is ${how}`, `get % ${how}`, words(replaced)));
  }
  if (unknown.length > 0) {
    const how = `replaced, and the old one ${kept ? 'kept' : 'deleted'}`;
    found.push(say('data-may-be-replaced', kept ? 'replaced' : 'data-loss', `may be ${how}`, `may get % ${how}`, words(unknown)));
  }
  return found;
}

/** Of a thing by its name; of members' volumes once for all hosts, `%` is the volume. */
function teller(context: DiffContext, id: string, noun: string, after: Resource) {
  const volume = context.hostOf(id) === undefined ? undefined : memberVolume(id);
  return (kind: Meaning['kind'], severity: Meaning['severity'], thing: string, hosts: string, words: string): Meaning =>
    volume === undefined
      ? meaning(context, id, kind, severity, `${noun} ${titleOf(context, id, after)} ${thing}: ${words}`)
      : { ...meaning(context, id, kind, severity, `${hosts.replace('%', `${noun} ${volume}`)}: ${words}`), ofHosts: true };
}

function isRetained({ whole }: Resource, policy: 'DeletionPolicy' | 'UpdateReplacePolicy'): boolean {
  const value = whole[policy];
  return typeof value === 'string' && value.startsWith('Retain');
}

/** What the resource calls itself. */
function titleOf({ hostOf }: DiffContext, id: string, { Properties }: Resource): string {
  const own = Properties.BucketName ?? Properties.DiskName ?? Properties.Name ?? Properties.LogGroupName;
  return typeof own === 'string' ? own : (hostOf(id) ?? id);
}

function meaning(context: DiffContext, id: string, kind: Meaning['kind'], severity: Meaning['severity'], what: string): Meaning {
  const host = context.hostOf(id);
  return {
    kind,
    severity,
    stack: context.change.path,
    what,
    hosts: host === undefined ? [] : [host],
    details: [],
    explains: [explained(id)],
  };
}
