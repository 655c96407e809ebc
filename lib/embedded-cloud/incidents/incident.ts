/** What an embedded cloud can be told while it serves. */
import type { Faults } from '../../engine/faults';
import type { Backend } from '../backend';
import type { Region } from '../store/world';

/** What is said of an incident: texts by name. */
export type Said = Readonly<Record<string, string>>;

/** Where it happens. */
export interface Scene {
  readonly backend: Backend;
  readonly faults: Faults;
}

export interface Incident {
  /** One sentence. */
  readonly what: string;
  /** What has to be said. */
  readonly needs: readonly string[];
  /** What may be said. */
  readonly may?: readonly string[];
  /**
   * Makes it happen.
   *
   * @param said has all of what it needs, and nothing unknown
   * @returns what was done, in a sentence
   * @throws Untold for what isn't there
   */
  happen(scene: Scene, said: Said): string;
}

/** What can't be made to happen as it was said; nothing was. */
export class Untold extends Error {}

/** A region in which something stands. */
export function regionOf({ backend }: Pick<Scene, 'backend'>, { region = '', account }: Said): Region {
  const found = Object.values(backend.world.accounts).flatMap(({ id, regions }) => {
    const own = Object.hasOwn(regions, region) ? regions[region] : undefined;
    return own !== undefined && Object.keys(own.stacks).length > 0 && (account ?? id) === id ? [own] : [];
  });
  if (found.length === 0) throw new Untold(`nothing stands in ${region}`);
  if (found.length > 1)
    throw new Untold(`${region} stands in several accounts; say which: ${found.map((each) => each.account).join(', ')}`);
  return found[0]!;
}
