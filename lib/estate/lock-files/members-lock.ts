/** `regions/<region>.members.lock.yaml`: read and written. */
import type { Finding } from '../findings/finding';
import type { MemberEntry, MembersLock } from '../model/locks';
import { parseYaml } from '../read/yaml-file';
import { checkSchema } from '../schema/check';
import { MEMBERS } from '../schema/files';
import { flow, header } from './canonical';

export const membersLockPath = (region: string): string => `regions/${region}.members.lock.yaml`;

/** One entry as `writeMembersLock` writes it. A lock of thousands of members is read at every synth: a YAML parser takes twenty times as long. */
const ENTRY =
  /^ {2}([a-z][a-z0-9-]*\/[a-z][a-z0-9-]*\/[1-9]\d{0,5}): \{ (absent: true, )?generation: ([1-9]\d{0,5}), image: ([A-Za-z][A-Za-z0-9_.-]*), (?:key: ([A-Za-z_][A-Za-z0-9_./-]*|"[^"\\]*"), )?rootGb: ([1-9]\d{0,4}), zone: ([a-z][a-z0-9-]*) \}$/;

export interface ReadMembersLock {
  readonly lock?: MembersLock;
  readonly findings: readonly Finding[];
}

/** Reads a lock; any text that is not in canonical form goes the long way through YAML and its schema. */
export function readMembersLock(file: string, text: string): ReadMembersLock {
  const quick = readCanonical(file, text);
  if (quick) return { lock: quick, findings: [] };
  const source = parseYaml(file, text);
  const { value, findings } = checkSchema(MEMBERS, source);
  const all = [...source.findings, ...findings];
  if (!value || all.length > 0) return { findings: all };
  return { lock: { region: value.region, file, members: new Map(Object.entries(value.members)) }, findings: [] };
}

function readCanonical(file: string, text: string): MembersLock | undefined {
  const lines = text.split('\n');
  const region = /^region: ([a-z][a-z0-9-]*)$/.exec(lines[1] ?? '')?.[1];
  if (!lines[0]?.startsWith('#') || region === undefined || lines[2] !== 'members:' || lines.at(-1) !== '') return undefined;
  const members = new Map<string, MemberEntry>();
  for (let i = 3; i < lines.length - 1; i++) {
    const match = ENTRY.exec(lines[i]!);
    if (!match || members.has(match[1]!)) return undefined;
    members.set(match[1]!, {
      image: match[4]!,
      rootGb: Number(match[6]),
      ...(match[5] === undefined ? {} : { key: match[5].replaceAll('"', '') }),
      zone: match[7]!,
      generation: Number(match[3]),
      ...(match[2] === undefined ? {} : { absent: true }),
    });
  }
  return members.size === 0 ? undefined : { region, file, members };
}

/** The canonical text of a lock: one line a member, in order of cluster, fleet and number. */
export function writeMembersLock(region: string, members: ReadonlyMap<string, MemberEntry>): string {
  const keys = [...members.keys()].sort(compareMemberKeys);
  const entries = keys.map((key) => {
    const { image, rootGb, key: keyPair, zone, generation, absent } = members.get(key)!;
    return `  ${key}: ${flow({ image, rootGb, key: keyPair, zone, generation, absent: absent ? true : undefined })}\n`;
  });
  const list = entries.length === 0 ? 'members: {}\n' : `members:\n${entries.join('')}`;
  return `${header('meissa pin', 'meissa replace')}region: ${region}\n${list}`;
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
