import type { RawRequest } from '../../http/exchange';
import { SKEW, sameSignature } from '../../http/signing';
import type { AccessKey, Keys } from '../../keys';
import { AliyunError } from '../aliyun-error';
import { acs3StringToSign, readAcs3, signAcs3, signV1, stringToSign } from './canonical';

/** Remembers nonces as long as their timestamp would be taken. */
export class Nonces {
  private readonly used = new Map<string, number>();

  /** Takes a nonce; false when it was used before. */
  take(account: string, nonce: string, now: number): boolean {
    const key = `${account} ${nonce}`;
    if (this.used.has(key)) return false;
    this.used.set(key, now);
    if (this.used.size > 10_000) for (const [k, at] of this.used) if (at < now - 2 * SKEW) this.used.delete(k);
    return true;
  }
}

/** What a signature is checked against. */
export interface Verifier {
  keys: Keys;
  nonces: Nonces;
  now(): number;
}

const missing = (name: string): AliyunError => new AliyunError(`Missing${name}`, `${name} is mandatory for this action.`);

/**
 * Finds whose request it is, or refuses it as the real gateway does: unknown key, wrong signature, clock off, nonce used, token wrong.
 *
 * @param parameters all parameters of the request, of query and body
 */
export function authenticate(verifier: Verifier, request: RawRequest, parameters: Readonly<Record<string, string>>): AccessKey {
  return readAcs3(request.headers.authorization) ? withHeader(verifier, request) : withParameters(verifier, request, parameters);
}

function withParameters(verifier: Verifier, request: RawRequest, p: Readonly<Record<string, string>>): AccessKey {
  for (const name of ['AccessKeyId', 'Signature', 'SignatureNonce', 'Timestamp']) if (!p[name]) throw missing(name);
  if (p.SignatureMethod !== 'HMAC-SHA1' || p.SignatureVersion !== '1.0')
    throw new AliyunError(
      'InvalidSignatureMethod',
      'Specified signature method is not valid: the embedded cloud takes HMAC-SHA1, version 1.0.',
    );
  const key = keyOf(verifier, p.AccessKeyId as string, p.SecurityToken);
  fresh(verifier, p.Timestamp as string);
  const text = stringToSign(request.method, p);
  if (!sameSignature(signV1(text, key.secret), p.Signature as string)) throw mismatch(text);
  once(verifier, key, p.SignatureNonce as string);
  return key;
}

function withHeader(verifier: Verifier, request: RawRequest): AccessKey {
  const { headers } = request;
  const acs3 = readAcs3(headers.authorization);
  if (!acs3) throw missing('Authorization');
  for (const name of ['x-acs-date', 'x-acs-signature-nonce', 'x-acs-content-sha256']) if (!headers[name]) throw missing(name);
  const key = keyOf(verifier, acs3.accessKeyId, headers['x-acs-security-token']);
  fresh(verifier, headers['x-acs-date'] as string);
  const must = (name: string): boolean => name === 'host' || name.startsWith('x-acs-');
  const unsigned = Object.keys(headers).find((name) => must(name) && !acs3.signedHeaders.includes(name));
  const text = acs3StringToSign(request, acs3.signedHeaders);
  if (unsigned || !sameSignature(signAcs3(text, key.secret), acs3.signature)) throw mismatch(text);
  once(verifier, key, headers['x-acs-signature-nonce'] as string);
  return key;
}

function keyOf(verifier: Verifier, id: string, token: string | undefined): AccessKey {
  const key = verifier.keys.find('aliyun', id);
  // A temporary key without its token is as unknown as one that never was.
  if (!key || (key.securityToken && !token))
    throw new AliyunError('InvalidAccessKeyId.NotFound', 'Specified access key is not found.', 404);
  if (!sameSignature(key.securityToken ?? '', token ?? ''))
    throw new AliyunError(
      'InvalidSecurityToken.MismatchWithAccessKey',
      'Specified SecurityToken mismatch with the AccessKey.',
      403,
    );
  if (key.expires !== undefined && key.expires < verifier.now())
    throw new AliyunError('InvalidSecurityToken.Expired', 'Specified SecurityToken is expired.', 403);
  return key;
}

function fresh(verifier: Verifier, timestamp: string): void {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(timestamp))
    throw new AliyunError('InvalidTimeStamp.Format', 'Specified time stamp or date value is not well formatted.');
  if (Math.abs(Date.parse(timestamp) - verifier.now()) > SKEW)
    throw new AliyunError('InvalidTimeStamp.Expired', 'Specified time stamp or date value is expired.');
}

function once(verifier: Verifier, key: AccessKey, nonce: string): void {
  if (!verifier.nonces.take(key.account, nonce, verifier.now()))
    throw new AliyunError('SignatureNonceUsed', 'Specified signature nonce was used already.');
}

/** The real gateway shows its own string to sign, with everything in it: whoever logs the message logs that. */
const mismatch = (text: string): AliyunError =>
  new AliyunError(
    'SignatureDoesNotMatch',
    `Specified signature is not matched with our calculation. server string to sign is:${text}`,
  );
