import { resolve } from 'node:path';
import { cloudOf } from '../../clouds/clouds';
import { copyImage } from '../../deploy/image-copy';
import { readNamed, utf8 } from '../../disk/read-file';
import { recordCopy, updateImages } from '../../estate/changes/images';
import { lockedImage } from '../../estate/lock-files/images-lock';
import type { Estate } from '../../estate/model/model';
import { type CloudRegionId, cloudRegionId } from '../../facts/region';
import { fetchText } from '../fetching';
import { CURED_BY_COMMANDS, findRegion, loadExcept } from '../loading';
import { Refusal, type Verb, type VerbContext } from '../verb';
import { EXIT } from '../words/output';
import { changeEstate, whileLocked } from './apply';

/** Flatcar's feed of all regions has 5 KiB. */
const FEED = { bytes: 1024 * 1024, why: 'no feed of images is that large' };

/** `meissa images update`: from the feed, a URL or a file, into the lock. */
export const imagesUpdate: Verb = async (context, _args, options) => {
  const { estate } = loadExcept(context, CURED_BY_COMMANDS);
  const from = typeof options.feed === 'string' ? options.feed : feedOf(estate);
  const feed = await readText(context, from);
  const told = typeof options.published === 'string' ? {} : await versionBeside(context, from);
  const published = typeof options.published === 'string' ? options.published : told.published;
  const release = typeof options.release === 'string' ? options.release : told.release;
  if (published === undefined) {
    throw new Refusal(
      'DATE_MISSING',
      `nothing beside ${from} says when the release was published`,
      'give it with --published, for example --published 2023-07-14',
    );
  }
  return changeEstate(
    context,
    () => loadExcept(context, CURED_BY_COMMANDS),
    (now) => updateImages(now, feed, { published, ...(release === undefined ? {} : { release }) }),
  );
};

function feedOf(estate: Estate): string {
  return estate.images.feed.replaceAll('{channel}', estate.images.channel).replaceAll('{arch}', estate.images.architecture);
}

/** A release says its version and day of build in `version.txt` beside the feed. Source: Flatcar, "Release artifacts". */
async function versionBeside(context: VerbContext, from: string): Promise<{ release?: string; published?: string }> {
  if (!isUrl(from)) return {};
  try {
    const text = await fetchText(context, new URL('version.txt', from).href);
    const release = /^FLATCAR_VERSION=(\S+)$/m.exec(text)?.[1];
    const published = /^FLATCAR_BUILD_ID="?(\d{4}-\d{2}-\d{2})/m.exec(text)?.[1];
    return { ...(release === undefined ? {} : { release }), ...(published === undefined ? {} : { published }) };
  } catch {
    return {};
  }
}

function isUrl(from: string): boolean {
  return /^https?:\/\//.test(from);
}

async function readText(context: VerbContext, from: string): Promise<string> {
  if (isUrl(from)) return fetchText(context, from);
  const path = resolve(context.root, from);
  const bytes = readNamed(path, FEED);
  if (bytes === undefined)
    throw new Refusal('FEED_MISSING', `there is no file ${from}`, 'give the feed’s URL or the path of a file');
  return utf8(path, bytes);
}

/** The image of the region itself; where the feed had none, that of another region of its partition. */
function sourceOf(
  { locks: { images }, awsRegions }: Estate,
  region: CloudRegionId,
): { sourceImage: string; sourceRegion?: string } | undefined {
  const own = lockedImage(images, region);
  if (own !== undefined) return { sourceImage: own };
  const partition = awsRegions.get(region)?.partition;
  const [other] = Object.entries(images.images).filter(([name]) => awsRegions.get(cloudRegionId(name))?.partition === partition);
  return other === undefined ? undefined : { sourceRegion: other[0], sourceImage: other[1] };
}

/** `meissa images copy [region...]`: a copy a region, each recorded as soon as it is made. */
export const imagesCopy: Verb = async (context, args) => {
  const names = (args[0] as string[] | undefined) ?? [];
  const { estate: first } = loadExcept(context, CURED_BY_COMMANDS);
  const regions = names.length === 0 ? first.regions.filter((r) => cloudOf(r).imagesLocked).map((r) => r.name) : names;
  const copied: { region: string; image: string }[] = [];
  await whileLocked(context, async (write) => {
    for (const name of regions) {
      // Read again: what the last region recorded is in the lock by now.
      const { estate } = loadExcept(context, CURED_BY_COMMANDS);
      const region = findRegion(estate, name);
      const { images } = estate.locks;
      if (images.copies[region.cloudRegion] !== undefined) {
        context.output.say(`${region.name}: ${images.copies[region.cloudRegion]} is a copy of release ${images.release} already`);
        continue;
      }
      const source = sourceOf(estate, region.cloudRegion);
      if (source === undefined) {
        const why =
          images.release === ''
            ? 'run `meissa images update` first'
            : `give \`meissa images update --feed\` a feed that has ${region.name}: no region of its partition has an image`;
        throw new Refusal('IMAGE_MISSING', `no image for ${region.name}`, why);
      }
      const image = await copyImage({ region: region.cloudRegion, ...source, release: images.release });
      for (const line of write(recordCopy(estate, region.name, image)).words) context.output.say(line);
      copied.push({ region: region.name, image });
    }
  });
  if (context.json) context.output.json({ version: 1, copied });
  return EXIT.ok;
};
