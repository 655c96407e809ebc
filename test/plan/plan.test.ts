import fc from 'fast-check';
import { cidr, containsCidr, overlaps } from '../../lib/estate/addresses/cidr';
import type { MembersFleetPlan, RegionPlan } from '../../lib/plan/model';
import { planEstate } from '../../lib/plan/plan';
import { collecting } from '../collection/estate';
import { runs } from '../runs';
import { ADSERVER, estate, members, region, STORAGE, VOTERS } from './estate-fixture';

const FLEETS = [ADSERVER, STORAGE, VOTERS];

function planned(r = region(FLEETS), lock?: Parameters<typeof estate>[0]['lock']): RegionPlan {
  return planEstate(estate({ regions: [r], ...(lock === undefined ? {} : { lock }) })).regions[0]!;
}

function fleet(plan: RegionPlan, name: string): MembersFleetPlan {
  const found = plan.fleets.find((f) => f.name === name);
  if (found?.kind !== 'members') throw new Error(`no members fleet ${name}`);
  return found;
}

describe('the plan of a region', () => {
  test('is the same bytes for the same estate', () => {
    expect(JSON.stringify(planned())).toBe(JSON.stringify(planned()));
  });

  test('has alarms that tell whom their fleet names, else whom the region names, else nobody', () => {
    const [theirs, ours] = ['theirs', 'ours'].map((name) => `arn:aws:sns:sa-east-1:111111111111:${name}`) as [string, string];
    const fleets = [{ ...STORAGE, alarms: { recover: true, topicArn: theirs } }, VOTERS];
    const told = planned(region(fleets, { alarms: { topicArn: ours } }));
    expect(fleet(told, STORAGE.name).alarms).toEqual({ recover: true, topicArn: theirs });
    expect(fleet(told, VOTERS.name).alarms).toEqual({ recover: false, topicArn: ours });
    expect(fleet(planned(), VOTERS.name).alarms).toEqual({ recover: false });
  });

  test('is the same whether the region is planned alone or with others', () => {
    const other = region(FLEETS, { name: 'us-west-2', block: cidr('10.2.0.0/16'), file: 'regions/us-west-2.yaml' });
    const all = planEstate(estate({ regions: [region(FLEETS), other] }));
    const alone = planEstate(estate({ regions: [region(FLEETS), other] }), ['sa-east-1']);
    expect(alone.regions).toEqual([all.regions[0]]);
  });

  test('gives every zone a public, an elastic and a members subnet that do not overlap', () => {
    const { subnets, cidr: vpc } = planned().network;
    expect(subnets).toHaveLength(9);
    for (const a of subnets) {
      expect(containsCidr(cidr(vpc), cidr(a.cidr))).toBe(true);
      for (const b of subnets) if (a !== b) expect(overlaps(cidr(a.cidr), cidr(b.cidr))).toBe(false);
    }
  });

  test('a zone added to the region moves no subnet that stands', () => {
    const two = region([], { network: { zones: ['sa-east-1b', 'sa-east-1c'], nat: 'per-zone', flowLogDays: 30 } });
    const three = region([], {
      network: { zones: ['sa-east-1a', 'sa-east-1b', 'sa-east-1c'], nat: 'per-zone', flowLogDays: 30 },
    });
    expect(planned(three).network.subnets).toEqual(expect.arrayContaining([...planned(two).network.subnets]));
  });

  test('a single NAT stands in the zone written first', () => {
    const plan = planned(region([], { network: { zones: ['sa-east-1b', 'sa-east-1a'], nat: 'single', flowLogDays: 0 } }));
    const targets = plan.network.routeTables.filter((t) => t.zone !== undefined).flatMap((t) => t.routes.map((r) => r.target));
    expect(targets).toEqual([
      { kind: 'nat', zone: 'sa-east-1b' },
      { kind: 'nat', zone: 'sa-east-1b' },
    ]);
  });

  test('without NAT no private table has a default route', () => {
    const plan = planned(region([], { network: { zones: ['sa-east-1a'], nat: 'none', flowLogDays: 0 } }));
    expect(plan.network.routeTables.find((t) => t.id === 'PrivateA')?.routes).toEqual([]);
  });
});

