/** VPC peering connections. */
import type { Peering } from '../world';
import type { Drafts } from './drafts';
import { type Emitted, originOf } from './resources';

/**
 * A connection names the other VPC's region and account beside its id. Where they are not that VPC's own, the cloud looks
 * in the wrong place and finds nothing: a fault, and no connection.
 *
 * Source: CloudFormation, `AWS::EC2::VPCPeeringConnection`.
 */
export function readPeerings(emitted: Emitted, drafts: Drafts): Peering[] {
  const peerings: Peering[] = [];
  for (const found of emitted.all('AWS::EC2::VPCPeeringConnection')) {
    const requester = emitted.target(found, emitted.property(found, 'VpcId'), 'AWS::EC2::VPC');
    const accepter = emitted.target(found, emitted.property(found, 'PeerVpcId'), 'AWS::EC2::VPC');
    if (requester === undefined || accepter === undefined) continue;
    if (!drafts.vpcs.has(requester.id) || !drafts.vpcs.has(accepter.id)) continue;
    const region = emitted.text(found, 'PeerRegion') ?? found.stack.region;
    const account = emitted.text(found, 'PeerOwnerId') ?? found.stack.account;
    if (requester.stack.region !== found.stack.region) emitted.fault(found, 'its own VPC stands in another region');
    else if (accepter.stack.region !== region)
      emitted.fault(found, `PeerRegion is ${region}, but ${accepter.stack.path} stands in ${accepter.stack.region}`);
    else if (accepter.stack.account !== account)
      emitted.fault(found, `PeerOwnerId is ${account}, but ${accepter.stack.path} stands in ${accepter.stack.account}`);
    else {
      const accepted = account === found.stack.account || emitted.property(found, 'PeerRoleArn') !== undefined;
      if (!accepted) emitted.fault(found, 'nobody accepts it: across accounts PeerRoleArn must name a role of the other one');
      peerings.push({ id: found.id, requester: requester.id, accepter: accepter.id, accepted, from: originOf(found) });
    }
  }
  return peerings;
}
