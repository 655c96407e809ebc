import type { Context as EngineContext, Handler as EngineHandler } from '../../../engine/handler';
import type { Stack } from '../../../engine/stack';
import type { Backend } from '../../backend';
import { type Account, accountOf, type Region, regionOf, type World } from '../../store/world';
import type { AliyunHosts } from '../hosts/hosts';

export { type Made, MadeButFailed } from '../../../engine/handler';

/** What Aliyun's handlers may reach. */
export interface Services {
  world: World;
  account: Account;
  region: Region;
  hosts: AliyunHosts;
  /** Another region of the same account, or of another one. */
  regionOf(name: string, account?: string): Region;
}

/** What Aliyun's handlers may reach where a stack stands. */
export const servicesOf = ({ world, aliyunHosts }: Pick<Backend, 'world' | 'aliyunHosts'>, stack: Stack): Services => ({
  world,
  account: accountOf(world, stack.account),
  region: regionOf(world, stack.account, stack.region),
  hosts: aliyunHosts,
  regionOf: (name, account) => regionOf(world, account ?? stack.account, name),
});

export interface Context extends EngineContext, Services {}

export type Handler = EngineHandler<Context>;
