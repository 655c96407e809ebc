/** VPC peering: the connection in region a, and each end's routes in its own region. */
import type { PeeringLinkPlan } from '../../plan/model';
import { both, linkOutput } from '../../plan/output-names';
import { output } from '../parts';
import { getAtt, resource } from '../ros';
import { addLinkRoutes } from './link-routes';
import { endOutput, type LinkStackSource, linkStackOutput } from './link-source';

/**
 * Asks for the connection; in one account it accepts itself, in any region. Its bandwidth is the default of the account: data transfer
 * between regions is paid by the byte. Source: VPC, "CreateVpcPeerConnection" (AcceptingAliUid, Bandwidth).
 */
export function addPeeringRequest({ own, other, stack, parts }: LinkStackSource, link: PeeringLinkPlan): void {
  const id = `Peering${both(link)}`;
  parts.resources[id] = resource('ALIYUN::VPC::VpcPeerConnection', {
    AcceptingRegionId: other.cloudRegion,
    AcceptingVpcId: endOutput.vpcId(parts, other),
    Name: stack.name,
    VpcId: endOutput.vpcId(parts, own),
  });
  parts.outputs[linkOutput.peering(link)] = output(getAtt(id, 'InstanceId'), `peering of ${link.a.place} and ${link.b.place}`);
}

/** Routes of one end, by hand at both ends. Only to addresses of the other VPC. Source: VPC, "VPC peering connections". */
export function addPeeringRoutes({ own, other, parts }: LinkStackSource, link: PeeringLinkPlan): void {
  const id = parts.inputs.read(linkStackOutput(link.path, 'request', link.a, linkOutput.peering(link)));
  addLinkRoutes(parts, own, other.gives, { type: 'VpcPeer', id });
}
