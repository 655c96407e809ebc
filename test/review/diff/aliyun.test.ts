/** Aliyun: what ROS does in place, what it refuses, and what `meissa deploy` does beside it. */
import { diffJson, diffMarkdown, diffStacks, diffText, type Meaning, type StackState } from '../../../lib/review/diff';
import { assemblyStates } from '../../../lib/review/diff/read/assemblies';
import { removeCopies } from '../../cli/run';
import { expectGolden } from '../../golden';
import { type MembersShape, members, ros } from './ros-fixture';

afterEach(removeCopies);

const STANDING: MembersShape = { numbers: [1, 2, 3] };

function meanings(before: StackState | undefined, after: StackState | undefined): readonly Meaning[] {
  return diffStacks(before, after).meanings;
}

function brief(found: readonly Meaning[]): string[] {
  return found.map(({ kind, severity, hosts }) => `${severity} ${kind} ${hosts.length}`);
}

test('another configuration: hosts restart one at a time, and the text stands there decoded', () => {
  const configuration = '#cloud-config\nport: 2380\n';
  const diff = diffStacks(members({ ...STANDING, gates: true }), members({ ...STANDING, gates: true, configuration }));
  expect(brief(diff.meanings)).toEqual(['interrupted host-restarts 3']);
  expect(diff.meanings[0]).toMatchObject({
    what: 'restart: configuration',
    pace: 'one at a time, each when the one before is healthy',
  });
  expectGolden('diff-aliyun-configuration.txt', diffText([diff]));
  expectGolden('diff-aliyun-configuration.md', diffMarkdown([diff]));
});

test('another instance type stops and starts hosts in place', () => {
  const found = meanings(
    members({ ...STANDING, gates: true }),
    members({ ...STANDING, gates: true, instanceType: 'ecs.g7.xlarge' }),
  );
  expect(brief(found)).toEqual(['interrupted host-restarts 3']);
  expect(found[0]).toMatchObject({
    pace: 'one at a time behind a gate',
    what: 'stop and start: InstanceType ecs.g7.large -> ecs.g7.xlarge',
  });
});

test('another image is another system disk', () => {
  const found = meanings(members(STANDING), members({ ...STANDING, image: 'debian_13' }));
  expect(brief(found)).toEqual(['replaced host-replaced 3']);
  expect(found[0]!.what).toContain('another system disk');
});

test('a member’s fixed user-data changes in place, and no host that stands runs it', () => {
  const diff = diffStacks(members(STANDING), members({ ...STANDING, bootstrap: '#!/bin/sh\n# another\n' }));
  expect(brief(diff.meanings)).toEqual(['addition user-data-unread 3']);
  expect(diff.userData).toMatchObject([{ fleet: 'cn-beijing-core-storage', before: expect.stringContaining('fetches') }]);
});

test('a disk that goes is kept or lost by its policy, and a loss of data is said first', () => {
  const smaller = { ...STANDING, numbers: [1, 2] };
  expect(brief(meanings(members(STANDING), members(smaller)))).toEqual([
    'replaced host-goes 1',
    'network route-removed 0',
    'addition data-retained 1',
  ]);
  const diff = diffStacks(members({ ...STANDING, retain: false }), members({ ...smaller, retain: false }));
  expect(brief(diff.meanings)[0]).toBe('data-loss data-deleted 1');
  const text = diffText([diff]);
  expect(text.split('\n')[0]).toBe('Data is lost');
  expect(text).toContain('1 host loses its disk data: it is deleted with what is in it');
  expectGolden('diff-aliyun-disk-lost.txt', text);
});

test('a disk of another kind is refused', () => {
  const found = meanings(members(STANDING), members({ ...STANDING, diskCategory: 'cloud_ssd' }));
  expect(brief(found)).toEqual(['refused data-refused 1', 'refused data-refused 1', 'refused data-refused 1']);
});

