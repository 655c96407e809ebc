/** Services that refuse what a stack asks of them. */
import type { Asked } from '../../engine/faults';
import { type Incident, Untold } from './incident';

const ACTIONS = ['create', 'update', 'delete'] as const;

function actionOf(text: string | undefined): Partial<Pick<Asked, 'action'>> {
  if (text === undefined) return {};
  const action = ACTIONS.find((each) => each === text);
  if (action === undefined) throw new Untold(`action is one of ${ACTIONS.join(', ')}`);
  return { action };
}

export const stackIncidents = {
  'service-refuses': {
    what: 'A service refuses what a stack asks of it next, with a code and a message of its own; `always`: yes, and ever after.',
    needs: ['code', 'message'],
    may: ['stack', 'resource', 'type', 'action', 'always'],
    happen({ faults }, { code, message, stack, resource, type, action, always }) {
      faults.plant({
        ...(stack === undefined ? {} : { stack }),
        ...(resource === undefined ? {} : { logicalId: resource }),
        ...(type === undefined ? {} : { type }),
        ...actionOf(action),
        once: always !== 'yes',
        code: code!,
        message: message!,
      });
      return `${resource ?? type ?? 'whatever is asked next'} is refused: ${code}`;
    },
  },
  'rollback-fails': {
    what: 'The next update of a stack fails at `resource`, and so does its way back at `back`, a resource that was changed before: UPDATE_ROLLBACK_FAILED.',
    needs: ['stack', 'resource', 'back'],
    happen({ faults }, { stack, resource, back }) {
      const message = 'the service has an internal failure';
      faults.plant({ stack: stack!, logicalId: resource!, code: 'InternalFailure', message });
      faults.plant({ stack: stack!, logicalId: back!, action: 'update', after: 1, code: 'InternalFailure', message });
      return `the next update of ${stack} fails at ${resource}, and its way back at ${back}`;
    },
  },
  'services-well': {
    what: 'No service refuses anything any more that it was told to.',
    needs: [],
    happen({ faults }) {
      faults.clear();
      return 'services refuse nothing';
    },
  },
} as const satisfies Readonly<Record<string, Incident>>;
