/** A diff for a terminal. */
import type { Diffed } from '../estate-diff';
import type { Severity } from '../meaning/meaning';
import { type ReportLine, report } from './report';
import { summaryOf } from './user-data-patch';

export type DiffStyle = 'red' | 'yellow' | 'green' | 'cyan' | 'dim' | 'bold';

/** Gives a text a colour, or leaves it as it is. */
export type Paint = (style: DiffStyle, text: string) => string;

const plain: Paint = (_style, text) => text;

const COLOURS: Readonly<Record<Severity, DiffStyle>> = {
  'data-loss': 'red',
  quorum: 'red',
  refused: 'red',
  replaced: 'red',
  reachability: 'red',
  security: 'red',
  interrupted: 'yellow',
  fleet: 'yellow',
  network: 'cyan',
  access: 'cyan',
  addition: 'green',
  money: 'cyan',
  cosmetic: 'dim',
};

/** Details of a line that are shown; all of them stand in the JSON. */
const MOST_DETAILS = 20;

/** As one text. @param paint colours; @default none */
export function diffText(diffs: Diffed, paint: Paint = plain): string {
  return `${diffLines(diffs, paint).join('\n')}\n`;
}

/** Line by line: a line break inside of one is a value's. */
export function diffLines(diffs: Diffed, paint: Paint): string[] {
  const { sections, userData, total } = report(diffs);
  const blocks = sections.map(({ severity, title, lines }) => [
    paint('bold', paint(COLOURS[severity], title)),
    ...lines.flatMap((line, i) => lineText(line, lines[i - 1], paint)),
  ]);
  const patches = userData.map((change) => [
    paint('bold', summaryOf(change)),
    ...change.patch.split('\n').map((line) => patchLine(line, paint)),
  ]);
  return [...[...blocks, ...patches].flatMap((block) => [...block, '']), total];
}

/** The stack is named once for the lines that follow each other in it. */
function lineText(line: ReportLine, before: ReportLine | undefined, paint: Paint): string[] {
  const details = line.details.slice(0, MOST_DETAILS).map((detail) => `      ${detail}`);
  const more = line.details.length - details.length;
  const rest = more > 0 ? [`      ... and ${more} more`] : [];
  const head = line.stack === undefined || line.stack === before?.stack ? [] : [`  ${paint('dim', line.stack)}`];
  return [...head, `${line.stack === undefined ? '  ' : '    '}${line.text}`, ...details, ...rest];
}

function patchLine(line: string, paint: Paint): string {
  if (line.startsWith('+')) return paint('green', line);
  if (line.startsWith('-')) return paint('red', line);
  return line.startsWith('@@') ? paint('cyan', line) : line;
}
