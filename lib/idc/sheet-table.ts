/** Markdown tables whose columns line up, so that the sheet can be printed as it is. */

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const escaped = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, i) => Math.max(3, ...escaped.map((row) => [...(row[i] ?? '')].length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => cell + ' '.repeat(widths[i]! - [...cell].length)).join(' | ')} |`;
  return [line(escaped[0]!), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...escaped.slice(1).map(line)].join(
    '\n',
  );
}
