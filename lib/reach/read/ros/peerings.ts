/** VPC peering connections of Aliyun. */
import type { Peering } from '../../world';
import type { Drafts } from '../drafts';
import { type Emitted, originOf } from '../resources';
import { vpcOf } from '../vpcs';

/**
 * In one account a connection accepts itself; across accounts somebody must, and no template does. Whether one carries addresses
 * outside of its two VPCs no page says: read as on AWS, that it doesn't. Source: VPC, "VPC peering connections", "CreateVpcPeerConnection".
 */
export function readAliyunPeerings(emitted: Emitted, drafts: Drafts): Peering[] {
  return emitted.all('ALIYUN::VPC::VpcPeerConnection').flatMap((found) => {
    const requester = vpcOf(emitted, drafts, found);
    const accepter = emitted.among(drafts.vpcs, found, emitted.property(found, 'AcceptingVpcId'), 'ALIYUN::ECS::VPC');
    if (requester === undefined || accepter === undefined) return [];
    const region = emitted.text(found, 'AcceptingRegionId');
    if (requester.cloudRegion !== found.stack.region) emitted.fault(found, 'its own VPC stands in another region');
    else if (region !== accepter.cloudRegion)
      emitted.fault(found, `AcceptingRegionId is ${region}, but the VPC stands in ${accepter.cloudRegion}`);
    else {
      const accepted = emitted.property(found, 'AcceptingAliUid') === undefined;
      if (!accepted) emitted.fault(found, 'nobody accepts it: AcceptingAliUid names an account');
      return [{ id: found.id, requester: requester.id, accepter: accepter.id, accepted, from: originOf(found) }];
    }
    return [];
  });
}
