import type { JsonObject } from '../../../engine/json';
import type { Thing } from '../../aws/world/records';
import { objs, str, strs } from '../../properties';
import { type RecordKeeping, type RecordType, recordHandler } from '../../records';
import { AliyunError } from '../aliyun-error';
import { createInterface, deleteInterface } from './ecs/interfaces';
import { instanceOf } from './ecs/lookup';
import type { Context, Handler } from './handler';
import { aliyunId, found, here, zoneOfRegion } from './values';
import { vpcOf, vSwitchOf } from './vpc/vpc';

/** How a type is kept of which only its properties matter here; its attributes are its properties, and more. */
interface Kept extends Omit<RecordType<Context>, 'id' | 'made' | 'gone'> {
  /** Its id; default: made from the prefix. */
  id?(c: Context, p: JsonObject): string;
  prefix: string;
  /** The attribute that is its id. */
  idAttribute?: string;
  /** Fails while something still uses it. */
  held?(c: Context, id: string): void;
  /** The vSwitches in which it takes an address. */
  vSwitches?(p: JsonObject): string[];
}

const keeping: RecordKeeping<Context> = {
  things: (c) => here(c).things,
  taken: (code, id) => new AliyunError(code, `${id} already exists.`, 409),
  absent: (type, id) => new AliyunError('ResourceNotFound', `The specified ${type} ${type} ${id} does not exist.`, 404),
};

const kept = (t: Kept): RecordType<Context> => ({
  id: () => aliyunId(t.prefix),
  ...t,
  attributes: (c, id, p) => ({ ...p, ...(t.idAttribute ? { [t.idAttribute]: id } : {}), ...t.attributes?.(c, id, p) }),
  made(c, id, p) {
    for (const s of t.vSwitches?.(p) ?? []) createInterface(here(c), { vSwitch: vSwitchOf(here(c), s), name: id, owner: id });
  },
  gone(c, id) {
    t.held?.(c, id);
    for (const i of Object.values(here(c).interfaces)) if (i.owner === id) deleteInterface(here(c), i.id);
  },
});

/** A record of another type that a property names. */
const thing = (c: Context, type: string, id: string | undefined): JsonObject =>
  found(here(c).things, `ALIYUN::${type} ${id}`, 'ResourceNotFound', type).properties;

const ofType = (c: Context, type: string): Thing[] =>
  Object.values(here(c).things).filter((one) => one.type === `ALIYUN::${type}`);

const contacts = (c: Context, p: JsonObject): void => {
  for (const g of strs(p, 'ContactGroups')) thing(c, 'CMS::ContactGroup', g);
};

const inVpc = (c: Context, p: JsonObject): void => {
  vpcOf(here(c), str(p, 'VpcId'));
  for (const z of objs(p, 'ZoneMappings')) {
    const s = vSwitchOf(here(c), str(z, 'VSwitchId'));
    if (s.vpc !== p.VpcId || s.zone !== z.ZoneId)
      throw new AliyunError(
        'ResourceNotFound.VSwitch',
        `vSwitch ${s.id} is not of VPC ${String(p.VpcId)} and zone ${String(z.ZoneId)}.`,
      );
  }
};

const addressIn = (c: Context, id: string): string =>
  Object.values(here(c).interfaces).find((i) => i.owner === id)?.address ?? '';

const domain = (name: string): string => {
  if (!/^([a-z0-9_]([a-z0-9_-]*[a-z0-9])?\.)*[a-z0-9-]+$/i.test(name))
    throw new AliyunError('Zone.Invalid.Name', `The zone name ${name} is not valid.`);
  return name;
};

const servers = (c: Context, p: JsonObject, list: string, id: string): void => {
  for (const s of objs(p, list)) {
    const server = str(s, id);
    if ((str(s, 'ServerType') ?? str(s, 'Type') ?? 'Ecs').toLowerCase() === 'ecs') instanceOf(here(c), server);
  }
};

