import { gateDigest } from '../../lib/aliyun/fleet/gates';
import type { RosResourceJson } from '../../lib/aliyun/ros';
import { GATED_PROPERTIES } from '../../lib/facts/aliyun/updates';
import { emit, inland, ofType, resourcesOf, withFleet } from './fixtures';

const VOTERS = 'cn-beijing/core-voters';
const WORKERS = 'cn-beijing/core-worker-1';

const estate = inland();
const assembly = emit(estate);
const voters = resourcesOf(assembly, VOTERS);
const workers = resourcesOf(assembly, WORKERS);

/** Everything that must be made before a resource, by DependsOn and references. */
function before(resources: Record<string, RosResourceJson>, id: string, seen = new Set<string>()): Set<string> {
  const text = JSON.stringify(resources[id]?.Properties ?? {});
  const direct = [...(resources[id]?.DependsOn ?? []), ...[...text.matchAll(/"Ref":"(\w+)"/g)].map((match) => match[1]!)].filter(
    (other) => other in resources,
  );
  for (const other of direct) {
    if (seen.has(other)) continue;
    seen.add(other);
    before(resources, other, seen);
  }
  return seen;
}

test('a member is one instance with the planned address, on the planned vSwitch', () => {
  const { Properties } = voters.M1InstanceG1!;
  expect(Properties).toMatchObject({
    PrivateIpAddress: '10.32.232.16',
    ZoneId: 'cn-beijing-h',
    VSwitchId: { Ref: 'CnBeijingNetworkSubnetMembersHG1' },
    ImageId: 'aliyun_3_x64_20G_alibase_20240819.vhd',
    InternetMaxBandwidthOut: 0,
    AllocatePublicIP: false,
  });
});

test('voters come up one at a time, each behind the gate of the one before', () => {
  const gates = ofType(voters, 'ROS::WaitCondition').map(([id]) => id);
  expect(gates).toHaveLength(3);
  for (const number of [2, 3]) {
    const earlier = before(voters, `M${number}InstanceG1`);
    for (let n = 1; n < number; n++) expect(gates.filter((id) => id.startsWith(`M${n}Gate`) && earlier.has(id))).toHaveLength(1);
  }
});

test("a gate waits for the instance and its disks, and the instance's tag names the gate's handle", () => {
  const [id, gate] = ofType(voters, 'ROS::WaitCondition')[0]!;
  const handle = id.replace('Gate', 'Handle');
  expect(gate.DependsOn).toEqual(['M1InstanceG1', 'M1AttachEtcdG1']);
  expect(gate.Properties).toEqual({ Count: 1, Handle: { Ref: handle }, Timeout: 900 });
  expect(voters.M1InstanceG1!.Properties!.Tags).toContainEqual({
    Key: 'meissa:gate',
    Value: { 'Fn::Join': ['/', [{ Ref: 'ALIYUN::StackId' }, handle]] },
  });
});

test("no template holds a handle's own command: it has a token in it", () => {
  for (const template of assembly.templates.values()) expect(JSON.stringify(template)).not.toMatch(/CurlCli|"Headers"/);
});

test.each([...GATED_PROPERTIES])('a change of %s makes a new gate', (name) => {
  expect(gateDigest('M1InstanceG1', { [name]: 'a' })).not.toBe(gateDigest('M1InstanceG1', { [name]: 'b' }));
  expect(gateDigest('M1InstanceG1', { Tags: 'a' })).toBe(gateDigest('M1InstanceG1', { Tags: 'b' }));
});

test('disks are encrypted and kept, and stay when the instance goes', () => {
  const disks = ofType(workers, 'ECS::Disk');
  expect(disks).toHaveLength(4);
  for (const [, disk] of disks) {
    expect(disk.DeletionPolicy).toBe('Retain');
    expect(disk.Properties).toMatchObject({ Encrypted: true, Size: 200, DiskCategory: 'cloud_essd', PerformanceLevel: 'PL1' });
  }
  for (const [, attachment] of ofType(workers, 'ECS::DiskAttachment'))
    expect(attachment.Properties).toMatchObject({ DeleteWithInstance: false });
});

test('every member has one route, and no two routes of a VPC are made at once', () => {
  for (const resources of [voters, workers]) {
    const routes = ofType(resources, 'ECS::Route').map(([id]) => id);
    expect(routes.length).toBe(ofType(resources, 'ECS::Instance').length);
    for (const one of routes) {
      for (const other of routes) {
        if (one === other) continue;
        expect(before(resources, one).has(other) || before(resources, other).has(one)).toBe(true);
      }
    }
  }
  expect(workers.M2RouteG1!.Properties).toMatchObject({
    DestinationCidrBlock: '172.24.49.0/24',
    NextHopType: 'Instance',
    NextHopId: { Ref: 'M2InstanceG1' },
  });
});

