import { request } from 'node:http';
import { METADATA } from '../../facts/aliyun/limits';
import { type Json, record, text, time } from './answer';
import type { CredentialsOrNone, Surroundings } from './credentials';
import { Secret } from './secret';

/** A machine that isn't an ECS instance has nothing at that address: nobody should wait long to learn it. */
const TIMEOUT_MS = 1500;
const LARGEST = 64 * 1024;

/**
 * Keys of the RAM role of the instance that this runs on, from its metadata service in the mode that asks for a token first (ECS, "Obtain
 * instance metadata", security hardening mode); no other mode is used.
 * @param role name of the role @default ALIBABA_CLOUD_ECS_METADATA, then what the metadata service names
 */
export async function fromInstanceRole(
  { environment = process.env, metadata = METADATA }: Surroundings,
  role?: string,
): Promise<CredentialsOrNone> {
  if (environment.ALIBABA_CLOUD_ECS_METADATA_DISABLED?.toLowerCase() === 'true') {
    return { none: "the instance's metadata service is switched off (ALIBABA_CLOUD_ECS_METADATA_DISABLED)" };
  }
  const where = `the metadata service of the instance (${metadata})`;
  try {
    const token = await ask(metadata, 'PUT', '/latest/api/token', { 'X-aliyun-ecs-metadata-token-ttl-seconds': '300' });
    const headers = { 'X-aliyun-ecs-metadata-token': token };
    const base = '/latest/meta-data/ram/security-credentials/';
    const name = role || environment.ALIBABA_CLOUD_ECS_METADATA?.trim() || (await ask(metadata, 'GET', base, headers)).trim();
    if (!/^[\w.@-]{1,64}$/.test(name)) return { none: `${where} names no RAM role` };
    const given = parsed(await ask(metadata, 'GET', `${base}${name}`, headers));
    const expires = time(given.Expiration);
    if (given.Code !== 'Success' || !given.AccessKeyId || !given.AccessKeySecret || !given.SecurityToken || !expires) {
      return { none: `${where} gives no keys of role ${name}` };
    }
    return {
      accessKeyId: new Secret(text(given.AccessKeyId)),
      accessKeySecret: new Secret(text(given.AccessKeySecret)),
      securityToken: new Secret(text(given.SecurityToken)),
      expires,
      source: `RAM role ${name} of the instance`,
    };
  } catch (error) {
    return { none: `${where} doesn't answer (${error instanceof Unanswered ? error.message : 'no connection'})` };
  }
}

/** Why nothing came; its message holds nothing of an answer. */
class Unanswered extends Error {}

function parsed(answer: string): Record<string, Json> {
  try {
    return record(JSON.parse(answer) as Json);
  } catch {
    throw new Unanswered('not JSON');
  }
}

function ask(metadata: string, method: string, path: string, headers: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request(new URL(path, metadata), { method, headers, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        body += chunk;
        if (body.length > LARGEST) asked.destroy(new Unanswered('too long an answer'));
      });
      response.on('error', reject);
      response.on('end', () =>
        response.statusCode === 200 ? resolve(body) : reject(new Unanswered(`status ${response.statusCode}`)),
      );
    });
    const deadline = setTimeout(() => asked.destroy(new Unanswered(`nothing within ${TIMEOUT_MS} ms`)), TIMEOUT_MS);
    asked.on('close', () => clearTimeout(deadline));
    asked.on('error', reject);
    asked.end();
  });
}
