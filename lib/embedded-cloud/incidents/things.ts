/** What hosts and deploys need is not there: a disk, an image, a key, a bucket. */
import type { Bucket } from '../store/buckets';
import { beginAnew, hostOf } from './hosts';
import { type Incident, regionOf, type Said, type Scene, Untold } from './incident';

/** Of a host `<host>/<volume>`, or a volume's own id. */
function volumeOf(scene: Scene, said: Said): string {
  const region = regionOf(scene, said);
  const { volume = '' } = said;
  if (Object.hasOwn(region.volumes, volume) || Object.hasOwn(region.aliyun.disks, volume)) return volume;
  const [host = '', name = ''] = volume.split('/');
  const { aws, aliyun } = hostOf(region, host);
  const { tags } = aws ?? aliyun;
  const id = tags[`meissa:volume:${name}`];
  if (id === undefined) throw new Untold(`${host} has no volume ${name}`);
  return id;
}

/** An image that is out, or not any more. */
const imageIs =
  (out: boolean) =>
  (scene: Scene, said: Said): string => {
    const { outages } = regionOf(scene, said);
    const { image = '' } = said;
    outages.images = [...outages.images.filter((each) => each !== image), ...(out ? [image] : [])];
    return out ? `nothing starts from ${image}` : `${image} is as before`;
  };

const keyIs =
  (out: boolean) =>
  (scene: Scene, said: Said): string => {
    const { outages } = regionOf(scene, said);
    const { key = '' } = said;
    if (out) outages.keys[key] = { state: 'PendingDeletion' };
    else delete outages.keys[key];
    return out ? `nothing starts under ${key}` : `${key} is as before`;
  };

function bucketOf({ backend: { world } }: Scene, { bucket = '' }: Said): { bucket: Bucket; among: Record<string, Bucket> } {
  const among = Object.hasOwn(world.buckets, bucket) ? world.buckets : world.ossBuckets;
  const found = Object.hasOwn(among, bucket) ? among[bucket] : undefined;
  if (found === undefined) throw new Untold(`there is no bucket ${bucket}`);
  return { bucket: found, among };
}

export const thingIncidents = {
  'volume-lost': {
    what: 'A volume fails: its host is not well, and nothing attaches it. `volume` is its id, or <host>/<volume>.',
    needs: ['region', 'volume'],
    happen(scene, said) {
      const region = regionOf(scene, said);
      const id = volumeOf(scene, said);
      region.outages.volumes.push(id);
      beginAnew(scene, region, ({ aws, aliyun }) =>
        [...Object.values(aws?.volumes ?? {}), ...(aliyun?.disks ?? [])].includes(id),
      );
      return `${id} has failed`;
    },
  },
  'image-gone': {
    what: 'An image is deregistered: nothing starts from it. What runs goes on.',
    needs: ['region', 'image'],
    happen: imageIs(true),
  },
  'image-back': { what: 'An image is there again.', needs: ['region', 'image'], happen: imageIs(false) },
  'key-unusable': {
    what: 'A key is disabled or about to be deleted: no disk under it is made or opened. `key` is as templates name it.',
    needs: ['region', 'key'],
    happen: keyIs(true),
  },
  'key-back': { what: 'The deletion of a key is cancelled.', needs: ['region', 'key'], happen: keyIs(false) },
  'bucket-emptied': {
    what: 'All objects of a bucket are deleted, with all their versions.',
    needs: ['bucket'],
    happen(scene, said) {
      const { bucket } = bucketOf(scene, said);
      const count = Object.keys(bucket.objects).length;
      bucket.objects = {};
      return `${count} objects of ${bucket.name} were deleted`;
    },
  },
  'bucket-gone': {
    what: 'A bucket is deleted, with all that is in it.',
    needs: ['bucket'],
    happen(scene, said) {
      const { bucket, among } = bucketOf(scene, said);
      delete among[bucket.name];
      return `${bucket.name} was deleted`;
    },
  },
} as const satisfies Readonly<Record<string, Incident>>;
