/** What of hosts changes while they run, and no other meaning tells: once for all hosts that change so. */
import { type DiffContext, explained } from './context';
import { effectOf } from './effects';
import { INSTANCES } from './host-names';
import { byReason, hostName } from './hosts';
import type { Meaning } from './meaning';
import { changeWords } from './references';

/** @param explains what is told already */
export function runningHosts(context: DiffContext, explains: ReadonlySet<string>): Meaning[] {
  const { change } = context;
  const hosts = context.resources.flatMap((resource) => {
    const { id, type, before, after } = resource;
    if (!INSTANCES.has(type) || before === undefined || after === undefined) return [];
    const own = resource.properties.filter(
      (name) => !explains.has(explained(id, name)) && effectOf(change.provider, resource, name) === 'none',
    );
    if (own.length === 0) return [];
    const words = own.map((name) => changeWords(name, before.Properties[name], after.Properties[name], context)).join('; ');
    const name = hostName(context, id);
    return [{ name, id, kind: 'changes' as const, properties: [], explains: own.map((one) => explained(id, one)), words }];
  });
  return [...byReason(hosts, ({ words }) => words)].map(([words, group]) => ({
    kind: 'host-changes',
    severity: 'addition',
    stack: change.path,
    what: `get something changed while they run: ${words}`,
    hosts: group.map(({ name }) => name),
    ofHosts: true,
    details: [],
    explains: group.flatMap((host) => host.explains),
  }));
}