const types: Record<string, Kept> = {
  'KMS::Key': { prefix: 'key', idAttribute: 'KeyId' },
  'KMS::Alias': {
    prefix: 'alias',
    id: (_c, p) => str(p, 'AliasName') ?? '',
    taken: 'Rejected.AlreadyExists',
    check: (c, p) => {
      if (!/^alias\//.test(str(p, 'AliasName') ?? '')) throw new AliyunError('InvalidParameter', 'AliasName begins with alias/.');
      thing(c, 'KMS::Key', str(p, 'KeyId'));
    },
  },
  'CMS::Contact': {
    prefix: 'contact',
    id: (_c, p) => str(p, 'ContactName') ?? '',
    taken: 'ContactExist',
  },
  'CMS::ContactGroup': {
    prefix: 'group',
    id: (_c, p) => str(p, 'ContactGroupName') ?? '',
    taken: 'ContactGroupExist',
    check: (c, p) => {
      for (const n of strs(p, 'ContactNames')) thing(c, 'CMS::Contact', n);
    },
  },
  // Contact groups are people's, who are rarely in a template: their names are taken as they are.
  'CMS::DynamicTagGroup': { prefix: 'tag-rule', idAttribute: 'DynamicTagRuleId' },
  'CMS::MonitorGroup': { prefix: 'mg', idAttribute: 'GroupId', check: contacts },
  'CMS::MonitorGroupInstances': { prefix: 'mgi', check: (c, p) => void thing(c, 'CMS::MonitorGroup', str(p, 'GroupId')) },
  'CMS::ResourceMetricRule': { prefix: 'rule', idAttribute: 'RuleId' },
  // A rule of a name that is there already is changed, not refused.
  'CMS::EventRule': { prefix: 'rule', id: (_c, p) => str(p, 'RuleName') ?? '', attributes: () => ({ Data: 1 }) },
  'CMS::EventRuleTargets': {
    prefix: 'targets',
    check: (c, p) => void thing(c, 'CMS::EventRule', str(p, 'RuleName')),
  },
  'CMS::GroupMetricRule': {
    prefix: 'rule',
    id: (_c, p) => str(p, 'RuleId') ?? '',
    taken: 'RuleExist',
    idAttribute: 'RuleId',
    check: (c, p) => {
      contacts(c, p);
      thing(c, 'CMS::MonitorGroup', str(p, 'GroupId'));
    },
  },
  'ESS::AlarmTask': {
    prefix: 'asg-alarm',
    idAttribute: 'AlarmTaskId',
    check: (c, p) =>
      void found(here(c).scalingGroups, str(p, 'ScalingGroupId'), 'InvalidScalingGroupId.NotFound', 'scaling group'),
  },
  'ECS::DeploymentSet': { prefix: 'ds', idAttribute: 'DeploymentSetId' },
  'VPC::FlowLog': {
    prefix: 'fl',
    idAttribute: 'FlowLogId',
    check: (c, p) => {
      const r = here(c);
      const id = str(p, 'ResourceId') ?? '';
      if (!r.vpcs[id] && !r.vSwitches[id] && !r.interfaces[id])
        throw new AliyunError('InvalidResourceId.NotFound', `The specified resource ${id} does not exist.`, 404);
    },
  },
  'PVTZ::Zone': {
    prefix: 'zone',
    check: (_c, p) => void domain(str(p, 'ZoneName') ?? ''),
    idAttribute: 'ZoneId',
    attributes: (c, id) => ({ Arn: `acs:pvtz::${c.account.id}:zone/${id}`, ZoneTag: '', ZoneType: 'AUTH_ZONE' }),
  },
  'PVTZ::ZoneRecord': {
    prefix: 'record',
    idAttribute: 'RecordId',
    check: (c, p) => void thing(c, 'PVTZ::Zone', str(p, 'ZoneId')),
    attributes: (_c, id, p) => ({ Record: { ...p, RecordId: id } }),
  },
  'PVTZ::ZoneVpcBinder': {
    prefix: 'binder',
    check: (c, p) => {
      thing(c, 'PVTZ::Zone', str(p, 'ZoneId'));
      for (const v of objs(p, 'Vpcs')) vpcOf(c.regionOf(str(v, 'RegionId') ?? c.region.name).aliyun, str(v, 'VpcId'));
    },
  },
  'REDIS::Instance': {
    prefix: 'r',
    idAttribute: 'InstanceId',
    vSwitches: (p) => (p.VSwitchId === undefined ? [] : [String(p.VSwitchId)]),
    check: (c, p) => {
      if (p.VSwitchId !== undefined) vSwitchOf(here(c), str(p, 'VSwitchId'));
      const zone = str(p, 'ZoneId');
      if (zone !== undefined && !zoneOfRegion(c.region.name, zone))
        throw new AliyunError('InvalidZoneId.NotFound', `The zone ${zone} does not exist.`, 404);
      const password = str(p, 'Password');
      if (password !== undefined && !/^(?=.*[A-Za-z])(?=.*\d).{8,32}$/.test(password))
        throw new AliyunError(
          'InvalidPassword.Malformed',
          'The password of a Redis instance has 8 to 32 characters of three kinds.',
        );
    },
    attributes: (c, id) => ({ ConnectionDomain: `${id}.redis.rds.aliyuncs.com`, Port: 6379, PrivateIp: addressIn(c, id) }),
  },
  'SLB::LoadBalancer': {
    prefix: 'lb',
    idAttribute: 'LoadBalancerId',
    vSwitches: (p) => (p.VSwitchId === undefined ? [] : [String(p.VSwitchId)]),
    check: (c, p) => {
      if (p.VSwitchId !== undefined) vSwitchOf(here(c), str(p, 'VSwitchId'));
    },
    attributes: (c, id) => ({ IpAddress: addressIn(c, id) }),
  },
  'SLB::Listener': {
    prefix: 'listener',
    check: (c, p) => void thing(c, 'SLB::LoadBalancer', str(p, 'LoadBalancerId')),
    attributes: (_c, _id, p) => ({
      ListenerPortsAndProtocol: [{ ListenerPort: p.ListenerPort ?? 0, ListenerProtocol: p.Protocol ?? '' }],
    }),
  },
  'SLB::VServerGroup': {
    prefix: 'rsp',
    idAttribute: 'VServerGroupId',
    check: (c, p) => {
      thing(c, 'SLB::LoadBalancer', str(p, 'LoadBalancerId'));
      servers(c, p, 'BackendServers', 'ServerId');
    },
  },
  'SLB::BackendServerAttachment': {
    prefix: 'attach',
    check: (c, p) => {
      thing(c, 'SLB::LoadBalancer', str(p, 'LoadBalancerId'));
      servers(c, p, 'BackendServers', 'ServerId');
    },
  },
  'NLB::LoadBalancer': {
    prefix: 'nlb',
    idAttribute: 'LoadBalancerId',
    vSwitches: (p) => objs(p, 'ZoneMappings').map((z) => str(z, 'VSwitchId') ?? ''),
    check: (c, p) => {
      inVpc(c, p);
      // "CreateLoadBalancer": at least two zones, where a region has two.
      if (objs(p, 'ZoneMappings').length < 2)
        throw new AliyunError('IllegalParam.ZoneMappings', 'A network load balancer needs vSwitches of two zones.');
    },
    attributes: (c, id) => ({
      DNSName: `${id}.${c.region.name}.nlb.aliyuncs.com`,
      Arn: `acs:nlb:${c.region.name}:${c.account.id}:loadbalancer/${id}`,
    }),
  },
  'NLB::ServerGroup': {
    prefix: 'sgp',
    idAttribute: 'ServerGroupId',
    check: (c, p) => {
      inVpc(c, p);
      servers(c, p, 'Servers', 'ServerId');
    },
    held: (c, id) => {
      const users = ofType(c, 'NLB::Listener').filter(({ properties }) => properties.ServerGroupId === id);
      if (users.length > 0)
        throw new AliyunError('ResourceInUse.ServerGroup', `The server group ${id} is in use by listener ${users[0]?.id}.`);
    },
  },
  'NLB::Listener': {
    prefix: 'lsn',
    idAttribute: 'ListenerId',
    check: (c, p) => {
      thing(c, 'NLB::LoadBalancer', str(p, 'LoadBalancerId'));
      if (p.ServerGroupId !== undefined) thing(c, 'NLB::ServerGroup', str(p, 'ServerGroupId'));
    },
  },
  'NLB::BackendServerAttachment': {
    prefix: 'attach',
    check: (c, p) => {
      thing(c, 'NLB::ServerGroup', str(p, 'ServerGroupId'));
      servers(c, p, 'Servers', 'ServerId');
    },
  },
};

/** Types that are kept as records. */
export const recordHandlers: Record<string, Handler> = Object.fromEntries(
  Object.entries(types).map(([name, t]) => [`ALIYUN::${name}`, recordHandler(keeping, `ALIYUN::${name}`, kept(t))]),
);
