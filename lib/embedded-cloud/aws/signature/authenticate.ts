import { clock } from '../../../engine/clock';
import {
  CALL_BYTES,
  type CloudRequest,
  type CloudResponse,
  type Incoming,
  OBJECT_BYTES,
  type Protocol,
  Refused,
} from '../../http/exchange';
import { basicTime, hmac, SKEW, sameSignature, sha256 } from '../../http/signing';
import type { AccessKey, Keys } from '../../keys';
import { AwsError } from '../aws-error';
import { canonicalRequest, signingKey, stringToSign } from './canonical';
import { readChunks, STREAMING } from './chunks';
import { type Claim, readClaim } from './claim';
import { failure, refuse } from './refusals';

/** AWS's protocols: a request is of the service and region that its signature's scope names. */
export const awsProtocol =
  (keys: Keys, answer: (request: CloudRequest) => Promise<CloudResponse>): Protocol =>
  async (incoming) => {
    const request = await authenticateAws(keys, incoming);
    return request && { key: request.key, answer: () => answer(request) };
  };

/**
 * Finds whose request it is by AWS Signature Version 4, in a header or presigned, and that all of it is as it was signed. Version 4a
 * (elliptic curves) is not taken. S3's bodies are read last, since their hash is signed with the head; every other service's before.
 *
 * @returns undefined for what isn't signed so
 * @throws Refused as the real service would
 */
export async function authenticateAws(
  keys: Keys,
  incoming: Incoming,
  now = clock.milliseconds(),
): Promise<CloudRequest | undefined> {
  const claim = readClaim(incoming);
  if (claim === undefined) return undefined;
  const key = keyOf(keys, incoming, claim, now);
  inTime(incoming, claim, now);
  whole(incoming, claim);
  const { region, service } = claim;
  const { read: _, ...head } = incoming;
  const caller = { region, service, account: key.account, key };
  if (service !== 's3') {
    const body = await incoming.read(CALL_BYTES);
    matches(incoming, claim, key, sha256(body));
    return { ...head, ...caller, body };
  }
  const payload = payloadOf(incoming, claim);
  matches(incoming, claim, key, payload);
  const { body, trailers } = await objectOf(incoming, claim, key, payload);
  return { ...head, ...caller, body, headers: { ...head.headers, ...trailers } };
}

function keyOf(keys: Keys, head: Incoming, claim: Claim, now: number): AccessKey {
  const key = keys.find('aws', claim.accessKeyId);
  if (key === undefined)
    return refuse(head, claim.family, 'unknownKey', 'The security token included in the request is invalid.');
  if (!sameSignature(key.securityToken ?? '', claim.token ?? ''))
    refuse(head, claim.family, 'wrongToken', 'The security token included in the request is invalid.');
  if (key.expires !== undefined && key.expires < now)
    refuse(head, claim.family, 'endedToken', 'The security token included in the request is expired');
  return key;
}

function inTime(head: Incoming, { family, time, day, expires }: Claim, now: number): void {
  const at = basicTime(time);
  if (!time.startsWith(day))
    refuse(head, family, 'mismatch', `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date: ${day}`);
  if (at - now > SKEW || (expires === undefined && now - at > SKEW))
    refuse(head, family, 'skewed', `Signature expired or not yet current: ${time} is more than 15 min from the server's time`);
  if (expires !== undefined && now > at + expires * 1000) refuse(head, family, 'expired', 'Request has expired');
}

/** `host` and every header of AWS's own must be signed, and what is signed must be there. */
function whole(head: Incoming, { family, signedHeaders }: Claim): void {
  const sorted = [...new Set(signedHeaders)].sort();
  if (sorted.join(';') !== signedHeaders.join(';') || signedHeaders.some((name) => name !== name.toLowerCase()))
    refuse(head, family, 'incomplete', 'SignedHeaders must be sorted, in lower case, and each of them once');
  const must = Object.keys(head.headers).filter((name) => name === 'host' || name.startsWith('x-amz-'));
  const left = must.filter((name) => !signedHeaders.includes(name));
  if (left.length > 0)
    refuse(head, family, 'unsignedHeader', `There were headers present in the request which were not signed: ${left.join(', ')}`);
  if (signedHeaders.some((name) => head.headers[name] === undefined))
    refuse(head, family, 'mismatch', 'A signed header is not in the request');
}

function matches(head: Incoming, claim: Claim, key: AccessKey, payload: string): void {
  const right = hmac(signingKey(key.secret, claim), stringToSign(claim.time, claim, canonical(head, claim, payload)));
  if (sameSignature(right.toString('hex'), claim.signature)) return;
  refuse(
    head,
    claim.family,
    'mismatch',
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.',
  );
}

function canonical(head: Incoming, { service, signedHeaders }: Claim, payload: string): string {
  try {
    return canonicalRequest({ ...head, signedHeaders, payload }, service);
  } catch (e) {
    if (!(e instanceof URIError)) throw e;
    throw refused(head, 'InvalidURI', "Couldn't parse the specified URI.");
  }
}

/** What of S3's refusals is about bodies and addresses, not signatures. */
const refused = (head: Incoming, code: string, message: string): Refused =>
  new Refused(failure('s3', head, new AwsError(code, message)));

function payloadOf(head: Incoming, { expires }: Claim): string {
  const header = head.headers['x-amz-content-sha256'];
  const given = expires === undefined ? header : (head.query.get('X-Amz-Content-Sha256') ?? header ?? 'UNSIGNED-PAYLOAD');
  if (given === undefined)
    throw refused(head, 'InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');
  if (given === 'UNSIGNED-PAYLOAD' || Object.hasOwn(STREAMING, given) || /^[0-9a-f]{64}$/.test(given)) return given;
  throw refused(
    head,
    'InvalidArgument',
    'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, a STREAMING- word of Signature Version 4, or a valid sha256 value.',
  );
}

async function objectOf(
  head: Incoming,
  claim: Claim,
  key: AccessKey,
  payload: string,
): Promise<{ body: Buffer; trailers: Record<string, string> }> {
  const body = await head.read(OBJECT_BYTES);
  const streaming = Object.hasOwn(STREAMING, payload) ? STREAMING[payload] : undefined;
  if (streaming === undefined) {
    if (payload !== 'UNSIGNED-PAYLOAD' && payload !== sha256(body))
      throw refused(
        head,
        'XAmzContentSHA256Mismatch',
        "The provided 'x-amz-content-sha256' header does not match what was computed.",
      );
    if (head.headers['content-encoding']?.includes('aws-chunked') === true)
      throw refused(head, 'InvalidRequest', 'A body of aws-chunked needs x-amz-content-sha256 to say so');
    return { body, trailers: {} };
  }
  const seed = streaming.signed ? { ...claim, key: signingKey(key.secret, claim) } : undefined;
  const framed = readChunks(body, seed, streaming.trailer);
  if (framed === 'mismatch')
    return refuse(head, claim.family, 'mismatch', 'The signature of a chunk or of the trailer does not match the one provided.');
  if (framed === 'unframed' || Number(head.headers['x-amz-decoded-content-length']) !== framed.body.length)
    throw refused(head, 'IncompleteBody', 'The request body is not what its framing and x-amz-decoded-content-length say.');
  const names = Object.keys(framed.trailers);
  const promised = (head.headers['x-amz-trailer'] ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter(Boolean);
  if (promised.sort().join() !== names.sort().join() || names.some((name) => !name.startsWith('x-amz-checksum-')))
    throw refused(head, 'MalformedTrailerError', 'The trailer is not the one that x-amz-trailer names.');
  return framed;
}
