/** Every template of links is one that ROS takes, and the embedded cloud's order of making things is the template's. */
import fc from 'fast-check';
import { lintTemplate } from '../../../lib/aliyun/ros';
import { sharedSchema } from '../ros/shared-schema';
import { inlandEstates } from './arbitrary-inland';
import { type Emitted, emit, inland, ofType } from './fixture';

const shared = sharedSchema();

function findings(stacks: ReadonlyMap<string, Emitted>): unknown[] {
  return [...stacks].flatMap(([name, { template }]) => [
    ...lintTemplate(template, undefined, name),
    ...lintTemplate(template, shared, name),
  ]);
}

test('the estate’s templates have no finding, by the product’s schema and by ROS’s own', () => {
  expect(findings(emit(inland()))).toEqual([]);
});

test('nor have those of any estate; and of one VPC’s routes each waits for the one before it', () => {
  fc.assert(
    fc.property(inlandEstates, (estate) => {
      const stacks = emit(estate);
      expect(findings(stacks)).toEqual([]);
      for (const found of stacks.values()) {
        const routes = ofType(found, 'ALIYUN::ECS::Route');
        expect(routes.map(([, { DependsOn }]) => DependsOn)).toEqual(
          routes.map((_, i) => (i === 0 ? undefined : [routes[i - 1]![0]])),
        );
      }
    }),
    { numRuns: 60 },
  );
});

test('no template holds a key', () => {
  const text = JSON.stringify([...emit(inland())]);
  expect(text).not.toMatch(/"Psk"|"AuthKey"|BgpNetwork/);
});

test('of any estate, each stack comes after the links’ stacks that it needs, and reads only what another one gives', () => {
  fc.assert(
    fc.property(inlandEstates, (estate) => {
      const stacks = [...emit(estate).values()];
      const done = new Set<string>();
      for (const { manifest, inputs } of stacks) {
        for (const path of manifest.dependsOn) if (path.startsWith('links/')) expect(done).toContain(path);
        for (const { path, output } of Object.values(inputs)) {
          const producer = stacks.find((s) => s.manifest.path === path);
          // Base and network stacks are not made here.
          if (producer === undefined) expect(path).toMatch(/^cn-\d\d\/(base|network)$/);
          else expect(Object.keys(producer.template.Outputs ?? {})).toContain(output);
        }
        done.add(manifest.path);
      }
    }),
    { numRuns: 60 },
  );
});
