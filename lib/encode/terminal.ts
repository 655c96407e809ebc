/**
 * Words on a terminal and in the log of a pipeline. A terminal obeys control characters, an editor hides or reorders by others, and a
 * pipeline takes some lines for commands: of what comes from outside, all of them are shown and none is obeyed.
 *
 * Sources: ECMA-48 (C0, C1, ESC); Unicode Standard Annex 9 (bidirectional controls) and Technical Report 36 (what is not seen); GitHub,
 * "Workflow commands"; Azure Pipelines, "Logging commands"; TeamCity, "Service messages"; GitLab, "Job logs" (sections).
 */

/** Controls (Cc), formats (Cf: bidirectional, zero-width, tags), halves of pairs (Cs), line separators, fillers, what is no character. */
const UNSEEN =
  /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\u115f\u1160\u2065\u3164\uffa0\ufdd0-\ufdef\ufffe\uffff\u{e0000}-\u{e0fff}]|\u034f|\u17b4|\u17b5|\u180b|\u180c|\u180d|\u180f/gu;

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Text on one line, all of it seen: a line break is `\n`, an escape `\u001b`, a right-to-left override `\u202e`. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (character) => NAMED[character] ?? numbered(character));
}

function numbered(character: string): string {
  const code = character.codePointAt(0)!.toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}

/**
 * One line that a terminal shows and no pipeline obeys. GitHub takes a line for a command that begins with `::` behind white space, or
 * has `##[` anywhere; Azure and TeamCity look for `##vso[` and `##teamcity[` anywhere; GitLab for `section_start:`.
 */
export function terminalLine(text: string): string {
  return visible(text)
    .replace(/##(?=[\w.-]*\[)/g, '#\\#')
    .replace(/^\s*(?=::|section_(?:start|end):)/, (space) => `${space}\\`);
}

/** A JSON document that means the same to a program and holds nothing that a terminal or a pipeline obeys. */
export function terminalJson(value: unknown): string {
  return JSON.stringify(value, null, 2)
    .replace(UNSEEN, (character) => (character === '\n' ? character : inJson(character)))
    .replace(/##(?=[\w.-]*\[)/g, '#\\u0023');
}

function inJson(character: string): string {
  return [...Array(character.length).keys()].map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');
}
