import type { Engine } from '../engine/engine';
import type { AliyunHosts } from './aliyun/hosts/hosts';
import type { SpecExtract } from './aws/dialect/schema';
import type { Functions } from './aws/functions/functions';
import type { Hosts } from './aws/hosts/hosts';
import type { CloudRequest } from './http/exchange';
import type { Keys } from './keys';
import type { ObjectStore } from './store/objects';
import { type Region, regionOf, type World } from './store/world';

/** What the services work with. */
export interface Backend {
  world: World;
  keys: Keys;
  engine: Engine;
  /** ROS's engine over the same world. */
  ros: Engine;
  /** CloudFormation's published specification. */
  spec(): SpecExtract;
  hosts: Hosts;
  aliyunHosts: AliyunHosts;
  functions: Functions;
  objects: ObjectStore;
  /** Something changed that has to be saved. */
  changed(): void;
  /** Milliseconds that a question about a stack in progress may be held until its operation ends. */
  patience: number;
}

/** The region that a request is for. */
export const place = (backend: Backend, request: Pick<CloudRequest, 'account' | 'region'>): Region =>
  regionOf(backend.world, request.account, request.region);
