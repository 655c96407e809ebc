/** The network of a region: VPC, subnets, routes, security groups. */

import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { CloudRegion } from '../../estate/model/model';
import type { NetworkPlan, SecurityGroupPlan } from '../../plan/model';
import { Block } from '../fleet/block';
import { networkOutput } from '../names';
import { exported, ref, type TemplateFragment, type TemplateOutput, type TemplateResource, tagList } from '../template';
import { addFlowLogs } from './flow-logs';
import { addRouteTables } from './routes';
import { addSecurityGroups, securityGroupId } from './security';

export interface RegionNetworkProps {
  readonly network: NetworkPlan;
  /** One a fleet; rules between them stand in the same stack. */
  readonly securityGroups: readonly SecurityGroupPlan[];
  /** Region, for the name of the S3 endpoint's service. */
  readonly region: CloudRegion;
  /**
   * Stands in logical ids and output names: raised to rebuild the network on purpose.
   *
   * @default 1
   */
  readonly generation?: number;
  /**
   * ARN of the managed policy that bounds the flow logs' role.
   *
   * @default - no boundary
   */
  readonly permissionsBoundary?: string;
  /**
   * Emit L1 constructs instead of one block; the same template.
   *
   * @default false
   */
  readonly expand?: boolean;
}

/**
 * VPC, subnets of each zone (public, elastic, members), NAT gateways, S3 gateway endpoint on every table, flow logs, and a
 * security group a fleet. Whatever other stacks may read is a hand-named, exported output that is always there.
 *
 * The VPC's default security group keeps its rules: CloudFormation can't take them away, and CDK does it by a Lambda
 * function. Nothing stands in it: every interface names its fleet's group. Routes towards members stand with the members.
 */
export class RegionNetwork extends Construct {
  private readonly block: Block;
  private readonly generation: number;

  constructor(scope: Construct, id: string, props: RegionNetworkProps) {
    super(scope, id);
    this.generation = props.generation ?? 1;
    const stackName = Stack.of(this).stackName;
    this.block = new Block(this, 'Block', {
      fragment: () => networkFragment(props, stackName),
      inputs: props,
      tagged: NETWORK_TYPES,
      expand: props.expand,
    });
  }

  /** Id of the VPC. */
  get vpcId(): string {
    return this.block.refOf(vpcLogicalId(this.generation));
  }

  /** Id of a subnet. @param id as planned, for example `MembersA` */
  subnetId(id: string): string {
    return this.block.refOf(subnetLogicalId(id, this.generation));
  }

  /** Id of a route table. @param id as planned, for example `PrivateA` */
  routeTableId(id: string): string {
    return this.block.refOf(`RouteTable${id}G${this.generation}`);
  }

  /** Id of a fleet's security group. @param id as planned, for example `CoreVoters` */
  securityGroupId(id: string): string {
    return this.block.refOf(securityGroupId(id, this.generation));
  }
}

/** What takes tags. */
const NETWORK_TYPES = [
  'AWS::EC2::EIP',
  'AWS::EC2::FlowLog',
  'AWS::EC2::InternetGateway',
  'AWS::EC2::NatGateway',
  'AWS::EC2::RouteTable',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::Subnet',
  'AWS::EC2::VPC',
  'AWS::EC2::VPCEndpoint',
  'AWS::IAM::Role',
  'AWS::Logs::LogGroup',
];

export function vpcLogicalId(generation: number): string {
  return `VpcG${generation}`;
}

export function subnetLogicalId(id: string, generation: number): string {
  return `Subnet${id}G${generation}`;
}

/** Where the parts of the network put what they add. */
export interface NetworkParts {
  readonly resources: Record<string, TemplateResource>;
  readonly outputs: Record<string, TemplateOutput>;
  readonly generation: number;
  readonly stackName: string;
}

export function networkFragment(props: RegionNetworkProps, stackName: string): TemplateFragment {
  const generation = props.generation ?? 1;
  const parts: NetworkParts = { resources: {}, outputs: {}, generation, stackName };
  const vpcId = ref(vpcLogicalId(generation));
  addVpc(parts, props.network.cidr);
  addSubnets(parts, props.network);
  addRouteTables(parts, props.network, props.region);
  addFlowLogs(parts, props.network.flowLogDays, props.permissionsBoundary);
  addSecurityGroups(parts.resources, parts.outputs, props.securityGroups, { vpcId, generation, stackName });
  return { Resources: parts.resources, Outputs: parts.outputs };
}

function addVpc({ resources, outputs, generation, stackName }: NetworkParts, cidr: string): void {
  const id = vpcLogicalId(generation);
  resources[id] = {
    Type: 'AWS::EC2::VPC',
    Properties: { CidrBlock: cidr, EnableDnsHostnames: true, EnableDnsSupport: true, Tags: tagList({ Name: stackName }) },
  };
  const output = networkOutput.vpcId(generation);
  outputs[output] = exported(stackName, output, ref(id), 'the VPC');
}

function addSubnets({ resources, outputs, generation, stackName }: NetworkParts, network: NetworkPlan): void {
  for (const subnet of network.subnets) {
    const id = subnetLogicalId(subnet.id, generation);
    resources[id] = {
      Type: 'AWS::EC2::Subnet',
      Properties: {
        AvailabilityZone: subnet.zone,
        CidrBlock: subnet.cidr,
        // NAT gateways and load balancers bring their own addresses.
        MapPublicIpOnLaunch: false,
        Tags: tagList({ Name: `${stackName}-${subnet.id}` }),
        VpcId: ref(vpcLogicalId(generation)),
      },
    };
    const output = networkOutput.subnet(subnet.id, generation);
    outputs[output] = exported(stackName, output, ref(id), `${subnet.role} subnet of ${subnet.zone}`);
  }
}