test('a member of another generation is made anew, its disk and address stay', () => {
  const found = meanings(members(STANDING), members({ ...STANDING, generations: { 2: 2 } }));
  expect(brief(found)).toEqual(['replaced host-made-anew 1', 'network route-moved 0']);
  expect(found[0]).toMatchObject({
    hosts: ['cn-beijing-core-storage-2'],
    what: 'are made anew: the system disk is new; volumes stay',
  });
});

test('a member more: it comes with its route', () => {
  const diff = diffStacks(members(STANDING), members({ ...STANDING, numbers: [1, 2, 3, 4, 5] }));
  expect(brief(diff.meanings)).toEqual(['network route-added 2', 'addition host-comes 2']);
  expectGolden('diff-aliyun-more-members.txt', diffText([diff]));
});

const entry = (to: string, via: object) => ({
  Type: 'ALIYUN::CEN::TransitRouterRouteEntry',
  Properties: {
    TransitRouterRouteEntryDestinationCidrBlock: to,
    TransitRouterRouteTableId: { Ref: 'TransitRouteTableG1' },
    ...via,
  },
});

test('transit routes: added, dropped, and from a blackhole to a place', () => {
  const drop = { TransitRouterRouteEntryNextHopType: 'BlackHole' };
  const vpc = { TransitRouterRouteEntryNextHopType: 'Attachment', TransitRouterRouteEntryNextHopId: { Ref: 'VpcAttachmentG1' } };
  const before = ros('transit', { A: entry('10.0.0.0/8', drop), B: entry('172.16.0.0/12', drop) });
  const after = ros('transit', { A: entry('10.0.0.0/8', vpc), C: entry('10.20.0.0/16', vpc) });
  const diff = diffStacks(before, after);
  expect(diff.meanings.map(({ what }) => what)).toEqual([
    'transit table TransitRouteTable: ~ 10.0.0.0/8 dropped (blackhole) -> the VPC',
    'transit table TransitRouteTable: - 172.16.0.0/12 no longer -> dropped (blackhole)',
    'transit table TransitRouteTable: + 10.20.0.0/16 -> the VPC',
  ]);
});

test('security rules: from whom, which ports, and everyone by name', () => {
  const rule = (from: object, ports: string) => ({
    Type: 'ALIYUN::ECS::SecurityGroupIngress',
    Properties: {
      IpProtocol: 'tcp',
      NicType: 'intranet',
      PortRange: ports,
      Priority: 1,
      SecurityGroupId: { Ref: 'SecurityGroupCoreVotersG1' },
      ...from,
    },
  });
  const before = ros('network', { I1: rule({ SourceGroupId: { Ref: 'SecurityGroupCoreStorageG1' } }, '2379/2379') });
  const after = ros('network', { I1: rule({ SourceCidrIp: '0.0.0.0/0' }, '2379/2380') });
  const found = meanings(before, after);
  expect(found.map(({ kind, what }) => `${kind} ${what}`)).toEqual([
    'rule-opened-to-everyone + allows 0.0.0.0/0 (everyone) -> CoreVoters tcp/2379-2380',
    'rule-closed - allows CoreStorage -> CoreVoters tcp/2379',
  ]);
});

