/** Answers and matrices in words for a person. */
import type { Answer } from './answer';
import type { Remark } from './check/remark';
import type { Cell, Matrix } from './matrix';
import type { TcpVerdict } from './sizes';
import type { Hop } from './walk/outcome';
import type { WorldFault } from './world';

export interface WordStyle {
  readonly yes: (text: string) => string;
  readonly no: (text: string) => string;
  readonly dim: (text: string) => string;
}

export const PLAIN: WordStyle = { yes: (text) => text, no: (text) => text, dim: (text) => text };

/** The verdict, then each hop with what decided there. */
export function answerLines(answer: Answer, style: WordStyle = PLAIN): string[] {
  const { yes, from, to, pairs, forward, back, reason, mtu, tcp } = answer;
  const many = pairs > 1 ? ` (the same for ${pairs} pairs)` : '';
  return [
    `${yes ? style.yes('yes') : style.no('no')}  ${from} -> ${to}${many}: ${reason}`,
    ...(mtu === undefined ? [] : [narrowest(answer, mtu)]),
    ...(tcp === undefined ? [] : [tcpWords(tcp, style)]),
    '',
    'forward',
    ...hopLines(forward, style),
    ...(back.length === 0 ? [] : ['back', ...hopLines(back, style)]),
  ];
}

function narrowest({ forward, back }: Answer, mtu: number): string {
  const at = [...forward, ...back].find((hop) => hop.mtu === mtu)?.where;
  return `     largest packet: ${mtu} bytes${at === undefined ? '' : `, at ${at}`}`;
}

function tcpWords(tcp: TcpVerdict, { no }: WordStyle): string {
  if (!tcp.passes) return `     ${no('TCP stalls')}: ${tcp.reason}`;
  const told = tcp.told ? ', once its senders have been told of larger packets (ICMP)' : '';
  return `     TCP: passes, segments of at most ${tcp.segment} bytes${told}`;
}

function hopLines(hops: readonly Hop[], style: WordStyle): string[] {
  return hops.map(({ where, words, from, passes }) => {
    const origin = from === undefined ? '' : `  ${style.dim(`[${from.stack} ${from.logicalId}]`)}`;
    return `  ${passes ? style.yes('->') : style.no('x ')} ${where}: ${words}${origin}`;
  });
}

/** A paragraph for classes that are treated alike: what they reach, by what is let in. */
export function matrixLines(matrix: Matrix, style: WordStyle = PLAIN): string[] {
  const rows = new Map<string, { lines: readonly string[]; titles: string[] }>();
  for (const [i, { name, members }] of matrix.classes.entries()) {
    const lines = rowLines(matrix, i, style);
    const text = JSON.stringify(lines);
    const title = `${name}${members.length > 1 ? ` (${members.length})` : ''}`;
    const same = rows.get(text);
    if (same === undefined) rows.set(text, { lines, titles: [title] });
    else same.titles.push(title);
  }
  return [...rows.values()].flatMap(({ lines, titles }) => [titles.join(', '), ...lines]);
}

function rowLines({ classes, cells }: Matrix, i: number, style: WordStyle): string[] {
  const groups = new Map<string, { cell: Cell; names: string[] }>();
  for (const [j, cell] of cells[i]!.entries()) {
    if (cell === undefined) continue;
    const text = cellWords(cell);
    const group = groups.get(text);
    if (group === undefined) groups.set(text, { cell, names: [classes[j]!.name] });
    else group.names.push(classes[j]!.name);
  }
  return [...groups]
    .sort(([, a], [, b]) => Number(b.cell.yes) - Number(a.cell.yes))
    .map(([text, { cell, names }]) => `  ${cell.yes ? style.yes(text) : style.no(text)}: ${names.join(', ')}`);
}

function cellWords(cell: Cell): string {
  if (cell.yes) return cell.ports.join(', ');
  return `no, ${cell.reply === true ? 'no reply: ' : ''}${cell.code}`;
}

/** A line a remark and one for what to do, those of a kind together. */
export function remarkLines(remarks: readonly Remark[], style: WordStyle = PLAIN): string[] {
  return remarks.flatMap(({ code, where, what, message, fix }) => [
    `${style.no(code)}: ${where} ${what}: ${message}`,
    `    write: ${fix}`,
  ]);
}

export function faultLines(faults: readonly WorldFault[]): string[] {
  return faults.map(({ where, what, message }) => `${where} ${what}: ${message}`);
}
