import type { Context as EngineContext, Handler as EngineHandler } from '../../../engine/handler';
import type { WorldServices } from '../../world-services';
import type { Functions } from '../functions/functions';
import type { Hosts } from '../hosts/hosts';

export { type Made, MadeButFailed } from '../../../engine/handler';

/** What AWS's handlers may reach. */
export interface Services extends WorldServices {
  partition: string;
  hosts: Hosts;
  functions: Functions;
}

export interface Context extends EngineContext, Services {}

export type Handler = EngineHandler<Context>;
