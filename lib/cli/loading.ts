/** From files to an Estate that may be planned, or a refusal that carries every finding. */

import { collectionFindings } from '../collection/findings';
import { findRegion as find, unknownName } from '../estate/changes/find';
import { withAccepted } from '../estate/findings/accepted';
import { type Finding, FindingsError, sortFindings } from '../estate/findings/finding';
import type { Estate, Region } from '../estate/model/model';
import { loadEstate } from '../estate/read/load';
import { fragmentFindings } from '../host-config/fleet-user-data';
import { Refusal, type VerbContext } from './verb';
import { hasErrors, sayFindings } from './words/output';

export interface LoadedEstate {
  readonly estate: Estate;
  /** Warnings, and errors that the verb shows: any other throws. */
  readonly warnings: readonly Finding[];
}

/**
 * Loads the estate under `root`; throws all findings when one of them is an error: of the estate first, and where it stands, of the
 * sizes of its collections.
 *
 * @param regions the regions the verb works on: the others only take part in the checks over all places
 * @param options `past`: an earlier revision, to compare with; `shown`: codes of errors that the verb shows and that do not stop it
 */
export function loadValid(
  context: Pick<VerbContext, 'root' | 'today'>,
  regions?: readonly string[],
  { past = false, shown = [] }: { readonly past?: boolean; readonly shown?: readonly string[] } = {},
): LoadedEstate {
  const { estate, fragments, findings } = loadEstate(context.root, {
    today: context.today,
    past,
    ...(regions === undefined ? {} : { regions }),
  });
  const stops = (found: readonly Finding[]) => hasErrors(found.filter(({ code }) => !shown.includes(code)));
  if (estate === undefined || stops(findings))
    throw new FindingsError(sortFindings([...findings, ...fragmentFindings(fragments)]));
  const all = withAccepted(sortFindings([...findings, ...collectionFindings(estate)]), estate.acceptedWarnings);
  if (stops(all)) throw new FindingsError(all);
  return { estate, warnings: all };
}

/**
 * Errors that some command mends. None of those commands waits for another: in a new estate every lock is missing, and each must be
 * able to be the first.
 */
export const CURED_BY_COMMANDS: readonly string[] = [
  'ARTIFACT_MISSING',
  'IMAGE_ARCHITECTURE',
  'IMAGE_MISSING',
  'MEMBER_NOT_DESCRIBED',
  'MEMBER_NOT_PINNED',
  'TOKEN_MISSING',
];

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
  const found = find(estate, name);
  if ('region' in found) return found.region;
  throw new Refusal(found.refused.code, found.refused.message, found.refused.fix);
}

export function unknown(what: string, name: string, known: readonly string[]): Refusal {
  const { code, message, fix } = unknownName(what, name, known);
  return new Refusal(code, message, fix);
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
