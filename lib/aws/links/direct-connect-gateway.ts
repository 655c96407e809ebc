/** A Direct Connect gateway: made by one link, read by others, and associated with the transit gateways of regions. */
import { fittingName } from '../../encode/fitting-name';
import { NAMES } from '../../facts/aws/names';
import type { AssociationLinkPlan, LeasedLineLinkPlan, LineGatewayPlan } from '../../plan/model';
import { linkOutput } from '../names';
import { exported, getAtt, ref, type TemplateFragment, tagList, type Value } from '../template';
import { type LinkStackSource, linkBoundary, linkPlace, readOutput, regionOutput } from './link-source';
import { transitAssociation, transitPropagation } from './transit';
import { transitAttachment } from './transit-attachment';

/** A gateway's name and number, and which stack makes it. */
interface GatewayProps {
  readonly asn: number;
  /** @default - this stack makes it */
  readonly gateway?: LineGatewayPlan;
}

const GATEWAY = 'DirectConnectGateway';

/** Id of the gateway. Its logical id holds no generation: a gateway belongs to no region, and a new one would take every line down. */
export function gatewayId({ own }: LinkStackSource, { asn, gateway }: GatewayProps): Value {
  if (gateway === undefined) return getAtt(GATEWAY, 'DirectConnectGatewayId');
  return readOutput(own, gateway.at, gateway.stack, linkOutput.gateway(asn));
}

/** Name for people of what a stack makes in Direct Connect. */
export function directConnectName({ estate, stack }: LinkStackSource): string {
  return fittingName(`${estate}-${stack.name}`, NAMES['AWS::DirectConnect::DirectConnectGateway DirectConnectGatewayName'].most);
}

/** The gateway, where this stack makes it. Its id is given whether anybody reads it or not: a reader more or less changes nothing here. */
export function directConnectGateway(source: LinkStackSource, { asn, gateway }: GatewayProps): TemplateFragment {
  if (gateway !== undefined) return { Resources: {} };
  const { stack } = source;
  const output = linkOutput.gateway(asn);
  return {
    Resources: {
      [GATEWAY]: {
        Type: 'AWS::DirectConnect::DirectConnectGateway',
        Properties: {
          AmazonSideAsn: String(asn),
          DirectConnectGatewayName: directConnectName(source),
          Tags: tagList({ Name: stack.name }),
        },
      },
    },
    Outputs: {
      [output]: exported(stack.name, output, getAtt(GATEWAY, 'DirectConnectGatewayId'), `Direct Connect gateway of AS ${asn}`),
    },
  };
}

/**
 * The gateway's association with the own region's transit gateway, once a region. The allowed prefixes are what AWS tells the data centre,
 * so they are exactly the planned ones, and no two associations of a gateway have the same. Towards the data centre only propagated routes:
 * a static one would outrank them and lead into nothing when the lines are down.
 *
 * Source: Direct Connect User Guide, "Transit gateway associations" and "Allowed prefixes interactions".
 */
export function gatewayAssociation(
  source: LinkStackSource,
  link: LeasedLineLinkPlan | AssociationLinkPlan,
  gateway: Value,
  allowed: readonly string[],
): TemplateFragment {
  const { own, stack } = source;
  const { generation } = own;
  const transitGatewayId = regionOutput.transitGateway(own, own);
  const table = regionOutput.transitTable(own);
  const association = `LineAssociationG${generation}`;
  const attachment = `LineAttachmentG${generation}`;
  const output = linkOutput.lineAttachment(link);
  return {
    Resources: {
      [association]: {
        Type: 'AWS::DirectConnect::DirectConnectGatewayAssociation',
        Properties: {
          AllowedPrefixesToDirectConnectGateway: allowed,
          AssociatedGatewayId: transitGatewayId,
          DirectConnectGatewayId: gateway,
        },
      },
      ...transitAttachment(
        attachment,
        { kind: 'direct-connect', transitGatewayId, resourceId: gateway },
        { place: linkPlace(own), permissionsBoundary: linkBoundary(own), after: [association] },
      ),
      [`TransitAssociationG${generation}`]: transitAssociation(ref(attachment), table),
      [`TransitPropagationG${generation}`]: transitPropagation(ref(attachment), table),
    },
    Outputs: { [output]: exported(stack.name, output, ref(attachment), `transit attachment of ${link.id}`) },
  };
}

/** A region that reaches the data centre by the gateway of another one's line, or a gateway whose first line is gone. */
export function association(source: LinkStackSource, link: AssociationLinkPlan): TemplateFragment {
  const made = directConnectGateway(source, link);
  const associated = gatewayAssociation(source, link, gatewayId(source, link), link.associates);
  return {
    Resources: { ...made.Resources, ...associated.Resources },
    Outputs: { ...associated.Outputs, ...made.Outputs },
  };
}
