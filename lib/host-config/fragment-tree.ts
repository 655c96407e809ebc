import type { Fragment } from '../estate/build/profiles';
import type { Finding } from '../estate/findings/finding';
import { type YamlNode, type YamlScalar, yamlTree } from '../estate/read/yaml-tree';
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
  const { root, problems, place } = yamlTree(profile.fragment, true);
  const lineOf = (node: { readonly offset: number }): number => place(node.offset).line;
  const refuse = (node: { readonly offset: number }, message: string, fix: string): void => {
    const why = 'A fragment is read as YAML before its templates run.';
    findings.push({ code: 'FRAGMENT_YAML', severity: 'error', file, line: lineOf(node), path: '', message, why, fix });
  };

  const scalar = (node: YamlScalar): TreeNode => {
    const line = lineOf(node);
    const { value, block } = node;
    if (typeof value !== 'string' || !isTemplate(value)) return { kind: 'scalar', line, value };
    // The text of a block begins on the line after its indicator.
    const offset = block ? line : line - 1;
    try {
      return { kind: 'template', line, offset, template: compileTemplate(value) };
    } catch (error) {
      if (!(error instanceof TemplateProblem)) throw error;
      findings.push(templateFinding(error, file, offset));
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
          return [{ key: 'content', line: lineOf(key), value: { kind: 'scalar', line: lineOf(value), value: value.value } }];
        if (key.kind === 'scalar') return [{ key: String(key.value), line: lineOf(key), value: walk(value, depth + 1) }];
        refuse(key, 'A key is not a plain name.', 'Write a name and a colon; a value that begins with {{ stands in quotes.');
        return [];
      });
      return { kind: 'map', line, entries };
    } else if (node.kind === 'list') return { kind: 'list', line, items: node.items.map((item) => walk(item, depth + 1)) };
    else if (node.kind === 'scalar') return scalar(node);
    return { kind: 'scalar', line, value: null };
  };

  for (const problem of problems) refuse(problem, `Not valid YAML: ${problem.message}`, 'Correct the YAML.');
  if (problems.length > 0) return { findings };
  return { root: root === undefined ? { kind: 'scalar', line: 1, value: null } : walk(root, 0), findings };
}

function isScalar(node: YamlNode, value: YamlScalar['value']): boolean {
  return node.kind === 'scalar' && node.value === value;
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
