import { str } from '../../../properties';
import { AliyunError } from '../../aliyun-error';
import type { AliyunRouteTable } from '../../world/network';
import type { AliyunRegion } from '../../world/region';
import type { Handler } from '../handler';
import { aliyunId, found, here, tagsOf } from '../values';
import { vpcOf, vSwitchOf } from './vpc';

/** Custom route tables a VPC: the default quota (`vpc_quota_route_tables_num`). */
const TABLES = 9;

export const tableOf = (r: AliyunRegion, id: string | undefined): AliyunRouteTable =>
  found(r.routeTables, id, 'InvalidRouteTableId.NotFound', 'route table');

const attributesOf = (t: AliyunRouteTable) => ({
  RouteTableId: t.id,
  RouteTableName: t.name,
  RouteTableType: 'Custom',
  VSwitchIds: [...t.vSwitches],
  VpcId: t.vpc,
});

/** ALIYUN::VPC::RouteTable: a custom one. */
export const routeTable: Handler = {
  create(c, p) {
    const r = here(c);
    const v = vpcOf(r, str(p, 'VpcId'));
    if (Object.values(r.routeTables).filter((t) => t.vpc === v.id && !t.system).length >= TABLES)
      throw new AliyunError('QuotaExceeded.RouteTable', 'The route table quota of the VPC is exceeded.');
    const id = aliyunId('vtb');
    const name = str(p, 'RouteTableName') ?? '';
    const made = { id, vpc: v.id, system: false, name, routes: [], vSwitches: [], tags: tagsOf(c, p.Tags) };
    r.routeTables[id] = made;
    return { physicalId: id, attributes: attributesOf(made) };
  },
  update(c, id, p) {
    const t = tableOf(here(c), id);
    Object.assign(t, { name: str(p, 'RouteTableName') ?? '', tags: tagsOf(c, p.Tags) });
    return { attributes: attributesOf(t) };
  },
  delete(c, id) {
    const t = here(c).routeTables[id];
    if (t && t.vSwitches.length > 0)
      throw new AliyunError('DependencyViolation.VSwitch', `Route table ${id} is associated with vSwitches.`);
    delete here(c).routeTables[id];
  },
  read: (c, id, p) => here(c).routeTables[id] && p,
};

/** ALIYUN::VPC::RouteTableAssociation: a vSwitch uses a custom table instead of the system one. */
export const routeTableAssociation: Handler = {
  create(c, p) {
    const r = here(c);
    const t = tableOf(r, str(p, 'RouteTableId'));
    const s = vSwitchOf(r, str(p, 'VSwitchId'));
    if (t.system) throw new AliyunError('OperationFailed.SystemRouteTable', 'A system route table needs no association.');
    if (s.vpc !== t.vpc)
      throw new AliyunError('InvalidVSwitchId.NotFound', `vSwitch ${s.id} and route table ${t.id} are of different VPCs.`);
    if (Object.values(r.routeTables).some((x) => x.vSwitches.includes(s.id)))
      throw new AliyunError('OperationDenied.MultiRouteTable', `vSwitch ${s.id} is associated with another route table.`);
    t.vSwitches.push(s.id);
    return { physicalId: `${t.id}:${s.id}`, attributes: { RouteTableId: t.id, VSwitchId: s.id } };
  },
  delete(c, id) {
    const [table = '', own] = id.split(':');
    const t = here(c).routeTables[table];
    if (t) t.vSwitches = t.vSwitches.filter((s) => s !== own);
  },
  read(c, id, p) {
    const [table = '', own = ''] = id.split(':');
    return here(c).routeTables[table]?.vSwitches.includes(own) ? p : undefined;
  },
};
