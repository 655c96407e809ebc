/** The model of a diff: everything that differs between a stack as it stands and as it would be. Nothing is judged here. */
import type { DeployedAs, FleetConfiguration, Provider, StackState } from '../state';
import type { JsonObject } from './json';
import { normalized } from './normalize';
import { type EntryChange, templateChanges } from './template-changes';
import { type ChangeKind, type ValueChange, valueChanges } from './value-changes';

export interface StackChange {
  readonly path: string;
  readonly name: string;
  readonly provider: Provider;
  readonly region?: string;
  readonly kind: ChangeKind | 'same';
  /** Templates without what says nothing; empty where the stack is not there. */
  readonly before: JsonObject;
  readonly after: JsonObject;
  readonly entries: readonly EntryChange[];
  /** Values of parameters that both sides know: path `[name]`. */
  readonly parameters: readonly ValueChange[];
  /** Tags of the stack: path `[key]`. */
  readonly tags: readonly ValueChange[];
  readonly configurations: readonly ConfigurationChange[];
  /** How it is deployed, beside its template. @default - both sides alike, or one isn't known */
  readonly deployedAs?: { readonly before: DeployedAs; readonly after: DeployedAs };
  /** Its engine refuses from now on to delete it, or no longer. @default - as before, or not known */
  readonly protection?: 'gained' | 'lost';
}

/** A configuration that hosts fetch at boot. */
export interface ConfigurationChange {
  /** `<cluster>/<fleet>`. */
  readonly fleet: string;
  readonly kind: ChangeKind;
  readonly before?: string;
  readonly after?: string;
  /** Members that may be down at once. */
  readonly maxUnavailable?: number;
}

export function stackChange(before: StackState | undefined, after: StackState | undefined): StackChange {
  const state = after ?? before;
  if (state === undefined) throw new RangeError('a stack that neither stands nor will has no change');
  const templates = { before: normalized(before?.template ?? {}), after: normalized(after?.template ?? {}) };
  const entries = templateChanges(templates.before, templates.after);
  const parameters = parameterChanges(before, after);
  const configurations = configurationChanges(before?.configurations ?? [], after?.configurations ?? []);
  const tags = before?.tags === undefined || after?.tags === undefined ? [] : valueChanges(before.tags, after.tags);
  const protection = protectionChange(before, after);
  const deployedAs = deployChange(before?.deployedAs, after?.deployedAs);
  const differs = entries.length + parameters.length + tags.length + configurations.length > 0;
  const othersDiffer = protection !== undefined || deployedAs !== undefined;
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : differs || othersDiffer ? 'changed' : 'same';
  const { path, name, provider } = state;
  const region = state.region ?? (path.startsWith('links/') ? undefined : path.split('/')[0]);
  return {
    path,
    name,
    provider,
    ...(region === undefined ? {} : { region }),
    kind,
    ...templates,
    entries,
    parameters,
    tags,
    configurations,
    ...(deployedAs === undefined ? {} : { deployedAs }),
    ...(protection === undefined ? {} : { protection }),
  };
}

function deployChange(before: DeployedAs | undefined, after: DeployedAs | undefined): StackChange['deployedAs'] {
  if (before === undefined || after === undefined || JSON.stringify(before) === JSON.stringify(after)) return undefined;
  return { before, after };
}

function protectionChange(before: StackState | undefined, after: StackState | undefined): StackChange['protection'] {
  const [old, now] = [before?.terminationProtection, after?.terminationProtection];
  if (old === undefined || now === undefined || old === now) return undefined;
  return now ? 'gained' : 'lost';
}

function parameterChanges(before: StackState | undefined, after: StackState | undefined): ValueChange[] {
  const [old, now] = [before?.parameters ?? {}, after?.parameters ?? {}];
  const both = Object.keys(old)
    .filter((name) => Object.hasOwn(now, name))
    .sort();
  return both.flatMap((name) => valueChanges(old[name], now[name], [name]));
}

function configurationChanges(
  before: readonly FleetConfiguration[],
  after: readonly FleetConfiguration[],
): ConfigurationChange[] {
  const fleets = [...new Set([...before, ...after].map(({ fleet }) => fleet))].sort();
  return fleets.flatMap((fleet): ConfigurationChange[] => {
    const [old, now] = [before, after].map((side) => side.find((one) => one.fleet === fleet));
    if (old?.text === now?.text) return [];
    const kind = old === undefined ? 'added' : now === undefined ? 'removed' : 'changed';
    const { maxUnavailable } = (now ?? old)!;
    const pace = maxUnavailable === undefined ? {} : { maxUnavailable };
    return [{ fleet, kind, before: old?.text, after: now?.text, ...pace }];
  });
}
