/** Members on Aliyun fetch their configuration at boot: `meissa deploy` publishes it and restarts them one after the other. */
import type { DiffContext } from './context';
import { INSTANCES } from './host-names';
import { hostName } from './hosts';
import type { Meaning } from './meaning';
import { GATES } from './pace';

export function configurationRolls(context: DiffContext): Meaning[] {
  const { change, all } = context;
  const hosts = [...all.after].flatMap(([id, { Type }]) =>
    INSTANCES.has(Type) && all.before.has(id) ? [hostName(context, id)] : [],
  );
  const gated = [...all.after.values()].some(({ Type }) => GATES.has(Type));
  return change.configurations.flatMap(({ fleet, kind, maxUnavailable }): Meaning[] => {
    const base = { stack: change.path, details: [], explains: [] };
    if (kind === 'removed') {
      return [
        {
          ...base,
          kind: 'configuration-goes',
          severity: 'cosmetic',
          what: `configuration of ${fleet} is no longer published`,
          hosts: [],
        },
      ];
    }
    if (hosts.length === 0) return [];
    const own = hosts.filter((host) => host.includes(`-${fleet.replace('/', '-')}-`));
    const pace = paceOf(gated ? 1 : maxUnavailable);
    return [
      {
        ...base,
        kind: 'host-restarts',
        severity: 'interrupted',
        what: 'restart: configuration',
        hosts: own,
        ofHosts: true,
        pace,
      },
    ];
  });
}

/** The next ones restart when these are healthy. */
function paceOf(atOnce: number | undefined): string {
  if (atOnce === undefined) return 'a few at a time, as the fleet allows';
  return atOnce === 1
    ? 'one at a time, each when the one before is healthy'
    : `${atOnce} at a time, when those before are healthy`;
}
