/** Hosts that come, go, are made anew, are replaced, stop and start, or that the engine refuses to change. */
import { cloudOf } from '../../../clouds/clouds';
import type { DiffContext } from './context';
import type { KnownEffect } from './effects';
import { memberNumber } from './host-names';
import { byReason, type HostChange, hostChanges, reasonWords } from './hosts';
import type { Meaning, Severity } from './meaning';
import { paceWords } from './pace';
import { valueWords } from './references';
import { volumesOf } from './volumes';

export function hostsThatChange(context: DiffContext): Meaning[] {
  const hosts = hostChanges(context);
  const having = (effect: KnownEffect, without: readonly KnownEffect[] = []) =>
    hosts.filter(
      ({ properties }) => properties.some((p) => p.effect === effect) && !properties.some((p) => without.includes(p.effect)),
    );
  return [
    ...group(context, 'host-refused', 'refused', having('refused'), (host) => refusedWords(context, host)),
    ...group(context, 'host-replaced', 'replaced', having('replace', ['refused']), (host) => replacedWords(context, host)),
    ...group(context, 'host-may-be-replaced', 'replaced', having('unknown', ['refused', 'replace']), (host) =>
      mayWords(context, host),
    ),
    ...group(context, 'host-made-anew', 'replaced', of(hosts, 'made-anew'), (host) => anewWords(context, host)),
    ...group(context, 'host-goes', 'replaced', of(hosts, 'goes'), (host) => goesWords(context, host)),
    ...paced(context, having('interrupt', ['replace', 'refused', 'unknown'])),
    ...group(context, 'user-data-unread', 'addition', unread(context, hosts), () => UNREAD),
    ...group(context, 'host-comes', 'addition', of(hosts, 'comes'), (host) => comesWords(context, host)),
  ];
}

function of(hosts: readonly HostChange[], kind: HostChange['kind']): HostChange[] {
  return hosts.filter((host) => host.kind === kind);
}

function group(
  { change }: DiffContext,
  kind: Meaning['kind'],
  severity: Severity,
  hosts: readonly HostChange[],
  words: (host: HostChange) => string,
): Meaning[] {
  return [...byReason(hosts, words)].map(([what, group]) => ({
    kind,
    severity,
    stack: change.path,
    what,
    hosts: group.map(({ name }) => name),
    ofHosts: true,
    details: [],
    explains: group.flatMap(({ explains }) => explains),
  }));
}

/** One pace for all hosts of the stack that stop: they follow each other whatever each one's reason is. */
function paced(context: DiffContext, hosts: readonly HostChange[]): Meaning[] {
  const pace = paceWords(
    context,
    hosts.map(({ id }) => id),
  );
  const words = (host: HostChange) => `stop and start: ${reasonWords(context, host, ['interrupt'])}`;
  return group(context, 'host-restarts', 'interrupted', hosts, words).map((meaning) => ({
    ...meaning,
    ...(pace === '' ? {} : { pace }),
  }));
}

function refusedWords(context: DiffContext, host: HostChange): string {
  const engine = cloudOf(context.change).engine;
  return `can't be changed in place, ${engine} refuses: ${reasonWords(context, host, ['refused'])}`;
}

/** An instance on an interface of its own can't be made before the old one is gone, unless its cloud exchanges the system disk. */
function replacedWords(context: DiffContext, host: HostChange): string {
  const reasons = reasonWords(context, host, ['replace']);
  if (cloudOf(context.change).exchangesDisks) return `get another system disk, what stood on the old one is gone: ${reasons}`;
  const attached = context.all.after.get(host.id)?.Properties.NetworkInterfaces !== undefined;
  // What was rehearsed says itself how it ends.
  const how =
    attached && context.steps.size === 0
      ? ' (its interface is in use, so the deploy fails: `meissa replace` does it in two)'
      : '';
  return `would be replaced: ${reasons}${how}`;
}

/** No table knows the property, nor does the published specification. */
function mayWords(context: DiffContext, host: HostChange): string {
  return `may be replaced: ${reasonWords(context, host, ['unknown'])}`;
}

function anewWords(context: DiffContext, host: HostChange): string {
  return `are made anew: the system disk is new${kept(context, host)}`;
}

function goesWords(context: DiffContext, host: HostChange): string {
  return `go, and their system disks with them${kept(context, host)}`;
}

/** What of a member stays when its instance goes. */
function kept({ all }: DiffContext, host: HostChange): string {
  const number = memberNumber(host.id);
  const parts = [...all.after].filter(([id]) => number !== undefined && memberNumber(id) === number).map(([, { Type }]) => Type);
  const names = [
    ...(parts.includes('AWS::EC2::NetworkInterface') ? ['interface'] : []),
    ...(parts.some((type) => type === 'AWS::EC2::Volume' || type === 'ALIYUN::ECS::Disk') ? ['volumes'] : []),
  ];
  return names.length === 0 ? '' : `; ${names.join(' and ')} stay`;
}

function comesWords(context: DiffContext, { id }: HostChange): string {
  const properties = context.all.after.get(id)!.Properties;
  const volumes = volumesOf(context, memberNumber(id) ?? -1).map((words) => `, volume ${words}`);
  return `come: ${valueWords(properties.InstanceType)}, ${valueWords(properties.ImageId)}${volumes.join('')}`;
}

/** Where members fetch a configuration their user-data is one fixed text: a host that stands runs another one only when it is made anew. */
function unread({ change }: DiffContext, hosts: readonly HostChange[]): HostChange[] {
  return cloudOf(change).configurationBytes === undefined
    ? []
    : hosts.filter(({ properties }) => properties.some(({ name }) => name === 'UserData'));
}

const UNREAD = 'get another user-data, and run it only when they are made anew';
