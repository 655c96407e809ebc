import { createHash } from 'node:crypto';
import type { StackRequest } from './model';

/**
 * The token that makes a write the same write however often it is sent (ROS: "How to ensure idempotence"; at most 64 characters of
 * letters, digits, - and _). Made of what is meant, so that the same intent after a time-out, or from another process, has the same one.
 * @param scope what must have changed before the same intent is a new one: the stack's last update, those deleted before
 */
export function clientToken(verb: string, region: string, stack: string, scope: string, intent: string): string {
  return createHash('sha256')
    .update(JSON.stringify([verb, region, stack, scope, intent]))
    .digest('hex');
}

/** A digest of everything that a request would make of the stack. */
export function intentOf(request: StackRequest): string {
  const sorted = (values: Readonly<Record<string, string>> = {}) => Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(
      JSON.stringify([
        request.template,
        sorted(request.parameters),
        sorted(request.tags),
        request.timeoutMinutes ?? null,
        request.disableRollback ?? false,
        request.deletionProtection ?? false,
        request.ramRoleName ?? null,
        request.stackPolicy ?? null,
        request.parallelism ?? null,
        [...(request.replace ?? [])].sort(),
      ]),
    )
    .digest('hex');
}
