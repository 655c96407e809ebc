import { regionOf } from '../../store/world';
import { AliyunError } from '../aliyun-error';
import { borderRouterOf } from '../resources/vpc/leased-lines';
import { needed, page, repeated } from './parameters';
import type { RpcAction } from './request';

/** Times that a border router has when nobody has said any. The pages don't tell them; slower than any that one would write. */
const BFD = { minTxInterval: 1000, minRxInterval: 1000, detectMultiplier: 10 };

const describeVirtualBorderRouters: RpcAction = (backend, request) => {
  const p = request.parameters;
  const r = regionOf(backend.world, request.account, request.region).aliyun;
  const ids = p['Filter.1.Key'] === 'VbrId' ? repeated(p, 'Filter.1.Value') : undefined;
  const { items, answer } = page(
    p,
    Object.values(r.borderRouters).filter(({ id }) => ids === undefined || ids.includes(id)),
  );
  const set = items.map((vbr) => ({
    VbrId: vbr.id,
    Name: vbr.name,
    VlanId: vbr.vlan,
    PhysicalConnectionId: vbr.connection,
    LocalGatewayIp: vbr.local,
    PeerGatewayIp: vbr.peer,
    PeeringSubnetMask: vbr.mask,
    Status: 'active',
    MinTxInterval: (vbr.bfd ?? BFD).minTxInterval,
    MinRxInterval: (vbr.bfd ?? BFD).minRxInterval,
    DetectMultiplier: (vbr.bfd ?? BFD).detectMultiplier,
  }));
  return { ...answer, VirtualBorderRouterSet: { VirtualBorderRouterType: set } };
};

const modifyVirtualBorderRouterAttribute: RpcAction = (backend, request) => {
  const p = request.parameters;
  const vbr = borderRouterOf(regionOf(backend.world, request.account, request.region).aliyun, needed(p, 'VbrId'));
  const within = (name: string, now: number, low: number, high: number): number => {
    const value = p[name] === undefined ? now : Number(p[name]);
    if (Number.isInteger(value) && value >= low && value <= high) return value;
    throw new AliyunError(`Invalid${name}.ValueNotSupported`, `${name} ${p[name]} is not valid: ${low} to ${high}.`);
  };
  const now = vbr.bfd ?? BFD;
  vbr.bfd = {
    minTxInterval: within('MinTxInterval', now.minTxInterval, 200, 1000),
    minRxInterval: within('MinRxInterval', now.minRxInterval, 200, 1000),
    detectMultiplier: within('DetectMultiplier', now.detectMultiplier, 3, 10),
  };
  return {};
};

/** VPC's actions (2016-04-28). */
export const vpcActions: Record<string, RpcAction> = {
  DescribeVirtualBorderRouters: describeVirtualBorderRouters,
  ModifyVirtualBorderRouterAttribute: modifyVirtualBorderRouterAttribute,
};
