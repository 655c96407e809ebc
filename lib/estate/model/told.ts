import type { Told } from './fleet-model';

/** Whether alarms tell anybody. */
export function tellsSomebody({ topicArn, contactGroup }: Told): boolean {
  return topicArn !== undefined || contactGroup !== undefined;
}
