import type { Backend } from '../../backend';
import { type Region, regionOf } from '../../store/world';
import { AliyunError } from '../aliyun-error';
import { interfaceOf } from '../resources/ecs/interfaces';
import { reboot, start, stop } from '../resources/ecs/launch';
import { diskOf, instanceOf } from '../resources/ecs/lookup';
import { groupOf, groupsOf, innerAccess } from '../resources/ecs/security';
import type { AliyunRegion } from '../world/region';
import { diskAnswer, instanceAnswer, interfaceAnswer } from './ecs-answers';
import { describeInvocationResults, runCommand } from './ecs-commands';
import { jsonList, needed, page, repeated, tagFilters, tagged } from './parameters';
import type { RpcAction, RpcRequest } from './request';

/** The region that a call is for. */
const placeOf = (backend: Backend, request: RpcRequest): Region => regionOf(backend.world, request.account, request.region);

/** A filter that holds where it isn't given. */
const is = (asked: string | undefined, value: string | undefined): boolean => asked === undefined || asked === value;
const among = (asked: string[] | undefined, value: string): boolean => asked === undefined || asked.includes(value);

/** `InstanceName` may hold stars. */
function named(asked: string | undefined, name: string): boolean {
  if (asked === undefined) return true;
  const pattern = asked.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pattern.join('.*')}$`).test(name);
}

const describeInstances: RpcAction = (backend, request) => {
  const region = placeOf(backend, request);
  const r = region.aliyun;
  const p = request.parameters;
  const [ids, addresses, tags] = [jsonList(p, 'InstanceIds'), jsonList(p, 'PrivateIpAddresses'), tagFilters(p)];
  if (ids && ids.length > 100) throw new AliyunError('InvalidInstanceIds.ValueNotSupported', 'At most 100 InstanceIds.');
  const all = Object.values(r.instances).filter(
    (i) =>
      among(ids, i.id) &&
      is(p.VpcId, i.vpc) &&
      is(p.VSwitchId, i.vSwitch) &&
      is(p.ZoneId, i.zone) &&
      is(p.Status, i.state) &&
      is(p.ImageId, i.image) &&
      named(p.InstanceName, i.name) &&
      among(addresses, r.interfaces[i.interfaces[0] ?? '']?.address ?? '') &&
      tagged(i.tags, tags),
  );
  const { items, answer } = page(p, all);
  return { ...answer, Instances: { Instance: items.map((i) => instanceAnswer(region, i)) } };
};

const describeNetworkInterfaces: RpcAction = (backend, request) => {
  const r = placeOf(backend, request).aliyun;
  const p = request.parameters;
  const [ids, addresses, tags] = [repeated(p, 'NetworkInterfaceId'), repeated(p, 'PrivateIpAddress'), tagFilters(p)];
  const all = Object.values(r.interfaces).filter(
    (i) =>
      among(ids, i.id) &&
      among(addresses, i.address) &&
      is(p.InstanceId, i.owner) &&
      is(p.VSwitchId, i.vSwitch) &&
      is(p.VpcId, i.vpc) &&
      is(p.PrimaryIpAddress, i.address) &&
      is(p.Type, i.primary ? 'Primary' : 'Secondary') &&
      (p.SecurityGroupId === undefined || i.groups.includes(p.SecurityGroupId)) &&
      tagged(i.tags, tags),
  );
  const { items, answer } = page(p, all);
  return { ...answer, NetworkInterfaceSets: { NetworkInterfaceSet: items.map((i) => interfaceAnswer(r, request.account, i)) } };
};

const modifyNetworkInterfaceAttribute: RpcAction = (backend, request) => {
  const r = placeOf(backend, request).aliyun;
  const p = request.parameters;
  const i = interfaceOf(r, needed(p, 'NetworkInterfaceId'));
  const groups = repeated(p, 'SecurityGroupId');
  if (p.SourceDestCheck !== undefined && !/^(true|false)$/i.test(p.SourceDestCheck))
    throw new AliyunError('InvalidParameter.SourceDestCheck', `SourceDestCheck ${p.SourceDestCheck} is not true or false.`);
  if (groups) i.groups = groupsOf(r, groups, i.vpc);
  if (p.SourceDestCheck !== undefined) i.sourceDestCheck = p.SourceDestCheck.toLowerCase() === 'true';
  if (p.NetworkInterfaceName !== undefined) i.name = p.NetworkInterfaceName;
  backend.changed();
  return {};
};

/** A call that starts or stops an instance, which has to be in a state that allows it. */
const power =
  (allowed: 'Running' | 'Stopped', act: typeof reboot): RpcAction =>
  (backend, request) => {
    const region = placeOf(backend, request);
    const i = instanceOf(region.aliyun, needed(request.parameters, 'InstanceId'));
    if (i.state !== allowed)
      throw new AliyunError(
        'IncorrectInstanceStatus',
        'The current status of the resource does not support this operation.',
        403,
      );
    act({ region, hosts: backend.aliyunHosts }, i);
    backend.changed();
    return {};
  };

const describeDisks: RpcAction = (backend, request) => {
  const region = placeOf(backend, request);
  const p = request.parameters;
  const [ids, tags] = [jsonList(p, 'DiskIds'), tagFilters(p)];
  const all = Object.values(region.aliyun.disks).filter(
    (d) =>
      among(ids, d.id) &&
      is(p.InstanceId, d.attachment?.instance) &&
      is(p.ZoneId, d.zone) &&
      is(p.DiskType === 'all' ? undefined : p.DiskType, d.system ? 'system' : 'data') &&
      is(p.Status === 'All' ? undefined : p.Status, d.attachment ? 'In_use' : 'Available') &&
      tagged(d.tags, tags),
  );
  const { items, answer } = page(p, all);
  return { ...answer, Disks: { Disk: items.map((d) => diskAnswer(region, d)) } };
};

/** What can have tags: by `ResourceType`. */
const taggable: Record<string, (r: AliyunRegion) => Record<string, { tags: Record<string, string> }>> = {
  instance: (r) => r.instances,
  disk: (r) => r.disks,
  eni: (r) => r.interfaces,
  securitygroup: (r) => r.groups,
};

function tableOf(r: AliyunRegion, type: string): Record<string, { tags: Record<string, string> }> {
  const table = taggable[type];
  if (!table)
    throw new AliyunError('InvalidResourceType.NotFound', `The ResourceType ${type} is not in the embedded cloud.`, 404);
  return table(r);
}

const listTagResources: RpcAction = (backend, request) => {
  const p = request.parameters;
  const type = needed(p, 'ResourceType');
  const table = tableOf(placeOf(backend, request).aliyun, type);
  const [ids, filters] = [repeated(p, 'ResourceId'), tagFilters(p)];
  if (!ids && filters.length === 0) throw new AliyunError('MissingParameter.TagOrResourceId', 'ResourceId or Tag is required.');
  const all = Object.entries(table).flatMap(([ResourceId, thing]) =>
    among(ids, ResourceId) && tagged(thing.tags, filters)
      ? Object.entries(thing.tags).map(([TagKey, TagValue]) => ({ ResourceId, ResourceType: type, TagKey, TagValue }))
      : [],
  );
  const { items, answer } = page({ ...p, MaxResults: p.MaxResults ?? '50' }, all);
  return { NextToken: answer.NextToken, TagResources: { TagResource: items } };
};

/** Puts tags on things or takes them off, as by hand; a host whose gate changed signals it. */
const tagging =
  (change: (tags: Record<string, string>, p: RpcRequest['parameters']) => void): RpcAction =>
  (backend, request) => {
    const region = placeOf(backend, request);
    const p = request.parameters;
    const table = tableOf(region.aliyun, needed(p, 'ResourceType'));
    for (const id of repeated(p, 'ResourceId') ?? []) {
      const thing = table[id];
      if (!thing) throw new AliyunError('InvalidResourceId.NotFound', `The specified ResourceId ${id} is not found.`, 404);
      change(thing.tags, p);
      const host = region.aliyun.instances[id];
      if (host) backend.aliyunHosts.tagged(region, host);
    }
    backend.changed();
    return {};
  };

const tagResources = tagging((tags, p) => {
  for (const t of tagFilters(p)) tags[t.key] = t.value ?? '';
});
const untagResources = tagging((tags, p) => {
  for (const key of repeated(p, 'TagKey') ?? []) delete tags[key];
});

const modifyDiskAttribute: RpcAction = (backend, request) => {
  const p = request.parameters;
  const d = diskOf(placeOf(backend, request).aliyun, needed(p, 'DiskId'));
  if (d.attachment && p.DeleteWithInstance !== undefined) d.attachment.deleteWithInstance = p.DeleteWithInstance === 'true';
  backend.changed();
  return {};
};

const describeSecurityGroupAttribute: RpcAction = (backend, request) => {
  const group = groupOf(placeOf(backend, request).aliyun, needed(request.parameters, 'SecurityGroupId'));
  return {
    SecurityGroupId: group.id,
    SecurityGroupName: group.name,
    VpcId: group.vpc ?? '',
    RegionId: request.region,
    InnerAccessPolicy: innerAccess(group),
    Permissions: { Permission: [] },
  };
};

const modifySecurityGroupPolicy: RpcAction = (backend, request) => {
  const p = request.parameters;
  const group = groupOf(placeOf(backend, request).aliyun, needed(p, 'SecurityGroupId'));
  const policy = needed(p, 'InnerAccessPolicy');
  if (policy !== 'Accept' && policy !== 'Drop')
    throw new AliyunError('InvalidParameter.InnerAccessPolicy', `InnerAccessPolicy ${policy} is not Accept or Drop.`);
  if (group.kind === 'enterprise')
    throw new AliyunError(
      'InvalidSecurityGroupType.NotSupported',
      'The policy inside an advanced security group cannot be changed.',
      403,
    );
  group.innerAccess = policy;
  backend.changed();
  return {};
};

/** ECS's actions (2014-05-26). */
export const ecsActions: Record<string, RpcAction> = {
  DescribeInstances: describeInstances,
  DescribeNetworkInterfaces: describeNetworkInterfaces,
  ModifyNetworkInterfaceAttribute: modifyNetworkInterfaceAttribute,
  RebootInstance: power('Running', reboot),
  StopInstance: power('Running', (place, i) => stop(place, i)),
  StartInstance: power('Stopped', start),
  DescribeDisks: describeDisks,
  ModifyDiskAttribute: modifyDiskAttribute,
  DescribeSecurityGroupAttribute: describeSecurityGroupAttribute,
  ModifySecurityGroupPolicy: modifySecurityGroupPolicy,
  ListTagResources: listTagResources,
  TagResources: tagResources,
  UntagResources: untagResources,
  RunCommand: runCommand,
  DescribeInvocationResults: describeInvocationResults,
};
