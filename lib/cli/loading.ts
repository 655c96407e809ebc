/** From files to an Estate that may be planned, or a refusal that carries every finding. */
import { type Finding, FindingsError } from '../estate/finding';
import { loadEstate } from '../estate/load';
import type { Estate, Region } from '../estate/model';
import { nearest } from '../estate/nearest';
import { hasErrors, sayFindings } from './output';
import { Refusal, type VerbContext } from './verb';

export interface LoadedEstate {
  readonly estate: Estate;
  /** Only warnings: an error throws. */
  readonly warnings: readonly Finding[];
}

/**
 * Loads the estate under `root`; throws all findings when one of them is an error.
 *
 * @param regions the regions the verb works on: the others only take part in the checks over all places
 */
export function loadValid(context: Pick<VerbContext, 'root' | 'today'>, regions?: readonly string[]): LoadedEstate {
  const { estate, findings } = loadEstate(context.root, { today: context.today, ...(regions === undefined ? {} : { regions }) });
  if (estate === undefined || hasErrors(findings)) throw new FindingsError(findings);
  return { estate, warnings: findings };
}

/**
 * Loads the estate for a verb that mends what validation complains of (`pin`, `token`, `images`): only errors that
 * the verb does not cure stop it.
 */
export function loadExcept(context: Pick<VerbContext, 'root' | 'today'>, cured: readonly string[]): LoadedEstate {
  const { estate, findings } = loadEstate(context.root, { today: context.today });
  const rest = findings.filter((f) => f.severity === 'error' && !cured.includes(f.code));
  if (estate === undefined || rest.length > 0) throw new FindingsError(estate === undefined ? findings : rest);
  return { estate, warnings: findings.filter((f) => f.severity === 'warning') };
}

export function sayWarnings(warnings: readonly Finding[], context: Pick<VerbContext, 'output'>): void {
  if (warnings.length > 0) sayFindings(warnings, context.output);
}

export function findRegion(estate: Estate, name: string): Region {
  const region = estate.regions.find((r) => r.name === name);
  if (region !== undefined) return region;
  throw unknown(
    'region',
    name,
    estate.regions.map((r) => r.name),
  );
}

export function unknown(what: string, name: string, known: readonly string[]): Refusal {
  const near = nearest(name, known);
  const fix = near === undefined ? `one of: ${known.join(', ') || `(the estate has no ${what})`}` : near;
  return new Refusal(`UNKNOWN_${what.toUpperCase()}`, `there is no ${what} "${name}"`, fix);
}

/** Parses `<region>/<cluster>[/<fleet>[/<number>]]`. */
export function parseTarget(text: string, least: number, most: number): string[] {
  const parts = text.split('/');
  if (parts.length < least || parts.length > most || parts.some((p) => p === '')) {
    const shape = ['<region>', '<cluster>', '<fleet>', '<number>'].slice(0, most).join('/');
    throw new Refusal('BAD_TARGET', `"${text}" does not name a target`, shape);
  }
  return parts;
}
