/** What comes and goes with a member: interface, volumes, attachments, gate, alarm. Told with the host, not beside it. */
import { ALARMS } from './alarms';
import { type DiffContext, explained } from './context';
import { memberNumber } from './host-names';
import { type HostChange, hostChanges } from './hosts';
import type { Meaning } from './meaning';
import { GATES } from './pace';

/** New volumes of hosts that stand are told by themselves. */
const PARTS: ReadonlySet<string> = new Set([
  'AWS::EC2::NetworkInterface',
  'AWS::EC2::Volume',
  'ALIYUN::ECS::Disk',
  'ALIYUN::ECS::DiskAttachment',
  ...ALARMS,
]);

/** Parts of members that come are explained by them; gates follow what interrupts their host, and are told only when they alone change. */
export function memberParts(context: DiffContext): Meaning[] {
  const { change, resources, hostOf, all } = context;
  const changes = hostChanges(context);
  const changing = new Set(changes.map(({ name }) => name));
  // A gate's name is in a tag of its host, which changes while that runs.
  const stays = ({ kind, properties }: HostChange) => kind === 'changes' && properties.every(({ name }) => name === 'Tags');
  const staying = new Set(changes.filter(stays).map(({ name }) => name));
  const explainedParts: string[] = [];
  const gates: { host: string; id: string }[] = [];
  const interfaces: { host: string; id: string }[] = [];
  for (const { id, type, before, after } of resources) {
    const host = hostOf(id);
    if (memberNumber(id) === undefined || host === undefined) continue;
    if (GATES.has(type) || type === 'ALIYUN::ROS::WaitConditionHandle') {
      if ((changing.has(host) && !staying.has(host)) || change.kind !== 'changed' || change.configurations.length > 0)
        explainedParts.push(explained(id));
      else gates.push({ host, id });
    } else if (PARTS.has(type) && before === undefined && changing.has(host)) {
      explainedParts.push(explained(id));
    } else if (type === 'AWS::EC2::NetworkInterface' && after === undefined) interfaces.push({ host, id });
    else if (type === 'ALIYUN::ECS::DiskAttachment' && changing.has(host)) explainedParts.push(explained(id));
    else if (ALARMS.has(type) && after === undefined && changing.has(host)) explainedParts.push(explained(id));
  }
  // A gate that goes for good is told with the pace.
  const asked = gates.filter(({ host }) => gates.some((gate) => gate.host === host && all.after.has(gate.id)));
  explainedParts.push(...gates.filter((gate) => !asked.includes(gate)).map(({ id }) => explained(id)));
  const base = { stack: change.path, details: [] };
  const meanings: Meaning[] = [];
  if (explainedParts.length > 0) {
    meanings.push({ ...base, kind: 'member-parts', severity: 'cosmetic', what: '', hosts: [], explains: explainedParts });
  }
  const had = ({ host }: { host: string }) => gates.some((gate) => gate.host === host && all.before.has(gate.id));
  for (const [what, some] of [
    ['are asked once more whether they are healthy (their gates change)', asked.filter(had)],
    ['are waited for from now on: the next one is touched when they are well (gates come)', asked.filter((one) => !had(one))],
  ] as const) {
    if (some.length > 0) meanings.push({ ...base, kind: 'gate', severity: 'addition', what, ...hostsOf(some) });
  }
  if (interfaces.length > 0) {
    const what = 'give their addresses back (their interfaces go)';
    meanings.push({ ...base, kind: 'interface-goes', severity: 'replaced', what, ...hostsOf(interfaces) });
  }
  return meanings;
}

function hostsOf(parts: readonly { host: string; id: string }[]): Pick<Meaning, 'hosts' | 'ofHosts' | 'explains'> {
  return { ofHosts: true, hosts: [...new Set(parts.map(({ host }) => host))], explains: parts.map(({ id }) => explained(id)) };
}
