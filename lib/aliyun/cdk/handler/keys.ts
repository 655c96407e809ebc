/** Aliyun's keys from a secret's text. Nothing of the text is ever in an error. */
import { type CredentialsProvider, explicitCredentials } from '../../cloud';
import { RosStackFailure } from './failure';

const SHAPE = '{"accessKeyId": "...", "accessKeySecret": "..."}, with "securityToken" where STS gave them out';

/** @throws RosStackFailure for a secret of another shape */
export function keysOf(text: string): CredentialsProvider {
  const { accessKeyId, accessKeySecret, securityToken } = fieldsOf(text);
  if (!isText(accessKeyId) || !isText(accessKeySecret) || !(securityToken === undefined || isText(securityToken)))
    throw notKeys('it lacks a field, or a field is no text');
  return explicitCredentials({
    accessKeyId,
    accessKeySecret,
    ...(securityToken === undefined ? {} : { securityToken }),
  });
}

function fieldsOf(text: string): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw notKeys('it is not JSON');
  }
  if (typeof parsed !== 'object' || parsed === null) throw notKeys('it is not a JSON object');
  return parsed as Record<string, unknown>;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

const notKeys = (why: string): RosStackFailure =>
  new RosStackFailure('CREDENTIALS_SECRET', `the secret holds no Aliyun access key: ${why}`, `write ${SHAPE}`);