describe('members', () => {
  test('stand over the zones in turn, at fixed addresses', () => {
    expect(fleet(planned(), 'voters').members.map((m) => [m.name, m.zone, m.address])).toEqual([
      ['sa-east-1-core-voters-1', 'sa-east-1a', '10.9.8.16'],
      ['sa-east-1-core-voters-2', 'sa-east-1b', '10.9.40.16'],
      ['sa-east-1-core-voters-3', 'sa-east-1c', '10.9.72.16'],
    ]);
  });

  test('growing a fleet touches no member that stands', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 60 }), (count, more) => {
        const before = fleet(planned(region([members('storage', { ...STORAGE, count })])), 'storage');
        const after = fleet(planned(region([members('storage', { ...STORAGE, count: count + more })])), 'storage');
        expect(after.members.slice(0, count)).toEqual(before.members);
        expect(after.context).toEqual(before.context);
        // A further stack is one that its hosts may signal.
        const { signalStacks } = before.needs;
        expect(after.needs.signalStacks.slice(0, signalStacks.length)).toEqual(signalStacks);
        const apart = { members: [], needs: { ...before.needs, signalStacks: [] } };
        expect({ ...after, ...apart, needs: { ...after.needs, signalStacks: [] } }).toEqual({ ...before, ...apart });
      }),
      { numRuns: runs(30) },
    );
  });

  test('a member removed in the middle changes nobody but who waited for it', () => {
    const before = fleet(planned(region([members('storage', { ...STORAGE, count: 100 })])), 'storage').members;
    const after = fleet(planned(region([members('storage', { ...STORAGE, count: 100, removed: [17] })])), 'storage').members;
    expect(after.map((m) => m.number)).toEqual(before.map((m) => m.number).filter((n) => n !== 17));
    const changed = after.filter((m) => JSON.stringify(m) !== JSON.stringify(before.find((b) => b.number === m.number)));
    expect(changed.map((m) => [m.number, m.after])).toEqual([[26, 8]]);
  });

  test('never share an address, and never more than maxUnavailable of a stack come up at once', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 12 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 300 })),
        (count, maxUnavailable, removed) => {
          const plan = fleet(planned(region([members('storage', { ...STORAGE, count, maxUnavailable, removed })])), 'storage');
          expect(new Set(plan.members.map((m) => m.address)).size).toBe(plan.members.length);
          for (const stack of new Set(plan.members.map((m) => m.stack))) {
            const inStack = plan.members.filter((m) => m.stack === stack);
            expect(inStack.filter((m) => m.after === undefined).length).toBeLessThanOrEqual(maxUnavailable);
            const waitedFor = inStack.flatMap((m) => m.after ?? []);
            // Each member is waited for by one at most: the chains never fan out.
            expect(new Set(waitedFor).size).toBe(waitedFor.length);
            for (const m of inStack)
              if (m.after !== undefined) expect(inStack.some((o) => o.number === m.after && o.number < m.number)).toBe(true);
          }
        },
      ),
      { numRuns: runs(50) },
    );
  });

  test('an absent member keeps its place, and nobody waits for it', () => {
    const plan = fleet(
      planned(region(FLEETS), (key, entry) => (key === 'core/voters/2' ? { ...entry, absent: true } : entry)),
      'voters',
    );
    expect(plan.members.map((m) => [m.number, m.absent, m.after])).toEqual([
      [1, false, undefined],
      [2, true, 1],
      [3, false, 1],
    ]);
  });

  test('image, root disk and key come from the lock, never from the file', () => {
    const plan = fleet(
      planned(region(FLEETS), (_key, entry) => ({ ...entry, image: 'ami-00000000000000001', rootGb: 33, key: 'old-key' })),
      'storage',
    );
    expect(plan.members[0]).toMatchObject({ image: 'ami-00000000000000001', rootGb: 33, key: 'old-key' });
  });

  test('own container ranges by number in mode host-gw, with a route in every table', () => {
    const plan = planned(
      region(FLEETS, {
        containers: { mode: 'host-gw', block: cidr('172.20.0.0/16'), hostBits: 24, prefixesPerHost: 1, openTo: ['containers'] },
      }),
    );
    expect(fleet(plan, 'storage').members.map((m) => m.containerRange)).toEqual([
      '172.20.8.0/24',
      '172.20.9.0/24',
      '172.20.10.0/24',
    ]);
    expect(fleet(plan, 'storage').sourceDestCheck).toBe(false);
    for (const table of plan.network.routeTables) expect(table.routes.filter((r) => r.target.kind === 'member')).toHaveLength(6);
  });

  test('have no routes and keep the source/destination check in mode host', () => {
    expect(fleet(planned(), 'storage').sourceDestCheck).toBe(true);
    expect(
      planned()
        .network.routeTables.flatMap((t) => t.routes)
        .some((r) => r.target.kind === 'member'),
    ).toBe(false);
  });
});

