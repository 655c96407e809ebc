import type { Language } from '../encode/language';
import { languageOf, languages } from '../encode/languages';
import { unclosedHereDocument } from '../encode/shell';
import type { Finding } from '../estate/findings/finding';
import { nearest } from '../estate/findings/nearest';
import type { Profile } from '../estate/model/profile';
import { templateFinding } from './fragment-tree';
import { misreadProgram } from './line-ends';
import { isPython, stripPythonComments } from './python-source';
import type { CheckedMap } from './read-fields';
import { encodedText, type Rendered } from './rendered';
import { isShell, stripShellComments } from './shell-source';
import { sourceLines } from './source-lines';
import { sourceTemplate } from './source-template';
import { TemplateProblem } from './template';
import type { TemplateContext } from './template-context';

/**
 * What a file, unit or drop-in holds: `content`, or the file of the profile's folder that `source` names, a script without its comments.
 * Every value in it is encoded for the language of what it lands in.
 *
 * @param target path of the file, or name of the unit
 */
export function contentOf(
  item: CheckedMap,
  target: string,
  profile: Profile,
  scope: TemplateContext,
  findings: Finding[],
): string | undefined {
  const source = item.text('source');
  if (source === undefined) {
    if (!item.has('content')) item.missing('content', 'Write `content`, or `source` with the name of a file of the folder.');
    if (item.has('exact')) item.wrong('exact', '`exact` is said of a `source`; `content` is what is written.', 'Leave it out.');
    const scalar = item.scalar('content');
    const own = item.text('content');
    if (own !== undefined && misreadProgram(own))
      item.wrong(
        'content',
        `The first line of the program has ${MARKS}.`,
        'Write the text without it, as a block: `content: |`.',
      );
    if (scalar?.template === undefined) return own;
    return encoded(item, target, scalar.template.rendered, findings, { file: item.at.file, offset: scalar.template.offset });
  }
  if (item.has('content')) item.wrong('source', 'There is both `content` and `source`.', 'Keep one of them.');
  const written = profile.files[source];
  if (written === undefined || !Object.hasOwn(profile.files, source)) {
    const names = Object.keys(profile.files).sort();
    const near = nearest(source, names);
    const advice =
      near === undefined ? `Its files are: ${names.join(', ') || 'none'}.` : { to: near, from: item.scalar('source')?.written };
    item.wrong('source', `The profile ${profile.name} has no file ${source}.`, advice);
    return undefined;
  }
  const stripped = (text: string): string => withoutComments(source, text);
  const file = `${profile.folder}/${source}`;
  const text = sourceLines(item, target, written, file, findings);
  if (text === undefined) return undefined;
  if (!item.flag('template')) return item.flag('exact') ? text : stripped(text);
  try {
    const template = sourceTemplate(profile, source);
    const { marked, values } = template.render(scope);
    // Before the values are there: what looks like a comment in one is none.
    const rendered = { marked: stripped(marked), values };
    return template.puts
      ? encoded(item, target, rendered, findings, { file, offset: 0, written: text }, source)
      : rendered.marked;
  } catch (error) {
    if (!(error instanceof TemplateProblem)) throw error;
    findings.push(templateFinding(error, file, (line, column) => ({ line, column })));
    return undefined;
  }
}

const MARKS = 'a byte order mark before it, or a carriage return in it';

/** By name and text: of a template values are no part of it yet, so that hosts of all regions have the same one. Bounded. */
const strippedTexts = new Map<string, string>();
const STRIPPED_AT_MOST = 2000;

function withoutComments(source: string, text: string): string {
  const key = `${source}\0${text}`;
  const known = strippedTexts.get(key);
  if (known !== undefined) return known;
  const made = isShell(source, text) ? stripShellComments(text) : isPython(source) ? stripPythonComments(text) : text;
  if (strippedTexts.size >= STRIPPED_AT_MOST) strippedTexts.clear();
  strippedTexts.set(key, made);
  return made;
}

function encoded(
  item: CheckedMap,
  target: string,
  rendered: Rendered,
  findings: Finding[],
  template: { readonly file: string; readonly offset: number; readonly written?: string },
  source?: string,
): string | undefined {
  const language = chosen(item, target, rendered.marked, source);
  if (language === undefined) return undefined;
  const { text, problems, end } = encodedText(rendered, language);
  const open = unclosedHereDocument(language, end);
  if (open !== undefined) {
    findings.push({
      file: template.file,
      line: template.offset + lineOf(template.written ?? rendered.marked, open),
      code: 'VALUE_UNENCODABLE',
      severity: 'error',
      path: '',
      message: `The here-document ${open} never ends, and values are put into the file.`,
      why: 'Where it ends is a guess of the shell, and a value behind that place would be read as commands.',
      fix: `End it by a line that is exactly ${open}.`,
    });
    return undefined;
  }
  for (const { put, problem } of problems) {
    findings.push({
      file: template.file,
      line: put.line + template.offset,
      code: 'VALUE_UNENCODABLE',
      severity: 'error',
      path: put.name,
      message: `The value of {{${put.name}}} ${problem.message}.`,
      why: `It goes into ${target}, where it must stay one value: a host would read it as something else (${language.name}).`,
      fix: problem.fix,
    });
  }
  return text;
}

/** The last line that begins a here-document of this name. */
function lineOf(text: string, delimiter: string): number {
  return text.split('\n').findLastIndex((line) => line.includes('<<') && line.replace(/['"\\]/g, '').includes(delimiter)) + 1;
}

/** The file itself says what it is; where it doesn't, `language` does. */
function chosen(item: CheckedMap, target: string, text: string, source = ''): Language | undefined {
  const unit = !target.startsWith('/');
  const told = unit ? languages.systemd : (languageOf(target, text) ?? languageOf(source, ''));
  const said = unit ? undefined : item.text('language');
  if (told !== undefined && said !== undefined && said !== told.name)
    item.wrong('language', `The file is ${told.name} by its first line or its name.`, 'Leave `language` out.');
  const language = told ?? (said === undefined ? undefined : languages[said]);
  if (language === undefined && !item.has('language'))
    item.missing(
      'language',
      `Write \`language:\` with one of ${Object.keys(languages).join(', ')}; \`words\` lets only letters, digits and _./:@+- in.`,
    );
  return language;
}
