/** Data on stdout, talk on stderr; colour only on a terminal that wants it. No secret passes: what looks like one is masked. */
import { styleText } from 'node:util';
import type { Finding } from '../estate/finding';
import { maskSecrets, maskValue } from '../secrets';

/** Exit codes of every verb: nothing to do or done; failed; there are changes. */
export const EXIT = { ok: 0, failed: 1, changes: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

type Style = 'red' | 'yellow' | 'green' | 'dim' | 'bold' | 'cyan';

export interface Output {
  /** One line of talk for a person. */
  say(line?: string): void;
  /** Data for a program or a pipe. */
  data(text: string): void;
  /** `--json`: one document on stdout. */
  json(value: unknown): void;
  style(style: Style, text: string): string;
}

/** @see https://no-color.org */
export function wantsColor(env: NodeJS.ProcessEnv, stream: { isTTY?: boolean }): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '' && env.FORCE_COLOR !== '0') return true;
  return stream.isTTY === true && env.TERM !== 'dumb';
}

export function processOutput(): Output {
  const color = wantsColor(process.env, process.stderr);
  return {
    say: (line = '') => void process.stderr.write(maskSecrets(`${line}\n`)),
    data: (text) => void process.stdout.write(maskSecrets(text.endsWith('\n') ? text : `${text}\n`)),
    json: (value) => void process.stdout.write(`${JSON.stringify(maskValue(value), null, 2)}\n`),
    style: (style, text) => (color ? styleText(style, text) : text),
  };
}

/** A finding as a person reads it: place, what, why, and what to write instead. */
export function formatFinding(finding: Finding, output: Pick<Output, 'style'>): string {
  const mark = finding.severity === 'error' ? output.style('red', 'x') : output.style('yellow', '!');
  const place = `${finding.file}${finding.line > 0 ? `:${finding.line}` : ''}${finding.line > 0 && finding.column ? `:${finding.column}` : ''}`;
  const also = (finding.also ?? []).map((a) => `    also:  ${a.file}${a.line > 0 ? `:${a.line}` : ''}`);
  return [
    `${mark} ${output.style('bold', place)} ${finding.code}${finding.path === '' ? '' : ` at ${finding.path}`}`,
    `    what:  ${indent(finding.message)}`,
    `    why:   ${indent(finding.why)}`,
    `    write: ${indent(finding.fix)}`,
    ...also,
  ].join('\n');
}

function indent(text: string): string {
  return text.trimEnd().replaceAll('\n', '\n           ');
}

export function sayFindings(findings: readonly Finding[], output: Output): void {
  for (const finding of findings) output.say(formatFinding(finding, output));
  if (findings.length > 0) output.say(summary(findings));
}

export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some((f) => f.severity === 'error');
}

function summary(findings: readonly Finding[]): string {
  const errors = findings.filter((f) => f.severity === 'error').length;
  return `${count(errors, 'error')}, ${count(findings.length - errors, 'warning')}`;
}

export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
