/** Every host that something happens to, for programs. */
import type { EstateDiff } from '../estate-diff';
import type { MeaningKind } from '../kinds';
import { placedHost, placeOfStack } from './placed-names';
import { meaningsOf } from './report';

/** `refused`: the deploy would fail. `stays`: nothing describes it any more, and a deploy leaves it. */
export const HOST_ACTS = ['comes', 'goes', 'replaced', 'may-be-replaced', 'restarts', 'refused', 'stays'] as const;

export interface HostJson {
  /** `<region>-<cluster>-<fleet>-<number>`. */
  readonly name: string;
  /** Region or data centre. */
  readonly region?: string;
  readonly cluster?: string;
  readonly fleet?: string;
  readonly number?: number;
  readonly act: (typeof HOST_ACTS)[number];
}

const ACTS: Readonly<Partial<Record<MeaningKind, HostJson['act']>>> = {
  'host-comes': 'comes',
  'host-goes': 'goes',
  'host-replaced': 'replaced',
  'host-made-anew': 'replaced',
  'deploy-replaces': 'replaced',
  'host-may-be-replaced': 'may-be-replaced',
  'host-restarts': 'restarts',
  'host-refused': 'refused',
  'stack-undescribed': 'stays',
};

/** In the order of what happens to them, worst first within a stack. Names hold hyphens: cluster and fleet are those of the stack's tag. */
export function hostsJson(diff: EstateDiff): HostJson[] {
  const fleets = new Map(diff.stacks.map(({ change, fleet }) => [change.path, fleet]));
  const found = meaningsOf(diff).flatMap(({ kind, stack, hosts }): HostJson[] => {
    const act = ACTS[kind as MeaningKind];
    return act === undefined ? [] : hosts.map((host) => hostJson(host, stack, fleets.get(stack), act));
  });
  return [...new Map(found.map((host) => [`${host.act} ${host.name}`, host])).values()];
}

function hostJson(name: string, stack: string, ofStack: string | undefined, act: HostJson['act']): HostJson {
  const region = placeOfStack(stack);
  const [cluster, fleet] = (ofStack ?? '').split('/');
  const own = placedHost(name, stack).name;
  const number =
    cluster && fleet && own.startsWith(`${cluster}-${fleet}-`) ? Number(own.slice(cluster.length + fleet.length + 2)) : NaN;
  return {
    name,
    ...(region === undefined ? {} : { region }),
    ...(Number.isInteger(number) ? { cluster: cluster!, fleet: fleet!, number } : {}),
    act,
  };
}
