/**
 * The one door to the terminal: data on stdout, talk on stderr. Nothing else of the command line writes to either, and nothing leaves
 * by it unencoded, nor as it is what looks like a secret. A line is a string; what a value holds of line breaks, escapes and commands of a pipeline is shown. Only `style`
 * makes colours: its marks hold a number of this process, which no file can know.
 */
import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { terminalJson, terminalLine, visible } from '../../encode/terminal';
import type { Finding } from '../../estate/findings/finding';
import { maskSecrets, maskValue } from '../../secrets';

/** Exit codes of every verb: nothing to do or done; failed; there are changes. */
export const EXIT = { ok: 0, failed: 1, changes: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

type Style = 'red' | 'yellow' | 'green' | 'dim' | 'bold' | 'cyan';

export interface Output {
  /** Talk for a person, on stderr: each argument one line. @default one empty line */
  say(...lines: string[]): void;
  /** An answer for a person, on stdout: each argument one line. */
  print(...lines: string[]): void;
  /** Bytes for a program or a pipe, on stdout, as they are; a terminal is shown what it would otherwise obey. */
  data(text: string): void;
  /** `--json`: one document on stdout. */
  json(value: unknown): void;
  /** Text in a colour, where what it is written to wants colours. */
  style(style: Style, text: string): string;
}

/** @see https://no-color.org */
export function wantsColor(env: NodeJS.ProcessEnv, stream: { isTTY?: boolean }): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '' && env.FORCE_COLOR !== '0') return true;
  return stream.isTTY === true && env.TERM !== 'dumb';
}

const NONCE = randomBytes(12).toString('hex');
const MARK = new RegExp(`\u001b${NONCE}\\[(\\d+)m`);

function style(style: Style, text: string): string {
  const [open, close] = inspect.colors[style]!;
  return `\u001b${NONCE}[${open}m${text}\u001b${NONCE}[${close}m`;
}

const SHOWN = '900';

/** A line that holds keys which are made to be shown: those of an embedded cloud, worth nothing elsewhere. */
export function shown(line: string): string {
  return `\u001b${NONCE}[${SHOWN}m${line}`;
}

/** A line as a stream gets it. Where a command of a pipeline had to be broken, colours are left out: they could stand in its middle. */
function encoded(line: string, stream: NodeJS.WriteStream): string {
  const parts = line.split(MARK);
  const plain = parts.filter((_, at) => at % 2 === 0).join('');
  const masked = parts.includes(SHOWN) ? plain : maskSecrets(plain);
  const safe = terminalLine(masked);
  if (masked !== plain || safe !== visible(plain) || !wantsColor(process.env, stream)) return safe;
  return parts.map((part, at) => (at % 2 === 0 ? visible(part) : part === SHOWN ? '' : `\u001b[${part}m`)).join('');
}

function write(stream: NodeJS.WriteStream, lines: readonly string[]): void {
  stream.write(`${(lines.length === 0 ? [''] : lines).map((line) => encoded(line, stream)).join('\n')}\n`);
}

export function processOutput(): Output {
  return {
    say: (...lines) => write(process.stderr, lines),
    print: (...lines) => write(process.stdout, lines),
    data: (text) => {
      const whole = maskSecrets(text.endsWith('\n') ? text : `${text}\n`);
      if (process.stdout.isTTY === true) write(process.stdout, whole.slice(0, -1).split('\n'));
      else process.stdout.write(whole);
    },
    json: (value) => void process.stdout.write(`${terminalJson(maskValue(value))}\n`),
    style,
  };
}

/** Lines that are drawn, and taken away when they are drawn anew. */
export interface LiveTerminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** The terminal that talk goes to, for what is drawn anew: every value in what is written went through `terminalLine`. */
export function talkTerminal(): LiveTerminal {
  return process.stderr;
}

/** Columns of the terminal that answers, or talk, go to. @returns undefined where that is none */
export function columnsOf(what: 'answers' | 'talk'): number | undefined {
  const stream = what === 'answers' ? process.stdout : process.stderr;
  return stream.isTTY === true ? stream.columns : undefined;
}

/** A terminal at both ends. */
export function isInteractive(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/** Asks on the terminal. No answer (Ctrl-D, Ctrl-C) is an empty one. */
export async function ask(question: string): Promise<string> {
  // Only here: it takes as long to load as a small verb to run.
  const { createInterface } = await import('node:readline/promises');
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(terminalLine(question));
  } catch {
    return '';
  } finally {
    lines.close();
  }
}

/** Whoever reads the pipe may stop early (`meissa plan | head`): that is no fault, and nobody listens any more. */
export function endWithReader(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit();
    });
  }
}

/** What Node.js warns of, through the same door. */
export function sayWarningsOfNode(): void {
  // None: it was started with --no-warnings.
  if (process.listenerCount('warning') === 0) return;
  process.removeAllListeners('warning');
  process.on('warning', ({ name, message }) => write(process.stderr, [`${name}: ${message}`]));
}

/** A finding as a person reads it, line by line: place, what, why, and what to write instead. */
export function formatFinding(finding: Finding, output: Pick<Output, 'style'>): string[] {
  const mark = finding.severity === 'error' ? output.style('red', 'x') : output.style('yellow', '!');
  const place = `${finding.file}${finding.line > 0 ? `:${finding.line}` : ''}${finding.line > 0 && finding.column ? `:${finding.column}` : ''}`;
  const also = (finding.also ?? []).map((a) => `    also:  ${a.file}${a.line > 0 ? `:${a.line}` : ''}`);
  const [what, ...table] = finding.multiline === true ? finding.message.split('\n') : [finding.message];
  return [
    `${mark} ${output.style('bold', place)} ${finding.code}${finding.path === '' ? '' : ` at ${finding.path}`}`,
    `    what:  ${what}`,
    ...table.map((line) => `           ${line}`),
    `    why:   ${finding.why}`,
    ...(finding.accepted === undefined ? [`    write: ${finding.fix}`] : [`    accepted: ${finding.accepted}`]),
    ...also,
  ];
}

/** @param all accepted warnings too, each with its reason; otherwise they are counted. @default false */
export function sayFindings(findings: readonly Finding[], output: Output, all = false): void {
  for (const finding of findings) if (all || finding.accepted === undefined) output.say(...formatFinding(finding, output));
  if (findings.length > 0) output.say(summary(findings, all));
}

export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some((f) => f.severity === 'error');
}

function summary(findings: readonly Finding[], all: boolean): string {
  const errors = findings.filter((f) => f.severity === 'error').length;
  const accepted = findings.filter((f) => f.accepted !== undefined).length;
  const told = `${count(errors, 'error')}, ${count(findings.length - errors - accepted, 'warning')}`;
  return accepted === 0
    ? told
    : `${told}, ${count(accepted, 'accepted warning')}${all ? '' : ' (`meissa validate --all` lists them)'}`;
}

export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
