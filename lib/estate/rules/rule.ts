/** One check over the whole estate: a small pure file, named by what holds. */
import { allFindings, attempt } from '../findings/attempt';
import type { Finding, Location, Severity } from '../findings/finding';
import type { Cluster, Estate, Fleet, MembersFleet, Region } from '../model/model';

/** File that holds what is the same for all regions. */
export const ESTATE_PATH = 'regions/estate.yaml';

/** What a rule may know beyond the estate. */
export interface RuleContext {
  /** ISO date; absent: ages are not checked. */
  readonly today?: string;
  /** Names of all profiles that have a folder, readable or not. */
  readonly profileNames: readonly string[];
}

export interface Rule {
  /** Code of its findings. Stable. */
  readonly code: string;
  /** The sentence that holds. */
  readonly title: string;
  /** Why it matters, and where that is written. */
  readonly why: string;
  /** @default 'error' */
  readonly severity?: Severity;
  check(estate: Estate, context: RuleContext): Problem[];
}

/** What a rule found; the rule's code, severity and reason are added to it. */
export interface Problem {
  readonly file: string;
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly fix: string;
  /** @default - the rule's own */
  readonly why?: string;
  /** @default - the rule's own */
  readonly severity?: Severity;
  readonly also?: readonly Location[];
}

/** Runs one rule; what it stumbles over is a finding, and doesn't keep the others from what they find. */
export function runRule(rule: Rule, estate: Estate, context: RuleContext): readonly Finding[] {
  return allFindings(attempt(ESTATE_PATH, `the rule "${rule.title}"`, () => findingsOf(rule, estate, context)));
}

function findingsOf(rule: Rule, estate: Estate, context: RuleContext): Finding[] {
  return rule.check(estate, context).map(({ file, path, message, fix, why, severity, also }) => ({
    ...estate.locate(file, path),
    code: rule.code,
    severity: severity ?? rule.severity ?? 'error',
    path: path.join('.'),
    message,
    why: why ?? rule.why,
    fix,
    ...(also === undefined ? {} : { also }),
  }));
}

/** A fleet and where it stands. */
export interface FleetPlace<F extends Fleet = Fleet> {
  readonly region: Region;
  readonly cluster: Cluster;
  readonly fleet: F;
  /** Path of the fleet in the region's file. */
  readonly path: readonly string[];
}

/** Every fleet of the estate, in order of region, cluster and name. */
export function fleets(estate: Estate): FleetPlace[] {
  return estate.regions.flatMap((region) =>
    region.clusters.flatMap((cluster) =>
      cluster.fleets.map((fleet) => ({ region, cluster, fleet, path: ['clusters', cluster.name, 'fleets', fleet.name] })),
    ),
  );
}

/** Every members fleet of the estate. */
export function membersFleets(estate: Estate): FleetPlace<MembersFleet>[] {
  return fleets(estate).filter((place): place is FleetPlace<MembersFleet> => place.fleet.kind === 'members');
}

/** Regions that were read wholly, of whichever cloud. */
export function wholeRegions(estate: Estate): Region[] {
  return estate.regions.filter((region) => region.outline !== true);
}
