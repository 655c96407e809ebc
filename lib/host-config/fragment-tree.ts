import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, type Scalar } from 'yaml';
import type { Fragment } from '../estate/build/profiles';
import type { Finding } from '../estate/finding';
import { compileTemplate, isTemplate, type Template, TemplateProblem } from './template';

/** A fragment after YAML and before its values are known: scalars that hold Handlebars are compiled templates. */
export type TreeNode =
  | { readonly kind: 'scalar'; readonly line: number; readonly value: string | number | boolean | null }
  /** `offset`: added to a line inside the template to get the line in the file. */
  | { readonly kind: 'template'; readonly line: number; readonly offset: number; readonly template: Template }
  | { readonly kind: 'list'; readonly line: number; readonly items: readonly TreeNode[] }
  | { readonly kind: 'map'; readonly line: number; readonly entries: readonly TreeEntry[] };

export interface TreeEntry {
  readonly key: string;
  readonly line: number;
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
  const counter = new LineCounter();
  const yamlFinding = (line: number, message: string, fix: string): void => {
    findings.push({
      code: 'FRAGMENT_YAML',
      severity: 'error',
      file,
      line,
      path: '',
      message,
      why: 'A fragment is read as YAML before its templates run.',
      fix,
    });
  };

  const lineOf = (node: Node | undefined | null): number => counter.linePos(node?.range?.[0] ?? 0).line;

  const scalar = (node: Scalar): TreeNode => {
    const line = lineOf(node);
    const value = node.value as string | number | boolean | null;
    if (typeof value !== 'string' || !isTemplate(value)) {
      const plain = typeof value === 'bigint' ? String(value) : value;
      return { kind: 'scalar', line, value: plain };
    }
    // The text of a literal block begins on the line after its indicator.
    const offset = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED' ? line : line - 1;
    try {
      return { kind: 'template', line, offset, template: compileTemplate(value) };
    } catch (error) {
      if (!(error instanceof TemplateProblem)) throw error;
      findings.push(templateFinding(error, file, offset));
      return { kind: 'scalar', line, value: '' };
    }
  };

  const walk = (node: Node | null, depth: number): TreeNode => {
    const line = lineOf(node);
    if (isAlias(node)) yamlFinding(line, 'A fragment has an alias.', 'Write the value out.');
    if (depth > maxDepth) yamlFinding(line, `A fragment is nested more than ${maxDepth} deep.`, 'Write it flat.');
    else if (isMap(node)) {
      const entries = (node.items as Pair<Node, Node | null>[]).flatMap((pair): TreeEntry[] => {
        if (isScalar(pair.key))
          return [{ key: String(pair.key.value), line: lineOf(pair.key), value: walk(pair.value, depth + 1) }];
        yamlFinding(
          lineOf(pair.key),
          'A key is not a plain name.',
          'Write a name and a colon; a value that begins with {{ stands in quotes.',
        );
        return [];
      });
      return { kind: 'map', line, entries };
    } else if (isSeq(node)) {
      return { kind: 'list', line, items: (node.items as Node[]).map((item) => walk(item, depth + 1)) };
    } else if (isScalar(node)) return scalar(node);
    return { kind: 'scalar', line, value: null };
  };

  try {
    const document = parseDocument(profile.fragment, { lineCounter: counter, prettyErrors: false });
    for (const error of document.errors)
      yamlFinding(counter.linePos(error.pos[0]).line, `Not valid YAML: ${error.message}`, 'Correct the YAML.');
    if (findings.length > 0) return { findings };
    return { root: walk(document.contents as Node | null, 0), findings };
  } catch (error) {
    // The parser recurses: a file of ten thousand brackets ends here.
    yamlFinding(1, `Not valid YAML: ${(error as Error).message}`, 'Correct the YAML.');
    return { findings };
  }
}

/** Tells a template's problem at its place in the file. */
export function templateFinding(problem: TemplateProblem, file: string, offset: number, path = ''): Finding {
  return {
    code: problem.code,
    severity: 'error',
    file,
    line: problem.line + offset,
    path,
    message: problem.message,
    why: 'A host would get a configuration with a hole in it.',
    fix: problem.fix,
  };
}
