/** `regions/<region>.members.lock.yaml`: read and written. */
import type { Finding } from '../findings/finding';
import type { MemberEntry, MembersLock, Standing } from '../model/locks';
import { parseYaml } from '../read/yaml-file';
import { checkSchema } from '../schema/check';
import { MEMBERS } from '../schema/files';
import type { MembersLockFile } from '../schema/lock-schemas';
import { flow, header, scalar, scalars } from './canonical';

export const membersLockPath = (region: string): string => `regions/${region}.members.lock.yaml`;

/** One entry as `writeMembersLock` writes it. A lock of thousands of members is read at every synth: a YAML parser takes twenty times as long. */
const ENTRY =
  /^ {2}([a-z][a-z0-9-]*\/[a-z][a-z0-9-]*\/[1-9]\d{0,5}): \{ (absent: true, )?(?:address: "(\d{1,3}(?:\.\d{1,3}){3})", )?(?:containers: "(\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2})", )?generation: ([1-9]\d{0,5}), image: ([A-Za-z][A-Za-z0-9_.-]*), (?:key: ([A-Za-z_][A-Za-z0-9_./-]*|"[^"\\]*"), )?rootGb: ([1-9]\d{0,4}), (?:stack: ([a-z][a-z0-9-]*), )?(?:volumes: \{ ([a-z][a-z0-9-]*: [1-9]\d{0,5}(?:, [a-z][a-z0-9-]*: [1-9]\d{0,5})*) \}, )?zone: ([a-z][a-z0-9-]*) \}$/;

export interface ReadMembersLock {
  readonly lock?: MembersLock;
  readonly findings: readonly Finding[];
}

const MEMBERS_KEY = '\nmembers:\n';

/** Reads a lock; members that are not in canonical form go the long way through YAML and its schema, as what stands before them does. */
export function readMembersLock(file: string, text: string): ReadMembersLock {
  const cut = text.indexOf(MEMBERS_KEY);
  const quick = cut < 0 ? undefined : readCanonical(text.slice(cut + MEMBERS_KEY.length));
  const source = parseYaml(file, quick === undefined ? text : `${text.slice(0, cut)}\nmembers: {}\n`);
  const { value, findings } = checkSchema(MEMBERS, source);
  const all = [...source.findings, ...findings];
  if (!value || all.length > 0) return { findings: all };
  const members = quick ?? new Map(Object.entries(value.members));
  return { lock: { region: value.region, file, members, standing: standingOf(value) }, findings: [] };
}

function standingOf({ block, generation, lostZones, clusters = {}, volumes = {}, topics = {} }: MembersLockFile): Standing {
  return {
    ...(lostZones === undefined ? {} : { lostZones: [...lostZones].sort() }),
    ...(block === undefined ? {} : { block }),
    ...(generation === undefined ? {} : { generation }),
    clusters: new Map(Object.entries(clusters)),
    volumes: new Map(Object.entries(volumes)),
    topics: new Map(Object.entries(topics)),
  };
}

function readCanonical(text: string): Map<string, MemberEntry> | undefined {
  const lines = text.split('\n');
  if (lines.pop() !== '') return undefined;
  const members = new Map<string, MemberEntry>();
  for (const line of lines) {
    const [, name, absent, address, containers, generation, image, key, rootGb, stack, volumes, zone] = ENTRY.exec(line) ?? [];
    if (name === undefined || members.has(name)) return undefined;
    members.set(name, {
      image: image!,
      rootGb: Number(rootGb),
      ...(key === undefined ? {} : { key: key.replaceAll('"', '') }),
      zone: zone!,
      generation: Number(generation),
      ...(absent === undefined ? {} : { absent: true }),
      ...(address === undefined ? {} : { address }),
      ...(containers === undefined ? {} : { containers }),
      ...(stack === undefined ? {} : { stack }),
      ...(volumes === undefined ? {} : { volumes: volumesOf(volumes) }),
    });
  }
  return members.size === 0 ? undefined : members;
}

/** `data: 2, spool: 3`. */
function volumesOf(text: string): Record<string, number> {
  return Object.fromEntries(text.split(', ').map((pair) => [pair.slice(0, pair.indexOf(':')), Number(pair.split(': ')[1])]));
}

/**
 * The canonical text of a lock: one line a member, in order of cluster, fleet and number, below what the members stand on and hold.
 *
 * @param standing @default - nothing is remembered
 */
export function writeMembersLock(region: string, members: ReadonlyMap<string, MemberEntry>, standing?: Standing): string {
  const keys = [...members.keys()].sort(compareMemberKeys);
  const entries = keys.map((key) => {
    const { absent, ...entry } = members.get(key)!;
    return `  ${key}: ${flow({ ...entry, absent: absent ? true : undefined })}\n`;
  });
  const list = entries.length === 0 ? 'members: {}\n' : `members:\n${entries.join('')}`;
  return `${header('meissa pin', 'meissa replace')}region: ${region}\n${standing === undefined ? '' : head(standing)}${list}`;
}

/** One line an entry, so that a volume that grew is one changed line. Parts that hold nothing are left out. */
function head({ block, generation, lostZones = [], clusters, volumes, topics }: Standing): string {
  const part = (name: string, entries: ReadonlyMap<string, object>): string => {
    const lines = [...entries]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, entry]) => `  ${scalar(key)}: ${flow({ ...entry })}\n`);
    return lines.length === 0 ? '' : `${name}:\n${lines.join('')}`;
  };
  return [
    block === undefined ? '' : `block: ${scalar(block)}\n`,
    generation === undefined ? '' : `generation: ${generation}\n`,
    lostZones.length === 0 ? '' : `lostZones: ${scalars(lostZones)}\n`,
    part('clusters', clusters),
    part('volumes', volumes),
    part('topics', topics),
  ].join('');
}

/** Orders `<cluster>/<fleet>/<number>` by number, not by digits. */
export function compareMemberKeys(a: string, b: string): number {
  const cutA = a.lastIndexOf('/');
  const cutB = b.lastIndexOf('/');
  const fleetA = a.slice(0, cutA);
  const fleetB = b.slice(0, cutB);
  if (fleetA !== fleetB) return fleetA < fleetB ? -1 : 1;
  return Number(a.slice(cutA + 1)) - Number(b.slice(cutB + 1));
}
