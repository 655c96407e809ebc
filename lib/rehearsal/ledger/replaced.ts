/** MEMBER_REPLACED, MEMBER_GOES: another instance takes a member's place, or none does; what stood on its root disk is gone. */
import type { Loss, Step } from '../model';
import type { Rehearsal } from '../rehearse';
import { awayIn } from './away';
import type { FleetFacts, LedgerFacts } from './facts';
import { type Host, membersIn } from './hosts';
import { causeOf, placesBefore } from './places';
import { accepting, count, few } from './words';

interface Gone {
  readonly host: Host;
  readonly stack: string;
  readonly logicalId: string;
  readonly fleet?: FleetFacts;
  readonly step?: Step;
  readonly kind: 'replaced' | 'anew' | 'goes' | 'absent';
}

export function replaced(rehearsal: Rehearsal, facts: LedgerFacts): Loss[] {
  const places = placesBefore(rehearsal, facts);
  const now = membersIn(rehearsal.after);
  const away = awayIn(facts);
  const stands = new Set([...now.values()].map(({ instanceId, rootDisk }) => `${instanceId} ${rootDisk}`));
  const fleetOf = new Map(facts.fleets.flatMap((fleet) => fleet.members.map(({ name }) => [name, fleet])));
  const gone = [...membersIn(rehearsal.before).values()].flatMap((host): Gone[] => {
    const place = places.get(host.instanceId);
    if (place === undefined || stands.has(`${host.instanceId} ${host.rootDisk}`)) return [];
    const step = rehearsal.steps.find(
      ({ before, act }) => before === host.instanceId && ['replace', 'interrupt', 'update', 'delete'].includes(act),
    );
    // Nothing of this deploy's doing: HOST_AWAY tells it.
    if (!now.has(host.name) && away.get(host.name) === 'gone') return [];
    const fleet = fleetOf.get(host.name);
    const base = { host, ...place, ...(fleet === undefined ? {} : { fleet }), ...(step === undefined ? {} : { step }) };
    const absent = fleet?.members.some(({ name, absent: left }) => left && name === host.name) === true;
    // An instance of another generation has another logical id.
    const kind = now.has(host.name) ? (step?.act === 'delete' ? 'anew' : 'replaced') : absent ? 'absent' : 'goes';
    return [{ ...base, kind }];
  });
  const groups = new Map<string, Gone[]>();
  for (const one of gone) {
    const key = `${one.kind} ${one.stack}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((group) => lossOf(rehearsal, group));
}

function lossOf({ seconds }: Rehearsal, group: readonly Gone[]): Loss {
  const { kind, stack, fleet, logicalId } = group[0]!;
  const code = kind === 'replaced' || kind === 'anew' ? 'MEMBER_REPLACED' : 'MEMBER_GOES';
  const name = `${code}:${stack}`;
  const hosts = group.map(({ host }) => host.name).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const causes = [...new Set(group.map(({ step }) => (step === undefined ? 'it was gone already' : causeOf(step))))];
  const kept = group.some(({ host }) => host.dataDisks.length > 0) ? '; its data volumes are told of apart' : '';
  return {
    code,
    // Left out or of another generation: that was written into the lock, by `meissa replace`.
    severity: kind === 'absent' || kind === 'anew' ? 'warning' : 'error',
    name,
    stack,
    ...(group.length === 1 ? { resource: logicalId } : {}),
    from: Math.min(...group.map(({ step }) => step?.from ?? 0)),
    to: seconds,
    hosts,
    what:
      code === 'MEMBER_REPLACED'
        ? `${count(group.length, 'member')} replaced, and what stood on the root ${group.length === 1 ? 'disk is' : 'disks is'} gone: ${few(hosts)}${kept}`
        : `${count(group.length, 'member')} gone with the root ${group.length === 1 ? 'disk' : 'disks'}: ${few(hosts)}${kept}`,
    why: causes.join('; '),
    fix:
      code === 'MEMBER_REPLACED'
        ? `take back what changes ${few(causes)}; to make a member anew on purpose, one at a time: meissa replace ${fleet?.target ?? '<region>/<cluster>/<fleet>'}/<number>; ${accepting(name)}`
        : `describe ${group.length === 1 ? 'it' : 'them'} again, or ${accepting(name).slice('or, '.length)}`,
  };
}
