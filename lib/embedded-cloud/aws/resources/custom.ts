import { uuid } from '../../../engine/ids';
import { isObject, type Json, type JsonObject } from '../../../engine/json';
import { num, str } from '../../properties';
import { AwsError, validationError } from '../aws-error';
import { generatedName } from '../ids';
import type { LambdaFunction } from '../world/functions';
import type { Context, Handler, Made } from './handler';
import { MadeButFailed } from './handler';

/** A type that whoever wrote the template knows, and the specification doesn't. */
export const isCustom = (type: string): boolean => type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';

/** Seconds that CloudFormation waits for an answer, if `ServiceTimeout` doesn't say otherwise. */
const TIMEOUT = 3600;
/** Seconds between the three tries of an asynchronous call ("Error handling for asynchronous invocation"). */
const RETRIES = [60, 120];
/** Longest answer, in bytes ("Custom resource response objects"). */
const ANSWER = 4096;
/** Milliseconds that a process may go on after its answer came. */
const FAREWELL = 2000;

type Verb = 'Create' | 'Update' | 'Delete';

/** Custom resources get every value as a text. */
const texts = (v: Json): Json =>
  Array.isArray(v)
    ? v.map(texts)
    : isObject(v)
      ? Object.fromEntries(Object.entries(v).map(([k, x]) => [k, texts(x)]))
      : v === null
        ? v
        : String(v);

function functionOf(c: Context, token: string): LambdaFunction {
  const m = /^arn:[^:]+:lambda:([^:]+):(\d{12}):function:([^:]+)$/.exec(token);
  if (!m) throw validationError('Invalid service token.');
  const found = c.regionOf(m[1] as string, m[2]).functions[m[3] as string];
  // CloudFormation calls in its own region only.
  if (!found || m[1] !== c.region.name)
    throw new AwsError('ResourceNotFoundException', `Function not found: ${token} (Service: Lambda, Status Code: 404)`);
  return found;
}

/** Calls the function and waits for its answer, or for the end of CloudFormation's patience; undefined: it said nothing. */
async function ask(c: Context, p: JsonObject, event: JsonObject, fn: LambdaFunction): Promise<string | undefined> {
  const letter = c.functions.mailbox.letter(c.region.name);
  const over = new AbortController();
  const stop = () => over.abort();
  c.cancelled.addEventListener('abort', stop);
  if (c.cancelled.aborted) stop();
  const place = { account: c.account.id, region: c.region.name };
  let running: Promise<unknown> | undefined;
  const work = async (): Promise<undefined> => {
    for (const wait of [0, ...RETRIES]) {
      await c.clock.wait(c.scaled(wait * 1000), over.signal);
      const run = c.functions.run(fn, place, { ...event, ResponseURL: letter.url }, c.scaled(1), over.signal);
      running = run;
      if ((await run).error === undefined || over.signal.aborted) break;
    }
    await c.clock.wait(c.scaled((num(p, 'ServiceTimeout') ?? TIMEOUT) * 1000), over.signal);
    return undefined;
  };
  const working = work();
  try {
    const said = await Promise.race([letter.answer, working]);
    // The handler may still have a line to write; then its process ends, as a deploy leaves none behind.
    if (said !== undefined) await Promise.race([running, c.clock.wait(FAREWELL, over.signal)]);
    return said;
  } finally {
    stop();
    await working;
    letter.close();
    c.cancelled.removeEventListener('abort', stop);
  }
}

interface Answer {
  status: string;
  reason: string;
  physicalId: string | undefined;
  data: Record<string, Json>;
}

function read(body: string): Answer {
  if (Buffer.byteLength(body) > ANSWER) throw validationError('Response object is too long.');
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    throw validationError('Invalid Response object: response is not valid JSON');
  }
  if (!isObject(parsed)) throw validationError('Invalid Response object: response is not an object');
  const { Status, Reason, PhysicalResourceId, Data } = parsed;
  if (Status !== 'SUCCESS' && Status !== 'FAILED') throw validationError(`Invalid Response object: Status ${String(Status)}`);
  const data = isObject(Data) ? Data : {};
  const physicalId = typeof PhysicalResourceId === 'string' && PhysicalResourceId !== '' ? PhysicalResourceId : undefined;
  return { status: Status, reason: String(Reason ?? ''), physicalId, data };
}

/** One event, start to end. */
async function send(c: Context, verb: Verb, p: JsonObject, id: string | undefined, old?: JsonObject): Promise<Made> {
  const token = str(p, 'ServiceToken') ?? '';
  const fn = functionOf(c, token);
  const requestId = uuid();
  const event: JsonObject = {
    RequestType: verb,
    ServiceToken: token,
    StackId: c.stackId,
    RequestId: requestId,
    LogicalResourceId: c.logicalId,
    ResourceType: c.type,
    ResourceProperties: texts(p),
    ...(id === undefined ? {} : { PhysicalResourceId: id }),
    ...(old === undefined ? {} : { OldResourceProperties: texts(old) }),
  };
  // What was asked to be made may be there although nothing good was heard of it: its Delete is sent to this id.
  const guess = id ?? generatedName(c.stackName, c.logicalId, 200);
  const fail = (message: string, own?: string): MadeButFailed => new MadeButFailed(message, own ?? guess);
  const body = await ask(c, p, event, fn);
  if (body === undefined) {
    if (c.cancelled.aborted) throw new MadeButFailed('Resource creation cancelled', guess, true);
    throw fail(
      `CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [${requestId}]. If you are using the Python cfn-response module, you may need to update your Lambda function code so that CloudFormation can attach the updated version.`,
    );
  }
  let answer: Answer;
  try {
    answer = read(body);
  } catch (e) {
    throw fail((e as AwsError).message);
  }
  if (answer.status === 'FAILED')
    throw fail(
      `Received response status [FAILED] from custom resource. Message returned: ${answer.reason} (RequestId: ${requestId})`,
      answer.physicalId,
    );
  if (verb !== 'Delete' && answer.physicalId === undefined) throw fail('Invalid PhysicalResourceId');
  return { physicalId: answer.physicalId ?? guess, attributes: answer.data };
}

/** `Custom::*` and AWS::CloudFormation::CustomResource: what the function of `ServiceToken` makes of it. */
export const customResource: Handler = {
  create: (c, p) => send(c, 'Create', p, undefined),
  update(c, id, p, before) {
    if (p.ServiceToken !== before.ServiceToken) throw validationError('Modifying service token is not allowed.');
    return send(c, 'Update', p, id, before);
  },
  async delete(c, id, p) {
    await send(c, 'Delete', p, id);
  },
};
