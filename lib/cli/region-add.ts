import { addRegion } from '../estate/changes/add-region';
import { diskSource } from '../estate/files/disk-source';
import type { Provider } from '../estate/model';
import { applyChange } from './apply';
import { findRegion, loadValid } from './loading';
import { Refusal, type Verb } from './verb';

/** `meissa region add <region>`: only that region's file is written. */
export const regionAdd: Verb = (context, args, options) => {
  const { estate } = loadValid(context);
  const like = typeof options.like === 'string' ? findRegion(estate, options.like) : undefined;
  const provider = cloudOf(options.provider);
  const account = typeof options.account === 'string' ? options.account : undefined;
  return applyChange(
    context,
    addRegion(estate, args[0] as string, {
      ...(like === undefined ? {} : { like: { region: like, text: diskSource(context.root).read(like.file)! } }),
      ...(provider === undefined ? {} : { provider }),
      ...(account === undefined ? {} : { account }),
    }),
  );
};

function cloudOf(written: unknown): Provider | undefined {
  if (written === undefined || written === 'aws' || written === 'aliyun') return written;
  throw new Refusal('UNKNOWN_CLOUD', `there is no cloud "${written}"`, '--provider aws, or --provider aliyun');
}
