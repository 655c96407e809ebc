/** What only the sheet of a data centre says: where a host stands in its rack, which switch its ports go to, its containers' range. */

export interface HostRow {
  readonly rack: string;
  /** Place in the rack. @default - not written */
  readonly unit?: string;
  /** Switch by port; `-` where none is named. */
  readonly cables: ReadonlyMap<string, string>;
  /** @default - its containers use the host's address */
  readonly containers?: string;
}

/** By host. A text that is no sheet has none. */
export function hostRows(text = ''): ReadonlyMap<string, HostRow> {
  const rows = new Map<string, HostRow>();
  let rack: string | undefined;
  let head: readonly string[] | undefined;
  for (const line of text.split('\n')) {
    const title = /^## (.*)$/.exec(line)?.[1];
    if (title !== undefined) rack = /^Rack (.+)$/.exec(plain(title))?.[1];
    if (rack === undefined) continue;
    if (!line.startsWith('|')) head = undefined;
    else if (head === undefined) head = cellsOf(line);
    else if (!/^[|\s-]+$/.test(line)) readRow(rack, new Map(cellsOf(line).map((cell, i) => [head![i] ?? '', cell])), rows);
  }
  return rows;
}

function readRow(rack: string, cells: ReadonlyMap<string, string>, rows: Map<string, HostRow>): void {
  const host = cells.get('host');
  if (host === undefined) return;
  const [unit, containers] = [cells.get('unit'), cells.get('containers')].map((cell) => (cell === '-' ? undefined : cell));
  const cables = [...cells].flatMap(([name, cell]): [string, string][] =>
    name.endsWith(' to') ? [[name.slice(0, -' to'.length), cell]] : [],
  );
  rows.set(host, {
    rack,
    ...(unit === undefined ? {} : { unit }),
    cables: new Map(cables),
    ...(containers === undefined ? {} : { containers }),
  });
}

/** A pipe inside of a cell stands behind a backslash. */
function cellsOf(line: string): string[] {
  return line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => plain(cell.trim()));
}

/** Markdown's escapes, entities and code taken back. */
function plain(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };
  return text
    .replace(/`/g, '')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/&(?:lt|gt|amp);/g, (entity) => entities[entity]!);
}
