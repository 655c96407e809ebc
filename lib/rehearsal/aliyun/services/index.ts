import type { RpcAction } from '../rpc/request';
import { rosActions } from './ros';

/** The actions of every product, by the product's name in lower case: `ecs` -> `RunCommand` -> what does it. */
export const rpcServices: Record<string, Record<string, RpcAction>> = { ros: rosActions };
