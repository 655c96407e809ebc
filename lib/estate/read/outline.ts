/**
 * A region file without its clusters. Where fifty regions stand in the folder and one is synthesized, the others only
 * give their addresses: nine tenths of their text need not be read.
 */

/** The text with the lines of the top-level key `clusters` made empty, so that lines keep their numbers. */
export function withoutClusters(text: string): string {
  let inside = false;
  const kept = text.split('\n').map((line) => {
    if (/^[^\s#-]/.test(line)) inside = /^clusters\s*:/.test(line);
    return inside ? '' : line;
  });
  return kept.join('\n');
}
