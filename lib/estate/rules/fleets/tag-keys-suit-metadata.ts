import { OWN_TAGS, TAGS } from '../../../facts/aws/limits';
import type { Estate } from '../../model';
import { ESTATE_PATH, fleets, type Problem, type Rule } from '../rule';

/** Tag keys are such that the instance metadata service takes them. Source: "View tags for your EC2 instances using instance metadata"; "Tag your Amazon EC2 resources" (restrictions). */
export const tagKeysSuitMetadata: Rule = {
  code: 'TAG_KEY',
  title: 'Tag keys are letters, digits and + - = . , _ : @, and none is reserved.',
  why: 'hosts read their tags from the metadata service, and a launch with another key is refused',
  check: (estate) => written(estate).flatMap(({ file, path, tags }) => checkTags(file, path, tags)),
};

interface Tags {
  readonly file: string;
  readonly path: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

function written(estate: Estate): Tags[] {
  return [
    { file: ESTATE_PATH, path: ['tags'], tags: estate.tags },
    ...estate.regions.map(({ file, tags }) => ({ file, path: ['tags'], tags })),
    ...fleets(estate).map(({ region, fleet, path }) => ({ file: region.file, path: [...path, 'tags'], tags: fleet.tags })),
  ];
}

function checkTags(file: string, path: readonly string[], tags: Readonly<Record<string, string>>): Problem[] {
  const problems = Object.keys(tags).flatMap((key): Problem[] => {
    const message = refusal(key);
    if (message === undefined) return [];
    const plain = key.replace(/^(aws|meissa):/i, '').replace(/[^A-Za-z0-9+\-=.,_:@]+/g, '-');
    return [
      {
        file,
        path: [...path, key],
        message: `the tag key "${key}" ${message}`,
        fix: `write for example "${plain.replace(/^(\.\.?|_index)$/, 'tag')}"`,
      },
    ];
  });
  const most = TAGS - OWN_TAGS;
  const count = Object.keys(tags).length;
  if (count > most)
    problems.push({
      file,
      path,
      message: `${count} tags`,
      fix: `write at most ${most}: a resource takes ${TAGS}, some are this toolkit's own`,
    });
  return problems;
}

function refusal(key: string): string | undefined {
  if (/^aws:/i.test(key)) return "begins with aws:, which is the cloud's own";
  if (/^meissa:/i.test(key)) return "begins with meissa:, which is this toolkit's own";
  if (key === '.' || key === '..' || key === '_index') return 'is a path of the metadata service';
  if (key === 'Name') return "is set by this toolkit to the host's name";
  return /^[A-Za-z0-9+\-=.,_:@]+$/.test(key) ? undefined : "holds a character that the metadata service doesn't take";
}
