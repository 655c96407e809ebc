/** Replacement goes through references: what is replaced, or changes, because something else is replaced. */
import fc from 'fast-check';
import { aBox, toyCloud } from './toy-cloud';

/** A box of a random graph: it refers only to boxes before it, so that there is no circle. */
interface Node {
  /** Boxes whose replacement replaces this one, and those whose replacement only changes it. */
  readonly replacedBy: number[];
  readonly changedBy: number[];
  readonly colour: 'stays' | 'changes';
  readonly size: 'stays' | 'changes';
}

const graph = fc.array(
  fc.record({
    replacedBy: fc.uniqueArray(fc.nat(11), { maxLength: 2 }),
    changedBy: fc.uniqueArray(fc.nat(11), { maxLength: 2 }),
    colour: fc.constantFrom<Node['colour']>('stays', 'stays', 'changes'),
    size: fc.constantFrom<Node['size']>('stays', 'changes'),
  }),
  { minLength: 1, maxLength: 12 },
);

const named = (n: number) => `B${n}`;
const earlier = (refs: readonly number[], n: number) => refs.filter((ref) => ref < n);

/** `Of` replaces where it differs, `Label` does not. */
const template = (nodes: readonly Node[], side: 'before' | 'after') =>
  Object.fromEntries(
    nodes.map(({ replacedBy, changedBy, colour, size }, n) => [
      named(n),
      aBox({
        Colour: side === 'after' && colour === 'changes' ? 'blue' : 'red',
        Size: side === 'after' && size === 'changes' ? 2 : 1,
        Of: earlier(replacedBy, n).map((ref) => ({ Ref: named(ref) })),
        Label: earlier(changedBy, n).map((ref) => ({ 'Fn::GetAtt': [named(ref), 'Label'] })),
      }),
    ]),
  );

test('of any graph exactly that is replaced which says so itself or holds the id of what is replaced, and it is told through what', async () => {
  await fc.assert(
    fc.asyncProperty(graph, async (nodes) => {
      const cloud = toyCloud();
      await cloud.deploy(template(nodes, 'before'));
      const ids = new Map(Object.entries(cloud.engine.stack(cloud.place, 'toys').resources).map(([id, r]) => [id, r.physicalId]));
      cloud.works.length = 0;
      const stack = await cloud.deploy(template(nodes, 'after'));
      expect(stack.status).toBe('UPDATE_COMPLETE');

      // The oracle walks the references from each box back to those that say it themselves; it knows no engine.
      const isReplaced = (n: number): boolean =>
        nodes[n]!.colour === 'changes' || earlier(nodes[n]!.replacedBy, n).some(isReplaced);
      nodes.forEach((node, n) => {
        const replaced = isReplaced(n);
        expect([n, stack.resources[named(n)]?.physicalId !== ids.get(named(n))]).toEqual([n, replaced]);
        const work = cloud.works.find(({ logicalId, act }) => logicalId === named(n) && act !== 'delete');
        const causes = [...earlier(node.replacedBy, n), ...earlier(node.changedBy, n)].filter(isReplaced);
        const own = node.colour === 'changes' || node.size === 'changes';
        expect([n, work?.act]).toEqual([n, replaced ? 'replace' : own || causes.length > 0 ? 'update' : undefined]);
        expect([n, new Set(work?.through ?? [])]).toEqual([n, new Set(own ? [] : causes.map(named))]);
      });
    }),
    { numRuns: 150 },
  );
});
