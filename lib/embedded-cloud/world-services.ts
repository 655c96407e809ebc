import type { Stack } from '../engine/stack';
import { type Account, accountOf, type Region, regionOf, type World } from './store/world';

/** What a handler of either cloud may reach of the world. */
export interface WorldServices {
  world: World;
  account: Account;
  region: Region;
  /** Another region of the same account, or of another one. */
  regionOf(name: string, account?: string): Region;
}

/** The world as a stack's resources see it. */
export const worldServices = (world: World, stack: Stack): WorldServices => ({
  world,
  account: accountOf(world, stack.account),
  region: regionOf(world, stack.account, stack.region),
  regionOf: (name, account) => regionOf(world, account ?? stack.account, name),
});
