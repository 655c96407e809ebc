/**
 * The life of a region, from its first deploy to its end, through the unmodified CDK CLI. The tests are one story:
 * each begins where the one before it ended, because a call of the CLI costs seconds.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostBehaviour, HostStart } from '../../lib/embedded-cloud';
import type { MembersFleetPlan, RegionPlan } from '../../lib/plan/model';
import { footing, REGION, RehearsedRegion, succeeded } from './rehearsed-region';

jest.setTimeout(120_000);

const VOTERS = 'core-voters';
const STORAGE = 'core-storage-1';
const ADSERVER = 'core-adserver';
const ALL = ['base', 'network', VOTERS, ADSERVER, STORAGE];

let region: RehearsedRegion;
let behaviour: (host: HostStart) => HostBehaviour = () => 'healthy';

beforeAll(async () => {
  region = await RehearsedRegion.start({ onStart: (host) => behaviour(host), bootMilliseconds: 10 });
});
afterAll(() => region.stop());

function membersFleets(plan: RegionPlan): MembersFleetPlan[] {
  return plan.fleets.filter((fleet) => fleet.kind === 'members');
}

/** Fails unless every planned member stands at its place with its volumes. */
function expectPlannedMembers(): void {
  const plan = region.plan();
  const { subnets } = region.inventory;
  for (const fleet of membersFleets(plan)) {
    for (const member of fleet.members) {
      const host = region.host(member.name.slice(REGION.length + 1));
      expect(host).toMatchObject({ privateIp: member.address, zone: member.zone, image: member.image, state: 'running' });
      const subnet = plan.network.subnets.find((s) => s.id === member.subnet)!;
      expect(subnets.find((s) => s.id === host.subnet)).toMatchObject({ cidr: subnet.cidr, zone: member.zone });
      expect(host.volumes.map(({ device, size }) => ({ device, size }))).toEqual(
        fleet.volumes.map(({ device, gb }) => ({ device, size: gb })),
      );
    }
  }
}

/** What a stack's instances and gates did, in order and each thing once: `M1 begins`, `M1 stands`, `M1 passes`, `M2 begins`. */
function comings(id: string, from = 0): string[] {
  const words = region.events(id, from).flatMap((line) => {
    const [, member, what, status] = /^(M\d+)(Instance|Gate)\w+ (?:CREATE|UPDATE)_(IN_PROGRESS|COMPLETE)$/.exec(line) ?? [];
    if (what === 'Instance') return [`${member} ${status === 'COMPLETE' ? 'stands' : 'begins'}`];
    return what === 'Gate' && status === 'COMPLETE' ? [`${member} passes`] : [];
  });
  return [...new Set(words)];
}

const ONE_BY_ONE = [1, 2, 3].flatMap((n) => [`M${n} begins`, `M${n} stands`, `M${n} passes`]);

/** Deploys the voters while a person mends a host: its agent signals, as soon as the gate is open again. */
async function deployMending(gate: string, instanceId: string): Promise<void> {
  behaviour = () => 'healthy';
  const agent = setInterval(() => region.signal(VOTERS, gate, instanceId), 50);
  try {
    succeeded(await region.deploy([VOTERS], { rollback: false }));
  } finally {
    clearInterval(agent);
  }
}

/** Deploys the voters with a silent second one: it must fail. Returns the gate that nobody opened. */
async function deploySilent(): Promise<string> {
  behaviour = (host) => (host.name === `${REGION}-core-voters-2` ? 'silent' : 'healthy');
  const failed = await region.deploy([VOTERS], { rollback: false });
  expect(failed.code).toBe(1);
  const [gate] = /\bM2Gate\w+/.exec(failed.stdout + failed.stderr) ?? [];
  return gate ?? `no gate in ${failed.stdout}${failed.stderr}`;
}

test('a first deploy stops at a voter that stays silent, and goes on from there when its host is mended', async () => {
  succeeded(await region.cdk(['bootstrap', `aws://111111111111/${REGION}`]));
  succeeded(await region.deploy(['base', 'network']));
  const gate = await deploySilent();
  const stopped = region.standing();
  expect(Object.keys(stopped).map((key) => key.split(' ')[0])).toEqual([1, 2].map((n) => `${REGION}-core-voters-${n}`));
  await deployMending(gate, region.host('core-voters-2').instanceId);
  expect(region.standing(['core-voters-3'])).toEqual(stopped);
});

