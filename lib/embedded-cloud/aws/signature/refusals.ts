/** How the services of each protocol refuse a signature ("Common errors" of each API; S3 "Error responses"). */

import { EngineError } from '../../../engine/engine-error';
import { ec2Error, jsonError, queryError, s3Error } from '../../http/answers';
import { type CloudResponse, Refused, type RequestHead } from '../../http/exchange';

export type Family = 'query' | 'ec2' | 'json' | 's3';

type Refusal = Record<Family, readonly [code: string, status: number]>;

const refusals = {
  incomplete: {
    query: ['IncompleteSignature', 400],
    ec2: ['IncompleteSignature', 400],
    json: ['IncompleteSignatureException', 400],
    s3: ['AuthorizationHeaderMalformed', 400],
  },
  unknownKey: {
    query: ['InvalidClientTokenId', 403],
    ec2: ['AuthFailure', 401],
    json: ['UnrecognizedClientException', 400],
    s3: ['InvalidAccessKeyId', 403],
  },
  wrongToken: {
    query: ['InvalidClientTokenId', 403],
    ec2: ['AuthFailure', 401],
    json: ['UnrecognizedClientException', 400],
    s3: ['InvalidToken', 400],
  },
  endedToken: {
    query: ['ExpiredToken', 403],
    ec2: ['RequestExpired', 400],
    json: ['ExpiredTokenException', 400],
    s3: ['ExpiredToken', 400],
  },
  mismatch: {
    query: ['SignatureDoesNotMatch', 403],
    ec2: ['AuthFailure', 401],
    json: ['InvalidSignatureException', 400],
    s3: ['SignatureDoesNotMatch', 403],
  },
  unsignedHeader: {
    query: ['SignatureDoesNotMatch', 403],
    ec2: ['AuthFailure', 401],
    json: ['InvalidSignatureException', 400],
    s3: ['AccessDenied', 403],
  },
  skewed: {
    query: ['SignatureDoesNotMatch', 403],
    ec2: ['RequestExpired', 400],
    json: ['InvalidSignatureException', 400],
    s3: ['RequestTimeTooSkewed', 403],
  },
  expired: {
    query: ['SignatureDoesNotMatch', 403],
    ec2: ['RequestExpired', 400],
    json: ['InvalidSignatureException', 400],
    s3: ['AccessDenied', 403],
  },
} satisfies Record<string, Refusal>;

/** Which protocol a request is answered in. */
export function familyOf(service: string, { headers }: Pick<RequestHead, 'headers'>): Family {
  if (service === 's3') return 's3';
  if (headers['x-amz-target'] !== undefined) return 'json';
  return service === 'ec2' ? 'ec2' : 'query';
}

/** An error as the protocol says it. */
export function failure(family: Family, head: RequestHead, error: EngineError, namespace = ''): CloudResponse {
  if (family === 's3') return s3Error(error, head.path, head.requestId, head.method === 'HEAD');
  if (family === 'json') return jsonError(error);
  return family === 'ec2' ? ec2Error(error, head.requestId) : queryError(namespace, error, head.requestId);
}

/** @throws Refused always */
export function refuse(head: RequestHead, family: Family, kind: keyof typeof refusals, message: string): never {
  const [code, status] = refusals[kind][family];
  throw new Refused(failure(family, head, new EngineError(code, message, status)));
}
