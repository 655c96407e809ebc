import type { Finding } from '../estate/findings/finding';
import { nearest } from '../estate/findings/nearest';
import { word } from '../estate/findings/remedy';
import { type TreeNode, templateFinding, type WrittenWord } from './fragment-tree';
import { plainText, type Rendered } from './rendered';
import { sentence } from './sentence';
import { TemplateProblem } from './template';
import { type TemplateContext, withItem } from './template-context';

/** Findings in profiles after which no template runs, no field is told of and no fleet is rendered: whoever pasted the wrong file needs no ten thousand lines. */
export const MOST_FINDINGS = 1000;

/** A fragment with its templates run. */
export type ValueNode =
  | ValueScalar
  | { readonly kind: 'list'; readonly line: number; readonly items: readonly ValueNode[] }
  | {
      readonly kind: 'map';
      readonly line: number;
      readonly entries: ReadonlyMap<string, ValueNode>;
      /** Where its keys stand. */
      readonly keys: ReadonlyMap<string, WrittenWord>;
    };

export interface ValueScalar {
  readonly kind: 'scalar';
  readonly line: number;
  readonly value: string | number | boolean | null;
  /** @default - it is a block, has escapes, goes over lines or is of a template */
  readonly written?: WrittenWord;
  /** Of a template that puts values: they are not encoded in `value`. `offset`: added to a line inside of it to get the line in the file. */
  readonly template?: { readonly rendered: Rendered; readonly offset: number };
}

/**
 * Runs the templates of a tree, each inside its own scalar, so that no value can break the structure.
 *
 * Two keys direct what becomes of the map they stand in, and are taken out of it:
 * - `when`: the map is left out unless this renders to `true`; `false` and the empty text leave it out, anything else is a finding.
 * - `each`: a path into the context (`volumes`, `params.sshAuthorizedKeys`); the list item is repeated for every element,
 *   which its templates call `item`, and its index or name `key`.
 * An item of a list of plain values carries them beside `value`: `- { each: params.keys, value: '{{item}}' }`.
 */
export function renderTree(root: TreeNode, context: TemplateContext, file: string, findings: Finding[]): ValueNode {
  return renderNode(root, context, '');

  function renderNode(node: TreeNode, scope: TemplateContext, path: string): ValueNode {
    switch (node.kind) {
      case 'scalar':
        return node;
      case 'template':
        return renderTemplate(node, scope, path);
      case 'list':
        return {
          kind: 'list',
          line: node.line,
          items: node.items.flatMap((item, index) => renderItem(item, scope, `${path}[${index}]`)),
        };
      case 'map': {
        const entries = new Map<string, ValueNode>();
        const keys = new Map<string, WrittenWord>();
        for (const entry of node.entries) {
          const inner = path === '' ? entry.key : `${path}.${entry.key}`;
          if (entry.key === 'when' || !holds(entry.value, scope, inner)) continue;
          entries.set(entry.key, renderNode(entry.value, scope, inner));
          keys.set(entry.key, { text: entry.key, line: entry.line, column: entry.column });
        }
        return { kind: 'map', line: node.line, entries, keys };
      }
    }
  }

  function renderTemplate(node: TreeNode & { kind: 'template' }, scope: TemplateContext, path: string): ValueScalar {
    const { line, offset } = node;
    if (findings.length > MOST_FINDINGS) return { kind: 'scalar', line, value: '' };
    try {
      const rendered = node.template.render(scope);
      const value = plainText(rendered);
      return { kind: 'scalar', line, value, ...(node.template.puts ? { template: { rendered, offset } } : {}) };
    } catch (error) {
      if (!(error instanceof TemplateProblem)) throw error;
      findings.push(templateFinding(error, file, node.place, path));
      return { kind: 'scalar', line, value: '' };
    }
  }

  function renderItem(item: TreeNode, scope: TemplateContext, path: string): ValueNode[] {
    if (item.kind !== 'map') return [renderNode(item, scope, path)];
    const each = item.entries.find((entry) => entry.key === 'each');
    const rest: TreeNode = each ? { ...item, entries: item.entries.filter((entry) => entry !== each) } : item;
    const scopes = each
      ? elements(each.value, scope, `${path}.each`).map(([key, value]) => withItem(scope, key, value))
      : [scope];
    return scopes
      .filter((inner) => holds(rest, inner, path))
      .map((inner) => {
        const rendered = renderNode(rest, inner, path);
        const alone = rendered.kind === 'map' && rendered.entries.size === 1 ? rendered.entries.get('value') : undefined;
        return alone ?? rendered;
      });
  }

  /** Whether the map's own `when` keeps it. */
  function holds(node: TreeNode, scope: TemplateContext, path: string): boolean {
    const when = node.kind === 'map' ? node.entries.find((entry) => entry.key === 'when') : undefined;
    if (!when) return true;
    const before = findings.length;
    const value = renderNode(when.value, scope, `${path}.when`);
    if (findings.length > before) return false;
    const text = value.kind === 'scalar' ? String(value.value) : value.kind;
    if (text === 'true') return true;
    if (text !== 'false' && text !== '') {
      findings.push({
        code: 'FRAGMENT_CONDITION',
        severity: 'error',
        file,
        line: when.line,
        path: `${path}.when`,
        message: `A condition came out as ${JSON.stringify(text.slice(0, 40))}.`,
        why: 'A condition keeps or leaves out what it stands in; nothing else can be meant.',
        fix: 'Write something that is true or false: \'{{eq fleet.kind "members"}}\'.',
      });
    }
    return false;
  }

  function elements(node: TreeNode, scope: TemplateContext, path: string): [string | number, unknown][] {
    const parts = node.kind === 'scalar' && typeof node.value === 'string' ? node.value.split('.') : [];
    let at: unknown = scope;
    for (const [index, part] of parts.entries()) {
      const inside = typeof at === 'object' && at !== null ? (at as Record<string, unknown>) : undefined;
      if (!inside || !Object.hasOwn(inside, part)) {
        const meant = inside && nearest(part, Object.keys(inside));
        findings.push({
          code: 'TEMPLATE_VARIABLE',
          severity: 'error',
          file,
          line: node.line,
          path,
          message: `There is no variable ${parts.join('.')}.`,
          why: 'The item is repeated for the elements of a list that is not there.',
          ...(meant
            ? sentence(word(parts.join('.'), parts.map((name, i) => (i === index ? meant : name)).join('.'), node))
            : { fix: 'Name a list or map of the context, without braces.' }),
        });
        return [];
      }
      at = inside[part];
    }
    if (parts.length > 0 && Array.isArray(at)) return [...at.entries()];
    if (parts.length > 0 && typeof at === 'object' && at !== null) return Object.entries(at).sort(([a], [b]) => (a < b ? -1 : 1));
    if (at === null || at === '') return [];
    findings.push({
      code: 'FRAGMENT_TYPE',
      severity: 'error',
      file,
      line: node.line,
      path,
      message: '`each` does not name a list.',
      why: 'The item is repeated for every element of a list or map.',
      fix: 'Name a list or map of the context, without braces: `each: volumes`.',
    });
    return [];
  }
}