test('a first deploy brings up every planned member at its planned place, voters one at a time', async () => {
  await region.deployAll();
  expectPlannedMembers();
  expect(comings(VOTERS)).toEqual(ONE_BY_ONE);
  const { hosts, stacks, scalingGroups } = region.inventory;
  expect(hosts).toHaveLength(8);
  expect(hosts.every((host) => host.starts === 1)).toBe(true);
  expect(scalingGroups).toMatchObject([{ min: 2, max: 40, desired: 2 }]);
  expect(stacks.map((s) => s.name).sort()).toEqual(['CDKToolkit', ...ALL.map((id) => `${REGION}-${id}`)].sort());
  for (const { status } of stacks) expect(status).toMatch(/^(CREATE|UPDATE)_COMPLETE$/);
});

test('every planned route stands in its planned table', () => {
  const { network } = region.plan();
  const { routeTables, subnets } = region.inventory;
  const kinds = { 'internet-gateway': 'gateway', nat: 'nat', member: 'interface' };
  for (const table of network.routeTables) {
    const cidrs = network.subnets.filter((s) => s.routeTable === table.id).map((s) => s.cidr);
    const standing = routeTables.find((t) => t.subnets.some((id) => cidrs.includes(subnets.find((s) => s.id === id)!.cidr)));
    expect(standing?.subnets.map((id) => subnets.find((s) => s.id === id)!.cidr).sort()).toEqual([...cidrs].sort());
    for (const { destination, target } of table.routes) {
      const found = standing?.routes.find((r) => r.destination === destination);
      expect(found?.kind).toBe(kinds[target.kind]);
      // A zone's hosts leave by their own zone's gateway.
      if (target.kind === 'nat') expect(region.zoneOfNat(found!.target)).toBe(target.zone);
    }
  }
});

test('a second deploy says "no changes", and the repository’s own app shows no difference', async () => {
  const before = region.standing();
  const again = succeeded(await region.deploy(ALL));
  expect((again.stdout + again.stderr).match(/\(no changes\)/g)).toHaveLength(ALL.length);
  succeeded(await region.diffOfRepository(join(region.root, 'diff.out')));
  expect(region.standing()).toEqual(before);
});

test('a storage member, a voter and one that was terminated by hand are replaced on their interfaces and volumes', async () => {
  const names = ['core-storage-1', 'core-storage-3', 'core-voters-2'];
  const before = names.map((name) => region.host(name));
  const others = region.standing(names);
  region.cloud.terminate(REGION, before[1]!.instanceId);

  for (const name of names) expect(await region.meissa('replace', `${REGION}-${name}`)).toMatchObject({ code: 0 });
  succeeded(await region.deploy([VOTERS, STORAGE], { rollback: false }));
  const { hosts, interfaces, volumes } = region.inventory;
  for (const host of before) {
    expect(hosts.map((h) => h.name)).not.toContain(host.name);
    expect(interfaces.find((i) => i.id === host.interfaces[0]!.id)).toMatchObject({ address: host.privateIp });
    for (const { id } of host.volumes) expect(volumes.find((v) => v.id === id)?.attachedTo).toBeUndefined();
  }
  expect(region.standing(names)).toEqual(others);

  for (const name of names) expect(await region.meissa('replace', `${REGION}-${name}`)).toMatchObject({ code: 0 });
  succeeded(await region.deploy([VOTERS, STORAGE], { rollback: false }));
  const after = names.map((name) => region.host(name));
  expect(after.map(footing)).toEqual(before.map(footing));
  for (const [i, host] of after.entries()) expect(host.instanceId).not.toBe(before[i]!.instanceId);
  expect(region.standing(names)).toEqual(others);
  expectPlannedMembers();
});

