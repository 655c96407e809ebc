/** The function as Lambda runs it: the secret and the assets come by the SDK that its Node.js has. */
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Begun, CompleteRequest, Completion, StackEventRequest } from './events';
import { RosStackFailure } from './failure';
import * as handler from './handler';
import type { Surroundings } from './session';

/** Environment variable that names the secret. */
export const SECRET_VARIABLE = 'MEISSA_ALIYUN_SECRET';

function surroundings(): Surroundings {
  return { secret, file, environment: process.env };
}

async function secret(): Promise<string> {
  const id = process.env[SECRET_VARIABLE];
  try {
    const { SecretString } = await new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId: id }));
    return SecretString ?? '';
  } catch (error) {
    throw unreadable(`the secret ${id}`, error, 'make the secret in this region, or name the right one');
  }
}

async function file(bucket: string, key: string): Promise<Buffer> {
  try {
    const { Body } = await new S3Client({}).send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  } catch (error) {
    throw unreadable(`asset s3://${bucket}/${key}`, error, 'publish it anew: cdk deploy');
  }
}

function unreadable(what: string, error: unknown, wayOn: string): RosStackFailure {
  const { name, message } = error as Error;
  return new RosStackFailure('UNREADABLE', `${what} can't be read: ${message} (${name})`, wayOn);
}

/** Handler of what CloudFormation asks. */
export function onEvent(event: StackEventRequest): Promise<Begun> {
  return handler.onEvent(event, surroundings());
}

/** Handler of whether it is over. */
export function isComplete(event: CompleteRequest): Promise<Completion> {
  return handler.isComplete(event, surroundings());
}