test('a leased line’s BGP in words, an elastic fleet’s text decoded', () => {
  const line = (VlanId: number, PeerGatewayIp = '10.0.0.2') =>
    ros('links/bj-idc--cn-beijing/line-main', {
      Vbr: { Type: 'ALIYUN::VPC::VirtualBorderRouter', Properties: { VlanId, PeerGatewayIp, PhysicalConnectionId: 'pc-1' } },
      Group: { Type: 'ALIYUN::VPC::BgpGroup', Properties: { PeerAsn: 65010, RouterId: { Ref: 'Vbr' } } },
    });
  expect(meanings(line(301), line(301, '10.0.0.6')).map(({ what }) => what)).toEqual([
    '~ leased line (border router) of bj-idc and cn-beijing: PeerGatewayIp 10.0.0.2 -> 10.0.0.6',
  ]);
  expect(meanings(line(301), line(302)).map(({ severity, what }) => `${severity} ${what}`)).toEqual([
    "refused leased line (border router) of bj-idc and cn-beijing can't be changed in place: VlanId 301 -> 302",
  ]);
  const scaling = (text: string) =>
    ros('core-web', {
      Configuration: {
        Type: 'ALIYUN::ESS::ScalingConfiguration',
        Properties: { InstanceName: 'cn-beijing-core-web', UserData: text },
      },
    });
  const [old, now] = ['#cloud-config\na: 1\n', '#cloud-config\na: 2\n'];
  const diff = diffStacks(scaling(Buffer.from(old).toString('base64')), scaling(now));
  expect(diff.userData).toEqual([{ fleet: 'cn-beijing-core-web', stacks: ['cn-beijing/core-web'], before: old, after: now }]);
  expect(diffText([diff])).toContain('-a: 1\n+a: 2');
  const fetching = (digest: string, configuration: string) => ({
    ...scaling(`#cloud-config\n# ${digest}\n`),
    configurations: [{ fleet: 'core/web', text: configuration }],
  });
  const fetched = diffStacks(fetching('ab', old), fetching('cd', now));
  expect(fetched.userData).toEqual(diff.userData);
  expect(fetched.meanings.map(({ kind, what }) => `${kind} ${what}`)).toEqual([
    'fleet-rolls cn-beijing-core-web: new hosts get it, hosts that run keep what they have: user-data',
  ]);
  // From the release in which the whole text stood in the template.
  expect(diffStacks(scaling(old), fetching('cd', now)).userData).toEqual(diff.userData);
});

test('an output that goes may be read by another stack; RAM permissions are told by what they allow', () => {
  const role = (actions: string[]) => ({
    Role: {
      Type: 'ALIYUN::RAM::Role',
      Properties: {
        RoleName: 'hosts',
        Policies: [
          {
            PolicyName: 'host',
            PolicyDocument: { Version: '1', Statement: [{ Effect: 'Allow', Action: actions, Resource: ['acs:oss:*:*:b/*'] }] },
          },
        ],
      },
    },
  });
  const before = ros('base', role(['oss:GetObject']), { Outputs: { VpcIdG1: { Value: 'x' }, Kept: { Value: 'y' } } });
  const found = meanings(before, ros('base', role(['oss:GetObject', 'oss:PutObject']), { Outputs: { Kept: { Value: 'y' } } }));
  expect(brief(found)).toEqual(['security permissions-widened 0', 'network output-goes 0']);
  expect(found[0]!.details).toEqual(['+ may oss:PutObject on acs:oss:*:*:b/*']);
});

test('a new stack and one that goes; a stack with neither is a fault of the caller', () => {
  expect(brief(meanings(undefined, members(STANDING)))).toEqual([
    'network route-added 3',
    'addition host-comes 3',
    'addition stack-comes 0',
  ]);
  expect(brief(meanings(members(STANDING), undefined))).toEqual([
    'replaced host-goes 3',
    'replaced stack-goes 0',
    'addition data-retained 1',
    'addition data-retained 1',
    'addition data-retained 1',
    'cosmetic configuration-goes 0',
  ]);
  expect(() => diffStacks(undefined, undefined)).toThrow(RangeError);
  expect(diffJson([diffStacks(members(STANDING), members(STANDING))])).toMatchObject({ changed: false });
});

