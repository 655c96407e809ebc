import { cloudOf } from '../../../clouds/clouds';
import { IMAGES_LOCK } from '../../lock-files/images-lock';
import { TOKENS_LOCK } from '../../lock-files/tokens-lock';
import type { Estate } from '../../model/model';
import type { Problem, Rule } from '../rule';

const MEMBERS_LOCK = /^(.+)\.members\.lock\.yaml$/;

/** A region that a lock knows has a file. Source: the design of this toolkit (nothing is removed that is only no longer described). */
export const lockRegionsAreDescribed: Rule = {
  code: 'LOCK_WITHOUT_REGION',
  title: 'A region that a lock knows has a file.',
  why: 'its hosts and networks stand and are paid for, and no verb sees them: nothing is removed because its file is gone',
  check(estate, { files }) {
    if (files === undefined) return [];
    const places = files.filter((name) => !name.endsWith('.lock.yaml')).map((name) => name.slice(0, -'.yaml'.length));
    // The images lock calls regions as their cloud does.
    const ids = estate.regions.flatMap((region) => (cloudOf(region).imagesLocked ? [`${region.cloudRegion}`] : []));
    return knownToLocks(estate, files).flatMap(({ region, file, path, what, instead }): Problem[] => {
      if (places.includes(region) || (file === IMAGES_LOCK && ids.includes(region))) return [];
      const fix = `write regions/${region}.yaml again, as git has it; once it is destroyed, ${instead}`;
      return [{ file, path, message: `${what} of "${region}", which has no file`, fix }];
    });
  },
};

/** A region by its name in a lock. */
interface Known {
  readonly region: string;
  readonly file: string;
  readonly path: readonly (string | number)[];
  readonly what: string;
  readonly instead: string;
}

function knownToLocks({ locks }: Estate, files: readonly string[]): Known[] {
  return [
    ...files.flatMap((name): Known[] => {
      const region = MEMBERS_LOCK.exec(name)?.[1];
      const known = { file: `regions/${name}`, path: ['region'], what: 'this is the members lock', instead: 'delete this lock' };
      return region === undefined ? [] : [{ region, ...known }];
    }),
    ...locks.tokens.tokens.map(({ region }, i): Known => {
      const at = { file: TOKENS_LOCK, path: ['tokens', i, 'region'] };
      return { region, ...at, what: 'this is a token', instead: 'delete this entry' };
    }),
    ...Object.keys(locks.images.copies).map((region): Known => {
      const at = { file: IMAGES_LOCK, path: ['copies', region] };
      return { region, ...at, what: 'this is a copied image', instead: 'delete the copy and this line' };
    }),
  ];
}
