import { languageOf } from '../encode/languages';
import type { Finding } from '../estate/findings/finding';
import { conflictOf } from '../estate/read/yaml-mistakes';
import { type Lines, linesOf, withLineFeeds } from './line-ends';
import type { CheckedMap } from './read-fields';

const GIT = 'in .gitattributes: `cloud-config/** text eol=lf`';

/**
 * A file of a profile's folder as a host gets it: programs, units and files of a known language without a byte order mark and with line
 * feeds alone; others as they are, if that is said (`exact`) or they have neither. Undefined where it is refused.
 *
 * @param target path of the file, or name of the unit
 * @param file of the source, for findings
 */
export function sourceLines(
  item: CheckedMap,
  target: string,
  written: string,
  file: string,
  findings: Finding[],
): string | undefined {
  const text = withLineFeeds(written);
  const conflict = conflictOf(text.split('\n'));
  if (conflict !== undefined && /^>{7}(?: |$)/m.test(text) && !item.flag('exact')) {
    findings.push({
      ...{ code: 'MERGE_CONFLICT', severity: 'error', file, line: conflict.line, path: '' },
      message: `In the file ${conflict.message}.`,
      why: 'A host would get both sides, and the marks of git as lines of the program.',
      fix: 'Keep what is right of both sides and delete the lines of git (this keeps the first); if they are meant, write `exact: true` beside `source`.',
      write: [[...conflict.lines.keys()].map((number) => ({ line: number }))],
    });
    return undefined;
  }
  if (item.flag('exact')) {
    if (!item.flag('template')) return written;
    item.wrong('exact', 'A template is text, and never the same bytes.', 'Leave out `exact` or `template`.');
  }
  const known = item.flag('template') || isRead(item, target, file, text);
  const lines: Lines = known ? linesOf(written) : text === written ? { text } : { odd: Math.max(1, firstReturn(written)) };
  if ('text' in lines) return lines.text;
  findings.push({
    ...{ code: 'LINE_ENDS', severity: 'error', file, line: lines.odd, path: '' },
    message: known
      ? 'This line ends otherwise than the others: some have a carriage return before the line feed, some have none.'
      : 'The file has carriage returns or a byte order mark, and nobody here knows whether its reader wants them.',
    why: 'A reader on a host takes a carriage return for a part of the line: of a name, of an argument, of what ends a here-document.',
    fix: known
      ? `Save the file with line feeds alone (${GIT}); one that is meant is written as \\r, by printf or $'\\r'.`
      : `Save it without a byte order mark and with line feeds alone (${GIT}); if they are meant, write \`exact: true\` beside \`source\`.`,
    ...withFeedsAlone(written),
  });
  return undefined;
}

/** Whether it is a program, or of a language whose readers are known. */
function isRead(item: CheckedMap, target: string, file: string, text: string): boolean {
  if (!target.startsWith('/') || text.startsWith('#!') || item.has('language')) return true;
  return (languageOf(target, text) ?? languageOf(file, '')) !== undefined;
}

/** Lines that are told one by one; a whole file is saved by an editor. */
const MOST_LINES = 100;

/** Every line that ends with a carriage return, or begins with a byte order mark, anew. */
function withFeedsAlone(written: string): Pick<Finding, 'write'> {
  const steps = written.split('\n').flatMap((text, i) => {
    const plain = text.replace(/^\uFEFF+/, '').replace(/\r$/, '');
    return plain === text ? [] : [{ line: i + 1, text: plain }];
  });
  return steps.length === 0 || steps.length > MOST_LINES ? {} : { write: [steps] };
}

function firstReturn(text: string): number {
  return text.split('\n').findIndex((line) => line.endsWith('\r')) + 1;
}
