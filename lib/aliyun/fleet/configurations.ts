/**
 * Configurations of fleets in object storage: an object a digest, and for members a manifest that names the digest of now. They read the
 * manifest at every boot, so the object is there before the manifest names it; hosts of elastic fleets have the digest from their launch.
 * Publishing twice is publishing once.
 */
import type { PublishedConfiguration } from '../assembly';
import { NotFound } from '../cloud';

/** What of object storage is needed. */
export interface ObjectStore {
  put(bucket: string, key: string, content: Buffer | string, options?: { readonly contentType?: string }): Promise<unknown>;
  get(bucket: string, key: string): Promise<Buffer>;
  head(bucket: string, key: string): Promise<{ readonly sha256?: string } | undefined>;
}

const HEADER = 'meissa-config 1';

/** Where a configuration lies, and its digest. */
type PublishedPlace = Pick<PublishedConfiguration, 'bucket' | 'manifestKey' | 'objectKey' | 'digest'>;

/** @param fence of the run that publishes it @default - none: whoever has one may write over it */
export function configurationManifest(digest: string, fence?: number): string {
  return `${HEADER}\n${digest}\n${fence === undefined ? '' : `fence ${fence}\n`}`;
}

/** What hosts read are the first two lines; the third is for who publishes. */
const MANIFEST = /^meissa-config 1\n([0-9a-f]{64})(?:\nfence (\d{1,15}))?\n?$/;

/** The digest that a manifest names. @default - it is none of ours */
export function manifestDigest(text: string): string | undefined {
  return MANIFEST.exec(text)?.[1];
}

/** Whether what is published is what is described. */
export async function isPublished(store: ObjectStore, configuration: PublishedPlace): Promise<boolean> {
  return (await publishedDigest(store, configuration)) === configuration.digest;
}

/** The digest that hosts find at their next boot, those of an elastic fleet at their first. @default - none is published */
export async function publishedDigest(store: ObjectStore, place: PublishedPlace): Promise<string | undefined> {
  const { bucket, manifestKey } = place;
  if (manifestKey === undefined) return (await hasObject(store, place)) ? place.digest : undefined;
  const text = await read(store, bucket, manifestKey);
  return text === undefined ? undefined : manifestDigest(text.toString());
}

/** Puts the object where it isn't yet: no host reads it before a manifest names it. */
export async function putConfiguration(store: ObjectStore, place: PublishedPlace, text: Buffer | string): Promise<void> {
  if (await hasObject(store, place)) return;
  await store.put(place.bucket, place.objectKey, text, { contentType: 'text/plain' });
}

async function hasObject(store: ObjectStore, { bucket, objectKey, digest }: PublishedPlace): Promise<boolean> {
  try {
    return (await store.head(bucket, objectKey))?.sha256 === digest;
  } catch (error) {
    if (error instanceof NotFound) return false;
    throw error;
  }
}

/**
 * From now on members that boot run with this one; where hosts have the digest from their launch, nothing is left to do.
 *
 * @param fence of the run's lease: over what a later run has published nothing is written @default - nobody is looked for
 * @returns whether it was written, where there is something to write
 */
export async function putManifest(
  store: ObjectStore,
  { bucket, manifestKey, digest }: PublishedPlace,
  fence?: number,
): Promise<boolean> {
  if (manifestKey === undefined) return true;
  if (fence !== undefined) {
    const stands = MANIFEST.exec((await read(store, bucket, manifestKey))?.toString() ?? '');
    if (Number(stands?.[2] ?? 0) > fence) return false;
  }
  await store.put(bucket, manifestKey, configurationManifest(digest, fence), { contentType: 'text/plain' });
  return true;
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
