/** The load balancers before front ends, from the estate that tests collect in. */
import type { Estate } from '../../lib/estate/model/model';
import { planEstate } from '../../lib/plan/plan';
import { collecting, elastic, withFrontEnds } from '../collection/estate';

const regionOf = (estate: Estate, name = 'sa-east-1') => planEstate(estate, [name]).regions[0]!;

test('front ends stand behind a load balancer with a planned name, an address in every zone and the ports of lines', () => {
  expect(regionOf(collecting()).loadBalancers).toEqual([
    {
      cluster: 'collection',
      fleet: 'front-ends',
      name: 'sa-east-1-collection-front-ends',
      stack: 'collection-front-ends-entry',
      dnsZone: 'collection.sa-east-1.collecting.internal',
      dnsName: 'lines.collection.sa-east-1.collecting.internal',
      subnets: ['a', 'b', 'c'].map((letter) => ({ id: `Public${letter.toUpperCase()}`, zone: `sa-east-1${letter}` })),
      listeners: [
        { id: 'Http', port: 8080, protocol: 'tcp', why: 'lines over HTTP, acknowledged' },
        { id: 'Relp', port: 2514, protocol: 'tcp', why: 'lines over RELP, acknowledged' },
        { id: 'Syslog', port: 514, protocol: 'tcp-udp', why: 'syslog, not acknowledged' },
      ],
      health: { port: 8080, path: '/health', interval: 10, timeout: 5, threshold: 2 },
      deregistrationSeconds: 60,
      targets: [
        { number: 1, address: '10.9.8.48', zone: 'sa-east-1a', absent: false },
        { number: 2, address: '10.9.40.48', zone: 'sa-east-1b', absent: false },
      ],
    },
  ]);
});

test('its stack stands before the fleet, which is registered there as it comes', () => {
  const { stacks } = regionOf(collecting());
  const entry = stacks.find((stack) => stack.kind === 'entry')!;
  expect(entry).toMatchObject({ id: 'collection-front-ends-entry', dependsOn: ['network'], holdsData: false });
  const fleet = stacks.find((stack) => stack.id === 'collection-front-ends-1')!;
  expect(fleet.dependsOn).toEqual(['base', 'network', entry.id]);
  expect(stacks.indexOf(entry)).toBeLessThan(stacks.indexOf(fleet));
});

test('every fleet of the region knows the name; a region without front ends has none', () => {
  const names = (estate: Estate) => new Set(regionOf(estate).fleets.map((fleet) => fleet.context.lines));
  expect(names(collecting())).toEqual(new Set(['lines.collection.sa-east-1.collecting.internal']));
  const none = withFrontEnds(collecting(), 'sa-east-1', () => undefined);
  expect(names(none)).toEqual(new Set([undefined]));
  expect(regionOf(none)).not.toHaveProperty('loadBalancers');
  expect(regionOf(none).stacks.map((stack) => stack.kind)).not.toContain('entry');
});

test('hosts of an elastic fleet are registered by their group, and drain before they go', () => {
  const region = regionOf(withFrontEnds(collecting(), 'sa-east-1', elastic));
  expect(region.loadBalancers?.[0]).not.toHaveProperty('targets');
  const fleet = region.fleets.find((one) => one.name === 'front-ends')!;
  const drain = { group: 'sa-east-1-collection-front-ends', hook: 'drain', heartbeat: 900 };
  expect(fleet).toMatchObject({ kind: 'elastic', drain, needs: { drains: drain.group }, context: { fleet: { drain } } });
});

test('members keep their disk when they go: nothing is drained', () => {
  const fleet = regionOf(collecting()).fleets.find((one) => one.name === 'front-ends')!;
  expect(fleet).not.toHaveProperty('drain');
  expect(fleet.needs).not.toHaveProperty('drains');
});
