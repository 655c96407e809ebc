/**
 * Configurations of members: an object a digest, and a manifest that names the digest of now. Hosts read the manifest at every boot, so the
 * object is there before the manifest names it. Publishing twice is publishing once.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PublishedConfiguration } from '../../aliyun/assembly';
import { NotFound } from '../../aliyun/cloud';
import { DeployError } from '../deploy-error';
import type { DeployStack } from '../engine';

/** What of object storage is needed. */
export interface ObjectStore {
  put(bucket: string, key: string, content: Buffer | string, options?: { readonly contentType?: string }): Promise<unknown>;
  get(bucket: string, key: string): Promise<Buffer>;
  head(bucket: string, key: string): Promise<{ readonly sha256?: string } | undefined>;
}

const HEADER = 'meissa-config 1';

export function configurationManifest(digest: string): string {
  return `${HEADER}\n${digest}\n`;
}

/** The digest that a manifest names. @default - it is none of ours */
export function manifestDigest(text: string): string | undefined {
  return /^meissa-config 1\n([0-9a-f]{64})\n?$/.exec(text)?.[1];
}

/** Whether what is published is what is described. */
export async function isPublished(store: ObjectStore, configuration: PublishedConfiguration): Promise<boolean> {
  return (await publishedDigest(store, configuration)) === configuration.digest;
}

/** The digest that hosts find at their next boot. @default - none is published */
export async function publishedDigest(
  store: ObjectStore,
  { bucket, manifestKey }: PublishedConfiguration,
): Promise<string | undefined> {
  const text = await read(store, bucket, manifestKey);
  return text === undefined ? undefined : manifestDigest(text.toString());
}

/** Publishes the configurations of a stack; names of fleets of which something new was written. */
export async function publishConfigurations(store: ObjectStore, { template, ros }: DeployStack): Promise<string[]> {
  const written: string[] = [];
  for (const configuration of ros?.configurations ?? []) {
    const { fleet, bucket, objectKey, manifestKey, digest, file } = configuration;
    if (await isPublished(store, configuration)) continue;
    const text = readFileSync(join(dirname(template), file));
    if (createHash('sha256').update(text).digest('hex') !== digest)
      throw new DeployError('DIGEST_MISMATCH', `${file} of ${fleet} is not what its digest says`, 'synthesize it anew');
    if ((await store.head(bucket, objectKey))?.sha256 !== digest)
      await store.put(bucket, objectKey, text, { contentType: 'text/plain' });
    await store.put(bucket, manifestKey, configurationManifest(digest), { contentType: 'text/plain' });
    written.push(fleet);
  }
  return written;
}

/** The region's bucket is made by its base stack: before that nothing is published. */
async function read(store: ObjectStore, bucket: string, key: string): Promise<Buffer | undefined> {
  try {
    return await store.get(bucket, key);
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}
