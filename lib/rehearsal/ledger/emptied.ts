/** DATA_EMPTIED: a member that had a data volume has another one, which is empty. */
import type { Loss } from '../model';
import type { Rehearsal } from '../rehearse';
import type { LedgerFacts } from './facts';
import { type Host, membersIn } from './hosts';
import { placesBefore } from './places';
import { accepting, count, few } from './words';

export function emptiedVolumes(rehearsal: Rehearsal, facts: LedgerFacts): Loss[] {
  const places = placesBefore(rehearsal, facts);
  const now = membersIn(rehearsal.after);
  const groups = new Map<string, { host: Host; lost: string[] }[]>();
  for (const host of membersIn(rehearsal.before).values()) {
    const is = now.get(host.name);
    const lost = host.dataDisks.filter((id) => is !== undefined && !is.dataDisks.includes(id));
    const stack = places.get(host.instanceId)?.stack;
    if (stack === undefined || lost.length === 0) continue;
    groups.set(stack, [...(groups.get(stack) ?? []), { host, lost }]);
  }
  return [...groups].map(([stack, members]) => {
    const name = `DATA_EMPTIED:${stack}`;
    const hosts = members.map(({ host }) => host.name).sort();
    const ids = members.flatMap(({ lost }) => lost.map((id) => places.get(id)?.logicalId ?? id));
    const steps = rehearsal.steps.filter((step) => step.stack === stack && ids.includes(step.logicalId));
    const kept = steps.some(({ act }) => act === 'delete') ? '' : '; the old one stays, detached';
    return {
      code: 'DATA_EMPTIED',
      severity: 'error',
      name,
      stack,
      ...(ids.length === 1 ? { resource: ids[0]! } : {}),
      from: Math.min(rehearsal.seconds, ...steps.map(({ from }) => from)),
      to: rehearsal.seconds,
      hosts,
      what: `${count(hosts.length, 'member')} without ${ids.length === 1 ? 'its data volume' : 'their data volumes'}: ${few(ids)}${kept}`,
      why: `what the ${hosts.length === 1 ? 'member has' : 'members have'} now is new and empty, or nothing`,
      fix: `take back what replaces or removes ${few(ids)}: a volume is never changed but in size, type, IOPS and throughput; ${accepting(name)}`,
    };
  });
}
