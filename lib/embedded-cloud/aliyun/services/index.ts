import { ecsActions } from './ecs';
import { essActions } from './ess';
import type { RpcAction } from './request';
import { rosActions } from './ros';
import { stsActions } from './sts';
import { vpcActions } from './vpc';

/** The actions of every product, by the product's name in lower case: `ecs` -> `RunCommand` -> what does it. */
export const rpcServices: Record<string, Record<string, RpcAction>> = {
  ecs: ecsActions,
  ess: essActions,
  ros: rosActions,
  sts: stsActions,
  vpc: vpcActions,
};
