/** Outputs: the only thing that other stacks see of this one. */
import { objectOf } from '../model/json';
import type { DiffContext } from './context';
import type { Meaning } from './meaning';
import { changeWords } from './references';
import { HIDDEN, isSecretName } from './secrets';

export function outputsThatChange({ change, ...context }: DiffContext): Meaning[] {
  const entries = change.entries.filter(({ section }) => section === 'Outputs');
  return entries.map(({ id, kind, before, after }): Meaning => {
    const base = { stack: change.path, hosts: [], details: [], explains: [`Outputs/${id}`] };
    if (kind === 'added')
      return { ...base, kind: 'output-comes', severity: 'cosmetic', what: change.kind === 'added' ? '' : `output ${id} is new` };
    if (kind === 'removed') {
      const what = change.kind === 'removed' ? '' : `output ${id} goes: a stack that reads it can't be deployed any more`;
      return { ...base, kind: 'output-goes', severity: 'network', what };
    }
    const [old, now] = [objectOf(before), objectOf(after)];
    const secret = isSecretName(id);
    const words = secret ? `value ${HIDDEN}` : changeWords('value', old.Value, now.Value, { change, ...context });
    const same = JSON.stringify(old.Value) === JSON.stringify(now.Value);
    if (same)
      return { ...base, kind: 'output-same', severity: 'cosmetic', what: `output ${id}: its description or export changes` };
    return {
      ...base,
      kind: 'output-changes',
      severity: 'network',
      what: `output ${id}: ${words}; a stack that reads it gets it at its own next deploy`,
    };
  });
}
