/**
 * A fragment in pieces: each item of its lists by itself, so that what hosts of several fleets have alike is rendered once. A piece is
 * known again by everything that is read for it.
 */
import type { Finding } from '../estate/findings/finding';
import type { Profile } from '../estate/model/profile';
import { type Reads, readOf, readsFrom } from './context-reads';
import type { TreeEntry, TreeNode } from './fragment-tree';
import { sourceTemplate } from './source-template';
import { TemplateProblem } from './template';
import type { ContextPath, TemplateContext } from './template-context';

interface Piece<T> {
  readonly root: TreeNode;
  readonly reads: Reads;
  /** By what a context says at these paths. */
  readonly made: Map<string, T>;
}

export type Pieces<T> = readonly Piece<T>[];

/** Of a piece: one a fleet, at most. Bounded, so that a long-lived process stays small. */
const MADE_AT_MOST = 1000;

/** Cuts a fragment; each entry that is no list is a piece, too. */
export function cut<T>(profile: Profile, root: TreeNode): Pieces<T> {
  if (root.kind !== 'map') return [{ root, reads: readsFrom(readsOf(profile, root)), made: new Map() }];
  const piece = (entry: TreeEntry): Piece<T> => ({
    root: { ...root, entries: [entry] },
    reads: readsFrom(readsOf(profile, entry.value)),
    made: new Map(),
  });
  return root.entries.flatMap((entry) => {
    const { value } = entry;
    // What is wrong with the key is told of an empty list, too.
    if (value.kind !== 'list' || value.items.length === 0) return [piece(entry)];
    return value.items.map((item) => piece({ ...entry, value: { ...value, items: [item] } }));
  });
}

/**
 * What becomes of each piece. Undefined where anything is wrong: that is told of the whole, in its order and with its places.
 * @param render what is made of a part of the tree, and what is wrong with it
 */
export function ofPieces<T>(
  pieces: Pieces<T>,
  scope: TemplateContext,
  render: (root: TreeNode, findings: Finding[]) => T,
): T[] | undefined {
  const findings: Finding[] = [];
  const parts = pieces.map(({ root, reads, made }) => {
    const key = readOf(scope, reads);
    const known = made.get(key);
    if (known !== undefined) return known;
    const part = render(root, findings);
    if (made.size >= MADE_AT_MOST) made.clear();
    // With a finding none is used, this time; it would be the next time.
    if (findings.length === 0) made.set(key, part);
    return part;
  });
  return findings.length === 0 ? parts : undefined;
}

/** Every path of the context that decides what a node becomes, with its file of the folder. */
function readsOf(profile: Profile, node: TreeNode): readonly ContextPath[] {
  if (node.kind === 'template') return node.template.reads;
  if (node.kind === 'list') return node.items.flatMap((item) => readsOf(profile, item));
  if (node.kind === 'scalar') return [];
  const { entries } = node;
  const templated = entries.some(({ key }) => key === 'template');
  return entries.flatMap(({ key, value }): readonly ContextPath[] => {
    // `each` names a list by its path; `source` a file, and where it is a template itself any that begins as it does.
    if (key === 'each' && value.kind === 'scalar') return [String(value.value).split('.')];
    if (key !== 'source' || !templated) return readsOf(profile, value);
    if (value.kind === 'scalar') return readsOfSource(profile, String(value.value));
    return value.kind === 'template' ? [...value.template.reads, ...readsOfSources(profile, value.template.text)] : [[]];
  });
}

function readsOfSources(profile: Profile, name: string): readonly ContextPath[] {
  const [begin = ''] = name.split('{{');
  return Object.keys(profile.files).flatMap((file) => (file.startsWith(begin) ? readsOfSource(profile, file) : []));
}

function readsOfSource(profile: Profile, name: string): readonly ContextPath[] {
  if (!Object.hasOwn(profile.files, name)) return [];
  try {
    return sourceTemplate(profile, name).reads;
  } catch (error) {
    // Rendering it is a finding.
    if (!(error instanceof TemplateProblem)) throw error;
    return [];
  }
}
