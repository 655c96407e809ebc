import { AWS } from '../../lib/clouds/aws';
import { type MemberShape, memberResources, membersPerStack, routeTables } from '../../lib/estate/stacks/stack-size';
import { links, south, transit } from './cases/joined';
import { loadChanged, type written } from './written';

const shape: MemberShape = { volumes: 1, gate: false, recover: false, mode: 'host', routeTables: 4 };
const hostGw: MemberShape = { ...shape, mode: 'host-gw' };

test('a member is an interface, an instance, its volumes, its gate and its alarm', () => {
  expect(memberResources(AWS, shape)).toBe(3);
  expect(memberResources(AWS, { ...shape, gate: true, recover: true, volumes: 2 })).toBe(6);
  expect(memberResources(AWS, { ...shape, mode: 'prefix' })).toBe(3);
});

test('with host-gw a member has a route in every route table, that of the attachment subnets among them', () => {
  expect(memberResources(AWS, hostGw)).toBe(3 + 4);
  expect(memberResources(AWS, { ...hostGw, routeTables: 5 })).toBe(3 + 5);
  const { estate } = loadChanged((w) => links(w, { backbone: { ...transit, between: ['sa-east-1', 'us-east-1'] } }));
  expect(estate!.regions.map((r) => routeTables(estate!, r))).toEqual([5, 5]);
  expect(routeTables({ ...estate!, links: [] }, estate!.regions[0]!)).toBe(4);
});

test('a stack of a new fleet holds 450 resources of members, with room for two more a member, and at most 100 of them', () => {
  for (let tables = 2; tables <= 10; tables++) {
    for (let volumes = 0; volumes <= 4; volumes++) {
      const s = { ...hostGw, routeTables: tables, volumes };
      const most = membersPerStack(AWS, s);
      expect(most).toBe(Math.min(100, Math.floor(450 / (2 + volumes + tables + 2))));
      expect(most * memberResources(AWS, s)).toBeLessThanOrEqual(450);
    }
  }
  expect(membersPerStack(AWS, shape)).toBe(90);
});

test('a route table too many is refused with the way out', () => {
  const full = (w: ReturnType<typeof written>) => {
    south(w).containers = { mode: 'host-gw', block: '172.17.0.0/16' };
    delete south(w).clusters.core.fleets.adserver;
    south(w).clusters.core.fleets.storage.addresses = { first: 64, perZone: 64, firstRange: 48 };
  };
  const found = (change: (w: ReturnType<typeof written>) => void) =>
    loadChanged((w) => {
      full(w);
      change(w);
    }).findings.filter((f) => f.code === 'STACK_TOO_LARGE');
  const each = found((w) => (south(w).clusters.core.fleets.storage.membersPerStack = 500))[0]!.message;
  const resources = Number(/of (\d+) resources/.exec(each)![1]);
  const most = Math.floor(450 / resources);
  const at = (n: number) => (w: ReturnType<typeof written>) => (south(w).clusters.core.fleets.storage.membersPerStack = n);
  expect(found(at(most))).toEqual([]);
  const withTransit = found((w) => {
    at(most)(w);
    links(w, { backbone: transit });
  });
  expect(withTransit).toMatchObject([
    {
      file: 'regions/sa-east-1.yaml',
      path: 'clusters.core.fleets.storage.membersPerStack',
      message: `${most} members of ${resources + 1} resources need ${most * (resources + 1)}`,
    },
  ]);
  expect(withTransit[0]!.fix).toContain(`at most ${Math.floor(450 / (resources + 1))} members a stack`);
  expect(withTransit[0]!.fix).toContain('make another fleet');
  expect(withTransit[0]!.fix).toContain('each of the 5 route tables has a route a member');
});

test('a fleet that has no members yet only writes a smaller number', () => {
  const { findings } = loadChanged((w) => {
    w.members['sa-east-1'] = { region: 'sa-east-1', members: {} };
    south(w).clusters.core.fleets.storage.membersPerStack = 400;
  });
  expect(findings.find((f) => f.code === 'STACK_TOO_LARGE')!.fix).toMatch(/^write `membersPerStack: \d+`$/);
});
