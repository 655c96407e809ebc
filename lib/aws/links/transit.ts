/** The transit gateway of a region: one route table, to which every attachment is associated by name; nothing is propagated by default. */
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { RegionTransitPlan, TransitRoutePlan } from '../../plan/model';
import { Block } from '../fleet/block';
import { transitOutput } from '../names';
import {
  exported,
  ref,
  type TemplateFragment,
  type TemplateOutput,
  type TemplateResource,
  tagList,
  type Value,
} from '../template';

export interface RegionTransitProps {
  readonly transit: RegionTransitPlan;
  /** Id of the VPC. */
  readonly vpcId: Value;
  /** Ids of the attachment subnets, one a zone: the gateway reaches only zones where it has one. */
  readonly subnets: readonly Value[];
  /**
   * The network's: stands in logical ids and output names.
   *
   * @default 1
   */
  readonly generation?: number;
  /**
   * Emit L1 constructs instead of one block; the same template.
   *
   * @default false
   */
  readonly expand?: boolean;
}

/**
 * Transit gateway, its route table, the attachment of the VPC, static routes to the VPC's own addresses, and blackholes for
 * the estate's pools, so that no packet for an address that no link carries wanders. Links bring their own associations and
 * routes.
 */
export class RegionTransit extends Construct {
  private readonly block: Block;
  private readonly generation: number;

  constructor(scope: Construct, id: string, props: RegionTransitProps) {
    super(scope, id);
    this.generation = props.generation ?? 1;
    const stackName = Stack.of(this).stackName;
    this.block = new Block(this, 'Block', {
      fragment: () => transitFragment(props, stackName),
      inputs: props,
      tagged: ['AWS::EC2::TransitGateway', 'AWS::EC2::TransitGatewayAttachment', 'AWS::EC2::TransitGatewayRouteTable'],
      expand: props.expand,
    });
  }

  /** Id of the transit gateway. */
  get transitGatewayId(): string {
    return this.block.refOf(transitId.gateway(this.generation));
  }

  /** Id of its route table. */
  get routeTableId(): string {
    return this.block.refOf(transitId.routeTable(this.generation));
  }

  /** Id of the VPC's attachment. */
  get vpcAttachmentId(): string {
    return this.block.refOf(transitId.vpcAttachment(this.generation));
  }
}

/** Logical ids. */
const transitId = {
  gateway: (generation: number) => `TransitGatewayG${generation}`,
  routeTable: (generation: number) => `TransitRouteTableG${generation}`,
  vpcAttachment: (generation: number) => `VpcAttachmentG${generation}`,
};

export function transitFragment(props: RegionTransitProps, stackName: string): TemplateFragment {
  const { transit, generation = 1 } = props;
  const gateway = transitId.gateway(generation);
  const table = transitId.routeTable(generation);
  const attachment = transitId.vpcAttachment(generation);
  const tags = tagList({ Name: stackName });
  const resources: Record<string, TemplateResource> = {
    [gateway]: {
      Type: 'AWS::EC2::TransitGateway',
      Properties: {
        AmazonSideAsn: transit.asn,
        // Who is attached is associated and routed by name, in the stack of its link.
        AutoAcceptSharedAttachments: 'disable',
        DefaultRouteTableAssociation: 'disable',
        DefaultRouteTablePropagation: 'disable',
        DnsSupport: 'enable',
        Tags: tags,
        VpnEcmpSupport: 'enable',
      },
    },
    [table]: { Type: 'AWS::EC2::TransitGatewayRouteTable', Properties: { Tags: tags, TransitGatewayId: ref(gateway) } },
    // Of the two types for this, the one whose subnets change in place: a zone more interrupts nobody.
    [attachment]: {
      Type: 'AWS::EC2::TransitGatewayAttachment',
      Properties: { SubnetIds: props.subnets, Tags: tags, TransitGatewayId: ref(gateway), VpcId: props.vpcId },
    },
    [`VpcAssociationG${generation}`]: transitAssociation(ref(attachment), ref(table)),
  };
  for (const route of transit.own) {
    resources[`Route${route.id}G${generation}`] = transitRoute(route.destination, ref(attachment), ref(table));
  }
  for (const route of transit.blackholes) resources[`Blackhole${route.id}G${generation}`] = blackhole(route, ref(table));
  const outputs: Record<string, TemplateOutput> = {};
  const output = (name: string, id: string, description: string) => {
    outputs[name] = exported(stackName, name, ref(id), description);
  };
  output(transitOutput.gateway(generation), gateway, 'the transit gateway');
  output(transitOutput.routeTable(generation), table, 'its route table');
  output(transitOutput.vpcAttachment(generation), attachment, 'attachment of the VPC');
  return { Resources: resources, Outputs: outputs };
}

/** Which table looks at packets that come in by the attachment. */
export function transitAssociation(attachment: Value, routeTable: Value): TemplateResource {
  return {
    Type: 'AWS::EC2::TransitGatewayRouteTableAssociation',
    Properties: { TransitGatewayAttachmentId: attachment, TransitGatewayRouteTableId: routeTable },
  };
}

/** Lets the routes that the attachment learns by BGP into the table. */
export function transitPropagation(attachment: Value, routeTable: Value): TemplateResource {
  return {
    Type: 'AWS::EC2::TransitGatewayRouteTablePropagation',
    Properties: { TransitGatewayAttachmentId: attachment, TransitGatewayRouteTableId: routeTable },
  };
}

/** A static route: over a peering attachment no other kind is possible. */
export function transitRoute(destination: string, attachment: Value, routeTable: Value): TemplateResource {
  return {
    Type: 'AWS::EC2::TransitGatewayRoute',
    Properties: {
      DestinationCidrBlock: destination,
      TransitGatewayAttachmentId: attachment,
      TransitGatewayRouteTableId: routeTable,
    },
  };
}

function blackhole({ destination }: TransitRoutePlan, routeTable: Value): TemplateResource {
  return {
    Type: 'AWS::EC2::TransitGatewayRoute',
    Properties: { Blackhole: true, DestinationCidrBlock: destination, TransitGatewayRouteTableId: routeTable },
  };
}
