/** What the estate costs more or less: by region and in all, never one currency added to another. */
import fc from 'fast-check';
import { AWS_PRICES_OF } from '../../../../lib/facts/aws/prices';
import type { EstatePlan } from '../../../../lib/plan/model';
import { estateMeanings, moneyThatChanges } from '../../../../lib/review/diff/estate';
import { runs } from '../../../runs';
import { type Edit, replaced } from '../edit';
import { plans } from './plans';

const US = 'regions/us-east-1.yaml';
const CN = 'regions/cn-beijing.yaml';

function changed(edits: Readonly<Record<string, Edit | undefined>>, expected: readonly string[] = []) {
  const { before, after } = plans('example', edits, expected);
  return moneyThatChanges(before, after);
}

/** "Amazon EC2 On-Demand Pricing", us-east-1: what a person computes by hand. */
const HOURS = 730;

test('an estate that stays costs what it costs', () => {
  expect(changed({})).toEqual([]);
});

test('another type of three voters: 3 x 0.192 less 3 x 0.096 dollars an hour', () => {
  const [found, ...others] = changed({ [US]: replaced('instanceType: m5.large', 'instanceType: m5.xlarge') });
  expect(others).toEqual([]);
  expect(Math.round(3 * (0.192 - 0.096) * HOURS)).toBe(210);
  expect(found).toMatchObject({ kind: 'cost', severity: 'money', stack: 'us-east-1' });
  expect(found!.what).toBe('about +210 USD a month: +3 x m5.xlarge, -3 x m5.large');
  expect(found!.details.at(-1)).toContain(`an estimate: list prices of ${AWS_PRICES_OF}`);
});

test('a broker more: its host, its system disk and 6,000 GiB at 0.08', () => {
  const [found] = changed({ [US]: replaced('quorum: replicas\n        count: 6', 'quorum: replicas\n        count: 7') });
  expect(Math.round(0.252 * HOURS + 6020 * 0.08)).toBe(666);
  expect(found!.what).toBe('about +666 USD a month: +1 x r5.xlarge, +6,020 GiB of gp3');
});

test('a broker less: its volume is kept, and paid', () => {
  const [found] = changed({
    [US]: replaced('quorum: replicas\n        count: 6', 'quorum: replicas\n        count: 6\n        removed: [4]'),
  });
  expect(found!.what).toBe('about -186 USD a month: -1 x r5.xlarge, -20 GiB of gp3');
  expect(found!.details).toContain('kept, and paid until somebody deletes them: 6,000 GiB of gp3');
});

test('dollars and yuan are never added; two regions of one currency have a total', () => {
  const found = changed({
    [US]: replaced('instanceType: m5.large', 'instanceType: m5.xlarge'),
    'regions/us-west-2.yaml': replaced('instanceType: m5.large', 'instanceType: m5.xlarge'),
    [CN]: replaced('instanceType: ecs.g7.large', 'instanceType: ecs.g7.xlarge'),
  });
  expect(found.map(({ kind, stack }) => `${kind} ${stack}`)).toEqual([
    'cost cn-beijing',
    'cost us-east-1',
    'cost us-west-2',
    'cost-total example',
  ]);
  expect(found[0]!.what).toMatch(/^about \+[\d,]+ CNY a month: \+3 x ecs\.g7\.xlarge, -3 x ecs\.g7\.large$/);
  expect(found[3]!.what).toBe('about +420 USD a month in all 2 regions that change: +6 x m5.xlarge, -6 x m5.large');
});

test('a region asks more than us-east-1', () => {
  const found = changed({ 'regions/sa-east-1.yaml': replaced('instanceType: m5.large', 'instanceType: m5.xlarge') });
  expect(found[0]!.what).toMatch(/^about \+334 USD/);
});

test('what no price is known of is said, not counted as nothing', () => {
  const [found] = changed({ [CN]: replaced('instanceType: ecs.g7.large', 'instanceType: ecs.ebmg9x.32xlarge') });
  expect(found!.what).toBe(
    'about -1,314 CNY a month and what ecs.ebmg9x.32xlarge costs (no price known): +3 x ecs.ebmg9x.32xlarge, -3 x ecs.g7.large',
  );
});

test('gateways: one instead of three, and their addresses', () => {
  const [found] = changed({ [US]: replaced('nat: per-zone', 'nat: single') });
  expect(Math.round(2 * (0.045 + 0.005) * HOURS)).toBe(73);
  expect(found!.what).toBe('about -73 USD a month: -2 x NAT gateway, -2 x public address');
});

