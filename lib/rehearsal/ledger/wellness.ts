/** Who is well when: the changes of hosts as stretches of time in which nothing changes. */
import type { HostChange } from '../../embedded-cloud/virtual';
import type { Rehearsal } from '../rehearse';
import { membersIn } from './hosts';

export interface Stretch {
  /** Seconds since the deploy began. */
  readonly from: number;
  readonly to: number;
  readonly down: readonly string[];
}

type Changes = Pick<Rehearsal, 'hosts' | 'seconds'>;

/** Instances that are well, from each change to the next; the last stretch ends with the deploy. */
export function wellOver({ hosts, seconds }: Changes): { from: number; to: number; well: ReadonlySet<string> }[] {
  const times = [...new Set([0, ...hosts.map(({ at }) => at)])].sort((a, b) => a - b);
  const byTime = new Map(times.map((time) => [time, [] as HostChange[]]));
  for (const change of hosts) byTime.get(change.at)!.push(change);
  const well = new Set<string>();
  return times.map((from, at) => {
    for (const { instanceId, up } of byTime.get(from)!) {
      if (up) well.add(instanceId);
      else well.delete(instanceId);
    }
    return { from, to: times[at + 1] ?? Math.max(seconds, from), well: new Set(well) };
  });
}

/**
 * Which of these members are down. Members are one host each, whichever instance it is.
 *
 * @param counts whether an instance counts for its member @default - every one does
 */
export function downOver(
  rehearsal: Changes,
  names: readonly string[],
  counts: (instanceId: string, name: string) => boolean = () => true,
): Stretch[] {
  const asked = new Set(names);
  const own = rehearsal.hosts.filter(({ name }) => asked.has(name));
  const nameOf = new Map(own.map(({ instanceId, name }) => [instanceId, name]));
  return wellOver({ hosts: own, seconds: rehearsal.seconds }).map(({ from, to, well }) => {
    const up = new Set([...well].flatMap((id) => (counts(id, nameOf.get(id)!) ? [nameOf.get(id)!] : [])));
    return { from, to, down: names.filter((name) => !up.has(name)) };
  });
}

/** Stretches that touch and of which something holds, as one. */
export function together(stretches: readonly Stretch[], holds: (stretch: Stretch) => boolean): Stretch[] {
  const found: Stretch[] = [];
  let open = false;
  for (const stretch of stretches) {
    const last = found.at(-1);
    if (!holds(stretch) || stretch.to <= stretch.from) {
      // Nobody sees what lasts no time.
      if (stretch.to > stretch.from) open = false;
    } else if (open && last !== undefined) {
      found[found.length - 1] = { ...last, to: stretch.to, down: [...new Set([...last.down, ...stretch.down])] };
    } else {
      found.push(stretch);
      open = true;
    }
  }
  return found;
}

/** Instances that were well when the deploy began: each by its first change, before anything else at that moment. */
export function wellInstances(hosts: Rehearsal['hosts']): ReadonlyMap<string, string> {
  const first = new Map<string, HostChange>();
  for (const change of hosts) if (!first.has(change.instanceId)) first.set(change.instanceId, change);
  return new Map([...first.values()].filter(({ up, at }) => up && at === 0).map(({ instanceId, name }) => [instanceId, name]));
}

/** Members that were well when the deploy began. */
export function wellAtFirst({ hosts }: Pick<Rehearsal, 'hosts'>, names: readonly string[]): string[] {
  const up = new Set(wellInstances(hosts).values());
  return names.filter((name) => up.has(name));
}

/** Members whose data is gone at the end: every data disk is another one, or it had none and its root disk is another one. */
export function emptied({ before, after }: Pick<Rehearsal, 'before' | 'after'>): ReadonlySet<string> {
  const now = membersIn(after);
  return new Set(
    [...membersIn(before)].flatMap(([name, was]) => {
      const is = now.get(name);
      if (is === undefined) return [];
      const kept =
        was.dataDisks.length === 0 ? is.rootDisk === was.rootDisk : was.dataDisks.some((id) => is.dataDisks.includes(id));
      return kept ? [] : [name];
    }),
  );
}
