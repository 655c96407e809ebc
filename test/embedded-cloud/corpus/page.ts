/** `docs/embedded-cloud-corpus.md`: who refuses which template. */
import { code } from '../../../lib/encode/markdown';
import { MOTO, type Opinion } from './opinions';
import { pageOf, TAKEN } from './reasons';

/** Whether one of those that the goal is about refuses. */
export const theyRefuse = ({ validator, lint }: Opinion): boolean => validator.length + lint.length > 0;

/** Characters of our words that a row shows. */
const SHOWN = 110;

const rules = (ids: readonly string[]): string => (ids.length === 0 ? '-' : ids.join(' '));

/** What we say, without the marks of what isn't known. */
function said(us: string | undefined): string {
  if (us === undefined) return 'taken';
  const words = us.replaceAll('\u0001', '');
  return code(words.length > SHOWN ? `${words.slice(0, SHOWN)}...` : words);
}

const why = (o: Opinion): string =>
  theyRefuse(o) && o.us === undefined ? (TAKEN[o.name] ?? '') : !theyRefuse(o) && o.us !== undefined ? (pageOf(o.us) ?? '') : '';

const row = (o: Opinion): string =>
  `| ${o.name} | ${said(o.us)} | ${rules(o.validator)} | ${rules(o.lint)} | ${o.moto ?? 'not asked'} | ${why(o)} |`;

/** The whole page. */
export function corpusPage(all: readonly Opinion[]): string {
  const count = (of: (o: Opinion) => boolean): number => all.filter(of).length;
  const they = count(theyRefuse);
  const missed = count((o) => theyRefuse(o) && o.us === undefined);
  const alone = count((o) => !theyRefuse(o) && o.us !== undefined);
  const asked = all.filter((o) => theyRefuse(o) && o.moto !== undefined);
  const moto = asked.filter((o) => o.moto === 'made').length;
  return [
    '# What the embedded cloud refuses, beside what others refuse',
    '',
    "Templates with one mistake each (`test/embedded-cloud/corpus/probes`) and those of cfn-lint's own tests whose types are all here, asked of the embedded",
    "cloud's `ValidateTemplate`, of AWS's validator (`@aws/cloudformation-validate`: errors), and of cfn-lint (errors; runtimes that come to their end",
    `are left out, for they depend on the day). ${MOTO.version} was asked once, by \`CreateStack\`: whether it makes the stack. Written by`,
    '`MEISSA_UPDATE_GOLDEN=1 npx jest test/embedded-cloud/corpus`, which fails where more than a twentieth of what the validator or cfn-lint refuses',
    'is taken, or anything of it without a reason, and where something that both take is refused without a page of AWS that says so.',
    '',
    `${all.length} templates. The validator or cfn-lint refuses ${they}; of these the embedded cloud takes ${missed}, and moto makes ${moto} of ${asked.length}. The embedded cloud alone refuses ${alone}.`,
    '',
    '| template | the embedded cloud | validator | cfn-lint | moto | why |',
    '| --- | --- | --- | --- | --- | --- |',
    ...all.map(row),
    '',
  ].join('\n');
}
