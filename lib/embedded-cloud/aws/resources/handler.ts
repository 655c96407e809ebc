import type { Context as EngineContext, Handler as EngineHandler } from '../../../engine/handler';
import type { Stack } from '../../../engine/stack';
import type { Backend } from '../../backend';
import { type Account, accountOf, type Region, regionOf, type World } from '../../store/world';
import type { Functions } from '../functions/functions';
import type { Hosts } from '../hosts/hosts';

export { type Made, MadeButFailed } from '../../../engine/handler';

/** What AWS's handlers may reach. */
export interface Services {
  world: World;
  account: Account;
  region: Region;
  partition: string;
  hosts: Hosts;
  functions: Functions;
  /** Another region of the same account, or of another one. */
  regionOf(name: string, account?: string): Region;
}

/** What AWS's handlers may reach where a stack stands. */
export const servicesOf = (
  { world, hosts, functions }: Pick<Backend, 'world' | 'hosts' | 'functions'>,
  stack: Stack,
): Services => ({
  world,
  account: accountOf(world, stack.account),
  region: regionOf(world, stack.account, stack.region),
  partition: world.partition,
  hosts,
  functions,
  regionOf: (name, account) => regionOf(world, account ?? stack.account, name),
});

export interface Context extends EngineContext, Services {}

export type Handler = EngineHandler<Context>;
