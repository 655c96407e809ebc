/** Secrets Manager as far as functions need it: a secret is made, given a value, and read whole by its name or ARN. */

import type { JsonObject } from '../../../engine/json';
import type { Region } from '../../store/world';
import { AwsError } from '../aws-error';
import { nameSuffix } from '../ids';
import { partitionOf } from '../world/zones';

const TYPE = 'AWS::SecretsManager::Secret';

/** ARN of the secret that a call is about; its last six characters are chance ("Secrets Manager ARNs"). @default - there is none yet */
export function secretArn(region: Region, id: string): string | undefined {
  return secretOf(region, id)?.id;
}

export function createSecret(region: Region, { Name, SecretString }: JsonObject): object {
  const name = String(Name);
  if (!/^[\w/+=.@-]{1,512}$/.test(name)) throw new AwsError('ValidationException', `Invalid name: ${name}`);
  if (secretOf(region, name))
    throw new AwsError('ResourceExistsException', `The operation failed because the secret ${name} already exists.`);
  const arn = `arn:${partitionOf(region.name)}:secretsmanager:${region.name}:${region.account}:secret:${name}-${nameSuffix(6)}`;
  region.things[`${TYPE} ${name}`] = {
    id: arn,
    type: TYPE,
    properties: { Name: name, SecretString: String(SecretString ?? '') },
  };
  return { ARN: arn, Name: name };
}

export function putSecretValue(region: Region, { SecretId, SecretString }: JsonObject): object {
  const found = must(region, String(SecretId));
  found.properties.SecretString = String(SecretString ?? '');
  return { ARN: found.id, Name: found.properties.Name };
}

export function getSecretValue(region: Region, { SecretId }: JsonObject): object {
  const found = must(region, String(SecretId));
  return {
    ARN: found.id,
    Name: found.properties.Name,
    SecretString: found.properties.SecretString,
    VersionStages: ['AWSCURRENT'],
  };
}

function secretOf(region: Region, id: string) {
  return region.things[`${TYPE} ${id}`] ?? Object.values(region.things).find((thing) => thing.type === TYPE && thing.id === id);
}

function must(region: Region, id: string) {
  const found = secretOf(region, id);
  if (found) return found;
  throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
}
