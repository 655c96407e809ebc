/** The leases of the regions that a run works on. */
import { DeployError } from '../deploy-error';
import type { Engines, StackPlace } from '../engine';
import { type Lease, type LeaseTimes, takeLease } from './lease';
import type { DeployRun } from './run';

type LeasedRegion = Pick<StackPlace, 'provider' | 'region' | 'cloudRegion'>;

export interface RegionLeases {
  /**
   * Makes sure that this run holds a place: takes its lease, or renews it. Asked before everything that changes something.
   *
   * @throws DeployError DEPLOYING_ALREADY, LEASE_LOST
   */
  hold(place: LeasedRegion): Promise<void>;
  /** The fence of a place that is held. @default - it is not, or its lease has none */
  fence(place: LeasedRegion): number | undefined;
  /** Gives all back. */
  release(): Promise<void>;
}

export interface LeaseOptions {
  /** `--take-over`: id of a run. */
  readonly takeOver?: string;
  readonly times?: LeaseTimes;
}

/**
 * A region whose lease has no place yet (no bucket stands before its first stack) is held as soon as there is one; until then the engine's
 * own rule that a stack's name is taken once keeps others out.
 */
export function regionLeases(engines: Engines, run: DeployRun, options: LeaseOptions = {}): RegionLeases {
  const held = new Map<string, Promise<Lease | undefined>>();
  const fences = new Map<string, number | undefined>();
  const take = async ({ provider, region, cloudRegion }: LeasedRegion): Promise<Lease | undefined> => {
    const engine = engines.get(provider);
    const store = await engine?.leaseStore?.(cloudRegion);
    return store && takeLease(store, run, { what: region, ...options });
  };
  return {
    async hold(place) {
      const key = `${place.provider} ${place.region}`;
      const known = held.get(key);
      if (known !== undefined) return (await known)?.renew();
      const taken = take(place);
      held.set(key, taken);
      const lease = await taken.catch((error) => {
        held.delete(key);
        throw error;
      });
      if (lease === undefined) held.delete(key);
      fences.set(key, lease?.fence);
    },
    fence: ({ provider, region }) => fences.get(`${provider} ${region}`),
    async release() {
      const leases = await Promise.all([...held.values()].map((lease) => lease.catch(() => undefined)));
      held.clear();
      await Promise.all(leases.map((lease) => lease?.release()));
    },
  };
}

/**
 * Holds every place that stacks stand in, or none: who else works there is said before anything is touched. Whatever else stands in the way
 * (credentials, a network) is said of each stack when it comes to it.
 */
export async function holdAll(leases: RegionLeases, places: readonly LeasedRegion[]): Promise<void> {
  const distinct = new Map(places.map((place) => [`${place.provider} ${place.region}`, place]));
  for (const place of distinct.values()) {
    try {
      await leases.hold(place);
    } catch (error) {
      if (!(error instanceof DeployError && error.code === 'DEPLOYING_ALREADY')) continue;
      await leases.release();
      throw error;
    }
  }
}
