import type { Json } from '../../../engine/json';
import { WAIT_SECONDS } from '../../../facts/aliyun/limits';
import { num, str } from '../../properties';
import { holdsWithin, moment } from '../../waiting';
import { AliyunError } from '../aliyun-error';
import type { Context, Handler } from './handler';
import { handleKey } from './signals';

/** ALIYUN::ROS::WaitConditionHandle: where signals are kept. Its address and its curl lines hold a token of this world only. */
export const waitConditionHandle: Handler = {
  create(c) {
    c.region.aliyun.signals[handleKey(c.stackId, c.logicalId)] = {};
    // An id that names the handle: the condition finds its signals by it.
    const id = `${c.stackId}/${c.logicalId}`;
    const url = `http://${c.region.name}.ros-internal.aliyuncs.com/waitcondition?stackid=${c.stackId}&resource=${c.logicalId}`;
    const curl = `curl -i -X POST -H 'Content-Type: application/json' -H 'Accept: application/json' ${url}`;
    return {
      physicalId: id,
      attributes: { CurlCli: curl, WindowsCurlCli: curl, PowerShellCurlCli: curl, URL: url, Headers: {} },
    };
  },
  update: () => undefined,
  delete(c, id) {
    delete c.region.aliyun.signals[id.replace('/', ' ')];
  },
  read: (c, id, p) => c.region.aliyun.signals[id.replace('/', ' ')] && p,
};

/** Waits for as many signals as are asked for; one that tells of a failure ends it at once. */
async function wait(c: Context, handle: string, count: number, seconds: number): Promise<Record<string, Json>> {
  const box = c.region.aliyun.signals[handle.replace('/', ' ')];
  if (!box)
    throw new AliyunError('InvalidHandle', `The handle ${handle} is not an ALIYUN::ROS::WaitConditionHandle of this region.`);
  const of = (status: string) => Object.entries(box).filter(([, s]) => s.status === status);
  const failed = () => of('FAILURE').length > 0 || of('WARNING').length > 0;
  await holdsWithin(c, seconds * 1000, () => failed() || of('SUCCESS').length >= count);
  const told = Object.fromEntries(of('SUCCESS').map(([sender, s]) => [sender, s.data]));
  if (failed()) {
    const [sender, signal] = [...of('FAILURE'), ...of('WARNING')][0] ?? [];
    throw new AliyunError('WaitConditionFailure', `WaitConditionFailure: ${sender} signaled ${signal?.status}: ${signal?.data}`);
  }
  if (of('SUCCESS').length < count) {
    if (c.cancelled.aborted) throw new AliyunError('Cancelled', 'Resource creation cancelled');
    throw new AliyunError('WaitConditionTimeout', `WaitConditionTimeout: ${of('SUCCESS').length} of ${count} received`);
  }
  return { Data: JSON.stringify(told), ErrorData: '{}', JoinedErrorData: '' };
}

/** ALIYUN::ROS::WaitCondition */
export const waitCondition: Handler = {
  async create(c, p) {
    const [count, seconds] = [num(p, 'Count') ?? 1, num(p, 'Timeout') ?? 0];
    if (!Number.isInteger(seconds) || seconds < 1 || seconds > WAIT_SECONDS)
      throw new AliyunError('InvalidProperty', `Timeout ${seconds} is not valid: 1 to ${WAIT_SECONDS} seconds.`);
    const handle = str(p, 'Handle') ?? '';
    return { physicalId: `${c.stackId}/${c.logicalId}`, attributes: await wait(c, handle, count, seconds) };
  },
  async update(c, _id, p) {
    return { attributes: await wait(c, str(p, 'Handle') ?? '', num(p, 'Count') ?? 1, num(p, 'Timeout') ?? 1) };
  },
  delete: () => undefined,
  read: (_c, _id, p) => p,
};

/** Seconds that ALIYUN::ROS::Sleep may take at most ("ALIYUN::ROS::Sleep"). */
const LONGEST = 86_400;

async function sleep(c: Context, seconds: number | undefined): Promise<void> {
  if (seconds === undefined) return;
  if (seconds < 0 || seconds > LONGEST)
    throw new AliyunError('InvalidProperty', `A duration of ${seconds} s is not valid: 0 to ${LONGEST}.`);
  await moment(c, seconds);
}

/** ALIYUN::ROS::Sleep */
export const rosSleep: Handler = {
  async create(c, p) {
    await sleep(c, num(p, 'CreateDuration'));
    return { physicalId: `${c.stackId}/${c.logicalId}` };
  },
  async update(c, _id, p) {
    await sleep(c, num(p, 'UpdateDuration'));
    return undefined;
  },
  delete: (c, _id, p) => sleep(c, num(p, 'DeleteDuration')),
  read: (_c, _id, p) => p,
};
