import { EngineError } from '../../../engine/engine-error';
import type { Backend } from '../../backend';
import { CALL_BYTES, type CloudResponse, type Incoming, type Protocol, type RawRequest, Refused } from '../../http/exchange';
import type { AccessKey } from '../../keys';
import { AliyunError } from '../aliyun-error';
import { authenticate, type Verifier } from '../signature/authenticate';
import { readAcs3 } from '../signature/canonical';
import { idempotent } from './idempotence';
import type { RpcAction, RpcRequest } from './request';
import type { RpcFault, Trouble } from './trouble';

/** API versions of the products behind the one address. */
const versions: Record<string, string> = {
  '2019-09-10': 'ros',
  '2014-05-26': 'ecs',
  '2015-04-01': 'sts',
  '2019-06-01': 'oos',
  '2016-04-28': 'vpc',
  '2017-09-12': 'cbn',
  '2015-05-01': 'ram',
  '2014-08-28': 'ess',
  '2022-02-22': 'ess',
};

/** Parameters of the protocol itself, not of an action. */
const protocol = new Set(
  ['AccessKeyId', 'Action', 'Format', 'SecurityToken', 'Signature', 'SignatureMethod', 'SignatureNonce', 'SignatureType'].concat([
    'SignatureVersion',
    'Timestamp',
    'Version',
  ]),
);

/** What the door leads to. */
export interface RpcHouse {
  backend: Backend;
  verifier: Verifier;
  trouble: Trouble;
  services: Record<string, Record<string, RpcAction>>;
  unexpected(error: unknown): void;
}

/** Aliyun's RPC protocol: form POST or GET, signed in its parameters (pop-core) or in a header (the V2 SDKs). */
export const rpcProtocol =
  (house: RpcHouse): Protocol =>
  async (incoming) => {
    const acs3 = readAcs3(incoming.headers.authorization) !== undefined;
    if (!acs3 && incoming.headers.authorization !== undefined) return undefined;
    if (!acs3 && !incoming.query.has('AccessKeyId') && !isForm(incoming)) return undefined;
    const { read, ...head } = incoming;
    const request = { ...head, body: await read(CALL_BYTES) };
    const parameters = parametersOf(request);
    if (!acs3 && (parameters.AccessKeyId === undefined || parameters.Action === undefined)) return undefined;
    const action = (acs3 ? request.headers['x-acs-action'] : parameters.Action) ?? '';
    const version = (acs3 ? request.headers['x-acs-version'] : parameters.Version) ?? '';
    const call: NamedCall = { action, version, parameters, requestId: request.requestId.toUpperCase() };
    const name = `${versions[version] ?? version}.${action}`;
    house.trouble.count(name, 'received');
    try {
      const key = authenticate(house.verifier, request, parameters);
      return { key, answer: () => answer(house, call, name, key) };
    } catch (e) {
      house.trouble.count(name, 'refused');
      throw new Refused(failure(asAliyun(house, e), call.requestId));
    }
  };

const isForm = ({ headers }: Pick<Incoming, 'headers'>): boolean =>
  /^application\/x-www-form-urlencoded/.test(headers['content-type'] ?? '');

/** Of two by one name the last is signed, and the same one is taken. */
function parametersOf(request: RawRequest): Record<string, string> {
  const body = isForm(request) ? [...new URLSearchParams(request.body.toString('utf8'))] : [];
  return Object.fromEntries([...request.query, ...body]);
}

/** A call whose caller is known. */
interface NamedCall {
  action: string;
  version: string;
  parameters: Record<string, string>;
  requestId: string;
}

async function answer(
  house: RpcHouse,
  { action, version, parameters, requestId }: NamedCall,
  name: string,
  key: AccessKey,
): Promise<CloudResponse> {
  const { trouble } = house;
  const product = versions[version] ?? version;
  try {
    if (trouble.denies(action)) {
      trouble.count(name, 'throttled');
      return failure(new AliyunError('Throttling.User', 'Request was denied due to user flow control.'), requestId);
    }
    const fault = trouble.meets(action);
    if (fault) trouble.count(name, 'faulted');
    const does = fault?.done ?? (fault?.kind === 'half' || fault?.kind === 'hang');
    if (fault && !does) return faulty(fault, '{"RequestId":"', requestId);
    const run = actionOf(house, product, version, action);
    const own = Object.fromEntries(Object.entries(parameters).filter(([k]) => !protocol.has(k)));
    const region = own.RegionId ?? '';
    if (region === '' && product !== 'sts' && product !== 'ram' && action !== 'DescribeRegions')
      throw new AliyunError('MissingParameter', 'The input parameter RegionId should be specified.');
    const call: RpcRequest = {
      product,
      action,
      version,
      region,
      account: key.account,
      role: key.role,
      requestId,
      parameters: own,
    };
    const body = JSON.stringify({
      ...(await idempotent(house.backend, call, () => run(house.backend, call))),
      RequestId: requestId,
    });
    return fault ? faulty(fault, body, requestId) : json(200, body);
  } catch (e) {
    trouble.count(name, 'refused');
    return failure(asAliyun(house, e), requestId);
  }
}

function actionOf(house: RpcHouse, product: string, version: string, action: string): RpcAction {
  const actions = house.services[product];
  if (!actions)
    throw new AliyunError('InvalidVersion', `Specified parameter Version is not valid: ${version} is not in the embedded cloud.`);
  const run = Object.hasOwn(actions, action) ? actions[action] : undefined;
  if (!run)
    throw new AliyunError(
      'InvalidAction.NotFound',
      `Specified api is not found, please check your url and method: ${action} is not in the embedded cloud.`,
      404,
    );
  return run;
}

function asAliyun(house: RpcHouse, e: unknown): EngineError {
  if (e instanceof AliyunError) return e;
  if (e instanceof EngineError)
    return new AliyunError(e.code === 'ValidationError' ? 'StackValidationFailed' : e.code, e.message, e.status);
  house.unexpected(e);
  return new AliyunError('InternalError', 'The request processing has failed due to some unknown error.', 500);
}

const json = (status: number, body: string): CloudResponse => ({
  status,
  headers: { 'content-type': 'application/json;charset=utf-8' },
  body,
});

function failure(error: EngineError, requestId: string): CloudResponse {
  const { code, message, status } = error;
  const Recommend = `https://api.aliyun.com/troubleshoot?q=${encodeURIComponent(code)}`;
  return json(status, JSON.stringify({ RequestId: requestId, HostId: '127.0.0.1', Code: code, Message: message, Recommend }));
}

function faulty(fault: RpcFault, body: string, requestId: string): CloudResponse {
  switch (fault.kind) {
    case 'html':
      return {
        status: 502,
        headers: { 'content-type': 'text/html' },
        body: '<html><body><h1>502 Bad Gateway</h1></body></html>',
      };
    case 'half':
      return json(200, body.slice(0, Math.max(1, Math.floor(body.length / 2))));
    case 'error':
      return failure(
        new AliyunError('InternalError', 'The request processing has failed due to some unknown error.', 500),
        requestId,
      );
    case 'unavailable':
      return failure(
        new AliyunError('ServiceUnavailable', 'The request has failed due to a temporary failure of the server.', 503),
        requestId,
      );
    case 'empty':
      return json(500, '{}');
    case 'hang':
      return { hang: true };
  }
}
