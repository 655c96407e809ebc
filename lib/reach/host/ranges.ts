import type { Range, World } from '../world';
import type { Chain, HostNetwork } from './model';

/** Every range that something on a host or router names: addresses of one part are the same to it. */
export function hostRanges(world: World): Range[] {
  const networks = new Set<HostNetwork>();
  for (const { network } of [...world.vpcs.flatMap((vpc) => vpc.interfaces), ...world.idcHosts, ...world.routers])
    if (network !== undefined) networks.add(network);
  return [...networks].flatMap(({ hooks, bridge }) => {
    const chains = new Set<Chain>();
    for (const chain of hooks) follow(chain, chains);
    const named = [...chains].flatMap(({ rules }) => rules.flatMap(({ source, destination }) => [source, destination]));
    const ranges = named.flatMap((addresses) => addresses?.of ?? []).filter((range) => range !== 'own');
    return bridge === undefined ? ranges : [...ranges, bridge];
  });
}

function follow(chain: Chain, seen: Set<Chain>): void {
  if (seen.has(chain)) return;
  seen.add(chain);
  for (const { verdict } of chain.rules) {
    if (typeof verdict === 'object' && !('segment' in verdict)) follow('jump' in verdict ? verdict.jump : verdict.goto, seen);
  }
}
