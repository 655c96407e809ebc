/** What an update would do by its engine's own plan, for stacks whose deploy does not come that far. */
import { type Change, planChanges } from '../engine/change-plan';
import type { Engine } from '../engine/engine';
import type { Stack, StackRequest } from '../engine/stack';
import type { Step } from './model';

/** Replacement is carried through references, as a change set does it; times are not known. */
export function plannedSteps(engine: Engine, stands: Stack, request: StackRequest, path: string): Step[] {
  const { dialect } = engine.machine;
  const { changes } = planChanges(stands, engine.target(stands, request), dialect);
  const replaced = new Set(changes.flatMap(({ logicalId, replacement }) => (isReplaced(replacement) ? [logicalId] : [])));
  return changes.flatMap((change): Step[] => {
    const { action, logicalId, type, physicalId, details, replacement } = change;
    if (action !== 'Modify') return [];
    const properties = details.flatMap(({ attribute, name }) => (attribute === 'Properties' && name !== undefined ? [name] : []));
    const causes = new Set(details.flatMap(({ cause }) => (cause === undefined ? [] : [cause.split('.')[0]!])));
    const through = replacement === 'Conditional' ? [...causes].filter((cause) => replaced.has(cause)) : [];
    const act = isReplaced(replacement) ? 'replace' : interrupts(change, stands, dialect) ? 'interrupt' : 'update';
    return [
      { stack: path, logicalId, type, act, from: 0, to: 0, properties, through, ...(physicalId && { before: physicalId }) },
    ];
  });
}

/** What depends on another's replacement is replaced with it. */
const isReplaced = (replacement: Change['replacement']): boolean => replacement === 'True' || replacement === 'Conditional';

function interrupts({ logicalId, type, details }: Change, stands: Stack, { effect }: Engine['machine']['dialect']): boolean {
  const before = stands.resources[logicalId]?.properties ?? {};
  return details.some(({ name = '', after }) => effect(type, name, before[name], after) === 'interrupt');
}
