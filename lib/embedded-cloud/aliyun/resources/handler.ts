import type { Context as EngineContext, Handler as EngineHandler } from '../../../engine/handler';
import type { WorldServices } from '../../world-services';
import type { AliyunHosts } from '../hosts/hosts';

export type { Made } from '../../../engine/handler';

/** What Aliyun's handlers may reach. */
export interface Services extends WorldServices {
  hosts: AliyunHosts;
}

export interface Context extends EngineContext, Services {}

export type Handler = EngineHandler<Context>;
