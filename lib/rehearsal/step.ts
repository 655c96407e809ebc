/** From what an engine did to a step of the timeline. */
import type { Work } from '../engine/work';
import type { Act, Step } from './model';

/** Conditions that wait for a signal of a host are no thing of their own. */
const WAITS = /^(AWS::CloudFormation|ALIYUN::ROS)::WaitCondition$/;

/** @param since seconds since the deploy began, of the clock's milliseconds */
export function stepOf(
  work: Work,
  since: (at: number) => number,
  pathOf: (stackId: string) => string | undefined,
): Step | undefined {
  const stack = pathOf(work.stackId);
  if (stack === undefined) return undefined;
  const { logicalId, type, properties, through, before, after, failed, rollback } = work;
  return {
    stack,
    logicalId,
    type,
    act: actOf(work),
    from: since(work.from),
    to: since(work.to),
    properties,
    through,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    ...(failed === undefined ? {} : { failed }),
    ...(rollback ? { rollback } : {}),
  };
}

function actOf({ type, act }: Work): Act {
  return WAITS.test(type) && (act === 'create' || act === 'replace' || act === 'update') ? 'wait' : act;
}
