import type { JsonObject } from '../../../engine/json';
import type { World } from '../../store/world';
import { moment } from '../../waiting';
import { AliyunError } from '../aliyun-error';
import type { Context, Handler } from './handler';

/** What is being worked on, by the thing's id. */
const busy = new WeakMap<World, Set<string>>();

/** Things that take one task at a time. */
interface Exclusive {
  /** Ids of what the resource is made in; what isn't known takes no turn. */
  of(c: Context, p: JsonObject, id?: string): readonly (string | undefined)[];
  /** What a second task is told. */
  conflict(id: string): AliyunError;
  /** Simulated seconds that one takes. */
  seconds: number;
}

async function task<T>(c: Context, e: Exclusive, ids: readonly (string | undefined)[], work: () => T | Promise<T>): Promise<T> {
  const tasks = busy.get(c.world) ?? new Set<string>();
  busy.set(c.world, tasks);
  const own = ids.filter((id) => id !== undefined);
  const taken = own.find((id) => tasks.has(id));
  if (taken !== undefined) throw e.conflict(taken);
  for (const id of own) tasks.add(id);
  try {
    // It is there when its task is over: a process that ends before has made nothing.
    await moment(c, e.seconds);
    return await work();
  } finally {
    for (const id of own) tasks.delete(id);
  }
}

/** A handler whose creations and deletions take a moment, in which nothing else may be done to the same thing. */
export const exclusive = (e: Exclusive, handler: Handler): Handler => ({
  ...handler,
  create: (c, p) => task(c, e, e.of(c, p), () => handler.create(c, p)),
  delete: (c, id, p) => task(c, e, e.of(c, p, id), () => handler.delete(c, id, p)),
});

/** "CreateRouteEntry": no concurrent tasks on the routes of one VPC. ROS doesn't try a second time. */
export const oneRouteAtATime = (of: Exclusive['of'], handler: Handler): Handler =>
  exclusive(
    {
      of,
      seconds: 6,
      conflict: () => new AliyunError('TaskConflict', 'The operation is too frequent, please wait a moment and try again.', 409),
    },
    handler,
  );

/** Cloud Enterprise Network's API: a transit router works on one attachment, table or route at a time. */
export const oneTransitTaskAtATime = (of: Exclusive['of'], handler: Handler): Handler =>
  exclusive(
    {
      of,
      seconds: 6,
      conflict: (id) => new AliyunError('Operation.Blocking', `The operation is blocked: another one on ${id} is in progress.`),
    },
    handler,
  );
