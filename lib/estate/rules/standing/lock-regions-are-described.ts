import { cloudOf } from '../../../clouds/clouds';
import type { Step } from '../../findings/remedy';
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
    const lost = new Map<string, Known[]>();
    for (const known of knownToLocks(estate, files)) {
      const { region, file } = known;
      if (!places.includes(region) && !(file === IMAGES_LOCK && ids.includes(region)))
        lost.set(region, [...(lost.get(region) ?? []), known]);
    }
    return [...lost].map(([region, known]) => problem(estate, region, known));
  },
};

/** One region that went, wherever locks know it. Later entries are taken away first, so that the numbers of the others stay. */
function problem(estate: Estate, region: string, known: readonly Known[]): Problem {
  const [{ file, path, what }, ...more] = known as [Known, ...Known[]];
  return {
    file,
    path,
    message: `${what} of "${region}", which has no file${more.length > 0 ? `; so ${more.length === 1 ? 'has' : 'have'} ${more.length} more in the locks` : ''}`,
    write: [known.map(({ forget }) => forget).reverse()],
    fix: `once it is destroyed; until then take regions/${region}.yaml back from git`,
    ...(more.length > 0 && { also: more.map((one) => estate.locate(one.file, one.path)) }),
  };
}

/** Names of regions that stand in a lock and have no file. */
export function lostRegions(estate: Estate, files: readonly string[]): string[] {
  return knownToLocks(estate, files)
    .map(({ region }) => region)
    .filter((region) => !files.includes(`${region}.yaml`));
}

/** A region by its name in a lock. */
interface Known {
  readonly region: string;
  readonly file: string;
  readonly path: readonly (string | number)[];
  readonly what: string;
  readonly forget: Step;
}

function knownToLocks({ locks }: Estate, files: readonly string[]): Known[] {
  return [
    ...files.flatMap((name): Known[] => {
      const region = MEMBERS_LOCK.exec(name)?.[1];
      const known = {
        file: `regions/${name}`,
        path: ['region'],
        what: 'this is the members lock',
        forget: { delete: `regions/${name}` },
      };
      return region === undefined ? [] : [{ region, ...known }];
    }),
    ...locks.tokens.tokens.map(({ region }, i): Known => {
      const at = { file: TOKENS_LOCK, path: ['tokens', i, 'region'] };
      return { region, ...at, what: 'this is a token', forget: { remove: ['tokens', i], file: TOKENS_LOCK } };
    }),
    ...Object.keys(locks.images.copies).map((region): Known => {
      const at = { file: IMAGES_LOCK, path: ['copies', region] };
      return { region, ...at, what: 'this is a copied image', forget: { remove: ['copies', region], file: IMAGES_LOCK } };
    }),
  ];
}
