import fc from 'fast-check';
import type { ElasticFleet, MembersFleet, Region } from '../../lib/estate/model/model';
import { awsEffect } from '../../lib/facts/aws/updates';
import type { Json } from '../../lib/facts/effect';
import { runs } from '../runs';
import { ADSERVER, allResources, HOST_GW, plan, region, STORAGE, synth, textOf, VOTERS } from './fixtures';

/** Everything of an estate that a person may change while its lock stays. */
const change = fc.record({
  count: fc.integer({ min: 1, max: 30 }),
  removed: fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 4 }),
  instanceType: fc.constantFrom('r5.xlarge', 'm5.large', 'c6g.large'),
  rootGb: fc.integer({ min: 8, max: 200 }),
  keyName: fc.option(fc.constantFrom('ops', 'dev'), { nil: undefined }),
  gb: fc.integer({ min: 1, max: 900 }),
  type: fc.constantFrom('gp3', 'io2', 'st1'),
  extraVolume: fc.boolean(),
  text: fc.string(),
  recover: fc.boolean(),
  tags: fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.string({ maxLength: 10 }), { maxKeys: 3 }),
  maxUnavailable: fc.integer({ min: 1, max: 9 }),
  gateTimeout: fc.integer({ min: 60, max: 3600 }),
  nat: fc.constantFrom('per-zone', 'single', 'none'),
  flowLogDays: fc.constantFrom(0, 7, 30),
  adservers: fc.boolean(),
});

type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

const LOCK = { image: 'ami-0locked', rootGb: 20, generation: 1 };

function changed(c: Change): Region {
  const volumes = [{ ...STORAGE.volumes[0]!, gb: c.gb, type: c.type }];
  if (c.extraVolume) volumes.push({ ...volumes[0]!, name: 'extra', device: '/dev/sdh' });
  const shared: Partial<MembersFleet> = {
    instanceType: c.instanceType,
    rootGb: c.rootGb,
    keyName: c.keyName,
    tags: c.tags,
    alarms: { recover: c.recover },
    gateTimeout: c.gateTimeout,
  };
  const storage = {
    ...STORAGE,
    ...shared,
    count: c.count,
    removed: c.removed,
    volumes,
    membersPerStack: 10,
    maxUnavailable: c.maxUnavailable,
  };
  const elastic: ElasticFleet[] = c.adservers ? [ADSERVER] : [];
  return region([...elastic, storage, { ...VOTERS, ...shared }], {
    ...HOST_GW,
    tags: c.tags,
    network: { zones: ['sa-east-1a', 'sa-east-1b', 'sa-east-1c'], nat: c.nat, flowLogDays: c.flowLogDays },
  });
}

function emitted(c: Change) {
  const from = plan([changed(c)], (_key, entry) => ({ ...LOCK, zone: entry.zone }));
  return allResources(synth(from, { userDataOf: textOf(c.text) }));
}

test('no replacing change ever reaches a member: two estates with the same lock differ in no replacing property', () => {
  fc.assert(
    fc.property(change, change, (one, other) => {
      // That a volume never shrinks is a rule's to say (VOLUME_SHRUNK).
      const gb = Math.max(one.gb, other.gb);
      const [before, after] = [emitted(one), emitted({ ...other, gb })];
      for (const [id, resource] of after) {
        const previous = before.get(id);
        if (previous === undefined || !/\/M\d+/.test(id)) continue;
        expect(resource.Type).toBe(previous.Type);
        for (const name of Object.keys({ ...previous.Properties, ...resource.Properties })) {
          const [was, is] = [previous.Properties?.[name], resource.Properties?.[name]];
          if (JSON.stringify(was) === JSON.stringify(is)) continue;
          expect([id, name, awsEffect(resource.Type, name, was as Json, is as Json)]).not.toContainEqual(
            expect.stringMatching(/^(replace|refused|unknown)$/),
          );
        }
      }
    }),
    { numRuns: runs(15) },
  );
});
