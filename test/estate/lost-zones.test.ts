import * as fc from 'fast-check';
import { memberNumbers, memberPlace } from '../../lib/estate/addresses/member-number';
import type { Change } from '../../lib/estate/changes/change';
import { loseZone, zoneBack } from '../../lib/estate/changes/lose-zone';
import { pinMembers } from '../../lib/estate/changes/pin-members';
import { replaceMember } from '../../lib/estate/changes/replace-member';
import { tellVoters } from '../../lib/estate/changes/tell-voters';
import { numbersAvoiding } from '../../lib/estate/model/lost-zones';
import { planEstate } from '../../lib/plan/plan';
import { fleet } from './cases/case';
import { estateOf, filesOf, filesOfChange, type Written, written } from './written';

const LOCK = 'regions/sa-east-1.members.lock.yaml';

function filesWith(change: (w: Written) => void = () => {}): Record<string, string> {
  const w = written();
  change(w);
  return filesOf(w);
}

const words = (change: Change): string =>
  change.refused ? `${change.refused.code} ${change.refused.message}; ${change.refused.fix}` : change.words.join('\n');

/** The estate after a command, and after an edit of its files. */
function afterwards(files: Record<string, string>, change: Change): Record<string, string> {
  if (change.refused !== undefined) throw new Error(words(change));
  return { ...files, ...filesOfChange(change) };
}

const voters = (count: number, ...removed: number[]) =>
  filesWith((w) => Object.assign(fleet(w, 'voters'), { count, ...(removed.length > 0 && { removed }) }));

const lost = () => {
  const files = filesWith();
  return afterwards(files, loseZone(estateOf(files), 'sa-east-1', 'sa-east-1a'));
};

/** As many voters as before, with none of the lost zone; the lock is what it was. */
const moved = () => ({ ...lost(), 'regions/sa-east-1.yaml': voters(5, 1, 4)['regions/sa-east-1.yaml']! });

test('a zone that is lost is one line of the lock, and the voters that hosts know stand beside it; back again, the voters stay', () => {
  const files = filesWith();
  const text = lost()[LOCK]!;
  const added = text.split('\n').filter((line) => !files[LOCK]!.split('\n').includes(line));
  expect(added).toEqual(['lostZones: [sa-east-1a]', '  core: { generation: 1, voters: [1, 2, 3] }']);
  const back = afterwards(lost(), zoneBack(estateOf(lost()), 'sa-east-1', 'sa-east-1a'))[LOCK]!;
  expect(back).toBe(text.replace('lostZones: [sa-east-1a]\n', ''));
});

test('written twice it is written once; zones that there are not, and the last one of a region, are refused', () => {
  const estate = estateOf(lost());
  expect(loseZone(estate, 'sa-east-1', 'sa-east-1a')).toMatchObject({ files: [] });
  expect(words(loseZone(estate, 'sa-east-1', 'sa-east-1x'))).toContain('ZONE_UNKNOWN there is no zone "sa-east-1x"');
  expect(words(zoneBack(estate, 'sa-east-1', 'sa-east-1x'))).toContain('ZONE_UNKNOWN');
  expect(zoneBack(estate, 'sa-east-1', 'sa-east-1b')).toMatchObject({ files: [] });
  const second = estateOf(afterwards(lost(), loseZone(estate, 'sa-east-1', 'sa-east-1b')));
  expect(words(loseZone(second, 'sa-east-1', 'sa-east-1c'))).toContain('ZONES_ALL_LOST sa-east-1 would have no zone left');
});

test('`pin` writes nobody into a zone that it is to avoid, and says which numbers stand elsewhere', () => {
  const files = filesWith((w) => {
    fleet(w).count = 5;
  });
  const before = { ...files, [LOCK]: filesWith()[LOCK]! };
  expect(words(pinMembers(estateOf(before), 'sa-east-1', { avoid: ['sa-east-1b'] }))).toBe(
    'ZONE_AVOIDED member 5 of core/storage would stand in sa-east-1b; write `count: 6` and write `removed: [5]`',
  );
  expect(filesOfChange(pinMembers(estateOf(before), 'sa-east-1', { avoid: ['sa-east-1a'] }))[LOCK]).toContain('core/storage/5:');
});

