import fc from 'fast-check';
import type { Rehearsal } from '../../../lib/rehearsal/rehearse';
import { estateFiles, type Files, linkedEstateFiles } from '../../estate/arbitrary';
import { runs } from '../../runs';
import { mutated, rehearsed, type Side, sideOfFiles } from '../rehearsed';
import { each } from '../small';

const estates = fc.oneof(estateFiles(), linkedEstateFiles());

/** The same estate with larger voters. */
const larger = (files: Files): Files =>
  Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      path,
      text.replace(/instanceType: (m5\.large|t3\.medium)/g, 'instanceType: m5.2xlarge'),
    ]),
  );

test('of any estate neither the first deploy, nor one that changes nothing, nor one that restarts voters in their order loses anything', async () => {
  await fc.assert(
    fc.asyncProperty(estates, async (files) => {
      const side = sideOfFiles(files);
      expect((await rehearsed({ ...side, stacks: [] }, side)).timeline.losses).toEqual([]);
      expect((await rehearsed(side, side)).timeline.losses).toEqual([]);
      const { losses } = (await rehearsed(side, sideOfFiles(larger(files)))).timeline;
      // Of fleets without gates more may be down than they say, which is told.
      expect(losses.filter(({ code }) => code !== 'MEMBERS_DOWN')).toEqual([]);
    }),
    { numRuns: runs(2) },
  );
});

test('where voters restart without their order, a quorum is told as lost if and only if a count of who is up says so', async () => {
  await fc.assert(
    fc.asyncProperty(estateFiles(), fc.integer({ min: 0, max: 3 }), async (files, ordered) => {
      const side = sideOfFiles(files);
      const after = disordered(sideOfFiles(larger(files)), ordered);
      const { rehearsal, timeline } = await rehearsed(side, after);
      const told = timeline.losses.filter(({ code }) => code === 'QUORUM_LOST').map(({ name }) => name.split(':')[1]);
      expect(told.sort()).toEqual(lostByCount(side, rehearsal).sort());
    }),
    { numRuns: runs(3) },
  );
});

/** @param ordered members up to this number keep their order */
function disordered(side: Side, ordered: number): Side {
  return side.stacks
    .filter(({ path }) => path.endsWith('-voters'))
    .reduce(
      (all, { path }) =>
        mutated(all, path, (template) =>
          each(template, 'AWS::EC2::Instance', (instance, id) => {
            if (Number(/^M(\d+)/.exec(id)![1]) > ordered) delete instance.DependsOn;
          }),
        ),
      side,
    );
}

/** Looks at nothing but the changes of hosts, once a second. */
function lostByCount(side: Side, { hosts, seconds }: Rehearsal): string[] {
  return side.plan.regions.flatMap((region) =>
    region.fleets.flatMap((fleet) => {
      if (fleet.kind !== 'members' || fleet.quorum !== 'etcd') return [];
      const prefix = `${region.name}-${fleet.cluster}-${fleet.name}-`;
      const own = hosts.filter(({ name }) => name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length)));
      let least = fleet.members.length;
      for (let moment = 0; moment < seconds; moment++) {
        const up = new Set<string>();
        for (const { instanceId, up: well, at } of own) if (at <= moment + 0.5) well ? up.add(instanceId) : up.delete(instanceId);
        least = Math.min(least, up.size);
      }
      return least * 2 <= fleet.members.length ? [`${region.name}/${fleet.cluster}-${fleet.name}`] : [];
    }),
  );
}
