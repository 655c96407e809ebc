import type { Backend } from '../../backend';

/** The object that an S3 address (path style, virtual host, or this server's own) stands for. */
export function objectByUrl(backend: Backend, url: string): Buffer | undefined {
  const at = bucketAndKey(url);
  const found = at && backend.world.buckets[at.bucket]?.objects[at.key];
  return found && backend.objects.read(found.digest);
}

function bucketAndKey(url: string): { bucket: string; key: string } | undefined {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return undefined;
  }
  const path = decodeURIComponent(parsed.pathname.slice(1));
  const virtual = /^(.+)\.s3[.-][a-z0-9-]*\.?amazonaws\.com(\.cn)?$/.exec(parsed.hostname);
  if (virtual) return { bucket: virtual[1] as string, key: path };
  const slash = path.indexOf('/');
  return slash < 0 ? undefined : { bucket: path.slice(0, slash), key: path.slice(slash + 1) };
}
