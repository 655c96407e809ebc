/** A diff for programs: stable, versioned, as schemas/diff.schema.json describes it. */
import { createHash } from 'node:crypto';
import { type Diffed, estateDiff } from '../estate-diff';
import { noEcho } from '../meaning/leftover';
import type { Meaning } from '../meaning/meaning';
import { shown } from '../meaning/secrets';
import { mergeUserData } from '../meaning/user-data';
import { isObject, type Json } from '../model/json';
import type { StackChange } from '../model/stack-change';
import type { EntryChange } from '../model/template-changes';
import type { JsonPath, ValueChange } from '../model/value-changes';
import { hostsJson } from './hosts';
import { meaningsOf, report } from './report';
import { patchLines, userDataPatch } from './user-data-patch';

/** Raised when a field is renamed or goes; fields are added without. */
export const DIFF_JSON_VERSION = 1;

/** Values without secrets; long texts by their digest. */
export function diffJson(diffed: Diffed): object {
  const diff = estateDiff(diffed);
  const { total, changed } = report(diff);
  const { stacks, timeline, findings } = diff;
  const userData = mergeUserData([...stacks, diff].flatMap((one) => one.userData)).map(userDataPatch);
  return {
    version: DIFF_JSON_VERSION,
    changed,
    total,
    stacks: stacks.map(({ change }) => stackJson(change)),
    meanings: meaningsOf(diff).map(meaningJson),
    hosts: hostsJson(diff),
    userData: userData.map(({ hunks, fleet, ...rest }) => ({ fleet, ...rest, patch: patchLines(fleet, hunks).join('\n') })),
    ...(timeline === undefined ? {} : { timeline: { seconds: timeline.seconds, losses: timeline.losses } }),
    ...(findings === undefined ? {} : { findings }),
  };
}

function meaningJson({ kind, severity, stack, what, hosts, details, pace }: Meaning): object {
  return { kind, severity, stack, what, hosts, details, ...(pace === undefined ? {} : { pace }) };
}

function stackJson(change: StackChange): object {
  const { path, name, provider, region, kind, configurations, parameters, tags } = change;
  const hidden = noEcho({ change });
  return {
    path,
    name,
    provider,
    ...(region === undefined ? {} : { region }),
    kind,
    entries: change.entries.map((entry) => entryJson(entry, hidden)),
    parameters: parameters.map((value) => valueJson(value, [], hidden)),
    tags: tags.map((value) => valueJson(value, [], hidden)),
    configurations: configurations.map(({ fleet, kind }) => ({ fleet, kind })),
  };
}

function entryJson({ section, id, type, kind, changes }: EntryChange, hidden: ReadonlySet<string>): object {
  // A parameter that the engine hides stands under its own name.
  const above = section === 'Parameters' ? [id] : [];
  return {
    section,
    id,
    ...(type === undefined ? {} : { type }),
    kind,
    changes: changes.map((one) => valueJson(one, above, hidden)),
  };
}

function valueJson({ path, kind, before, after }: ValueChange, above: JsonPath, hidden: ReadonlySet<string>): object {
  const value = (of: Json | undefined) => shortened(shown(of, [...above, ...path], hidden));
  return {
    path,
    kind,
    ...(before === undefined ? {} : { before: value(before) }),
    ...(after === undefined ? {} : { after: value(after) }),
  };
}

/** Longer than any name, rule or list: the text of user-data, which is told as a patch. */
const LONG = 1000;

function shortened(value: Json | undefined): Json | undefined {
  if (typeof value === 'string' && value.length > LONG) {
    return `(text, ${value.length} characters, SHA-256 ${createHash('sha256').update(value).digest('hex')})`;
  }
  if (Array.isArray(value)) return value.map((item: Json) => shortened(item) as Json);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shortened(inner)]));
}
