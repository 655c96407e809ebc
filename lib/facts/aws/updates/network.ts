import type { UpdateTables } from '../../effect';

/** Networks of a region, and what lies in them. */
export const networkUpdates: UpdateTables = {
  'AWS::EC2::VPC': {
    replace: 'CidrBlock',
    when: {
      InstanceTenancy: (before, after) => (before === 'dedicated' && (after ?? 'default') === 'default' ? 'none' : 'replace'),
    },
  },
  'AWS::EC2::Subnet': {
    replace: 'AvailabilityZone CidrBlock VpcId',
    when: { Ipv6CidrBlock: (before, after) => (before !== undefined && after !== undefined ? 'replace' : 'none') },
  },
  'AWS::EC2::SubnetCidrReservation': { replace: 'Cidr Description ReservationType SubnetId' },
  'AWS::EC2::Route': { replace: 'DestinationCidrBlock DestinationIpv6CidrBlock DestinationPrefixListId RouteTableId' },
  'AWS::EC2::RouteTable': { replace: 'VpcId' },
  'AWS::EC2::SubnetRouteTableAssociation': { replace: 'RouteTableId SubnetId' },
  'AWS::EC2::VPCGatewayAttachment': { replace: 'VpcId' },
  'AWS::EC2::EIP': { replace: 'Domain NetworkBorderGroup PublicIpv4Pool' },
  'AWS::EC2::NatGateway': { replace: 'AllocationId ConnectivityType PrivateIpAddress SubnetId' },
  'AWS::EC2::VPCEndpoint': { replace: 'ServiceName VpcEndpointType VpcId' },
  'AWS::EC2::SecurityGroup': { replace: 'GroupDescription GroupName VpcId' },
};
