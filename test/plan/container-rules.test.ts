import fc from 'fast-check';
import { cidr, formatCidr } from '../../lib/estate/addresses/cidr';
import { admittedToContainers } from '../../lib/estate/addresses/route-counts';
import type { ContainerNetwork, Estate } from '../../lib/estate/model/model';
import type { SecurityRulePlan } from '../../lib/plan/model';
import { planEstate } from '../../lib/plan/plan';
import { CONTAINER_GROUP } from '../../lib/plan/region/container-rules';
import { runs } from '../runs';
import { dataCentre, hybrid, joined, line, linked, linkedEstates, place, vpn } from './linked-fixture';

/** Rules by CIDR for everything, one text each, that the first region's group for containers gets: its own, and those of its links. */
function opened(estate: Estate): string[] {
  const plan = planEstate(estate);
  const region = plan.regions[0]!;
  const groups = region.securityGroups.filter((g) => g.id === CONTAINER_GROUP);
  for (const group of region.securityGroups) {
    if (group.id !== CONTAINER_GROUP) expect(group.ingress.filter((rule) => rule.protocol === 'all')).toEqual([]);
  }
  for (const fleet of region.fleets) expect(fleet.containerGroup).toBe(groups[0]?.id);
  const linked = plan.links.flatMap((l) => [l.a, l.b].filter((end) => end.place === region.name));
  return [...groups.flatMap((g) => g.ingress), ...linked.flatMap((end) => end.admits)].map(words).sort();
}

function words({ id, from, fromPort, toPort }: SecurityRulePlan): string {
  expect([fromPort, toPort]).toEqual([0, 65535]);
  return `${id} ${from.kind === 'cidr' ? from.cidr : from.id}`;
}

const open = (mode: ContainerNetwork['mode'], n = 1, openTo: ContainerNetwork['openTo'] = ['containers']) => {
  const of = place(n, mode);
  return { ...of, containers: { ...of.containers, openTo } };
};

test('in mode host no group lets anything in but the ports that profiles declare', () => {
  const [one, two] = [place(1, 'host'), place(2, 'host-gw')];
  expect(opened(linked([one, two], [joined(one, two, 'transit')]))).toEqual([]);
});

test('containers of the region reach each other, without any link', () => {
  expect(opened(linked([open('host-gw')], []))).toEqual(['AllFromR01Containers 172.17.0.0/16']);
  expect(opened(linked([open('prefix')], []))).toEqual(['AllFromR01Containers 10.1.0.0/16']);
});

test('containers of linked places do, where the link gives them', () => {
  const [one, gateway, prefix, host, unlinked] = [open('host-gw'), place(2), place(3, 'prefix'), place(4, 'host'), place(5)];
  const links = [joined(one, gateway, 'transit'), joined(one, prefix, 'transit'), joined(one, host, 'transit')];
  expect(opened(linked([one, gateway, prefix, host, unlinked], links))).toEqual([
    'AllFromR01Containers 172.17.0.0/16',
    'AllFromR02Containers 172.18.0.0/16',
    'AllFromR03Containers 10.3.0.0/16',
  ]);
  const hostsOnly = [joined(one, gateway, 'transit', { gives: ['hosts'] })];
  expect(opened(linked([one, gateway], hostsOnly))).toEqual(['AllFromR01Containers 172.17.0.0/16']);
});

test('hosts do only where the region says so', () => {
  const [one, two] = [open('host-gw', 1, ['containers', 'hosts']), place(2)];
  expect(opened(linked([one, two], [joined(one, two, 'transit')]))).toEqual([
    'AllFromR01Containers 172.17.0.0/16',
    'AllFromR01Hosts 10.1.0.0/16',
    'AllFromR02Containers 172.18.0.0/16',
    'AllFromR02Hosts 10.2.0.0/16',
  ]);
});

test('no two rules of a group have the same range: the cloud refuses the second', () => {
  const bj = dataCentre();
  const [one, two] = [open('prefix', 1, ['containers', 'hosts']), place(2, 'prefix')];
  const rules = opened(linked([one, two], [joined(one, two, 'peering'), line(bj, one), vpn(bj, one)], [bj]));
  expect(rules).toEqual([
    'AllFromBjContainers 172.31.0.0/16',
    'AllFromBjHosts 10.200.0.0/16',
    'AllFromR01Containers 10.1.0.0/16',
    'AllFromR02Containers 10.2.0.0/16',
  ]);
});

test('a range inside another one needs no rule of its own', () => {
  const bj = dataCentre();
  const one = open('host-gw');
  const part = vpn(bj, one, [cidr('172.31.64.0/20')]);
  expect(opened(linked([one], [line(bj, one, {}, ['containers']), part], [bj]))).toEqual([
    'AllFromBjContainers 172.31.0.0/16',
    'AllFromR01Containers 172.17.0.0/16',
  ]);
  expect(opened(linked([one], [part], [bj]))[0]).toBe('AllFromBjAC1F4000x20 172.31.64.0/20');
});

test('there are as many as the quota is checked against', () => {
  fc.assert(
    fc.property(linkedEstates, fc.boolean(), (estate, hosts) => {
      const regions = estate.regions.map((r) => ({
        ...r,
        containers: { ...r.containers, openTo: hosts ? (['containers', 'hosts'] as const) : (['containers'] as const) },
      }));
      const opening = { ...estate, regions };
      expect(
        opened(opening)
          .map((rule) => rule.split(' ')[1])
          .sort(),
      ).toEqual(admittedToContainers(opening, regions[0]!).map(formatCidr).sort());
    }),
    { numRuns: runs(60) },
  );
});

test('a data centre that is reached through another region is let in like one at the end of a line', () => {
  const through = planEstate(hybrid()).links.find((l) => l.id === 'beijing--eu-west-1')!;
  const cidrs = through.b.admits.flatMap((r) => (r.from.kind === 'cidr' ? r.from.cidr : []));
  expect(cidrs).toEqual(expect.arrayContaining(['10.200.0.0/16', '172.20.0.0/16']));
});

test('the rules of ports stay as they are', () => {
  const ports = (mode: ContainerNetwork['mode']) =>
    planEstate(linked([open(mode)], [])).regions[0]!.securityGroups.filter((g) => g.id !== CONTAINER_GROUP);
  expect(ports('host-gw')).toEqual(ports('host'));
  expect(ports('host').flatMap((g) => g.ingress)).not.toEqual([]);
});
