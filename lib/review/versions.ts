/** Which program runs in which version on which hosts: what is described beside what hosts report. Pure. */
import { createHash } from 'node:crypto';
import type { UserData } from '../host-config/model';
import type { EstatePlan, FleetContext, FleetPlan } from '../plan/model';

/** Hosts of one text and one image: a member, a rack's host, or all hosts of an elastic fleet. */
export interface DescribedHost {
  readonly place: string;
  /** `<cluster>/<fleet>`, `rack <name>`. */
  readonly fleet: string;
  /** Name of the host; of an elastic fleet what all of its hosts are called. */
  readonly name: string;
  readonly elastic: boolean;
  /** SHA-256 of what its hosts read at boot, as they say it. */
  readonly digest: string;
  /** Versions by program: artifacts by the lock, and the `image`. */
  readonly programs: Readonly<Record<string, string>>;
}

/** What a host says of itself, as far as it is looked at here. */
export interface ReportedHost {
  readonly host: string;
  readonly instance: string;
  /** Milliseconds since it said it. */
  readonly age: number;
  readonly values: Readonly<Record<string, string>>;
}

/**
 * `current`: it says that it runs with what is described; `restart due`: with something else; `silent`: it has said nothing for long;
 * `not read`: nobody knows.
 */
export type HostVersionState = 'current' | 'restart due' | 'silent' | 'not read';

/**
 * `runs`: what is described, and the host says that it runs with it; `reported`: the host's own word; `after a restart`: what is described,
 * while the host runs with something else; `described`: the host has not been heard.
 */
export type VersionSource = 'runs' | 'reported' | 'after a restart' | 'described';

export interface HostVersions extends Pick<DescribedHost, 'place' | 'fleet' | 'name'> {
  readonly instance?: string;
  readonly state: HostVersionState;
  readonly described: string;
  readonly applied?: string;
  readonly versions: readonly { readonly program: string; readonly version: string; readonly source: VersionSource }[];
}

/** Hosts of regions. @param digestOf what the hosts of a fleet read at boot */
export function describedHosts(
  { regions }: Pick<EstatePlan, 'regions'>,
  places: readonly string[],
  digestOf: (fleet: FleetPlan) => string,
): DescribedHost[] {
  return regions
    .filter(({ name }) => places.includes(name))
    .flatMap(({ name: place, fleets }) =>
      fleets.flatMap((fleet): DescribedHost[] => {
        const base = { place, fleet: `${fleet.cluster}/${fleet.name}`, digest: digestOf(fleet) };
        const own = (image: string) => ({ ...artifactVersions(fleet.context), image });
        if (fleet.kind === 'elastic')
          return [{ ...base, name: fleet.context.fleet.hostPrefix, elastic: true, programs: own(fleet.image) }];
        return fleet.members
          .filter(({ absent }) => !absent)
          .map(({ name, image }) => ({ ...base, name, elastic: false, programs: own(image) }));
      }),
    );
}

/** By program. */
export function artifactVersions({ artifacts }: Pick<FleetContext, 'artifacts'>): Record<string, string> {
  return Object.fromEntries(Object.entries(artifacts.items).map(([name, { version }]) => [name, version]));
}

/** SHA-256 by which a host names what it read: on AWS the bytes that were sent, elsewhere the text. */
export function readDigest({ provider }: { readonly provider: string }, { base64, digest }: UserData): string {
  return provider === 'aws' ? createHash('sha256').update(Buffer.from(base64, 'base64')).digest('hex') : digest;
}

/**
 * @param reports of all hosts that could be read, the newest of each instance
 * @param silentAfter milliseconds
 */
export function hostVersions(
  described: readonly DescribedHost[],
  reports: readonly ReportedHost[],
  silentAfter: number,
): HostVersions[] {
  return described.flatMap((host): HostVersions[] => {
    const own = reports.filter((report) => report.host === host.name || (host.elastic && isOf(report, host)));
    // Of an elastic fleet those that went leave their last word behind for a while.
    const heard = host.elastic ? own.filter(({ age }) => age <= silentAfter) : own.sort((a, b) => a.age - b.age).slice(0, 1);
    return heard.length === 0
      ? [versionsOf(host, undefined, silentAfter)]
      : heard.map((one) => versionsOf(host, one, silentAfter));
  });
}

function isOf(report: ReportedHost, { name }: DescribedHost): boolean {
  return report.host.startsWith(`${name}-`);
}

function versionsOf(host: DescribedHost, report: ReportedHost | undefined, silentAfter: number): HostVersions {
  const { place, fleet, name, digest, programs } = host;
  const { applied = '' } = report?.values ?? {};
  const known = /^[0-9a-f]{64}$/.test(applied) ? applied : undefined;
  const state = stateOf(report, known, digest, silentAfter);
  const reported = Object.entries(report?.values ?? {}).flatMap(([key, version]) =>
    key.startsWith('version.') && version !== '' ? [[key.slice('version.'.length), version] as const] : [],
  );
  const source = SOURCES[state];
  const told = new Map(reported.map(([program]) => [program, true]));
  const versions = [
    ...reported.map(([program, version]) => ({ program, version, source: 'reported' as const })),
    // A program that waits for a restart is told beside the one that runs.
    ...Object.entries(programs)
      .filter(([program]) => !told.has(program) || state === 'restart due')
      .map(([program, version]) => ({ program, version, source })),
  ];
  return {
    place,
    fleet,
    name,
    ...(report === undefined ? {} : { instance: report.instance }),
    state,
    described: digest,
    ...(known === undefined ? {} : { applied: known }),
    versions,
  };
}

const SOURCES: Readonly<Record<HostVersionState, VersionSource>> = {
  current: 'runs',
  'restart due': 'after a restart',
  silent: 'described',
  'not read': 'described',
};

function stateOf(
  report: ReportedHost | undefined,
  applied: string | undefined,
  digest: string,
  silentAfter: number,
): HostVersionState {
  if (report === undefined) return 'not read';
  if (report.age > silentAfter) return 'silent';
  return applied === digest ? 'current' : 'restart due';
}

export interface ProgramVersion {
  readonly program: string;
  readonly version: string;
  readonly source: VersionSource;
  /** Names, with the instance of one that shares its name. */
  readonly hosts: readonly string[];
}

/** The other way round: sorted by program, version and source. */
export function programVersions(hosts: readonly HostVersions[]): ProgramVersion[] {
  const found = new Map<string, { program: string; version: string; source: VersionSource; hosts: string[] }>();
  for (const host of hosts) {
    for (const one of host.versions) {
      const key = JSON.stringify([one.program, one.version, one.source]);
      const entry = found.get(key) ?? { ...one, hosts: [] };
      entry.hosts.push(labelOf(host, hosts));
      found.set(key, entry);
    }
  }
  return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
}

/** Hosts of an elastic fleet share a name. */
export function labelOf(host: HostVersions, among: readonly HostVersions[]): string {
  const shared = among.filter(({ name }) => name === host.name).length > 1;
  return shared && host.instance !== undefined ? `${host.name} ${host.instance}` : host.name;
}
