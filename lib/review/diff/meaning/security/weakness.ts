/** What is less safe than before: the shape of a rule, and how it is told. */

import { pathText } from '../../model/value-changes';
import { type DiffContext, explained, type Resource, type ResourceChange } from '../context';
import { effectOf } from '../effects';
import { INSTANCES, memberVolume } from '../host-names';
import type { Meaning } from '../meaning';
import { changeWords, plainId } from '../references';
import { fleetLabel, LAUNCH_TYPES } from '../user-data';

/** One way to be less safe. Of a stack that goes nothing is said: what goes is not open. */
export type SecurityRule = (context: DiffContext) => Meaning[];

/** Resources that come or differ, of some types. */
export function standing({ change, resources }: DiffContext, types: ReadonlySet<string>): Standing[] {
  if (change.kind === 'removed') return [];
  return resources.flatMap(({ after, ...rest }) => (after !== undefined && types.has(rest.type) ? [{ ...rest, after }] : []));
}

export type Standing = ResourceChange & { readonly after: Resource };

/** Said of hosts, in the plural behind `3 hosts`, and of anything else behind its name. */
export type Words = string | { readonly hosts: string; readonly thing: string };

/**
 * One weakness of a resource. What of its properties differs stands in the details; where that happens without an interruption it is told
 * here and nowhere else.
 *
 * @param property what makes it less safe
 */
export function weakness(
  context: DiffContext,
  resource: Standing,
  property: string,
  kind: Meaning['kind'],
  words: Words,
): Meaning {
  const { id, type, before, changes } = resource;
  const ofHost = INSTANCES.has(type) || memberVolume(id) !== undefined ? context.hostOf(id) : undefined;
  const { hosts, thing } = typeof words === 'string' ? { hosts: words, thing: words } : words;
  const inPlace = before !== undefined && effectOf(context.change.provider, resource, property) === 'none';
  const details = changes
    .filter(({ path }) => path[0] === 'Properties' && path[1] === property)
    .map(({ path, before: old, after: now }) => changeWords(pathText(path.slice(1)), old, now, context));
  return {
    kind,
    severity: 'security',
    stack: context.change.path,
    what: ofHost === undefined ? `${titleOf(context, resource)} ${thing}` : hosts,
    hosts: ofHost === undefined ? [] : [ofHost],
    ...(ofHost === undefined ? {} : { ofHosts: true }),
    details: before === undefined ? [] : details,
    explains: inPlace ? [explained(id, property)] : [],
  };
}

/** As people call it: by its host, its own name or its logical id. */
function titleOf(context: DiffContext, { id, type, after }: Standing): string {
  const { hostOf } = context;
  const { Properties } = after;
  if (LAUNCH_TYPES.has(type)) return fleetLabel(context, id, after);
  const own = Properties.BucketName ?? Properties.LoadBalancerName ?? Properties.DiskName;
  return typeof own === 'string' ? own : (hostOf(id) ?? plainId(id));
}

/** Whether something is true now and was not before. A resource that comes is as if it had been safe before. */
export function newly(resource: Standing, test: (resource: Resource) => boolean): boolean {
  return test(resource.after) && (resource.before === undefined || !test(resource.before));
}

export const isOn = (value: unknown): boolean => value === true || value === 'true';
export const isOff = (value: unknown): boolean => value === false || value === 'false';
