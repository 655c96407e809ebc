import type { IncomingMessage } from 'node:http';
import { EngineError } from '../../engine/engine-error';
import { jsonError } from './answers';
import { type CloudResponse, Refused, type RequestHead } from './exchange';

/** Most headers of a request. AWS's SDKs send about twenty. */
const HEADERS = 100;
/** ali-oss names the bucket's host of Aliyun wherever it sends to, without a port; a browser would name the port, and nobody else has these names. */
const OSS_HOST = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]\.(?:oss-)?[a-z]{2}-[a-z0-9-]{1,30}\.aliyuncs\.com$/;
const METHODS = new Set(['GET', 'HEAD', 'PUT', 'POST', 'DELETE']);

const refusal = (status: number, code: string, message: string): Refused => {
  const body = `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
  const response: CloudResponse = { status, headers: { 'content-type': 'text/xml', connection: 'close' }, body };
  return new Refused(response);
};

/** What is neither signed as one of the clouds' clients signs, nor an awaited answer. */
export const unsigned = ({ headers }: RequestHead): Refused =>
  headers['x-amz-target'] === undefined
    ? refusal(403, 'MissingAuthenticationToken', 'Request is missing Authentication Token')
    : new Refused(jsonError(new EngineError('MissingAuthenticationTokenException', 'Missing Authentication Token')));

export const tooLarge = (most: number): Refused =>
  refusal(413, 'RequestEntityTooLarge', `The embedded cloud takes ${most} bytes here`);

/**
 * The door of everything that listens here: what a browser sends for a web page, what came by a foreign name, and what two readers could
 * read differently goes no further, signed or not. Nothing of the request is parsed before.
 *
 * @throws Refused
 */
export function admit({ method = '', url = '', rawHeaders }: IncomingMessage, port: number): void {
  const names = rawHeaders.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase());
  const header = (name: string): string | undefined => rawHeaders[names.indexOf(name) * 2 + 1];
  if (names.length > HEADERS) throw refusal(431, 'RequestHeaderSectionTooLarge', `More than ${HEADERS} headers`);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw refusal(400, 'InvalidRequest', 'A header came twice');
  // A page that resolves a name of its own to loopback is still known by that name (DNS rebinding).
  const host = names.includes('host') ? (header('host') as string) : '';
  if (![`127.0.0.1:${port}`, `localhost:${port}`].includes(host) && !OSS_HOST.test(host))
    throw refusal(403, 'AccessDenied', `The embedded cloud answers to 127.0.0.1:${port} and localhost:${port} only`);
  if (names.includes('origin')) throw refusal(403, 'AccessDenied', 'The embedded cloud takes nothing from web pages');
  if (names.includes('sec-fetch-site') && !['none', 'same-origin'].includes(header('sec-fetch-site') as string))
    throw refusal(403, 'AccessDenied', 'The embedded cloud takes nothing from web pages');
  if (!METHODS.has(method)) throw refusal(405, 'MethodNotAllowed', 'The specified method is not allowed');
  // Printable ASCII from a slash on: neither an absolute form nor a byte that is read in two ways.
  if (!/^\/[\x21-\x7e]*$/.test(url)) throw refusal(400, 'InvalidURI', 'The request target is no path');
}
