import type { Json, JsonObject } from '../../../engine/json';
import type { Thing } from '../../aws/world/records';
import { objs, str, strs } from '../../properties';
import { AliyunError } from '../aliyun-error';
import { createInterface, deleteInterface } from './ecs/interfaces';
import { instanceOf } from './ecs/lookup';
import type { Context, Handler, Made } from './handler';
import { aliyunId, found, here, zoneOfRegion } from './values';
import { vpcOf, vSwitchOf } from './vpc/vpc';

/** How a type is kept of which only its properties matter here. */
interface RecordType {
  /** Its id; default: made from the prefix. */
  id?(p: JsonObject): string;
  prefix: string;
  /** Attributes beside its own properties and, where `idAttribute` is set, its id. */
  attributes?(c: Context, id: string, p: JsonObject): Record<string, Json>;
  idAttribute?: string;
  /** Checks before it is made or changed. */
  check?(c: Context, p: JsonObject): void;
  /** The service's error for a name that is taken. */
  taken?: string;
  /** Fails while something still uses it. */
  held?(c: Context, id: string): void;
  /** A vSwitch in which it takes an address. */
  vSwitches?(p: JsonObject): string[];
}

/** A handler over plain records, with the type's own checks. */
function record(type: string, t: RecordType): Handler {
  const key = (id: string) => `${type} ${id}`;
  const made = (c: Context, id: string, p: JsonObject): Made => ({
    physicalId: id,
    attributes: { ...p, ...(t.idAttribute ? { [t.idAttribute]: id } : {}), ...t.attributes?.(c, id, p) },
  });
  return {
    create(c, p) {
      const r = here(c);
      t.check?.(c, p);
      const id = t.id?.(p) ?? aliyunId(t.prefix);
      if (t.taken && r.things[key(id)]) throw new AliyunError(t.taken, `${id} already exists.`, 409);
      for (const s of t.vSwitches?.(p) ?? []) createInterface(r, { vSwitch: vSwitchOf(r, s), name: id, owner: id });
      r.things[key(id)] = { id, type, properties: p };
      return made(c, id, p);
    },
    update(c, id, p) {
      t.check?.(c, p);
      found(here(c).things, key(id), 'ResourceNotFound', type).properties = p;
      return made(c, id, p);
    },
    delete(c, id) {
      const r = here(c);
      t.held?.(c, id);
      for (const i of Object.values(r.interfaces)) if (i.owner === id) deleteInterface(r, i.id);
      delete r.things[key(id)];
    },
    read: (c, id) => here(c).things[key(id)]?.properties,
  };
}

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

const types: Record<string, RecordType> = {
  'KMS::Key': { prefix: 'key', idAttribute: 'KeyId' },
  'KMS::Alias': {
    prefix: 'alias',
    id: (p) => str(p, 'AliasName') ?? '',
    taken: 'Rejected.AlreadyExists',
    check: (c, p) => {
      if (!/^alias\//.test(str(p, 'AliasName') ?? '')) throw new AliyunError('InvalidParameter', 'AliasName begins with alias/.');
      thing(c, 'KMS::Key', str(p, 'KeyId'));
    },
  },
  'CMS::Contact': {
    prefix: 'contact',
    id: (p) => str(p, 'ContactName') ?? '',
    taken: 'ContactExist',
  },
  'CMS::ContactGroup': {
    prefix: 'group',
    id: (p) => str(p, 'ContactGroupName') ?? '',
    taken: 'ContactGroupExist',
    check: (c, p) => {
      for (const n of strs(p, 'ContactNames')) thing(c, 'CMS::Contact', n);
    },
  },
  // Contact groups are people's, who are rarely in a template: their names are taken as they are.
  'CMS::DynamicTagGroup': { prefix: 'tag-rule', idAttribute: 'DynamicTagRuleId' },
  'CMS::MonitorGroup': { prefix: 'mg', idAttribute: 'GroupId', check: contacts },
  'CMS::MonitorGroupInstances': { prefix: 'mgi', check: (c, p) => void thing(c, 'CMS::MonitorGroup', str(p, 'GroupId')) },
  'CMS::ResourceMetricRule': {
    prefix: 'rule',
    idAttribute: 'RuleId',
    check: contacts,
  },
  'CMS::GroupMetricRule': {
    prefix: 'rule',
    id: (p) => str(p, 'RuleId') ?? '',
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
  Object.entries(types).map(([name, t]) => [`ALIYUN::${name}`, record(`ALIYUN::${name}`, t)]),
);
