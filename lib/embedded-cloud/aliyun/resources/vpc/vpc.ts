import type { JsonObject } from '../../../../engine/json';
import { VPC_BITS, VPC_FORBIDDEN, VSWITCH_BITS } from '../../../../facts/aliyun/limits';
import { type Block, block, overlaps, within } from '../../../ipv4';
import { str, strs } from '../../../properties';
import { AliyunError } from '../../aliyun-error';
import type { AliyunVpc, VSwitch } from '../../world/network';
import type { AliyunRegion } from '../../world/region';
import type { Context, Handler } from '../handler';
import { aliyunId, found, here, tagsOf, zoneOfRegion } from '../values';

const FORBIDDEN = VPC_FORBIDDEN.map((r) => block(r) as Block);

/** VSwitches a VPC: the default quota ("Limits and quotas" of VPC). */
const VSWITCHES = 150;

export const vpcOf = (r: AliyunRegion, id: string | undefined): AliyunVpc => found(r.vpcs, id, 'InvalidVpcID.NotFound', 'VPC');
export const vSwitchOf = (r: AliyunRegion, id: string | undefined): VSwitch =>
  found(r.vSwitches, id, 'InvalidVSwitchId.NotFound', 'vSwitch');

/** A range that a VPC may have. */
function vpcRange(text: string): string {
  const range = block(text);
  if (!range || range.bits < VPC_BITS.least || range.bits > VPC_BITS.most)
    throw new AliyunError('InvalidCidrBlock', `Specified CIDR block ${text} is not valid.`);
  if (FORBIDDEN.some((f) => overlaps(f, range)))
    throw new AliyunError('IllegalParam.CidrBlock', `The CIDR block ${text} is reserved: a VPC can't have it.`);
  return text;
}

function settings(c: Context, p: JsonObject): Pick<AliyunVpc, 'name' | 'tags' | 'secondary' | 'userCidrs'> {
  return {
    name: str(p, 'VpcName') ?? '',
    tags: tagsOf(c, p.Tags),
    secondary: strs(p, 'SecondaryCidrBlocks').map(vpcRange),
    userCidrs: (str(p, 'UserCidr') ?? '').split(',').filter(Boolean),
  };
}

const vpcAttributes = (v: AliyunVpc) => ({ VpcId: v.id, VpcName: v.name, VRouterId: v.router, RouteTableId: v.systemTable });

/** ALIYUN::ECS::VPC: with its vRouter and its system route table. */
export const vpc: Handler = {
  create(c, p) {
    const cidr = vpcRange(str(p, 'CidrBlock') ?? '172.16.0.0/12');
    const r = here(c);
    const id = aliyunId('vpc');
    const made: AliyunVpc = { id, cidr, router: aliyunId('vrt'), systemTable: aliyunId('vtb'), ...settings(c, p) };
    r.vpcs[id] = made;
    r.routeTables[made.systemTable] = {
      id: made.systemTable,
      vpc: id,
      system: true,
      name: '',
      routes: [],
      vSwitches: [],
      tags: {},
    };
    return { physicalId: id, attributes: vpcAttributes(made) };
  },
  update(c, id, p) {
    const v = vpcOf(here(c), id);
    const next = settings(c, p);
    const gone = v.secondary.filter((s) => !next.secondary.includes(s)).map((s) => block(s) as Block);
    if (Object.values(here(c).vSwitches).some((s) => s.vpc === id && gone.some((g) => within(g, block(s.cidr) as Block))))
      throw new AliyunError('DependencyViolation.VSwitch', 'The CIDR block still holds vSwitches.');
    Object.assign(v, next);
    return { attributes: vpcAttributes(v) };
  },
  delete(c, id) {
    const r = here(c);
    if (!r.vpcs[id]) return;
    const inUse: [string, boolean][] = [
      ['VSwitch', Object.values(r.vSwitches).some((s) => s.vpc === id)],
      ['SecurityGroup', Object.values(r.groups).some((g) => g.vpc === id)],
      ['RouteEntry', Object.values(r.routeTables).some((t) => t.vpc === id && (t.routes.length > 0 || !t.system))],
      ['VpnGateway', Object.values(r.vpnGateways).some((g) => g.vpc === id)],
      ['VpcPeerConnection', Object.values(r.peerings).some((x) => x.vpc === id)],
      ['CenAttachment', Object.values(r.attachments).some((a) => a.kind === 'VPC' && a.resource === id)],
    ];
    const left = inUse.find(([, has]) => has);
    if (left) throw new AliyunError(`DependencyViolation.${left[0]}`, 'Specified object has dependent resources');
    delete r.routeTables[(r.vpcs[id] as AliyunVpc).systemTable];
    delete r.vpcs[id];
  },
  read(c, id, p) {
    const v = here(c).vpcs[id];
    return v && { ...p, ...(p.VpcName === undefined ? {} : { VpcName: v.name }) };
  },
};

