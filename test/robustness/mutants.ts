/** What goes wrong with a file that somebody writes, merges, or has half of: in its text, and in its tree. */
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import type { Files } from './everything';

type Step = string | number;

/** Every place in a tree, the root among them. */
function places(tree: unknown, at: Step[] = []): Step[][] {
  const inside = Array.isArray(tree)
    ? tree.map((v, i): [Step, unknown] => [i, v])
    : typeof tree === 'object' && tree !== null
      ? Object.entries(tree)
      : [];
  return [at, ...inside.flatMap(([step, value]) => places(value, [...at, step]))];
}

const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -1,
    1,
    1e6,
    0.5,
    1e300,
    '',
    ' ',
    'x',
    'constructor',
    '__proto__',
    'toString',
    '10.0.0.0/8',
    '0.0.0.0/0',
    '10.255.255.255/32',
    '999.1.1.1/33',
    [],
    {},
    [null],
    [[]],
    { a: null },
    '\u0000',
    '\n',
    '{{',
    '}}',
    '{{x}}',
    'sa-east-1z',
    'us-west-2-lax-1a',
    'a'.repeat(300),
    '🙂',
    '^(a+)+$',
    'ecs.x',
    't2.micro',
    'arn:aws:sns:x',
    '${Token[1]}',
    'ami-1',
    '65535',
    65535,
    4294967295,
    Number.MAX_SAFE_INTEGER,
    '1e9',
    '10.0.0.0/8,10.1.0.0/16',
    '::1',
    'fd00::/8',
    '-',
    '..',
    '/',
    'a/../../b',
    '12-99',
    '99-1',
    'https://127.0.0.1/x',
    '7 days',
    '100GB',
    '{{json .}}',
    '#!/bin/sh\r\n',
    'x'.repeat(70_000),
  ),
  fc.jsonValue({ maxDepth: 2 }),
  fc.string({ maxLength: 12, unit: 'binary' }),
);

type Kind = 'set' | 'drop' | 'rename' | 'copy';
export const treeChange = fc.record({
  where: fc.nat(),
  kind: fc.constantFrom<Kind>('set', 'set', 'set', 'drop', 'rename', 'copy'),
  value: odd,
  from: fc.nat(),
});

type TreeChange = { readonly where: number; readonly kind: Kind; readonly value: unknown; readonly from: number };
type TextChange = typeof textChange extends fc.Arbitrary<infer T> ? T : never;

/** Changes one place of a tree. */
function inTree(tree: unknown, { where, kind, value, from }: TreeChange): unknown {
  const all = places(tree);
  const at = all[where % all.length]!;
  if (at.length === 0) return kind === 'set' ? value : tree;
  const get = (path: Step[]): unknown => path.reduce((node, step) => (node as Record<Step, unknown>)[step], tree);
  const parent = get(at.slice(0, -1)) as Record<Step, unknown>;
  const last = at.at(-1)!;
  if (kind === 'drop') {
    if (Array.isArray(parent)) parent.splice(Number(last), 1);
    else delete parent[last];
  } else if (kind === 'copy') parent[last] = structuredClone(get(all[from % all.length]!));
  else if (kind === 'rename' && !Array.isArray(parent)) {
    const inner = parent[last];
    delete parent[last];
    Object.defineProperty(parent, typeof value === 'string' ? value : String(last) + '-b', {
      value: inner,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  } else parent[last] = value;
  return tree;
}

/** What stands by mistake in a text: marks of a merge, another keyboard, another editor. */
const strange = fc.constantFrom(
  '<<<<<<< HEAD',
  '=======',
  '>>>>>>> main',
  '：',
  '“x”',
  '\u3000',
  '\u00a0',
  '\ufeff',
  '\t',
  '\r',
  '\u2028',
  '---',
  '...',
  '<<: *x',
  '&x',
  '*x',
  '!!binary x',
  '!x',
  '? x',
  '- - -',
  '|',
  '>-',
  '%YAML 9.9',
  '@',
  '`',
  '[',
  '{',
  '"',
  "'",
  '\u0000',
  '\ud800',
  '{{#each x}}',
  '{{/each}}',
  '{{{x}}}',
  '<<EOF',
);

const textChange = fc.record({
  kind: fc.constantFrom(
    'insert',
    'drop',
    'twice',
    'swap',
    'cut',
    'indent',
    'outdent',
    'character',
    'endings',
    'join',
    'move',
    'digits',
  ),
  at: fc.nat(),
  to: fc.nat(),
  text: fc.oneof(strange, strange, fc.string({ maxLength: 12, unit: 'binary' })),
});

function inText(text: string, { kind, at, to, text: other }: TextChange): string {
  const lines = text.split('\n');
  const line = at % lines.length;
  const here = lines[line]!;
  const column = to % (here.length + 1);
  if (kind === 'insert') lines[line] = here.slice(0, column) + other + here.slice(column);
  else if (kind === 'drop') lines.splice(line, 1);
  else if (kind === 'twice') lines.splice(line, 0, here);
  else if (kind === 'swap') [lines[line], lines[to % lines.length]] = [lines[to % lines.length]!, here];
  else if (kind === 'cut') return text.slice(0, at % (text.length + 1));
  else if (kind === 'indent') lines[line] = ' '.repeat(1 + (to % 4)) + here;
  else if (kind === 'outdent') lines[line] = here.replace(new RegExp(`^ {1,${1 + (to % 4)}}`), '');
  else if (kind === 'character') lines[line] = here.slice(0, column) + here.slice(column + 1);
  else if (kind === 'endings') return text.replaceAll('\n', to % 2 === 0 ? '\r\n' : '\r');
  else if (kind === 'join') lines.splice(line, 2, here + (lines[line + 1] ?? ''));
  else if (kind === 'move') lines.splice(to % lines.length, 0, ...lines.splice(line, 1 + (to % 5)));
  else lines[line] = here.replace(/\d+/, String((to * 31) % 1_000_000));
  return lines.join('\n');
}

/** An estate with a fault; printed as the file that has it. */
class Mutant {
  constructor(
    readonly path: string,
    readonly files: Files,
  ) {}

  [fc.toStringMethod](): string {
    return `${this.path}:\n${this.files[this.path] ?? '(is gone)'}`;
  }
}

/** A file with up to three faults, or none of it, or another's text in it. */
export function mutant(files: Files): fc.Arbitrary<Mutant> {
  const paths = Object.keys(files);
  return fc
    .record({
      path: fc.constantFrom(...paths),
      other: fc.constantFrom(...paths),
      kind: fc.constantFrom('tree', 'tree', 'tree', 'text', 'text', 'text', 'both', 'gone', 'taken'),
      trees: fc.array(treeChange, { minLength: 1, maxLength: 2 }),
      texts: fc.array(textChange, { minLength: 1, maxLength: 3 }),
    })
    .map(({ path, other, kind, trees, texts }) => {
      const { [path]: text = '', ...rest } = files;
      if (kind === 'gone') return new Mutant(path, rest);
      if (kind === 'taken') return new Mutant(path, { ...rest, [path]: files[other]! });
      const grown = kind !== 'text' && path.endsWith('.yaml') ? treesOf(text, trees) : text;
      return new Mutant(path, { ...rest, [path]: kind === 'tree' && grown !== text ? grown : texts.reduce(inText, grown) });
    });
}

/** The text again, with changes in its tree. */
export function treesOf(text: string, changes: readonly TreeChange[]): string {
  return stringify(changes.reduce<unknown>(inTree, structuredClone(parse(text, { schema: 'core' }) as unknown))) ?? '';
}
