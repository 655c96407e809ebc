/** Where a text tells docker to publish a container's port. */
export interface PublishedPort {
  /** From 1, inside the text. */
  readonly line: number;
  /** As it stands there: `-p 80:80`, `--publish-all`, `ports:`. */
  readonly written: string;
}

/** Options of `docker run` and `docker create` without a value; all others have one. Source: Docker CLI reference, "docker container run". */
const flags = new Set([
  ...['d', 'i', 't', 'q', 'P'],
  ...['detach', 'disable-content-trust', 'help', 'init', 'interactive', 'no-healthcheck', 'oom-kill-disable', 'privileged'],
  ...['publish-all', 'quiet', 'read-only', 'rm', 'sig-proxy', 'tty', 'use-api-socket'],
]);

/**
 * Looks through a unit, a script or a compose file. Of `docker run` only the options before the image count: what comes after
 * belongs to the program in the container. A variable before the image may hold more than one word, and is passed over.
 */
export function findPublished(text: string): PublishedPort[] {
  const commanded = text.includes('docker') ? inCommands(text) : [];
  const composed = text.includes('services:') ? inCompose(text) : [];
  return [...commanded, ...composed].sort((a, b) => a.line - b.line);
}

function* inCommands(text: string): Generator<PublishedPort> {
  for (const words of commands(text)) {
    for (const [at, { text: word, line }] of words.entries()) {
      // bash -c "docker run ...": a command inside of a word.
      if (/^(["']).*\s.*\1$/s.test(word)) for (const found of inCommands(word.slice(1, -1))) yield { ...found, line };
      if (!/(^|[/(`;&|@+!-])docker$/.test(word)) continue;
      const verb = afterOptions(words, at + 1);
      const run = words[verb]?.text === 'container' ? verb + 1 : verb;
      if (/^(run|create)$/.test(words[run]?.text ?? '')) yield* published(words.slice(run + 1));
    }
  }
}

interface Word {
  readonly text: string;
  readonly line: number;
}

/** Commands, with lines that are continued by a backslash put together; comments are none. */
function* commands(text: string): Generator<Word[]> {
  let words: Word[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (/^\s*[#;]/.test(line)) continue;
    const continued = /\\\s*$/.test(line);
    for (const text of (continued ? line.replace(/\\\s*$/, '') : line).match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [])
      words.push({ text: text.replace(/^Exec\w+=/, ''), line: index + 1 });
    if (continued) continue;
    yield words;
    words = [];
  }
  yield words;
}

/** Docker's own options stand before the verb; those of one letter have a value, but for -D and -v. */
function afterOptions(words: readonly Word[], from: number): number {
  let at = from;
  while (words[at]?.text.startsWith('-') || words[at]?.text.startsWith('$')) {
    const valued = /^(-[Hcl]|--(config|context|host|log-level|tlscacert|tlscert|tlskey))$/.test(words[at]!.text);
    at += valued ? 2 : 1;
  }
  return at;
}

function* published(words: readonly Word[]): Generator<PublishedPort> {
  for (let at = 0; at < words.length; at++) {
    const { text, line } = words[at]!;
    if (text.startsWith('$') && words[at + 1]?.text.startsWith('-')) continue;
    if (!text.startsWith('-') || text === '--') return;
    const next = words[at + 1]?.text ?? '';
    const long = /^--([\w-]+)(=.*)?$/.exec(text);
    if (long) {
      const [, name, value] = long;
      if (name === 'publish-all' || name === 'publish')
        yield { line, written: value || name === 'publish-all' ? text : `${text} ${next}` };
      if (!flags.has(name!) && value === undefined) at++;
      continue;
    }
    // -dp 80:80, -p80:80: letters without a value, then perhaps one with.
    const letters = text.slice(1);
    const cut = [...letters].findIndex((letter) => !flags.has(letter));
    if (letters.includes('P') && (cut < 0 || letters.indexOf('P') < cut)) yield { line, written: text };
    if (cut < 0) continue;
    const alone = cut === letters.length - 1;
    if (letters[cut] === 'p') yield { line, written: alone ? `${text} ${next}` : text };
    if (alone) at++;
  }
}

/** `ports:` of a service in a compose file: below `services:`, and deeper than the names of services. */
function* inCompose(text: string): Generator<PublishedPort> {
  let names: number | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    const depth = line.search(/[^\s]/);
    if (depth < 0 || line[depth] === '#') continue;
    if (depth === 0) names = /^services:\s*(#.*)?$/.test(line) ? 0 : undefined;
    else if (names === 0) names = depth;
    else if (names !== undefined && depth > names && /^\s+["']?ports["']?:/.test(line))
      yield { line: index + 1, written: 'ports:' };
  }
}
