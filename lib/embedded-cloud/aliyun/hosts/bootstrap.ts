import { sha256 } from '../../../engine/ids';
import type { ObjectStore } from '../../store/objects';
import type { World } from '../../store/world';

/** Where a host's bootstrap looks for its configuration. */
export interface ConfigurationPlace {
  region: string;
  bucket: string;
  /** `config/<FleetId>/` */
  folder: string;
  /** Of the configuration. @default - a manifest in the folder says it */
  digest?: string;
}

/** Reads the place from a host's user data: its bootstrap begins with `R,B,K='<region>','<bucket>','<folder>'`, or `R,B,K,d=` and a digest more. */
export function placeOf(userData: string): ConfigurationPlace | undefined {
  const m = /\bR,B,K(?:,d)?='([a-z0-9-]+)','([a-z0-9-]+)','((?:[\w.-]+\/)+)'(?:,'([0-9a-f]{64})')?/.exec(userData);
  const [, region, bucket, folder, digest] = m ?? [];
  if (region === undefined || bucket === undefined || folder === undefined) return undefined;
  return { region, bucket, folder, ...(digest === undefined ? {} : { digest }) };
}

/**
 * What a bootstrap gets: the digest of its configuration, whose bytes were there and right; undefined:
 * it couldn't get one.
 */
export function fetchConfiguration(world: World, objects: ObjectStore, at: ConfigurationPlace): string | undefined {
  const bucket = world.ossBuckets[at.bucket];
  // The bucket is asked at the endpoint of the host's own region.
  if (bucket?.region !== at.region) return undefined;
  const read = (key: string) => {
    const object = bucket.objects[at.folder + key];
    return object && objects.read(object.digest);
  };
  const [version, named = ''] = read('manifest')?.toString('utf8').split('\n') ?? [];
  const digest = at.digest ?? (version === 'meissa-config 1' ? named : '');
  const bytes = read(digest);
  return bytes && sha256(bytes) === digest ? digest : undefined;
}