test('a region that is described no more costs until somebody destroys it', () => {
  const { before } = plans('example', {});
  const after = { ...before, regions: before.regions.filter(({ name }) => name !== 'sa-east-1') };
  const found = moneyThatChanges(before, after);
  expect(found).toMatchObject([{ kind: 'cost-undescribed', stack: 'sa-east-1' }]);
  expect(found[0]!.what).toMatch(
    /^about -[\d,]+ USD a month, once what is no longer described is destroyed by name: -6 x r5\.xlarge/,
  );
  expect(found[0]!.details.join()).toContain('kept, and paid until somebody deletes them: 6,720 GiB of gp3');
});

test('a VPN that goes: its connection and attachment cost until its stack is destroyed', () => {
  const { before } = plans('hybrid', {});
  const vpns = before.links.filter(({ kind }) => kind === 'vpn');
  expect(vpns.length).toBeGreaterThan(0);
  const found = moneyThatChanges(before, { ...before, links: before.links.filter(({ kind }) => kind !== 'vpn') });
  expect(found.map(({ kind }) => kind)).toEqual(found.map(() => 'cost-undescribed'));
  expect(found[0]!.what).toContain('-1 x transit attachment, -1 x VPN connection');
});

test('a faster volume costs what is over its baseline', () => {
  const [found] = changed({ [US]: replaced('gb: 500, type: gp3', 'gb: 500, type: gp3, iops: 6000, throughput: 250') });
  expect(Math.round(3 * (3000 * 0.005 + 125 * 0.04))).toBe(60);
  expect(found!.what).toBe('about +60 USD a month: other GiB of gp3');
});

test('whatever types change to whatever, the sum is what a person adds up; back again it is the same with the other sign', () => {
  // By hand from "Amazon EC2 On-Demand Pricing", us-east-1, dollars an hour.
  const HOURLY = {
    'm5.large': 0.096,
    'm5.xlarge': 0.192,
    'r5.xlarge': 0.252,
    'c5.xlarge': 0.17,
    'c5.4xlarge': 0.68,
    't3.medium': 0.0416,
  } as const;
  const type = fc.constantFrom(...(Object.keys(HOURLY) as (keyof typeof HOURLY)[]));
  const { before } = plans('example', {});
  const region = before.regions.find(({ name }) => name === 'us-east-1')!;
  const hostsOf = (fleet: (typeof region.fleets)[number]) => (fleet.kind === 'members' ? fleet.members.length : fleet.min);
  const typed = (types: readonly (keyof typeof HOURLY)[]): EstatePlan => ({
    ...before,
    regions: [{ ...region, fleets: region.fleets.map((fleet, i) => ({ ...fleet, instanceType: types[i]! })) }],
  });
  const types = fc.tuple(...region.fleets.map(() => type));
  const about = (a: EstatePlan, b: EstatePlan) => {
    const [found] = moneyThatChanges(a, b);
    return found === undefined ? 0 : Number(/^about ([+-][\d,]+) USD/.exec(found.what)![1]!.replace(/,/g, ''));
  };
  fc.assert(
    fc.property(types, types, (old, now) => {
      const sum = region.fleets.reduce((all, fleet, i) => all + hostsOf(fleet) * (HOURLY[now[i]!] - HOURLY[old[i]!]) * HOURS, 0);
      expect(Math.abs(about(typed(old), typed(now)) - sum)).toBeLessThanOrEqual(0.5 + 1e-6);
      expect(about(typed(now), typed(old))).toBeCloseTo(-about(typed(old), typed(now)), 0);
    }),
    // The example rounds a half.
    {
      numRuns: runs(100),
      examples: [
        [
          ['r5.xlarge', 'r5.xlarge', 't3.medium', 'c5.xlarge', 'm5.large', 'c5.4xlarge', 'm5.large'],
          ['c5.xlarge', 't3.medium', 'r5.xlarge', 'm5.large', 'r5.xlarge', 'c5.4xlarge', 'c5.4xlarge'],
        ],
      ],
    },
  );
});

test('clusters and money come together, worst first', () => {
  const edit: Edit = (text) =>
    text.replace('generation: 1', 'generation: 2').replace('instanceType: m5.large', 'instanceType: m5.xlarge');
  const { before, after } = plans('example', { [US]: edit });
  expect(estateMeanings(before, after).map(({ severity }) => severity)).toEqual(['data-loss', 'money']);
});
