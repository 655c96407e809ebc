import type { Place } from '../../engine/stack';
import { type AliyunAccount, type AliyunRegion, blankAliyunAccount, blankAliyunRegion } from '../aliyun/world/region';
import { type AwsAccount, type AwsRegion, blankAwsAccount, blankAwsRegion } from '../aws/world/region';
import type { Bucket } from './buckets';
import { noOutages, type Outages } from './outages';

/** An answer that was given to a ClientToken. */
interface TokenAnswer {
  /** Digest of the action and its parameters. */
  request: string;
  answer: object;
}

type Table<T> = Record<string, T>;

/** What stands in one region of one account: its stacks, AWS's things, and Aliyun's. */
export interface Region extends Place, AwsRegion {
  outages: Outages;
  aliyun: AliyunRegion;
}

/** What stands in one account: its regions, and what has none. */
export interface Account extends AwsAccount {
  id: string;
  regions: Table<Region>;
  /** Answers given to client tokens (Aliyun). */
  clientTokens: Table<TokenAnswer>;
  aliyun: AliyunAccount;
}

/** Everything that stands: plain data, saved as it is. */
export interface World {
  format: 1;
  partition: string;
  accounts: Table<Account>;
  buckets: Table<Bucket>;
  /** OSS's: their names are taken over all accounts of Aliyun, and only of it. */
  ossBuckets: Table<Bucket>;
  /** AWS's: the image that a region's public parameters (`/aws/service/ami-*`) name. @default - there are no such parameters */
  publicImages?: Readonly<Table<string>>;
}

export const emptyWorld = (partition: string): World => ({ format: 1, partition, accounts: {}, buckets: {}, ossBuckets: {} });

const blankAccount = (id: string): Account => ({
  id,
  regions: {},
  ...blankAwsAccount(),
  clientTokens: {},
  aliyun: blankAliyunAccount(),
});

const blankRegion = (account: string, name: string): Region => ({
  account,
  name,
  stacks: {},
  ...blankAwsRegion(),
  aliyun: blankAliyunRegion(),
  outages: noOutages(),
});

/** An account of the world; made when it is first asked for. */
export function accountOf(world: World, id: string): Account {
  world.accounts[id] ??= blankAccount(id);
  return world.accounts[id];
}

/** A region of an account; made when it is first asked for. */
export function regionOf(world: World, account: string, name: string): Region {
  const regions = accountOf(world, account).regions;
  regions[name] ??= blankRegion(account, name);
  return regions[name];
}

/** Gives a world that was saved by an older version the tables that are new since. */
export function completeWorld(world: World): void {
  world.ossBuckets ??= {};
  for (const [id, account] of Object.entries(world.accounts)) {
    world.accounts[id] = { ...blankAccount(id), ...account, aliyun: { ...blankAliyunAccount(), ...account.aliyun } };
    for (const [name, region] of Object.entries(account.regions)) {
      account.regions[name] = { ...blankRegion(id, name), ...region, aliyun: { ...blankAliyunRegion(), ...region.aliyun } };
      for (const stack of Object.values(region.stacks)) stack.type ??= 'AWS::CloudFormation::Stack';
    }
  }
}
