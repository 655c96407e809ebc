import { sha256 } from '../../../engine/ids';
import type { Backend } from '../../backend';
import { accountOf } from '../../store/world';
import { AliyunError } from '../aliyun-error';
import type { RpcRequest } from './request';

/** Answers of how many tokens an account keeps. */
const KEPT = 1000;

/** The same ClientToken gives the same answer and does nothing twice; with other parameters it is refused ("Ensure idempotence"). */
export async function idempotent(backend: Backend, call: RpcRequest, run: () => object | Promise<object>): Promise<object> {
  const { ClientToken: token, ...rest } = call.parameters;
  if (token === undefined || token === '') return run();
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(token))
    throw new AliyunError(
      'InvalidParameter',
      'The specified parameter ClientToken is invalid, it can be up to 64 letters, digits, hyphens and underscores.',
    );
  const { clientTokens } = accountOf(backend.world, call.account);
  const key = `${call.product}.${call.action} ${token}`;
  const request = sha256(JSON.stringify([call.region, Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1))]));
  const known = clientTokens[key];
  if (known && known.request !== request)
    throw new AliyunError('InvalidIdempotenceParameter', 'The specified parameters are different from before.');
  if (known) return known.answer;
  const answer = await run();
  clientTokens[key] = { request, answer };
  const all = Object.keys(clientTokens);
  for (const old of all.slice(0, Math.max(0, all.length - KEPT))) delete clientTokens[old];
  backend.changed();
  return answer;
}
