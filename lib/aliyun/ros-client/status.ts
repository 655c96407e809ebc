/** Statuses of ROS stacks (ROS, "GetStack", Status) and what may be done in them. */

/** Type of the stack itself in its events. */
export const STACK_TYPE = 'ALIYUN::ROS::Stack';

/** A change set of type CREATE made the stack and nobody has executed it: there is nothing in it. */
export const UNEXECUTED = 'REVIEW_IN_PROGRESS';

/** ROS is at work, and ends by itself. */
export const isBusy = (status: string): boolean => status.endsWith('_IN_PROGRESS') && status !== UNEXECUTED;

/** The stack is no more. */
export const isGone = (status: string): boolean => status === 'DELETE_COMPLETE';

/** The last operation ended as it was meant. */
export const isWell = (status: string): boolean =>
  ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'CHECK_COMPLETE', 'IMPORT_CREATE_COMPLETE', 'IMPORT_UPDATE_COMPLETE'].includes(status);

/** Takes an update: it holds resources, whether the last operation went well or not. */
export const isUpdatable = (status: string): boolean =>
  isWell(status) ||
  [
    'UPDATE_FAILED',
    'ROLLBACK_COMPLETE',
    'ROLLBACK_FAILED',
    'CHECK_FAILED',
    'IMPORT_UPDATE_FAILED',
    'IMPORT_UPDATE_ROLLBACK_COMPLETE',
    'IMPORT_UPDATE_ROLLBACK_FAILED',
  ].includes(status);

/** The stack stands as it did before the operation that failed. */
export const isUndone = (status: string): boolean => ['ROLLBACK_COMPLETE', 'IMPORT_UPDATE_ROLLBACK_COMPLETE'].includes(status);
