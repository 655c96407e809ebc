/** What a discovery service knows of a token, and whether it suits a cluster. Pure. */
import type { Refused } from '../estate/changes/change';

export interface Registration {
  readonly size: number;
  /** `name=peer URL` of every member that has registered. */
  readonly members: readonly string[];
}

/** Reads the answers to `<token>/_config/size` and `<token>`, which are those of etcd's second API; undefined when they aren't. */
export function readRegistration(size: unknown, registry: unknown): Registration | undefined {
  const value = field(field(size, 'node'), 'value');
  const node = field(registry, 'node');
  if (typeof value !== 'string' || !/^[1-9]\d{0,2}$/.test(value) || field(node, 'dir') !== true) return undefined;
  const nodes = field(node, 'nodes') ?? [];
  if (!Array.isArray(nodes)) return undefined;
  const members = nodes.map((each) => field(each, 'value'));
  return members.every((each) => typeof each === 'string') ? { size: Number(value), members } : undefined;
}

/**
 * Why a token does not suit a cluster of `size` voters; undefined when it does.
 *
 * @param expected the members that may be on it. A fresh token may hold none: whoever is on it would be in the cluster.
 */
export function unsuitable(
  token: string,
  found: Registration,
  size: number,
  expected: readonly string[] = [],
): Refused | undefined {
  if (found.size !== size) {
    return {
      code: 'TOKEN_SIZE',
      message: `${token} is registered for ${found.size} members, not ${size}: the cluster would wait for ever, or leave voters out`,
      fix: 'ask for a token again; a service that gives the wrong size is not to be used',
    };
  }
  const strangers = found.members.filter((member) => !expected.includes(member));
  if (strangers.length === 0) return undefined;
  return {
    code: 'TOKEN_TAKEN',
    message: `${token} already has members (${strangers.slice(0, 3).join(', ')}): they would be voters of the cluster`,
    fix: 'ask for a token again; if the service gives the same one, it is not to be used',
  };
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
