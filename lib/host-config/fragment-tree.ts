import type { Fragment } from '../estate/build/profiles';
import type { Finding } from '../estate/findings/finding';
import { type Remedy, word } from '../estate/findings/remedy';
import { mistaken } from '../estate/read/yaml-file';
import { type YamlNode, type YamlScalar, yamlTree } from '../estate/read/yaml-tree';
import { compileTemplate, isTemplate, type Template, TemplateProblem } from './template';

/** A fragment after YAML and before its values are known: scalars that hold Handlebars are compiled templates. */
export type TreeNode =
  | {
      readonly kind: 'scalar';
      readonly line: number;
      readonly value: string | number | boolean | null;
      /** @default - it is a block, has escapes or goes over lines */
      readonly written?: WrittenWord;
    }
  /** `offset`: added to a line inside the template to get the line in the file; `place`: where a place of the template stands in it. */
  | {
      readonly kind: 'template';
      readonly line: number;
      readonly offset: number;
      readonly place: Placed;
      readonly template: Template;
    }
  | { readonly kind: 'list'; readonly line: number; readonly items: readonly TreeNode[] }
  | { readonly kind: 'map'; readonly line: number; readonly entries: readonly TreeEntry[] };

/** A word as it stands in a file, without quotes. */
export interface WrittenWord {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** From a line and column of a text to those of its file. */
export type Placed = (line: number, column: number) => { readonly line: number; readonly column: number };

export interface TreeEntry {
  readonly key: string;
  readonly line: number;
  readonly column: number;
  readonly value: TreeNode;
}

export interface FragmentTree {
  readonly root?: TreeNode;
  readonly findings: readonly Finding[];
}

/** Name of a profile's fragment, for findings. */
export function fragmentFile(profile: Pick<Fragment, 'folder'>): string {
  return `${profile.folder}/cloud-config.yaml`;
}

// Compiled once a profile: rendering a hundred fleets parses nothing twice.
const trees = new WeakMap<Fragment, FragmentTree>();

/** Parses and compiles `cloud-config.yaml` of a profile. */
export function fragmentTree(profile: Fragment): FragmentTree {
  let tree = trees.get(profile);
  if (!tree) {
    tree = parseFragment(profile);
    trees.set(profile, tree);
  }
  return tree;
}

const maxDepth = 20;

function parseFragment(profile: Fragment): FragmentTree {
  const file = fragmentFile(profile);
  const findings: Finding[] = [];
  const tree = yamlTree(profile.fragment, true);
  const { root, problems, place } = tree;
  const lineOf = (node: { readonly offset: number }): number => place(node.offset).line;
  const refuse = (node: { readonly offset: number }, message: string, fix: string, write?: Remedy): void => {
    const why = 'A fragment is read as YAML before its templates run.';
    findings.push({
      code: 'FRAGMENT_YAML',
      severity: 'error',
      file,
      line: lineOf(node),
      path: '',
      message,
      why,
      fix,
      ...(write && { write: [write] }),
    });
  };

  const wordAt = ({ offset, text }: YamlScalar): { written?: WrittenWord } =>
    profile.fragment.slice(offset).replace(/^["']/, '').startsWith(text) ? { written: { text, ...place(offset) } } : {};

  const scalar = (node: YamlScalar): TreeNode => {
    const line = lineOf(node);
    const { value, block } = node;
    if (typeof value !== 'string' || !isTemplate(value)) return { kind: 'scalar', line, value, ...wordAt(node) };
    // The text of a block begins on the line after its indicator.
    const offset = block ? line : line - 1;
    const placed = placesOf(profile.fragment, node.offset, value, place);
    try {
      return { kind: 'template', line, offset, place: placed, template: compileTemplate(value) };
    } catch (error) {
      if (!(error instanceof TemplateProblem)) throw error;
      findings.push(templateFinding(error, file, placed));
      return { kind: 'scalar', line, value: '' };
    }
  };

  const walk = (node: YamlNode, depth: number): TreeNode => {
    const line = lineOf(node);
    if (node.kind === 'alias') refuse(node, 'A fragment has an alias.', 'Write the value out.');
    if (depth > maxDepth) refuse(node, `A fragment is nested more than ${maxDepth} deep.`, 'Write it flat.');
    else if (node.kind === 'map') {
      const untouched = node.entries.some(({ key, value }) => isScalar(key, 'template') && isScalar(value, false));
      const entries = node.entries.flatMap(({ key, value }): TreeEntry[] => {
        if (key.kind === 'scalar' && untouched && key.value === 'content' && value.kind === 'scalar')
          return [{ key: 'content', ...place(key.offset), value: { kind: 'scalar', line: lineOf(value), value: value.value } }];
        if (key.kind === 'scalar') return [{ key: String(key.value), ...place(key.offset), value: walk(value, depth + 1) }];
        const { line, column } = place(node.offset);
        const braces = /^\{\{[^{}"'\n]*\}\}(?=[ \t]*(?:[\n,}\]]|$))/.exec(profile.fragment.slice(node.offset))?.[0];
        const quotes = braces === undefined ? undefined : word(braces, `'${braces}'`, { line, column });
        const fix = 'Write a name and a colon; a value that begins with {{ stands in quotes.';
        refuse(key, 'A key is not a plain name.', fix, quotes);
        return [];
      });
      return { kind: 'map', line, entries };
    } else if (node.kind === 'list') return { kind: 'list', line, items: node.items.map((item) => walk(item, depth + 1)) };
    else if (node.kind === 'scalar') return scalar(node);
    return { kind: 'scalar', line, value: null };
  };

  const named = problems.length > 0 ? mistaken(file, profile.fragment, tree) : undefined;
  if (named !== undefined)
    return { findings: [{ ...named, code: 'FRAGMENT_YAML', message: `Not valid YAML: ${named.message}` }] };
  for (const problem of problems)
    refuse(
      problem,
      `Not valid YAML: ${problem.message}`,
      problem.code === 'TAG' ? 'Leave the tag out and write the value itself.' : 'Correct the YAML.',
    );
  if (problems.length > 0) return { findings };
  return { root: root === undefined ? { kind: 'scalar', line: 1, value: null } : walk(root, 0), findings };
}

function isScalar(node: YamlNode, value: YamlScalar['value']): boolean {
  return node.kind === 'scalar' && node.value === value;
}

/** Tells a template's problem at its place in the file. */
export function templateFinding(problem: TemplateProblem, file: string, placed: Placed, path = ''): Finding {
  return {
    ...placed(problem.line, problem.column),
    code: problem.code,
    severity: 'error',
    file,
    path,
    message: problem.message,
    why: 'A host would get a configuration with a hole in it.',
    fix: problem.fix,
    ...(problem.meant && { write: [word(problem.meant.word, problem.meant.to, placed(problem.line, problem.column))] }),
  };
}

/**
 * Where the braces of a scalar stand in its file: YAML folds lines and reads escapes, so that places inside the text are none of the
 * file, but its braces are the same, one after the other.
 */
function placesOf(
  source: string,
  offset: number,
  text: string,
  place: (offset: number) => { line: number; column: number },
): Placed {
  return (line, column) => {
    const start =
      text
        .split('\n')
        .slice(0, line - 1)
        .join('\n').length +
      (line > 1 ? 1 : 0) +
      column -
      1;
    // A brace that begins at the place counts, as do those before it.
    const count = Math.max(1, text.slice(0, start + 2).split('{{').length - 1);
    let at = source.indexOf('{{', offset);
    for (let i = 1; i < count && at >= 0; i++) at = source.indexOf('{{', at + 2);
    return place(at < 0 ? offset : at);
  };
}