const vSwitchAttributes = (s: VSwitch) => ({ VSwitchId: s.id, CidrBlock: s.cidr, VSwitchName: s.name });

/** ALIYUN::ECS::VSwitch */
export const vSwitch: Handler = {
  create(c, p) {
    const r = here(c);
    const v = vpcOf(r, str(p, 'VpcId'));
    const zone = str(p, 'ZoneId') ?? '';
    if (!zoneOfRegion(c.region.name, zone))
      throw new AliyunError('InvalidZoneId.NotFound', `The specified zone ${zone} does not exist in ${c.region.name}.`, 404);
    const cidr = str(p, 'CidrBlock') ?? '';
    const range = block(cidr);
    // "CreateVSwitch": the mask has 16 to 29 bits, and the range is the VPC's or lies in it.
    if (!range || range.bits < VSWITCH_BITS.least || range.bits > VSWITCH_BITS.most)
      throw new AliyunError('InvalidCidrBlock', `Specified CIDR block ${cidr} is not valid.`);
    if (![v.cidr, ...v.secondary].some((x) => within(block(x) as Block, range)))
      throw new AliyunError('InvalidCidrBlock', `Specified CIDR block ${cidr} is not in the range of VPC ${v.id}.`);
    const others = Object.values(r.vSwitches).filter((s) => s.vpc === v.id);
    const other = others.find((s) => overlaps(block(s.cidr) as Block, range));
    if (other)
      throw new AliyunError('InvalidCidrBlock.Overlapped', `Specified CIDR block ${cidr} overlapped with vSwitch ${other.id}.`);
    // "CreateVSwitch": its range can't be the same as, or hold, the destination of a route that stands.
    const route = Object.values(r.routeTables)
      .flatMap((t) => (t.vpc === v.id ? t.routes : []))
      .find((x) => within(range, block(x.destination) as Block));
    if (route) throw new AliyunError('InvalidCidrBlock.Conflict', `${cidr} conflicts with the route entry ${route.destination}.`);
    if (others.length >= VSWITCHES) throw new AliyunError('QuotaExceeded.VSwitch', 'VSwitch quota exceeded.');
    const id = aliyunId('vsw');
    const name = str(p, 'VSwitchName') ?? '';
    r.vSwitches[id] = { id, vpc: v.id, cidr, zone, name, tags: tagsOf(c, p.Tags) };
    return { physicalId: id, attributes: vSwitchAttributes(r.vSwitches[id] as VSwitch) };
  },
  update(c, id, p) {
    const s = vSwitchOf(here(c), id);
    Object.assign(s, { name: str(p, 'VSwitchName') ?? '', tags: tagsOf(c, p.Tags) });
    return { attributes: vSwitchAttributes(s) };
  },
  delete(c, id) {
    const r = here(c);
    const user = Object.values(r.interfaces).find((i) => i.vSwitch === id);
    if (user) throw new AliyunError('DependencyViolation', `vSwitch ${id} still holds the network interface ${user.id}.`);
    if (Object.values(r.routeTables).some((t) => t.vSwitches.includes(id)))
      throw new AliyunError('DependencyViolation.RouteTable', `vSwitch ${id} is associated with a custom route table.`);
    delete r.vSwitches[id];
  },
  read: (c, id, p) => here(c).vSwitches[id] && p,
};

/** ALIYUN::VPC::VpcCidrBlockAssociation: one more range of a VPC. */
export const vpcCidrBlockAssociation: Handler = {
  create(c, p) {
    const v = vpcOf(here(c), str(p, 'VpcId'));
    const cidr = vpcRange(str(p, 'SecondaryCidrBlock') ?? '');
    const range = block(cidr) as Block;
    if ([v.cidr, ...v.secondary].some((x) => overlaps(block(x) as Block, range)))
      throw new AliyunError('InvalidCidrBlock.Overlapped', `${cidr} overlaps with a range of ${v.id}.`);
    v.secondary.push(cidr);
    return { physicalId: `${v.id}:${cidr}`, attributes: { VpcId: v.id } };
  },
  delete(c, id) {
    const [own = '', cidr = ''] = id.split(':');
    const r = here(c);
    const v = r.vpcs[own];
    if (!v) return;
    if (Object.values(r.vSwitches).some((s) => s.vpc === own && within(block(cidr) as Block, block(s.cidr) as Block)))
      throw new AliyunError('DependencyViolation.VSwitch', `The range ${cidr} still holds vSwitches.`);
    v.secondary = v.secondary.filter((x) => x !== cidr);
  },
  read(c, id, p) {
    const [own = '', cidr = ''] = id.split(':');
    return here(c).vpcs[own]?.secondary.includes(cidr) ? p : undefined;
  },
};