test('a changed parameter of the voters stops and starts them in place, one at a time, and nobody else', async () => {
  const voters = ['core-voters-1', 'core-voters-2', 'core-voters-3'];
  const before = voters.map((name) => region.host(name));
  const others = region.standing(voters);
  const from = region.events(VOTERS).length;
  region.edit('quorum: etcd', 'quorum: etcd\n        parameters: { etcd: { snapshotCount: 20000 } }');
  succeeded(await region.deploy(ALL, { rollback: false }));
  const after = voters.map((name) => region.host(name));
  expect(after.map((h) => h.instanceId)).toEqual(before.map((h) => h.instanceId));
  expect(after.map(footing)).toEqual(before.map(footing));
  expect(after.map((h) => h.starts)).toEqual(before.map((h) => h.starts + 1));
  for (const [i, host] of after.entries()) expect(host.userData).not.toBe(before[i]!.userData);
  expect(comings(VOTERS, from)).toEqual(ONE_BY_ONE);
  expect(region.standing(voters)).toEqual(others);
});

test('a voter that stays silent fails the deploy before the next one is touched; mended, it lets the deploy go on', async () => {
  const names = ['core-voters-1', 'core-voters-2', 'core-voters-3'];
  const before = names.map((name) => region.host(name));
  const starts = () => names.map((name, i) => region.host(name).starts - before[i]!.starts);
  region.edit('snapshotCount: 20000', 'snapshotCount: 30000');
  const gate = await deploySilent();
  expect(starts()).toEqual([1, 1, 0]);
  expect(region.host('core-voters-3').userData).toBe(before[2]!.userData);

  await deployMending(gate, before[1]!.instanceId);
  expect(starts()).toEqual([1, 1, 1]);
  const after = names.map((name) => region.host(name));
  expect(after.map((h) => h.instanceId)).toEqual(before.map((h) => h.instanceId));
  expect(after.map(footing)).toEqual(before.map(footing));
  expect(new Set(after.map((h) => h.userData)).size).toBe(1);
});

test('growing a fleet touches nobody who stands, and a retired member leaves its volume behind', async () => {
  const before = region.standing();
  region.edit('count: 3\n        instanceType: r5', 'count: 4\n        instanceType: r5');
  expect(await region.meissa('pin', REGION)).toMatchObject({ code: 0 });
  succeeded(await region.deploy([STORAGE]));
  expect(region.standing(['core-storage-4'])).toEqual(before);
  expectPlannedMembers();

  const retired = region.host('core-storage-2');
  const others = region.standing(['core-storage-2']);
  region.edit('count: 4\n', 'count: 4\n        removed: [2]\n');
  succeeded(await region.deploy([STORAGE]));
  expect(region.standing()).toEqual(others);
  const { volumes, interfaces } = region.inventory;
  expect(volumes.filter((v) => v.id === retired.volumes[0]!.id)).toMatchObject([{ size: 500, attachedTo: undefined }]);
  expect(interfaces.map((i) => i.address)).not.toContain(retired.privateIp);
});

test('images of another release roll the elastic fleet and change no member', async () => {
  const image = 'ami-0f00f00f00f00f00f';
  const feed = { amis: [REGION, 'us-east-1'].map((name) => ({ name, hvm: image })) };
  writeFileSync(join(region.root, 'feed.json'), JSON.stringify(feed));
  const update = ['--feed', 'feed.json', '--release', '4081.2.1', '--published', '2026-11-01'];
  expect(await region.meissa('images', 'update', ...update)).toMatchObject({ code: 0 });
  const elastic = region.inventory.hosts.filter((host) => host.group !== undefined);
  const members = region.inventory.hosts.filter((host) => host.group === undefined);
  succeeded(await region.deploy(ALL));
  const now = region.inventory.hosts;
  expect(now.filter((host) => host.group === undefined)).toEqual(members);
  const rolled = now.filter((host) => host.group !== undefined);
  expect(rolled).toHaveLength(elastic.length);
  for (const host of rolled) {
    expect(host).toMatchObject({ image, starts: 1 });
    expect(elastic.map((h) => h.instanceId)).not.toContain(host.instanceId);
  }
});

test('an elastic stack can be destroyed, and one with members refuses to be', async () => {
  const assembly = region.synth();
  const destroy = (id: string) => region.cdk(['destroy', '--app', assembly, '--exclusively', '--force', `${REGION}/${id}`]);
  succeeded(await destroy(ADSERVER));
  const members = region.standing();
  expect(region.inventory.scalingGroups).toEqual([]);
  expect(Object.keys(members)).toHaveLength(6);
  const refused = await destroy(STORAGE);
  expect(refused.code).toBe(1);
  expect(refused.stdout + refused.stderr).toMatch(/TerminationProtection/);
  expect(region.standing()).toEqual(members);
});
