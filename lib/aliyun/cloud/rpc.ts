import type { CredentialsProvider } from './credentials';
import { defaultCredentials } from './default-credentials';
import { RpcCaller, type RpcCallerProps } from './rpc-caller';

export type { RequestSeen, RpcCall } from './rpc-caller';

export interface RpcClientProps extends Omit<RpcCallerProps, 'credentials'> {
  /** @default - as Aliyun's own tools find them */
  readonly credentials?: CredentialsProvider;
}

/** Calls with the keys that are at hand here. What finds keys by a call of its own stands on `RpcCaller`. */
export class RpcClient extends RpcCaller {
  constructor(props: RpcClientProps = {}) {
    super({ ...props, credentials: props.credentials ?? defaultCredentials(props) });
  }
}
