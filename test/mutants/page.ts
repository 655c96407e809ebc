/** `docs/mutants.md`: every mutant and who caught it. */
import type { Verdict } from './judges';
import type { Mutant, World } from './mutant';

const WORLDS: Readonly<Record<World, string>> = {
  overseas: 'Two AWS regions and a data centre',
  ads: 'Two AWS regions that collect',
  inland: 'Two Aliyun regions and a data centre',
};

const HOW = { standing: ' [1]', arriving: ' [2]' } as const;

export interface Row {
  readonly mutant: Mutant;
  readonly verdict: Verdict;
}

export function mutantsPage(rows: readonly Row[]): string {
  const by = ({ verdict: { rehearse, diff } }: Row) => [rehearse.length > 0, diff.length > 0] as const;
  const both = rows.filter((row) => by(row).every(Boolean)).length;
  const alone = (which: 0 | 1) => rows.filter((row) => by(row)[which] && !by(row)[1 - which]).length;
  const tables = (Object.keys(WORLDS) as World[]).flatMap((world) => [
    `## ${WORLDS[world]}`,
    '',
    '| the mistake | \\`rehearse\\`: losses | \\`diff\\`: meanings |'.replaceAll('\\', ''),
    '| --- | --- | --- |',
    ...rows
      .filter(({ mutant }) => mutant.world === world)
      .map(
        ({ mutant, verdict }) =>
          `| ${mutant.what}${mutant.roll ? HOW[mutant.roll] : ''} | ${cell(verdict.rehearse)} | ${cell(verdict.diff)} |`,
      ),
    '',
  ]);
  return [
    '# Mutants: mistakes of our own emitters, and who catches them',
    '',
    'Each row is a mistake that an emitter could make, made in what is emitted for an estate of the tests. It counts as caught when the deploy in',
    'virtual time finds a loss, or the diff has a meaning better than cosmetic that names the thing; what is said of the same change without the',
    'mistake does not count. Written by `MEISSA_UPDATE_GOLDEN=1 npx jest test/mutants`, which fails where one is missed.',
    '',
    `${rows.length} mutants: ${both} caught by both, ${alone(0)} by \`rehearse\` alone, ${alone(1)} by \`diff\` alone.`,
    '',
    '[1] It was made long ago, and stands on both sides: hosts get another user-data, and only the roll shows it.',
    '[2] It comes in with another user-data.',
    '',
    ...tables,
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

const cell = (words: readonly string[]): string => (words.length === 0 ? '-' : words.map((word) => `\`${word}\``).join(', '));
