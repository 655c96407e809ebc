import { throttledWait } from '../facts/throttling';
import { EngineError } from './engine-error';
import type { Asked } from './faults';
import { type Operation, ResourceFailure } from './machine';

/**
 * Asks a service for something as a stack engine does: with patience where it is turned away for coming too fast, and again where no
 * answer comes.
 *
 * @throws what was planted, or what the service says
 */
export async function asked<T>(
  operation: Operation,
  { type, logicalId }: Pick<Asked, 'type' | 'logicalId'>,
  action: Asked['action'],
  call: () => T | Promise<T>,
): Promise<T> {
  const { machine, stack } = operation;
  const fault = machine.faults.struck({ stack: stack.name, type, logicalId, action });
  for (let attempt = 0; machine.faults.throttled(); attempt++) {
    const seconds = throttledWait(attempt);
    if (seconds === undefined) throw new EngineError('Throttling', 'Rate exceeded');
    if ((await operation.sleep(seconds)) === 'cut') throw cancelled(logicalId, action);
  }
  if (fault && 'code' in fault) throw new EngineError(fault.code, fault.message);
  const answer = await call();
  if (!fault) return answer;
  const usual = machine.dialect.unanswered(type);
  await operation.sleep(usual.seconds);
  if (fault.lost === 'usual' ? usual.asksAgain : fault.lost === 'again') return answer;
  throw new EngineError('NotStabilized', `no answer came within ${usual.seconds} seconds`);
}

const WORD = { create: 'creation', update: 'update', delete: 'deletion' };

/** The end of what was in progress when its operation was cancelled. */
export const cancelled = (logicalId: string, action: Asked['action']): ResourceFailure =>
  new ResourceFailure(logicalId, `Resource ${WORD[action]} cancelled`, true);
