import { autoScalingGroup, lifecycleHook, scalingPolicy } from './autoscaling/group';
import { customResource, isCustom } from './custom';
import { directConnectGateway, directConnectGatewayAssociation, transitVirtualInterface } from './direct-connect';
import { flowLog, vpcEndpoint } from './ec2/edges';
import { eip, internetGateway, natGateway, vpcGatewayAttachment } from './ec2/gateways';
import { instance } from './ec2/instances';
import { networkInterface } from './ec2/interfaces';
import { launchTemplate } from './ec2/launch-templates';
import { vpcPeeringConnection } from './ec2/peerings';
import { subnetCidrReservation } from './ec2/reservations';
import { route, routeTable, subnetRouteTableAssociation } from './ec2/routes';
import { securityGroup, securityGroupEgress, securityGroupIngress } from './ec2/security';
import { transitGatewayVpcAttachment } from './ec2/transit-attachments';
import { transitGateway, transitGatewayRouteTable } from './ec2/transit-gateways';
import { transitGatewayPeeringAttachment } from './ec2/transit-peerings';
import {
  transitGatewayRoute,
  transitGatewayRouteTableAssociation,
  transitGatewayRouteTablePropagation,
} from './ec2/transit-routes';
import { volume } from './ec2/volumes';
import { subnet, vpc } from './ec2/vpc';
import { customerGateway, vpnConnection } from './ec2/vpns';
import { listener } from './elb/listeners';
import { loadBalancer } from './elb/load-balancers';
import { targetGroup } from './elb/target-groups';
import { lambdaFunction } from './functions';
import type { Handler } from './handler';
import { instanceProfile, managedPolicy, policy, role } from './iam';
import { hostedZone, recordSet } from './names';
import { parameter } from './parameters';
import { recordHandlers } from './records';
import { bucket, bucketPolicy, repository } from './storage';
import { waitCondition, waitConditionHandle } from './wait-conditions';

/** Every resource type of the embedded cloud. */
export const handlers: Record<string, Handler> = {
  'AWS::AutoScaling::AutoScalingGroup': autoScalingGroup,
  'AWS::AutoScaling::LifecycleHook': lifecycleHook,
  'AWS::AutoScaling::ScalingPolicy': scalingPolicy,
  'AWS::CloudFormation::CustomResource': customResource,
  'AWS::CloudFormation::WaitCondition': waitCondition,
  'AWS::CloudFormation::WaitConditionHandle': waitConditionHandle,
  'AWS::DirectConnect::DirectConnectGateway': directConnectGateway,
  'AWS::DirectConnect::DirectConnectGatewayAssociation': directConnectGatewayAssociation,
  'AWS::DirectConnect::TransitVirtualInterface': transitVirtualInterface,
  'AWS::EC2::CustomerGateway': customerGateway,
  'AWS::EC2::EIP': eip,
  'AWS::EC2::FlowLog': flowLog,
  'AWS::EC2::Instance': instance,
  'AWS::EC2::InternetGateway': internetGateway,
  'AWS::EC2::LaunchTemplate': launchTemplate,
  'AWS::EC2::NatGateway': natGateway,
  'AWS::EC2::NetworkInterface': networkInterface,
  'AWS::EC2::Route': route,
  'AWS::EC2::RouteTable': routeTable,
  'AWS::EC2::SecurityGroup': securityGroup,
  'AWS::EC2::SecurityGroupEgress': securityGroupEgress,
  'AWS::EC2::SecurityGroupIngress': securityGroupIngress,
  'AWS::EC2::Subnet': subnet,
  'AWS::EC2::SubnetCidrReservation': subnetCidrReservation,
  'AWS::EC2::SubnetRouteTableAssociation': subnetRouteTableAssociation,
  'AWS::EC2::TransitGateway': transitGateway,
  'AWS::EC2::TransitGatewayAttachment': transitGatewayVpcAttachment,
  'AWS::EC2::TransitGatewayPeeringAttachment': transitGatewayPeeringAttachment,
  'AWS::EC2::TransitGatewayRoute': transitGatewayRoute,
  'AWS::EC2::TransitGatewayRouteTable': transitGatewayRouteTable,
  'AWS::EC2::TransitGatewayRouteTableAssociation': transitGatewayRouteTableAssociation,
  'AWS::EC2::TransitGatewayRouteTablePropagation': transitGatewayRouteTablePropagation,
  'AWS::EC2::TransitGatewayVpcAttachment': transitGatewayVpcAttachment,
  'AWS::EC2::VPC': vpc,
  'AWS::EC2::VPCEndpoint': vpcEndpoint,
  'AWS::EC2::VPCGatewayAttachment': vpcGatewayAttachment,
  'AWS::EC2::VPCPeeringConnection': vpcPeeringConnection,
  'AWS::EC2::VPNConnection': vpnConnection,
  'AWS::EC2::Volume': volume,
  'AWS::ECR::Repository': repository,
  'AWS::ElasticLoadBalancingV2::Listener': listener,
  'AWS::ElasticLoadBalancingV2::LoadBalancer': loadBalancer,
  'AWS::ElasticLoadBalancingV2::TargetGroup': targetGroup,
  'AWS::IAM::InstanceProfile': instanceProfile,
  'AWS::IAM::ManagedPolicy': managedPolicy,
  'AWS::IAM::Policy': policy,
  'AWS::IAM::Role': role,
  'AWS::Lambda::Function': lambdaFunction,
  'AWS::Route53::HostedZone': hostedZone,
  'AWS::Route53::RecordSet': recordSet,
  'AWS::S3::Bucket': bucket,
  'AWS::S3::BucketPolicy': bucketPolicy,
  'AWS::SSM::Parameter': parameter,
  ...recordHandlers,
};

/** The handler of a type; all custom resources have one. */
export const handlerOf = (type: string): Handler | undefined =>
  handlers[isCustom(type) ? 'AWS::CloudFormation::CustomResource' : type];