test('an assembly of both clouds is read with configurations and paces; one that is incomplete names the file', () => {
  const files: Record<string, string> = {
    'cdk.out/manifest.json': JSON.stringify({
      artifacts: {
        x: {
          type: 'aws:cloudformation:stack',
          environment: 'aws://111111111111/sa-east-1',
          displayName: 'sa-east-1/network',
          properties: { templateFile: 'x.json', stackName: 'sa-east-1-network', tags: { owner: 'a' } },
        },
        'x.assets': { type: 'cdk:asset-manifest' },
      },
    }),
    'cdk.out/x.json': '{"Resources":{}}',
    'aliyun.out/manifest.json': JSON.stringify({
      version: 1,
      stacks: [
        {
          path: 'cn-beijing/core-voters',
          name: 'cn-beijing-core-voters',
          region: 'cn-beijing',
          template: 't.json',
          tags: {},
          deletionProtection: true,
          configurations: [
            {
              fleet: 'core/voters',
              bucket: 'b',
              manifestKey: 'config/CoreVoters/manifest',
              objectKey: 'config/CoreVoters/ab',
              file: 'c.yaml',
            },
          ],
          members: [{ fleet: 'core/voters', quorum: true, maxUnavailable: 3 }],
        },
      ],
    }),
    'aliyun.out/t.json': '{"Resources":{"A":{"Type":"X"}}}',
    'aliyun.out/c.yaml': '#cloud-config\n',
  };
  const source = { list: () => undefined, read: (path: string) => files[path] };
  expect(assemblyStates(source)).toEqual([
    {
      path: 'cn-beijing/core-voters',
      name: 'cn-beijing-core-voters',
      provider: 'aliyun',
      region: 'cn-beijing',
      cloudRegion: 'cn-beijing',
      template: { Resources: { A: { Type: 'X' } } },
      tags: {},
      terminationProtection: true,
      deployedAs: { rollback: true, forbidden: [], isolatedGroups: [], borderRouters: [] },
      configurations: [
        {
          fleet: 'core/voters',
          text: '#cloud-config\n',
          maxUnavailable: 1,
          published: { bucket: 'b', manifestKey: 'config/CoreVoters/manifest', objectKey: 'config/CoreVoters/ab' },
        },
      ],
    },
    {
      path: 'sa-east-1/network',
      name: 'sa-east-1-network',
      provider: 'aws',
      region: 'sa-east-1',
      cloudRegion: 'sa-east-1',
      template: { Resources: {} },
      tags: { owner: 'a' },
      terminationProtection: false,
      deployedAs: { rollback: true, forbidden: [], isolatedGroups: [], borderRouters: [] },
    },
  ]);
  delete files['aliyun.out/c.yaml'];
  expect(() => assemblyStates(source)).toThrow('aliyun.out/c.yaml: the manifest names it, and it is not there');
});

test('a fleet that may have several down restarts so many at a time', () => {
  const state = members(STANDING);
  const other = { ...state, configurations: [{ fleet: 'core/storage', text: '#cloud-config\nnew: 1\n', maxUnavailable: 2 }] };
  expect(meanings(state, other)[0]).toMatchObject({ pace: '2 at a time, when those before are healthy' });
});

test('stacks of links stand in the region that the estate calls otherwise, where one of its own says so', () => {
  const stack = (path: string) => ({
    type: 'aws:cloudformation:stack',
    environment: 'aws://111111111111/sa-east-1',
    displayName: path,
    properties: { templateFile: 'x.json', stackName: path.replaceAll('/', '-') },
  });
  const read = (...paths: string[]) => {
    const artifacts = Object.fromEntries(paths.map((path) => [path, stack(path)]));
    const files: Record<string, string> = { 'cdk.out/manifest.json': JSON.stringify({ artifacts }), 'cdk.out/x.json': '{}' };
    const states = assemblyStates({ list: () => undefined, read: (path: string) => files[path] });
    return states.map(({ path, region, cloudRegion }) => [path, region, cloudRegion]);
  };
  const link = 'links/brazil--us-east-1/request';
  expect(read('brazil/network', link)).toEqual([
    ['brazil/network', 'brazil', 'sa-east-1'],
    [link, 'brazil', 'sa-east-1'],
  ]);
  expect(read(link)).toEqual([[link, 'sa-east-1', 'sa-east-1']]);
});
