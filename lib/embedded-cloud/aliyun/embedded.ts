import { clock } from '../../engine/clock';
import { Engine } from '../../engine/engine';
import type { Machine } from '../../engine/machine';
import type { Backend } from '../backend';
import type { Protocol } from '../http/exchange';
import type { AccessKey } from '../keys';
import { type Region, regionOf, type World } from '../store/world';
import { worldServices } from '../world-services';
import { rosDialect } from './dialect';
import { rosSchema } from './dialect/schema';
import { type AliyunInventory, aliyunInventoryOf } from './inventory';
import { release } from './resources/ecs/launch';
import { instanceOf } from './resources/ecs/lookup';
import type { Handler, Services } from './resources/handler';
import { rpcServices } from './services';
import { rpcProtocol } from './services/dispatch';
import { ossProtocol } from './services/oss';
import { type CallCount, type RpcFault, type Throttle, Trouble } from './services/trouble';
import { Nonces } from './signature/authenticate';

/** Aliyun's side of an embedded cloud. */
export interface EmbeddedAliyun {
  /** The account (UID) that `env` is of. */
  readonly account: string;
  /** An account's own access key, made for this run; default: of `account`. */
  key(account?: string): AccessKey;
  /** The environment that Aliyun's clients and this toolkit need to talk to it. */
  env(region?: string): Record<string, string>;
  /** What stands in a region. */
  inventory(region: string, account?: string): AliyunInventory;
  /** The region's own records. */
  region(name: string, account?: string): Region;
  /** Releases an instance behind ROS's back. */
  release(region: string, instanceId: string): void;
  /** A temporary key of one of the account's RAM roles, as STS gives it to a host. */
  roleKey(role: string, seconds?: number): AccessKey;
  /** Turns a share of the RPC calls away with `Throttling.User`; undefined: none any more. */
  throttle(throttle: Throttle | undefined): void;
  /** Plants a fault of the API itself. */
  fault(fault: RpcFault): void;
  /** Takes throttling and planted faults away. */
  clear(): void;
  /** How often each action was called since the last reset, by `<product>.<Action>` (`ros.CreateStack`). */
  readonly calls: Readonly<Record<string, Readonly<CallCount>>>;
  resetCalls(): void;
}

/** The account of the embedded Aliyun, unless another one is named. */
export const DEFAULT_ACCOUNT = '1234567890123456';

/** ROS's engine over a world. */
export const rosEngine = (
  machine: Omit<Machine, 'services' | 'handler' | 'dialect'>,
  world: World,
  handlers: Record<string, Handler>,
  backend: () => Backend,
): Engine => {
  const own: Machine<Services> = {
    ...machine,
    services: (stack) => ({ ...worldServices(world, stack), hosts: backend().aliyunHosts }),
    handler: (type) => handlers[type],
    dialect: rosDialect(world, rosSchema, (type) => type in handlers),
  };
  return new Engine(own);
};

/** Builds Aliyun's side over a backend. */
export function embedAliyun(
  backend: Backend,
  account: string,
  url: () => string,
  unexpected: (error: unknown) => void,
): { aliyun: EmbeddedAliyun; protocols: Protocol[] } {
  const trouble = new Trouble();
  const verifier = { keys: backend.keys, nonces: new Nonces(), now: clock.milliseconds };
  const key = (of = account) => backend.keys.ownKey('aliyun', of);
  const aliyun: EmbeddedAliyun = {
    account,
    key,
    env: (region = 'cn-beijing') => ({
      MEISSA_ALIYUN_ENDPOINT: url(),
      ALIBABA_CLOUD_ACCESS_KEY_ID: key().id,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: key().secret,
      ALIBABA_CLOUD_REGION_ID: region,
      ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true',
    }),
    inventory: (name, of = account) => aliyunInventoryOf(backend.world, regionOf(backend.world, of, name)),
    region: (name, of = account) => regionOf(backend.world, of, name),
    release: (name, id) => {
      const region = regionOf(backend.world, account, name);
      release({ region, hosts: backend.aliyunHosts }, instanceOf(region.aliyun, id));
      backend.changed();
    },
    roleKey: (role, seconds) => backend.keys.issue({ provider: 'aliyun', account, role, seconds }),
    throttle: (throttle) => trouble.throttle(throttle),
    fault: (fault) => trouble.plant(fault),
    clear: () => trouble.clear(),
    get calls() {
      return trouble.calls;
    },
    resetCalls: () => trouble.resetCalls(),
  };
  return {
    aliyun,
    protocols: [
      ossProtocol({ ...backend, unexpected }),
      rpcProtocol({ backend, verifier, trouble, services: rpcServices, unexpected }),
    ],
  };
}
