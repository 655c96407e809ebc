/** VPC peering: the connection in region a, and each end's routes in its own region. */
import type { PeeringLinkPlan } from '../../plan/model';
import { linkStackName } from '../../plan/names';
import { both, linkOutput } from '../names';
import { exported, ref, type TemplateFragment, tagList } from '../template';
import { linkRoutes } from './link-routes';
import { type LinkStackSource, readOutput, regionOutput } from './link-source';

/**
 * Asks for the connection. In one account it accepts itself in any region; across accounts CloudFormation accepts it with the
 * role of the other account. Source: CloudFormation Template Reference, "AWS::EC2::VPCPeeringConnection".
 */
export function peeringRequest({ own, other, stack }: LinkStackSource, link: PeeringLinkPlan): TemplateFragment {
  const id = `Peering${both(link)}`;
  const output = linkOutput.peering(link);
  const foreign = own.aws?.account !== other.aws?.account;
  return {
    Resources: {
      [id]: {
        Type: 'AWS::EC2::VPCPeeringConnection',
        Properties: {
          ...(foreign ? { PeerOwnerId: other.aws?.account } : {}),
          PeerRegion: other.cloudRegion,
          ...(link.peerRole === undefined ? {} : { PeerRoleArn: link.peerRole }),
          PeerVpcId: regionOutput.vpcId(own, other),
          Tags: tagList({ Name: stack.name }),
          VpcId: regionOutput.vpcId(own, own),
        },
      },
    },
    Outputs: { [output]: exported(stack.name, output, ref(id), `peering of ${link.a.place} and ${link.b.place}`) },
  };
}

/** Routes of one end: over a peering only to addresses that the other VPC's interfaces own. */
export function peeringRoutes({ own, other }: LinkStackSource, link: PeeringLinkPlan): TemplateFragment {
  const id = readOutput(own, link.a, linkStackName(link.path, 'request'), linkOutput.peering(link));
  return { Resources: linkRoutes(own, other.gives, { VpcPeeringConnectionId: id }) };
}
