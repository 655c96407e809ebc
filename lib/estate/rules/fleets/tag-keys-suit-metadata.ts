import { cloudOf } from '../../../clouds/clouds';
import { METADATA_PATHS } from '../../../facts/aws/limits';
import { rename } from '../../findings/remedy';
import type { Estate, Region } from '../../model/model';
import { ESTATE_PATH, fleets, type Problem, type Rule } from '../rule';

/** Tag keys are such that the instance metadata service takes them. Source: "View tags for your EC2 instances using instance metadata"; "Tag your Amazon EC2 resources" (restrictions); ECS, "TagResources". */
export const tagKeysSuitMetadata: Rule = {
  code: 'TAG_KEY',
  title: 'Tag keys are letters, digits and + - = . , _ : @, and none is reserved.',
  why: 'hosts read their tags from the metadata service, and a launch with another key is refused',
  check: (estate) => written(estate).flatMap((tags) => checkTags(tags)),
};

interface Tags {
  readonly file: string;
  readonly path: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** Regions whose resources get them. */
  readonly regions: readonly Region[];
}

function written(estate: Estate): Tags[] {
  return [
    { file: ESTATE_PATH, path: ['tags'], tags: estate.tags, regions: estate.regions },
    ...estate.regions.map((region) => ({ file: region.file, path: ['tags'], tags: region.tags, regions: [region] })),
    ...fleets(estate).map(({ region, fleet, path }) => ({
      file: region.file,
      path: [...path, 'tags'],
      tags: fleet.tags,
      regions: [region],
    })),
  ];
}

function checkTags({ file, path, tags, regions }: Tags): Problem[] {
  const problems = Object.keys(tags).flatMap((key): Problem[] => {
    const message = refusal(key);
    if (message === undefined) return [];
    const plain = key.replace(/^(aws|meissa):/i, '').replace(/[^A-Za-z0-9+\-=.,_:@]+/g, '-');
    return [
      {
        file,
        path: [...path, key],
        message: `the tag key "${key}" ${message}`,
        write: [rename([...path, key], plain.replace(/^(\.\.?|_index)$/, 'tag'))],
      },
    ];
  });
  const count = Object.keys(tags).length;
  const [least] = regions.map((region) => cloudOf(region).tags).sort((a, b) => a.all - a.own - (b.all - b.own));
  if (least !== undefined && count > least.all - least.own)
    problems.push({
      file,
      path,
      message: `${count} tags`,
      fix: `write at most ${least.all - least.own}: a resource takes ${least.all}, some are this toolkit's own`,
    });
  return problems;
}

function refusal(key: string): string | undefined {
  if (/^aws:/i.test(key)) return "begins with aws:, which is the cloud's own";
  if (/^meissa:/i.test(key)) return "begins with meissa:, which is this toolkit's own";
  if (METADATA_PATHS.includes(key)) return 'is a path of the metadata service';
  if (key === 'Name') return "is set by this toolkit to the host's name";
  return /^[A-Za-z0-9+\-=.,_:@]+$/.test(key) ? undefined : "holds a character that the metadata service doesn't take";
}
