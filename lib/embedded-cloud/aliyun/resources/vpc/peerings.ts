import { type Block, block, overlaps } from '../../../ipv4';
import { bool, str } from '../../../properties';
import { AliyunError } from '../../aliyun-error';
import { isHop } from '../ecs/interfaces';
import type { Handler } from '../handler';
import { aliyunId, here } from '../values';
import { vpcOf } from './vpc';

/** ALIYUN::VPC::VpcPeerConnection: within one account it needs no acceptance ("Create a VPC peering connection"). */
export const vpcPeerConnection: Handler = {
  create(c, p) {
    const own = vpcOf(here(c), str(p, 'VpcId'));
    const peerRegion = str(p, 'AcceptingRegionId') ?? c.region.name;
    const peerAccount = str(p, 'AcceptingAliUid') ?? c.account.id;
    if (peerAccount !== c.account.id)
      throw new AliyunError('UnsupportedFeature', 'VPC peering connections between accounts are not in the embedded cloud.');
    const other = c.regionOf(peerRegion).aliyun;
    const peer = vpcOf(other, str(p, 'AcceptingVpcId'));
    if (peer.id === own.id) throw new AliyunError('OperationDenied.VpcPeerSelf', 'A VPC can not be peered with itself.');
    const ranges = (v: typeof own) => [v.cidr, ...v.secondary].map((x) => block(x) as Block);
    if (ranges(own).some((a) => ranges(peer).some((b) => overlaps(a, b))))
      throw new AliyunError('ResourceConflict.CidrBlock', `The ranges of ${own.id} and ${peer.id} overlap.`);
    if (Object.values(here(c).peerings).some((x) => x.vpc === own.id && x.peerVpc === peer.id))
      throw new AliyunError('ResourceAlreadyExist.VpcPeer', `${own.id} and ${peer.id} are peered already.`);
    const id = aliyunId('pcc');
    const status = 'Activated' as const;
    here(c).peerings[id] = { id, vpc: own.id, peerVpc: peer.id, peerRegion, peerAccount, requester: true, status };
    // Within one region one record serves both sides; its routes are asked for by either VPC.
    const side = { vpc: peer.id, peerVpc: own.id, peerRegion: c.region.name, peerAccount, requester: false, status };
    if (peerRegion !== c.region.name) other.peerings[id] = { id, ...side };
    return { physicalId: id, attributes: { InstanceId: id } };
  },
  update: () => undefined,
  delete(c, id, p) {
    const standing = here(c).peerings[id];
    if (!standing) return;
    const other = c.regionOf(standing.peerRegion).aliyun;
    // "DeleteVpcPeerConnection": with Force its routes go with it.
    if (bool(p, 'DeletionForce')) {
      for (const r of [here(c), other])
        for (const t of Object.values(r.routeTables)) t.routes = t.routes.filter((x) => x.hop.id !== id);
    } else if (isHop(here(c), id) || isHop(other, id))
      throw new AliyunError('DependencyViolation.RouteEntry', `Route entries still point at ${id}.`);
    delete here(c).peerings[id];
    delete other.peerings[id];
  },
  read: (c, id, p) => here(c).peerings[id] && p,
};
