/** All kinds of meaning; a new one is a file and a line here. */
import type { Step } from '../../../rehearsal/model';
import type { StackChange } from '../model/stack-change';
import { alarmsThatChange } from './alarms';
import { configurationRolls } from './configurations';
import { type DiffContext, diffContext } from './context';
import { dataThatChanges } from './data';
import { deploysThatChange } from './deployed-as';
import { elasticFleets } from './elastic';
import { hostFilters } from './host-filters';
import { hostTagsGo } from './host-tags';
import { hostsThatChange } from './hosts-that-change';
import { leftover } from './leftover';
import { linksThatChange } from './links';
import { bySeverity, type Meaning, type UserDataChange } from './meaning';
import { memberParts } from './member-parts';
import { typesThatChange } from './other-types';
import { outputsThatChange } from './outputs';
import { pacesThatLoosen } from './pace';
import { permissionsThatChange } from './permissions';
import { orderThatChanges, stackTagsThatChange, tagsThatChange } from './quiet';
import { replacedThrough } from './replaced-through';
import { routesThatChange } from './routes';
import { rulesThatChange } from './rules';
import { runningHosts } from './running-hosts';
import { whatIsLessSafe } from './security';
import { stackComesOrGoes } from './stack-comes-or-goes';
import { userDataChanges } from './user-data';
import { volumesThatChange } from './volumes';

const KINDS: readonly ((context: DiffContext) => Meaning[])[] = [
  typesThatChange,
  dataThatChanges,
  whatIsLessSafe,
  pacesThatLoosen,
  deploysThatChange,
  hostsThatChange,
  hostTagsGo,
  configurationRolls,
  replacedThrough,
  memberParts,
  volumesThatChange,
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

/** @param steps what the deploy does, of all stacks. @default - it was not rehearsed */
export function meaningsOf(change: StackChange, steps: readonly Step[] = []): Meanings {
  if (change.kind === 'same' && !steps.some(({ stack }) => stack === change.path)) return { meanings: [], userData: [] };
  const context = diffContext(change, steps);
  const found = KINDS.flatMap((kind) => kind(context));
  const explained = (meanings: readonly Meaning[]) => new Set(meanings.flatMap(({ explains }) => explains));
  const withHosts = [...found, ...runningHosts(context, explained(found))];
  const told = [...withHosts, ...leftover(context, explained(withHosts))];
  // What only explains is part of another's words.
  const spoken = told.filter(({ what }) => what !== '');
  const userData = userDataChanges(context);
  return { meanings: bySeverity([...spoken, ...hostFilters(context, userData)]), userData };
}