describe('stacks', () => {
  test('begin with base and network, voters before the rest of their cluster, shards in order', () => {
    const plan = planned(region([ADSERVER, members('storage', { ...STORAGE, count: 181 }), VOTERS]));
    expect(plan.stacks.map((s) => s.id)).toEqual([
      'base',
      'network',
      'core-voters',
      'core-storage-1',
      'core-storage-2',
      'core-storage-3',
      'core-adserver',
    ]);
    expect(plan.stacks.find((s) => s.id === 'core-storage-3')?.dependsOn).toEqual([
      'base',
      'network',
      'core-voters',
      'core-storage-2',
    ]);
  });

  test('front ends and mirrors need no brokers to come up, and change after them', () => {
    const stacks = planEstate(collecting()).regions.flatMap((region) => region.stacks);
    const behind = stacks.filter(({ changesAfter }) => changesAfter.length > 0);
    expect(new Set(behind.map(({ fleet }) => fleet))).toEqual(new Set(['front-ends', 'mirrors']));
    for (const { changesAfter, dependsOn } of behind) {
      expect(changesAfter).toEqual(['collection-brokers']);
      expect(dependsOn).not.toContain('collection-brokers');
    }
    const brokers = stacks.filter(({ fleet }) => fleet === 'brokers');
    const apart = ({ name }: { name: string }) => stacks.some((one) => one.name === name.replace('brokers', 'controllers'));
    expect(new Set(brokers.map(apart))).toEqual(new Set([true, false]));
    for (const stack of brokers) expect(stack.dependsOn.includes('collection-controllers')).toBe(apart(stack));
  });

  test('a quorum fleet stands alone, and all members behind gates deploy with rollback off', () => {
    const voters = planned().stacks.find((s) => s.id === 'core-voters');
    expect(voters).toMatchObject({ disableRollback: true, holdsData: true, fleet: 'voters' });
    expect(planned().stacks.flatMap((s) => (s.disableRollback ? [s.id] : []))).toEqual(['core-voters', 'core-storage-1']);
  });

  test('every member stands in a stack of the plan', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 120 }), (count, membersPerStack) => {
        const plan = planned(region([members('storage', { ...STORAGE, count, membersPerStack })]));
        const ids = new Set(plan.stacks.map((s) => s.id));
        for (const m of fleet(plan, 'storage').members) expect(ids.has(m.stack)).toBe(true);
      }),
      { numRuns: runs(30) },
    );
  });
});

describe('security groups', () => {
  const groups = planned().securityGroups;

  test('there is one a fleet', () => {
    expect(groups.map((g) => g.id)).toEqual(['CoreAdserver', 'CoreStorage', 'CoreVoters']);
  });

  test('only voters listen for etcd, and every rule says why', () => {
    const voters = groups.find((g) => g.id === 'CoreVoters');
    expect(voters?.ingress.map((r) => [r.id, r.fromPort, r.why])).toEqual([
      ['EtcdClientFromCoreAdserver', 2379, 'etcd: hosts of the cluster reach etcd'],
      ['EtcdClientFromCoreStorage', 2379, 'etcd: hosts of the cluster reach etcd'],
      ['EtcdClientFromCoreVoters', 2379, 'etcd: hosts of the cluster reach etcd'],
      ['EtcdPeerFromCoreVoters', 2380, 'etcd: voters replicate'],
    ]);
    expect(groups.find((g) => g.id === 'CoreAdserver')?.ingress).toEqual([]);
  });
});

describe('what a host is rendered from', () => {
  test('names the voters by address, and who of the cluster votes', () => {
    const plan = planned();
    const etcd = (name: string) => plan.fleets.find((f) => f.name === name)?.context.cluster.etcd;
    expect(etcd('voters')).toMatchObject({ voter: true, size: 3, token: 'example-sa-east-1-core-g1' });
    expect(etcd('adserver')).toMatchObject({ voter: false });
    expect(etcd('adserver')?.voters.map((v) => v.address)).toEqual(['10.9.8.16', '10.9.40.16', '10.9.72.16']);
  });

  test('a role may signal only where its fleet is signalled, and only voters write the marker', () => {
    const plan = planned();
    const needs = (name: string) => plan.fleets.find((f) => f.name === name)?.needs;
    expect(needs('voters')).toEqual({
      artifactDigests: ['ad'.repeat(32)],
      signalStacks: ['sa-east-1-core-voters'],
      formedMarker: { name: '/meissa/example/sa-east-1/core/g1/formed', write: true },
      reports: 'meissa/reports/CoreVoters/',
    });
    expect(needs('adserver')?.signalStacks).toEqual(['sa-east-1-core-adserver']);
    expect(needs('storage')?.signalStacks).toEqual(['sa-east-1-core-storage-1']);
    expect(needs('storage')?.formedMarker).toBeUndefined();
  });
});

test('10,000 hosts plan in one call', () => {
  const storage = members('storage', { ...STORAGE, count: 1000, addresses: { first: 64, perZone: 400, firstRange: 0 } });
  const regions = Array.from({ length: 10 }, (_, i) => region([storage], { name: `r-${i}`, block: cidr(`10.${i}.0.0/16`) }));
  const plan = planEstate(estate({ regions }));
  expect(
    plan.regions.reduce((n, r) => n + r.fleets.reduce((m, f) => m + (f.kind === 'members' ? f.members.length : 0), 0), 0),
  ).toBe(10_000);
});
