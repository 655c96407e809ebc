/** All kinds of meaning; a new one is a file and a line here. */
import type { StackChange } from '../model/stack-change';
import { alarmsThatChange } from './alarms';
import { configurationRolls } from './configurations';
import { type DiffContext, diffContext } from './context';
import { dataThatChanges } from './data';
import { elasticFleets } from './elastic';
import { hostFilters } from './host-filters';
import { hostsThatChange } from './hosts-that-change';
import { leftover } from './leftover';
import { linksThatChange } from './links';
import { type Meaning, SEVERITIES, type UserDataChange } from './meaning';
import { memberParts } from './member-parts';
import { outputsThatChange } from './outputs';
import { permissionsThatChange } from './permissions';
import { orderThatChanges, stackTagsThatChange, tagsThatChange } from './quiet';
import { routesThatChange } from './routes';
import { rulesThatChange } from './rules';
import { stackComesOrGoes } from './stack-comes-or-goes';
import { userDataChanges } from './user-data';

const KINDS: readonly ((context: DiffContext) => Meaning[])[] = [
  dataThatChanges,
  hostsThatChange,
  configurationRolls,
  memberParts,
  elasticFleets,
  routesThatChange,
  linksThatChange,
  rulesThatChange,
  permissionsThatChange,
  alarmsThatChange,
  outputsThatChange,
  tagsThatChange,
  stackTagsThatChange,
  orderThatChanges,
  stackComesOrGoes,
];

export interface Meanings {
  /** Worst first. */
  readonly meanings: readonly Meaning[];
  readonly userData: readonly UserDataChange[];
}

export function meaningsOf(change: StackChange): Meanings {
  if (change.kind === 'same') return { meanings: [], userData: [] };
  const context = diffContext(change);
  const found = KINDS.flatMap((kind) => kind(context));
  const told = [...found, ...leftover(context, new Set(found.flatMap(({ explains }) => explains)))];
  // What only explains is part of another's words.
  const spoken = told.filter(({ what }) => what !== '');
  const userData = userDataChanges(context);
  return { meanings: bySeverity([...spoken, ...hostFilters(context, userData)]), userData };
}

/** Stable: within a severity the order in which they were found. */
export function bySeverity(meanings: readonly Meaning[]): Meaning[] {
  return SEVERITIES.flatMap((severity) => meanings.filter((meaning) => meaning.severity === severity));
}
