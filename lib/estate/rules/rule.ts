/** One check over the whole estate: a small pure file, named by what holds. */
import { allFindings, attempt } from '../findings/attempt';
import { type Advice, advised, type Finding, type Location, type Path, type Severity } from '../findings/finding';
import { add, wordsOf } from '../findings/remedy';
import type { Acceptance, Cluster, Estate, Fleet, FleetAlarms, MembersFleet, Region, Told } from '../model/model';

/** File that holds what is the same for all regions. */
export const ESTATE_PATH = 'regions/estate.yaml';

/** What a rule may know beyond the estate. */
export interface RuleContext {
  /** ISO date; absent: ages are not checked. */
  readonly today?: string;
  /** Names of all profiles that have a folder, readable or not. */
  readonly profileNames: readonly string[];
  /** Names of all files in `regions/`, readable or not. @default - not known: locks of regions without a file aren't told */
  readonly files?: readonly string[];
  /** Places whose files are there, or were, and can't be read: what names them is right. @default - none */
  readonly unread?: ReadonlySet<string>;
  /** What stands at a path of a file, as it is written. @default - not known: some advice has no steps */
  readonly written?: (file: string, path: Path) => unknown;
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
export type Problem = Found & Advice;

interface Found {
  readonly file: string;
  readonly path: readonly (string | number)[];
  readonly message: string;
  /** @default - the rule's own */
  readonly why?: string;
  /** @default - the rule's own */
  readonly severity?: Severity;
  readonly also?: readonly Location[];
  /** The region whose file may accept it, and by which name. @default - it can't be accepted */
  readonly acceptable?: { readonly region: Region; readonly name: string };
}

/** What accepts a problem of a rule. */
export function acceptanceOf({ code }: Pick<Rule, 'code'>, { acceptable }: Problem): Acceptance | undefined {
  return acceptable?.region.accept?.find((one) => one.code === code && one.name === acceptable.name);
}

/** Runs one rule; what it stumbles over is a finding, and doesn't keep the others from what they find. */
export function runRule(rule: Rule, estate: Estate, context: RuleContext): readonly Finding[] {
  return allFindings(attempt(ESTATE_PATH, `the rule "${rule.title}"`, () => findingsOf(rule, estate, context)));
}

function findingsOf(rule: Rule, estate: Estate, context: RuleContext): Finding[] {
  return rule.check(estate, context).map((problem) => {
    const { file, path, message, why, severity = rule.severity, also, ...advice } = told(rule, problem);
    return {
      ...estate.locate(file, path),
      code: rule.code,
      severity: severity ?? 'error',
      path: path.join('.'),
      message,
      why: why ?? rule.why,
      ...advised(
        file,
        path,
        severity === 'warning' && problem.acceptable === undefined ? acceptableAt(rule, file, path, advice) : advice,
      ),
      ...(also === undefined ? {} : { also }),
    };
  });
}

/** A warning may be accepted at its place: in the file that it is told of, and one of a lock in estate.yaml. */
function acceptableAt({ code }: Rule, file: string, path: Path, { fix, write = [] }: Advice): Advice {
  // What a command does at once needs no reason why it wasn't done.
  if (write.flat().some((step) => 'run' in step || ('add' in step && step.add.at(-1) === 'accept')))
    return { write, ...(fix !== undefined && { fix }) };
  const own = !file.endsWith('.lock.yaml');
  const entry = { code, path: path.join('.'), ...(own ? {} : { file }), reason: '...' };
  const advice = { write: [...write, add(['accept'], entry, own ? file : ESTATE_PATH)] };
  return fix === undefined ? advice : { ...advice, fix };
}

/** What may be accepted says how; what was accepted is a warning until the lock says the same. */
function told(rule: Rule, problem: Problem): Problem {
  const { acceptable, message, fix, write } = problem;
  if (acceptable === undefined) return problem;
  const { region, name } = acceptable;
  const accepted = acceptanceOf(rule, problem);
  const acceptance = add(['accept'], { code: rule.code, name, reason: '...' }, region.file);
  if (accepted === undefined) {
    if (write !== undefined) return { ...problem, write: [...write, acceptance] };
    return { ...problem, fix: `${fix}; if it is wanted, ${wordsOf(problem, [acceptance])}` };
  }
  const { write: _, ...rest } = problem;
  return {
    ...rest,
    severity: 'warning',
    message: `${message} (accepted: ${accepted.reason})`,
    fix: `once it is deployed, run \`meissa pin ${region.name}\` and take it out of \`accept\``,
  };
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

/** Hosts that are made of profiles: a fleet, or a rack of a data centre. */
export interface ProfilePlace {
  readonly file: string;
  /** Path of the fleet or rack in its file. */
  readonly path: readonly string[];
  readonly profiles: readonly string[];
  /** Whether its hosts vote in their cluster's etcd; those of a rack never do. */
  readonly votes: boolean;
}

/** Every fleet and every rack of the estate. */
export function profilePlaces(estate: Estate): ProfilePlace[] {
  return [
    ...fleets(estate).map(({ region: { file }, cluster, fleet: { name, profiles }, path }) => {
      return { file, path, profiles, votes: cluster.etcd?.voters === name };
    }),
    ...estate.idcs.flatMap(({ file, racks }) =>
      racks.map(({ name, profiles }) => ({ file, path: ['racks', name], profiles, votes: false })),
    ),
  ];
}

/** Every members fleet of the estate. */
export function membersFleets(estate: Estate): FleetPlace<MembersFleet>[] {
  return fleets(estate).filter((place): place is FleetPlace<MembersFleet> => place.fleet.kind === 'members');
}

/** Where an estate says whom alarms tell: in a region, or in a fleet of it. */
export interface AlarmPlace {
  readonly region: Region;
  readonly alarms: Told & Partial<FleetAlarms>;
  /** Path of `alarms` in the region's file. */
  readonly path: readonly string[];
}

/** Every place of the regions that were read wholly. */
export function alarmPlaces(estate: Estate): AlarmPlace[] {
  return [
    ...wholeRegions(estate).flatMap((region) =>
      region.alarms === undefined ? [] : [{ region, alarms: region.alarms, path: ['alarms'] }],
    ),
    ...fleets(estate).map(({ region, fleet, path }) => ({ region, alarms: fleet.alarms, path: [...path, 'alarms'] })),
  ];
}

/** Regions that were read wholly, of whichever cloud. */
export function wholeRegions(estate: Estate): Region[] {
  return estate.regions.filter((region) => region.outline !== true);
}
