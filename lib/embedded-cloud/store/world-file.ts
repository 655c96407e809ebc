import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeFile } from '../../disk/write-files';
import { sha256 } from '../../engine/ids';
import { completeWorld, emptyWorld, type World } from './world';

/** Texts from this length on are saved once, however often they stand in the world (user-data, templates). */
const SHARED_LENGTH = 512;
const SHARED = '\u0000shared:';

/** Reads a saved world; an empty one when there is none. What was in progress when its process died has failed. */
export function readWorld(folder: string | undefined, partition: string): World {
  if (!folder) return emptyWorld(partition);
  let saved: { shared: Record<string, string>; world: World };
  try {
    saved = JSON.parse(readFileSync(join(folder, 'world.json'), 'utf8'));
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code === 'ENOENT') return emptyWorld(partition);
    throw new Error(
      `${join(folder, 'world.json')} can't be read: ${e instanceof Error ? e.message : String(e)}; remove the folder to start afresh`,
    );
  }
  const world = restore(saved.world, saved.shared) as World;
  world.partition = partition;
  completeWorld(world);
  settle(world);
  return world;
}

function restore(value: unknown, shared: Record<string, string>): unknown {
  if (typeof value === 'string') return value.startsWith(SHARED) ? shared[value.slice(SHARED.length)] : value;
  if (Array.isArray(value)) return value.map((v) => restore(v, shared));
  if (typeof value !== 'object' || value === null) return value;
  for (const key of Object.keys(value))
    (value as Record<string, unknown>)[key] = restore((value as Record<string, unknown>)[key], shared);
  return value;
}

/** Saves the world whole: written beside, then renamed, so that no one ever reads half of it. */
export function writeWorld(folder: string, world: World): void {
  const shared: Record<string, string> = {};
  const keys = new Map<string, string>();
  const text = JSON.stringify(world, (_key, value) => {
    if (typeof value !== 'string' || value.length < SHARED_LENGTH) return value;
    let key = keys.get(value);
    if (key === undefined) {
      key = sha256(value).slice(0, 24);
      keys.set(value, key);
      shared[key] = value;
    }
    return SHARED + key;
  });
  placeFile(join(folder, 'world.json'), `{"shared":${JSON.stringify(shared)},"world":${text}}`);
}

const interrupted: Record<string, string> = {
  CREATE_IN_PROGRESS: 'CREATE_FAILED',
  UPDATE_IN_PROGRESS: 'UPDATE_FAILED',
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: 'UPDATE_COMPLETE',
  UPDATE_ROLLBACK_IN_PROGRESS: 'UPDATE_ROLLBACK_FAILED',
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: 'UPDATE_ROLLBACK_FAILED',
  ROLLBACK_IN_PROGRESS: 'ROLLBACK_FAILED',
  CREATE_ROLLBACK_IN_PROGRESS: 'CREATE_ROLLBACK_FAILED',
  DELETE_IN_PROGRESS: 'DELETE_FAILED',
};

function settle(world: World): void {
  for (const account of Object.values(world.accounts)) {
    for (const region of Object.values(account.regions)) {
      for (const stack of Object.values(region.stacks)) {
        for (const record of [stack, ...Object.values(stack.resources)]) {
          const failed = interrupted[record.status];
          if (failed)
            Object.assign(record, { status: failed, reason: 'The embedded cloud was stopped while this was in progress' });
        }
      }
    }
  }
}
