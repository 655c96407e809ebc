import { CLOUDS } from '../../clouds/clouds';
import { addRegion } from '../../estate/changes/add-region';
import { diskSource } from '../../estate/files/disk-source';
import type { Provider } from '../../estate/model/model';
import { findRegion, loadExcept } from '../loading';
import { Refusal, type Verb } from '../verb';
import { changeEstate } from './apply';

/** What the region that was added a moment ago still lacks doesn't stand in the way of the next one. */
const LEFT_FOR_LATER = ['MEMBER_NOT_PINNED', 'TOKEN_MISSING', 'ARTIFACT_MISSING', 'IMAGE_MISSING'];

/** `meissa region add <region>`: only that region's file is written. */
export const regionAdd: Verb = (context, args, options) => {
  const provider = cloudOf(options.provider);
  const cloudRegion = typeof options.cloudRegion === 'string' ? options.cloudRegion : undefined;
  const account = typeof options.account === 'string' ? options.account : undefined;
  return changeEstate(
    context,
    () => loadExcept(context, LEFT_FOR_LATER),
    (estate) => {
      const like = typeof options.like === 'string' ? findRegion(estate, options.like) : undefined;
      return addRegion(estate, args[0] as string, {
        ...(like === undefined ? {} : { like: { region: like, text: diskSource(context.root).read(like.file)! } }),
        ...(provider === undefined ? {} : { provider }),
        ...(cloudRegion === undefined ? {} : { cloudRegion }),
        ...(account === undefined ? {} : { account }),
      });
    },
  );
};

function cloudOf(written: unknown): Provider | undefined {
  const clouds = Object.keys(CLOUDS) as Provider[];
  const named = clouds.find((one) => one === written);
  if (named !== undefined || written === undefined) return named;
  throw new Refusal('UNKNOWN_CLOUD', `there is no cloud "${written}"`, clouds.map((one) => `--provider ${one}`).join(', or '));
}
