/** Whether a source file is a shell script: by its first line, else by its name. */
export function isShell(name: string, text: string): boolean {
  return /^#!.*\b(ba|da)?sh\b/.test(text) || name.endsWith('.sh');
}

/**
 * A shell script without its full-line comments and blank lines, and with half its indentation: they count against the 16,384 bytes of user-data, and
 * the source in git keeps them. The first line (`#!`) stays, and so does everything inside a here-document.
 * Indentation is halved. A quoted text over several lines would be changed by both: do not write such.
 */
export function stripShellComments(text: string): string {
  const kept: string[] = [];
  let until: { word: string; tabs: boolean } | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    if (until) {
      kept.push(line);
      if ((until.tabs ? line.replace(/^\t+/, '') : line) === until.word) until = undefined;
      continue;
    }
    if (index === 0 && line.startsWith('#!')) {
      kept.push(line);
      continue;
    }
    if (/^\s*(#|$)/.test(line)) continue;
    kept.push(line.replace(/^(?: {2})+/, (spaces) => ' '.repeat(spaces.length / 2)));
    const here = /(?<!<)<<(-?)\s*(["']?)([A-Za-z_]\w*)\2/.exec(line);
    if (here) until = { word: here[3]!, tabs: here[1] === '-' };
  }
  return kept.join('\n') + '\n';
}