test('what the finding says to write leaves as many members as were asked for, none of them new in a lost zone, and moves nobody', () => {
  const fleets = fc.record({
    zones: fc.constantFrom(['a'], ['a', 'b'], ['a', 'b', 'c'], ['c', 'a', 'b', 'd']),
    pinned: fc.integer({ min: 0, max: 12 }),
    more: fc.integer({ min: 0, max: 6 }),
    avoided: fc.subarray(['a', 'b', 'c', 'd']),
    holes: fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 4 }),
  });
  fc.assert(
    fc.property(fleets, ({ zones, pinned, more, avoided, holes }) => {
      const count = Math.max(1, pinned + more);
      const removed = [...new Set(holes.filter((n) => n <= count))];
      const asked = { zones, addresses: { first: 16, perZone: 16, firstRange: 0 }, count, removed };
      const stands = (n: number): boolean => n <= pinned;
      const found = numbersAvoiding(asked, avoided, stands);
      if (zones.every((zone) => avoided.includes(zone))) return found === undefined;
      const [before, now] = [memberNumbers(asked), memberNumbers(found!)];
      expect(now).toHaveLength(before.length);
      expect(now.filter((n) => !stands(n) && avoided.includes(memberPlace(asked, n).zone))).toEqual([]);
      expect(now.filter(stands)).toEqual(before.filter(stands));
      return found!.removed.every((n) => n <= found!.count);
    }),
  );
});

describe('a voter that takes the place of a lost one', () => {
  const pinned = () => afterwards(moved(), pinMembers(estateOf(moved()), 'sa-east-1'));
  const userDataOf = (files: Record<string, string>) =>
    planEstate(estateOf(files))
      .regions.find(({ name }) => name === 'sa-east-1')!
      .fleets.map(({ context }) => context);

  test('changes what no host is told: not the other voters, not those who reach them', () => {
    expect(userDataOf(pinned())).toEqual(userDataOf(filesWith()));
    expect(pinned()[LOCK]).toContain('core/voters/5: { address: "10.9.40.17"');
  });

  test('does so too where no zone was written down before: `pin` writes the voters of before beside the new one', () => {
    const files = { ...voters(5), [LOCK]: filesWith()[LOCK]! };
    const grown = afterwards(files, pinMembers(estateOf(files), 'sa-east-1'));
    expect(grown[LOCK]).toContain('core: { generation: 1, voters: [1, 2, 3] }');
    expect(userDataOf(grown)).toEqual(userDataOf(filesWith()));
  });

  test('is told to hosts when somebody asks for it, once', () => {
    const told = afterwards(pinned(), tellVoters(estateOf(pinned()), 'sa-east-1', 'core'));
    expect(told[LOCK]).toContain('core: { generation: 1 }');
    const [first] = userDataOf(told);
    expect(first!.cluster.etcd?.voters.map(({ number }) => number)).toEqual([2, 3, 5]);
    expect(tellVoters(estateOf(told), 'sa-east-1', 'core')).toMatchObject({ files: [] });
    expect(words(tellVoters(estateOf(told), 'sa-east-1', 'cores'))).toContain('CLUSTER_UNKNOWN');
  });

  test('a cluster of another generation begins with those that are described', () => {
    const next = { ...pinned() };
    next[LOCK] = next[LOCK]!.replace('core: { generation: 1, voters: [1, 2, 3] }', 'core: { generation: 2, voters: [1, 2, 3] }');
    expect(userDataOf(next)[0]!.cluster.etcd?.voters.map(({ number }) => number)).toEqual([2, 3, 5]);
  });

  test('its retired predecessor is known to the plan, so that it may go', () => {
    const plan = planEstate(estateOf(pinned())).regions.find(({ name }) => name === 'sa-east-1')!;
    const fleetPlan = plan.fleets.find(({ name }) => name === 'voters');
    expect(fleetPlan).toMatchObject({ retired: [{ number: 1, generation: 1, stack: 'core-voters' }] });
  });
});

test('a host of a lost zone is not replaced: its volumes are there', () => {
  const change = replaceMember(estateOf(lost()), 'sa-east-1-core-voters-1');
  expect(words(change)).toContain('HOST_IN_LOST_ZONE sa-east-1-core-voters-1 stands in sa-east-1a, which is lost');
  expect(words(replaceMember(estateOf(lost()), 'sa-east-1-core-voters-2'))).toContain('is marked absent');
});

test('the only NAT gateway of a region of AWS leaves a zone that is lost', () => {
  const single = (zone?: string) => {
    const files = filesWith((w) => {
      w.places['sa-east-1'].network.nat = 'single';
    });
    const now = zone === undefined ? files : afterwards(files, loseZone(estateOf(files), 'sa-east-1', zone));
    const { network } = planEstate(estateOf(now)).regions.find(({ name }) => name === 'sa-east-1')!;
    return [
      ...new Set(
        network.routeTables.flatMap(({ routes }) => routes.flatMap(({ target }) => (target.kind === 'nat' ? [target.zone] : []))),
      ),
    ];
  };
  expect([single(), single('sa-east-1b'), single('sa-east-1a')]).toEqual([['sa-east-1a'], ['sa-east-1a'], ['sa-east-1b']]);
});
