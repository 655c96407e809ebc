/** `docs/embedded-cloud-corpus.md`: who refuses which template. */
import { code } from '../../../lib/encode/markdown';
import { MOTO, type Opinion } from './opinions';
import { LANGUAGE, pageOf, TAKEN } from './reasons';

/** Whether one of those that the goal is about refuses. */
export const theyRefuse = ({ validator, lint }: Opinion): boolean => validator.length + lint.length > 0;

/** Characters of our words that a row shows. */
const SHOWN = 110;

const rules = (ids: readonly string[]): string => (ids.length === 0 ? '-' : ids.join(' '));

/** Whether the embedded cloud makes it. */
export const weTake = ({ refused, failed }: Opinion): boolean => refused === undefined && failed === undefined;

/** What we say and when, without the marks of what isn't known, and without ids that are drawn. */
function said({ refused, failed }: Opinion): string {
  const words = (refused ?? failed)
    ?.replaceAll('\u0001', '')
    .replace(/ \(Service: .*/, '')
    .replace(/\b(pcx|vpc|subnet|eni)-[0-9a-f]{17}\b/g, '$1-...');
  if (words === undefined) return 'made';
  return `${refused === undefined ? 'fails when made' : 'refused at the call'}: ${code(words.length > SHOWN ? `${words.slice(0, SHOWN)}...` : words)}`;
}

function why(o: Opinion): string {
  if (theyRefuse(o)) return weTake(o) ? (TAKEN[o.name] ?? '') : '';
  return o.refused === undefined ? (pageOf(o.failed ?? '') ?? '') : (LANGUAGE[o.name] ?? '');
}

const row = (o: Opinion): string =>
  `| ${o.name} | ${said(o)} | ${rules(o.validator)} | ${rules(o.lint)} | ${o.moto ?? 'not asked'} | ${why(o)} |`;

/** The whole page. */
export function corpusPage(all: readonly Opinion[]): string {
  const count = (of: (o: Opinion) => boolean): number => all.filter(of).length;
  const they = count(theyRefuse);
  const missed = count((o) => theyRefuse(o) && weTake(o));
  const late = count((o) => theyRefuse(o) && o.failed !== undefined);
  const language = count((o) => !theyRefuse(o) && o.refused !== undefined);
  const alone = count((o) => !theyRefuse(o) && o.failed !== undefined);
  const asked = all.filter((o) => theyRefuse(o) && o.moto !== undefined);
  const moto = asked.filter((o) => o.moto === 'made').length;
  return [
    '# What the embedded cloud refuses, beside what others refuse',
    '',
    "Templates with one mistake each (`test/embedded-cloud/corpus/probes`) and those of cfn-lint's own tests whose types are all here, asked of the embedded",
    "cloud, of AWS's validator (`@aws/cloudformation-validate`: errors), and of cfn-lint (errors; runtimes that come to their end are left out, for they",
    'depend on the day). The embedded cloud is asked by `ValidateTemplate`, and what that takes is made in virtual time: as with AWS, CloudFormation refuses at',
    "the call what its language and the registry's schemas refuse, and what only a service knows fails the resource as it is made, with a rollback.",
    `${MOTO.version} was asked once, by \`CreateStack\`: whether it makes the stack. Written by \`MEISSA_UPDATE_GOLDEN=1 npx jest test/embedded-cloud/corpus\`,`,
    'which fails where more than a twentieth of what the validator or cfn-lint refuses is made, or anything of it without a reason; where something that both',
    "take is refused at the call, but the six that CloudFormation's own language refuses there (its words stand in public threads: the last column); and where",
    "something that both take fails when made without a page of the service's. Pages by their titles; of API actions as AWS's SDK for Python carries them.",
    '',
    `${all.length} templates. The validator or cfn-lint refuses ${they}; of these the embedded cloud refuses ${they - missed - late} at the call and fails ${late} when made; it makes ${missed}, and moto ${moto} of ${asked.length}. Of what both take it refuses ${language} at the call and fails ${alone} when made.`,
    '',
    '| template | the embedded cloud | validator | cfn-lint | moto | why |',
    '| --- | --- | --- | --- | --- | --- |',
    ...all.map(row),
    '',
  ].join('\n');
}
