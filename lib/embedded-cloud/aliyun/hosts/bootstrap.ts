import { sha256 } from '../../../engine/ids';
import type { ObjectStore } from '../../store/objects';
import type { World } from '../../store/world';

/** Where a member's bootstrap looks for its configuration. */
export interface ConfigurationPlace {
  region: string;
  bucket: string;
  /** `config/<FleetId>/` */
  folder: string;
}

/** Reads the place from a member's user data: its bootstrap begins with `R,B,K='<region>','<bucket>','<folder>'`. */
export function placeOf(userData: string): ConfigurationPlace | undefined {
  const m = /\bR,\s*B,\s*K\s*=\s*'([a-z0-9-]+)',\s*'([a-z0-9-]+)',\s*'((?:[\w.-]+\/)+)'/.exec(userData);
  return m ? { region: m[1] as string, bucket: m[2] as string, folder: m[3] as string } : undefined;
}

/**
 * What a bootstrap gets: the digest of the configuration that the manifest names, whose bytes were there and right; undefined:
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
  const [version, digest = ''] = read('manifest')?.toString('utf8').split('\n') ?? [];
  const bytes = version === 'meissa-config 1' ? read(digest) : undefined;
  return bytes && sha256(bytes) === digest ? digest : undefined;
}
