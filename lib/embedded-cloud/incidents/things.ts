/** What hosts and deploys need is not there: a disk, an image, a key, a bucket. */
import type { Bucket } from '../store/buckets';
import type { Outages } from '../store/outages';
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

/** Something that is out, or not any more. */
function out(list: 'images' | 'keys', name: string, is: boolean) {
  return (scene: Scene, said: Said): string => {
    const region = regionOf(scene, said);
    const { [name]: which = '' } = said;
    const outages: Outages = region.outages;
    outages[list] = [...outages[list].filter((each) => each !== which), ...(is ? [which] : [])];
    return is ? `nothing starts ${list === 'images' ? 'from' : 'under'} ${which}` : `${which} is as before`;
  };
}

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
    happen: out('images', 'image', true),
  },
  'image-back': { what: 'An image is there again.', needs: ['region', 'image'], happen: out('images', 'image', false) },
  'key-unusable': {
    what: 'A key is disabled or about to be deleted: no disk under it is made or opened. `key` is as templates name it.',
    needs: ['region', 'key'],
    happen: out('keys', 'key', true),
  },
  'key-back': { what: 'The deletion of a key is cancelled.', needs: ['region', 'key'], happen: out('keys', 'key', false) },
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
