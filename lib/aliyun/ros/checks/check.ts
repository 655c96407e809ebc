/** What a check of a template gets and gives. One check a file, named by what holds; index.ts lists them. */
import type { Finding } from '../../../estate/findings/finding';
import type { RosSchema } from '../schema';
import type { RosTemplate } from '../template';
import type { Reference } from './references';
import type { Site } from './sites';

/** A finding without its file. */
export type Problem = Pick<Finding, 'code' | 'severity' | 'path' | 'message' | 'why' | 'fix'>;

export interface LintContext {
  /** The template, without what `wellFormed` refused. */
  readonly template: RosTemplate;
  readonly schema: RosSchema;
  /** Everything that names another part of the template. */
  readonly references: readonly Reference[];
  /** Every literal in the properties of resources whose type is known. */
  readonly sites: readonly Site[];
}

export type Check = (context: LintContext) => Problem[];

/** A map, not a list. */
export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `{ Ref }` or `{ 'Fn::...' }`: the name of the function, or undefined for a literal. */
export function functionOf(value: unknown): string | undefined {
  if (!isMap(value)) return undefined;
  let only: string | undefined;
  for (const key of Object.keys(value)) {
    if (only !== undefined) return undefined;
    only = key;
  }
  return only !== undefined && (only === 'Ref' || only.startsWith('Fn::')) ? only : undefined;
}
