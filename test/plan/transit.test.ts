import { cidr, containsCidr, overlaps } from '../../lib/estate/addresses/cidr';
import type { ContainerMode, LinkKind } from '../../lib/estate/model/model';
import type { RegionPlan } from '../../lib/plan/model';
import { planEstate } from '../../lib/plan/plan';
import { joined, linked, place, withStorage } from './linked-fixture';

function planned(
  kind: Exclude<LinkKind, 'vpn' | 'leased-line' | 'association'> | 'none',
  mode: ContainerMode = 'host-gw',
  count = 3,
): RegionPlan {
  const [one, two] = [withStorage(place(1, mode), count), place(2, mode)];
  return planEstate(linked([one, two], kind === 'none' ? [] : [joined(one, two, kind)])).regions[0]!;
}

test('a region without a link that needs it has no transit gateway, no attachment subnet and no stack for one', () => {
  for (const kind of ['none', 'peering'] as const) {
    const plan = planned(kind);
    expect(plan.transit).toBeUndefined();
    expect(plan.stacks.map((s) => s.id)).not.toContain('transit');
    expect(plan.network.subnets.map((s) => s.role)).not.toContain('attachment');
    expect(plan.network.routeTables.map((t) => t.id)).toEqual(['Public', 'PrivateA', 'PrivateB']);
  }
});

test('a region whose gateway has no AS number yet is planned without it', () => {
  const { transit: _, ...one } = place(1);
  expect(planEstate(linked([one, place(2)], [joined(one, place(2), 'transit')])).regions[0]?.transit).toBeUndefined();
});

test('the gateway sends its own blocks to the VPC and drops the rest of the pools', () => {
  expect(planned('transit').transit).toEqual({
    asn: 64_601,
    subnets: ['AttachmentA', 'AttachmentB'],
    own: [
      { id: 'Hosts', destination: '10.1.0.0/16', why: 'hosts of r-01' },
      { id: 'Containers', destination: '172.17.0.0/16', why: 'containers of r-01' },
    ],
    blackholes: [
      expect.objectContaining({ id: 'HostsPool', destination: '10.0.0.0/8' }),
      expect.objectContaining({ id: 'ContainersPool', destination: '172.16.0.0/12' }),
    ],
  });
});

test('containers in the host block need no route of their own', () => {
  for (const mode of ['host', 'prefix'] as const)
    expect(planned('transit', mode).transit?.own.map((r) => r.id)).toEqual(['Hosts']);
});

test('a pool that is one region is not dropped at its own gateway', () => {
  const [one, two] = [place(1), place(2)];
  const estate = linked([one, two], [joined(one, two, 'transit')]);
  const alone = { ...estate, addressing: { ...estate.addressing, containers: { pool: cidr('172.17.0.0/16'), blockBits: 16 } } };
  expect(planEstate(alone).regions[0]?.transit?.blackholes.map((r) => r.id)).toEqual(['HostsPool']);
});

test('its stack comes after the network and before the fleets', () => {
  const { stacks } = planned('transit');
  expect(stacks.slice(0, 3).map((s) => s.id)).toEqual(['base', 'network', 'transit']);
  expect(stacks[2]).toMatchObject({ name: 'r-01-transit', kind: 'transit', dependsOn: ['network'], holdsData: false });
});

test('every zone has a /28 for it that overlaps nothing, and one table serves all zones', () => {
  const { network } = planned('transit');
  const own = network.subnets.filter((s) => s.role === 'attachment');
  expect(own.map((s) => [s.id, s.zone, s.cidr, s.routeTable])).toEqual([
    ['AttachmentA', 'r-01a', '10.1.1.0/28', 'Attachment'],
    ['AttachmentB', 'r-01b', '10.1.33.0/28', 'Attachment'],
  ]);
  for (const a of network.subnets) {
    expect(containsCidr(cidr(network.cidr), cidr(a.cidr))).toBe(true);
    for (const b of network.subnets) if (a !== b) expect(overlaps(cidr(a.cidr), cidr(b.cidr))).toBe(false);
  }
});

test('packets from other places find every member at the attachment, and no way out to the internet', () => {
  const { network, fleets } = planned('transit');
  const table = network.routeTables.find((t) => t.id === 'Attachment')!;
  const all = fleets.flatMap((f) => (f.kind === 'members' ? f.members.map((m) => m.containerRange) : []));
  expect(table.routes.map((r) => r.destination).sort()).toEqual([...all].sort());
  expect(new Set(table.routes.map((r) => r.target.kind))).toEqual(new Set(['member']));
  expect(table.zone).toBeUndefined();
});

test('the table is there without members, for the VPC`s own addresses', () => {
  expect(planned('transit', 'host').network.routeTables.find((t) => t.id === 'Attachment')?.routes).toEqual([]);
});

test('a link changes no subnet and no route that stands', () => {
  const [before, after] = [planned('none').network, planned('transit').network];
  expect(after.subnets).toEqual(expect.arrayContaining([...before.subnets]));
  expect(after.routeTables.slice(0, before.routeTables.length)).toEqual(before.routeTables);
});

test('a members fleet that grows adds its own routes and changes no other', () => {
  const routes = (count: number) =>
    planned('transit', 'host-gw', count).network.routeTables.map((t) => new Map(t.routes.map((r) => [r.id, r])));
  const [before, after] = [routes(7), routes(40)];
  expect(after.map((t) => t.size)).toEqual(before.map((t) => t.size + 33));
  before.forEach((table, i) => {
    for (const [id, route] of table) expect(after[i]?.get(id)).toEqual(route);
  });
});
