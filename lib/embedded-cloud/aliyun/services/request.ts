import type { Backend } from '../../backend';

/** A call of the RPC protocol, once its signature was found right. */
export interface RpcRequest {
  /** `ros`, `ecs`, `oos` ...: the product whose API version it names. */
  readonly product: string;
  readonly action: string;
  readonly version: string;
  /** The `RegionId` parameter. */
  readonly region: string;
  /** The account (UID) whose key signed it. */
  readonly account: string;
  /** The RAM role whose temporary key signed it; undefined for the account's own key. */
  readonly role?: string;
  readonly requestId: string;
  /** The call's own parameters, flat: `Tag.1.Key`. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** One action of a product: what it returns is the JSON answer (`RequestId` is added); what it throws is an `AliyunError`. */
export type RpcAction = (backend: Backend, request: RpcRequest) => object | Promise<object>;
