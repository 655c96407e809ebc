/**
 * One look for all families of secrets, in any text: user-data, a template, a router's file, a line of a log. Line by line, and each line once
 * per process: the same lines stand in every fleet and every stack. What goes over lines is looked for in the whole.
 */
import { assigned, assignedBelow } from './assigned';
import { commands } from './commands';
import { directives } from './directives';
import { bareKeys, passwordHashes, privateKeys } from './keys';
import type { Rule, SecretFound, Span } from './model';
import { packedIn, wrappedIn } from './packed';
import { requests } from './requests';
import { tokens } from './tokens';

const OF_LINES: readonly Rule[] = [tokens, assigned, requests, commands, directives, passwordHashes, bareKeys];
const OF_TEXTS: readonly Rule[] = [privateKeys, assignedBelow];
/** netrc may stand over several lines. */
const OVER_LINES: readonly Rule[] = [directives];

/** Texts inside of texts inside of texts. */
const DEEPEST = 4;

/** Looked through already; bounded, so that a long-lived process stays small. */
const lines = new Map<string, readonly Span[]>();
const texts = new Map<string, readonly SecretFound[]>();
const LINES_AT_MOST = 100_000;
const TEXTS_AT_MOST = 2_000;

const NONE: readonly Span[] = [];

/** Finds what must not be told, in order. Public keys, certificates, digests, references and discovery URLs are none of it. */
export function findSecrets(text: string): readonly SecretFound[] {
  if (text.length < 8) return [];
  const known = texts.get(text);
  if (known !== undefined) return known;
  const spans = distinct(spansOf(text, 0));
  const found = spans.map((span): SecretFound => ({ ...span, line: lineOf(text, span.start) }));
  if (texts.size >= TEXTS_AT_MOST) texts.clear();
  texts.set(text, found);
  return found;
}

function spansOf(whole: string, depth: number): Span[] {
  const found: Span[] = [];
  let text = withoutPublic(whole);
  for (const rule of OF_TEXTS) if (rule.may(text)) found.push(...rule.find(text));
  if (text.includes('machine')) for (const rule of OVER_LINES) if (rule.may(text)) found.push(...rule.find(text));
  for (const { start, end, text: inner } of wrappedIn(text)) {
    found.push(...within({ start, end }, inner, depth));
    text = text.slice(0, start) + text.slice(start, end).replace(/[^\n]/g, ' ') + text.slice(end);
  }
  for (const { at, line } of logicalLines(text)) {
    for (const { kind, start, end } of spansOfLine(line, depth)) found.push({ kind, start: start + at, end: end + at });
  }
  return found;
}

/** Control characters and ends of lines as JSON and YAML write them: they end words as spaces do. */
const CONTROL = /(?<!\\)\\u(?:00[01][0-9A-Fa-f]|0085|2028|2029)/g;

function spansOfLine(line: string, depth: number): readonly Span[] {
  if (line.length < 8) return NONE;
  const known = lines.get(line);
  if (known !== undefined) return known;
  const found: Span[] = [];
  const packed = [...packedIn(line)];
  let bare = line.replace(CONTROL, '      ');
  for (const { start, end, gzip } of packed) if (gzip) bare = bare.slice(0, start) + ' '.repeat(end - start) + bare.slice(end);
  for (const view of viewsOf(bare)) for (const rule of OF_LINES) if (rule.may(view)) found.push(...rule.find(view));
  for (const other of otherReadings(bare)) {
    // Offsets are those of another text: all of the line is meant.
    if (found.length === 0)
      for (const rule of OF_LINES)
        if (rule.may(other)) for (const { kind } of rule.find(other)) found.push({ kind, start: 0, end: line.length });
  }
  for (const { start, end, text } of packed) found.push(...within({ start, end }, text, depth));
  if (lines.size >= LINES_AT_MOST) lines.clear();
  // What is deeper than the deepest was not looked into.
  if (depth === 0) lines.set(line, found.length === 0 ? NONE : found);
  return found;
}

function within(place: Pick<Span, 'start' | 'end'>, inner: string | undefined, depth: number): Span[] {
  if (inner === undefined) return [{ kind: 'a packed text that is too large to be looked through', ...place }];
  if (depth + 1 >= DEEPEST) return [];
  return spansOf(inner, depth + 1).map(({ kind }) => ({ kind, ...place }));
}

/** Readings of the same length: as it stands, and with the escapes of JSON undone. */
function viewsOf(line: string): string[] {
  const views = [line];
  if (line.includes('\\') && /\\["'nrt/]/.test(line))
    views.push(
      line
        .replace(/\\(["'/])/g, ' $1')
        .replace(/\\n/g, ' \n')
        .replace(/\\[rt]/g, '  '),
    );
  return views;
}

/** Readings that a shell, a URL or a program makes of it. */
function otherReadings(line: string): string[] {
  const readings: string[] = [];
  if (!/[\\%]|["'][ \t+.]{0,9}["']/.test(line)) return readings;
  if (line.includes('\\\n')) readings.push(line.replace(/\\\n/g, ''), line.replace(/\\\n[ \t]*/g, ''));
  if (line.includes('%') && /%(?:3[ADad]|2[2F2fBb]|20|40)/.test(line))
    readings.push(line.replace(/%([2-7][0-9A-Fa-f])/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))));
  if (line.includes('\\u00'))
    readings.push(line.replace(/\\u00([2-7][0-9A-Fa-f])/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))));
  if (/\w(?:""|''|"'|'"|["'][ \t]{0,4}[+.][ \t]{0,4}["'])\w/.test(line))
    readings.push(line.replace(/(?<=\w)(?:""|''|"'|'"|["'][ \t]{0,4}[+.][ \t]{0,4}["'])(?=\w)/g, ''));
  return readings;
}

/** Lines, with those together that a backslash joins; for rules a backslash and a line break are blank. */
function* logicalLines(text: string): Iterable<{ at: number; line: string }> {
  for (let at = 0; at < text.length; ) {
    let end = text.indexOf('\n', at);
    while (end > at && text[end - 1] === '\\' && end - at < 20_000) end = text.indexOf('\n', end + 1);
    if (end < 0) end = text.length;
    yield { at, line: text.slice(at, end) };
    at = end + 1;
  }
}

const PUBLIC_BLOCK =
  /-----BEGIN (?:CERTIFICATE|TRUSTED CERTIFICATE|X509 CRL|CERTIFICATE REQUEST|NEW CERTIFICATE REQUEST|PUBLIC KEY|RSA PUBLIC KEY|PGP PUBLIC KEY BLOCK|PGP SIGNATURE|SSH SIGNATURE|DH PARAMETERS|EC PARAMETERS)-----[A-Za-z0-9+/=\s\\:,.()-]{0,200000}?-----END /g;

/** Certificates and public keys are as random as secrets are. */
function withoutPublic(text: string): string {
  if (!text.includes('-----BEGIN ')) return text;
  return text.replace(PUBLIC_BLOCK, (block) => (/PRIVATE|SECRET/.test(block) ? block : block.replace(/[^\n]/g, ' ')));
}

/** In order; of two that overlap the longer, which is the whole of what the other is a part of. */
function distinct(spans: readonly Span[]): Span[] {
  const sorted = [...spans].sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Span[] = [];
  for (const span of sorted) {
    const last = kept.at(-1);
    if (last === undefined || span.start >= last.end) kept.push(span);
    else if (span.end > last.end) kept[kept.length - 1] = { ...last, end: span.end };
  }
  return kept;
}

function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
