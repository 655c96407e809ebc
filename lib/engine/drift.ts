import { clock } from './clock';
import { uuid } from './ids';
import { changedKeys, type Json } from './json';
import { type Machine, Operation } from './machine';
import type { ResourceDrift, Stack } from './stack';

const shown = (v: Json | undefined): string => (v === undefined ? 'null' : typeof v === 'object' ? JSON.stringify(v) : String(v));

/** Detections of a stack whose ids are known. */
const REMEMBERED = 20;

/** How many resources a detection found to be otherwise than the stack remembers. */
export const driftedCount = (stack: Pick<Stack, 'drifts'>): number =>
  Object.values(stack.drifts).filter((d) => d.status === 'MODIFIED' || d.status === 'DELETED').length;

/** Compares what stands with what the stack remembers of it. */
export function detectDrift(machine: Machine, stack: Stack): void {
  const operation = new Operation(machine, stack, uuid(), undefined);
  const drifts: Record<string, ResourceDrift> = {};
  for (const r of Object.values(stack.resources)) {
    // It never came to be: nothing of it is otherwise than remembered.
    if (r.status === 'CREATE_FAILED') continue;
    const read = machine.handler(r.type)?.read;
    const live = read ? read(operation.context(r, 'UPDATE'), r.physicalId, r.properties) : undefined;
    const base = { logicalId: r.logicalId, physicalId: r.physicalId, type: r.type, time: clock.now() };
    if (!read) {
      drifts[r.logicalId] = { ...base, status: 'NOT_CHECKED', differences: [] };
    } else if (!live) {
      drifts[r.logicalId] = { ...base, status: 'DELETED', differences: [], expected: JSON.stringify(r.properties) };
    } else {
      const changed = changedKeys(r.properties, live);
      drifts[r.logicalId] = {
        ...base,
        status: changed.length > 0 ? 'MODIFIED' : 'IN_SYNC',
        expected: JSON.stringify(r.properties),
        actual: JSON.stringify(live),
        differences: changed.map((k) => ({
          path: `/${k}`,
          expected: shown(r.properties[k]),
          actual: shown(live[k]),
          type: r.properties[k] === undefined ? 'ADD' : live[k] === undefined ? 'REMOVE' : 'NOT_EQUAL',
        })),
      };
    }
  }
  const drifted = driftedCount({ drifts }) > 0;
  if (stack.driftId !== undefined) stack.driftIdsBefore = [...(stack.driftIdsBefore ?? []), stack.driftId].slice(-REMEMBERED);
  Object.assign(stack, { drifts, driftId: uuid(), driftStatus: drifted ? 'DRIFTED' : 'IN_SYNC', driftTime: clock.now() });
}
