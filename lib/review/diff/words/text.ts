/** A diff for a terminal. */
import type { Diffed } from '../estate-diff';
import type { Severity } from '../meaning/meaning';
import type { PatchGroup } from './patch-groups';
import { placedHost, placedLines } from './placed-names';
import { type ReportLine, type ReportSection, report } from './report';
import { patchLines, patchSummary } from './user-data-patch';
import { wrapped } from './wrap';

export type DiffStyle = 'red' | 'yellow' | 'green' | 'cyan' | 'dim' | 'bold';

/** Gives a text a colour, or leaves it as it is. */
export type Paint = (style: DiffStyle, text: string) => string;

export interface TextOptions {
  /** @default - no colours */
  readonly paint?: Paint;
  /** Columns that a line may take; lines of user-data and words without spaces may be longer. @default 100 */
  readonly columns?: number;
  /** Everything. @default - what is long is cut, and it is said how much more there is */
  readonly all?: boolean;
}

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

/** What stands there without `all`: lines a section (of what is dangerous, of the rest), details a line, patches, lines a patch, and lines with the names of its fleets. */
const MOST = { grave: 40, lines: 15, details: 20, patches: 6, patch: 40, fleets: 3 };

/** As one text. */
export function diffText(diffed: Diffed, options: TextOptions = {}): string {
  return `${diffLines(diffed, options).join('\n')}\n`;
}

/** Line by line: a line break inside of one is a value's. */
export function diffLines(diffed: Diffed, { paint = (_, text) => text, columns = 100, all = false }: TextOptions = {}): string[] {
  const { sections, patches, total, takes } = report(diffed);
  const page = new Page(paint, columns, all);
  for (const section of sections) page.section(section);
  for (const group of page.first(patches, MOST.patches)) page.patch(group);
  page.more(patches.length - MOST.patches, 'text of user-data', 0);
  if (!all && patches.length > MOST.patches) page.line('', 0);
  if (takes !== undefined) page.line(takes, 0);
  page.line(total, 0);
  return page.lines;
}

class Page {
  readonly lines: string[] = [];

  constructor(
    private readonly paint: Paint,
    private readonly columns: number,
    private readonly all: boolean,
  ) {}

  first<T>(items: readonly T[], most: number): readonly T[] {
    return this.all ? items : items.slice(0, most);
  }

  section({ severity, title, lines }: ReportSection): void {
    const colour = COLOURS[severity];
    this.line(title, 0, (text) => this.paint('bold', this.paint(colour, text)));
    const most = colour === 'red' || colour === 'yellow' ? MOST.grave : MOST.lines;
    for (const [at, line] of this.first(lines, most).entries()) this.entry(line, lines[at - 1]);
    this.more(lines.length - most, 'line', 2);
    this.line('', 0);
  }

  patch({ patches, hunks }: PatchGroup): void {
    const names = placedLines(patches.map(placedFleet), '-').join('; ');
    const fleets = patches.length === 1 ? names : `${patches.length} fleets`;
    this.line(`User-data of ${fleets}: ${patchSummary(patches[0]!)}`, 0, (text) => this.paint('bold', text));
    const having = patches.length === 1 ? [] : placedLines(patches.map(placedFleet), '-');
    for (const line of this.first(having, MOST.fleets)) this.line(line, 2);
    this.more(having.length - MOST.fleets, 'line', 2);
    const lines = patchLines(fleets, hunks);
    for (const line of this.first(lines, MOST.patch)) this.lines.push(this.painted(line));
    this.more(lines.length - MOST.patch, 'line', 0);
    this.line('', 0);
  }

  line(text: string, indent: number, paint: (text: string) => string = (one) => one): void {
    this.lines.push(...wrapped(text, indent, this.columns).map((one) => (one.trim() === '' ? '' : paint(one))));
  }

  /** Says what is not shown. @param n how many; none or less: nothing */
  more(n: number, noun: string, indent: number): void {
    if (!this.all && n > 0) this.line(`... and ${n} more ${noun}${n === 1 || noun.includes(' of ') ? '' : 's'} (--all)`, indent);
  }

  /** The stacks are named once for the lines that follow each other in them. */
  private entry({ text, stack, details }: ReportLine, before: ReportLine | undefined): void {
    if (stack !== undefined && stack !== before?.stack) this.line(stack, 2, (one) => this.paint('dim', one));
    this.line(text, stack === undefined ? 2 : 4);
    for (const detail of this.first(details, MOST.details)) this.line(detail, 6);
    this.more(details.length - MOST.details, 'detail', 6);
  }

  private painted(line: string): string {
    if (line.startsWith('+')) return this.paint('green', line);
    if (line.startsWith('-')) return this.paint('red', line);
    return line.startsWith('@@') ? this.paint('cyan', line) : line;
  }
}

/** A fleet's name begins with its place, which is that of its stacks. */
function placedFleet({ fleet, stacks }: { readonly fleet: string; readonly stacks: readonly string[] }) {
  return placedHost(fleet, stacks[0] ?? '');
}
