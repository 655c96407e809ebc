import type { EngineError } from '../../engine/engine-error';
import type { CloudResponse } from './exchange';
import { content, element, type XmlValue } from './xml';

const xml = (body: string, status = 200): CloudResponse => ({ status, headers: { 'content-type': 'text/xml' }, body });

/** An answer of the query protocol (CloudFormation, STS, Auto Scaling). */
export const queryAnswer = (namespace: string, action: string, result: XmlValue, requestId: string): CloudResponse =>
  xml(
    `<${action}Response xmlns="${namespace}">${element(`${action}Result`, result ?? {}, 'member')}` +
      `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${action}Response>`,
  );

/** An error of the query protocol. */
export const queryError = (namespace: string, error: EngineError, requestId: string): CloudResponse =>
  xml(
    `<ErrorResponse xmlns="${namespace}"><Error>${content(
      { Type: error.status >= 500 ? 'Receiver' : 'Sender', Code: error.code, Message: error.message },
      'member',
    )}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
    error.status,
  );

/** An answer of EC2's own protocol: no result wrapper, lists of `item`. */
export const ec2Answer = (namespace: string, action: string, result: XmlValue, requestId: string): CloudResponse =>
  xml(
    `<${action}Response xmlns="${namespace}"><requestId>${requestId}</requestId>${content(result, 'item')}</${action}Response>`,
  );

/** An error of EC2's own protocol. */
export const ec2Error = (error: EngineError, requestId: string): CloudResponse =>
  xml(
    `<Response><Errors>${element('Error', { Code: error.code, Message: error.message }, 'item')}</Errors>` +
      `<RequestID>${requestId}</RequestID></Response>`,
    error.status,
  );

/** An answer of the JSON protocols. */
export const jsonAnswer = (value: unknown, status = 200): CloudResponse => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.1' },
  body: JSON.stringify(value),
});

/** An error of the JSON protocols. */
export const jsonError = (error: EngineError): CloudResponse =>
  jsonAnswer({ __type: error.code, message: error.message }, error.status);

/** An error of S3. */
export const s3Error = (error: EngineError, resource: string, requestId: string, head: boolean): CloudResponse =>
  head
    ? { status: error.status }
    : xml(
        element('Error', { Code: error.code, Message: error.message, Resource: resource, RequestId: requestId }, ''),
        error.status,
      );