test('what never changes is the same text for all members, under 2 KB, and stands once', () => {
  const template = assembly.templates.get(WORKERS)!;
  const text = (template.Mappings!.UserData!.Fleet as { Text: string }).Text;
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2048);
  for (const [, instance] of ofType(workers, 'ECS::Instance'))
    expect(instance.Properties!.UserData).toEqual({ 'Fn::FindInMap': ['UserData', 'Fleet', 'Text'] });
});

test('a changed configuration changes no template, only the digest that is published', () => {
  const changed = withFleet(estate, 'worker', (fleet) => ({
    ...fleet,
    parameters: { ...fleet.parameters, base: { ...fleet.parameters.base, journalMaxUse: '2G' } },
  }));
  const after = emit(changed);
  expect(after.templates.get(WORKERS)).toEqual(assembly.templates.get(WORKERS));
  const [was, is] = [assembly, after].map((a) => a.manifest.stacks.find((s) => s.path === WORKERS)!.configurations[0]!);
  expect(is!.digest).not.toBe(was!.digest);
  expect(is!.objectKey).toBe(`config/CoreWorker/${is!.digest}`);
  expect(is!.manifestKey).toBe(was!.manifestKey);
});

test('one member more changes nothing of those that stand', () => {
  const { estate: grown } = { estate: withFleet(estate, 'worker', (fleet) => ({ ...fleet, count: 5 })) };
  const entry = grown.locks.members.get('cn-beijing')!;
  const members = new Map(entry.members).set('core/worker/5', {
    ...entry.members.get('core/worker/2')!,
    zone: 'cn-beijing-k',
  });
  const locks = { ...grown.locks, members: new Map(grown.locks.members).set('cn-beijing', { ...entry, members }) };
  const after = resourcesOf(emit({ ...grown, locks }), WORKERS);
  for (const [id, resource] of Object.entries(workers)) expect(after[id]).toEqual(resource);
  expect(
    Object.keys(after)
      .filter((id) => !(id in workers))
      .every((id) => id.startsWith('M5')),
  ).toBe(true);
});

test('an absent member keeps its disks and has nothing else', () => {
  const entry = estate.locks.members.get('cn-beijing')!;
  const members = new Map(entry.members).set('core/voters/2', { ...entry.members.get('core/voters/2')!, absent: true });
  const locks = { ...estate.locks, members: new Map(estate.locks.members).set('cn-beijing', { ...entry, members }) };
  const after = emit({ ...estate, locks });
  const own = Object.keys(resourcesOf(after, VOTERS)).filter((id) => id.startsWith('M2'));
  expect(own).toEqual(['M2VolumeEtcd']);
  expect(after.manifest.stacks.find((s) => s.path === VOTERS)!.members.map((m) => m.number)).toEqual([1, 3]);
  // The third waits for the first, over the gap.
  expect([...before(resourcesOf(after, VOTERS), 'M3InstanceG1')].some((id) => id.startsWith('M1Gate'))).toBe(true);
});

test('members of host-gw have their source/destination check switched off after the deploy, others not', () => {
  const checks = assembly.manifest.stacks.flatMap((s) => s.members.map((m) => [s.region, m.sourceDestCheck]));
  expect(new Set(checks.map(String))).toEqual(new Set(['cn-beijing,false', 'cn-hangzhou,true']));
});

test('where an account wants base64, one switch changes what instances carry', () => {
  const base64 = {
    ...estate,
    regions: estate.regions.map((r) =>
      r.provider === 'aliyun' ? { ...r, aliyun: { ...r.aliyun, userDataEncoding: 'base64' as const } } : r,
    ),
  };
  const { M1InstanceG1 } = resourcesOf(emit(base64), VOTERS);
  expect(M1InstanceG1!.Properties!.UserData).toEqual({
    'Fn::Base64Encode': { 'Fn::FindInMap': ['UserData', 'Fleet', 'Text'] },
  });
});

test('a disk that was made anew has an id of its own, and the instance and its attachment name that one', () => {
  const locks = structuredClone(estate.locks);
  const lock = locks.members.get('cn-beijing')!;
  const entry = lock.members.get('core/worker/2')!;
  const members = new Map([...lock.members, ['core/worker/2', { ...entry, generation: 2, volumes: { data: 2 } }]]);
  const anew = resourcesOf(
    emit({ ...estate, locks: { ...locks, members: new Map([...locks.members, ['cn-beijing', { ...lock, members }]]) } }),
    WORKERS,
  );
  expect(anew.M2VolumeData).toBeUndefined();
  expect(anew.M2G2VolumeData).toMatchObject({ Type: 'ALIYUN::ECS::Disk', DeletionPolicy: 'Retain' });
  expect(anew.M2AttachDataG2!.Properties).toMatchObject({
    DiskId: { Ref: 'M2G2VolumeData' },
    InstanceId: { Ref: 'M2InstanceG2' },
  });
  expect(anew.M2InstanceG2!.Properties!.Tags).toContainEqual({ Key: 'meissa:volume:data', Value: { Ref: 'M2G2VolumeData' } });
});
