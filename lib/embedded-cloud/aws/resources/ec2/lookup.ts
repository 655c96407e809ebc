import type { Region } from '../../../store/world';
import { AwsError } from '../../aws-error';
import type { Instance, Volume } from '../../world/compute';
import type { NetworkInterface, RouteTable, Subnet, Vpc } from '../../world/network';

const finder =
  <T>(table: (region: Region) => Record<string, T>, what: string, code: string) =>
  (region: Region, id: string | undefined): T => {
    const found = id === undefined ? undefined : table(region)[id];
    if (found === undefined) throw new AwsError(code, `The ${what} ID '${id}' does not exist`);
    return found;
  };

/** Lookups that fail with EC2's own "does not exist". */
export const vpcOf = finder<Vpc>((r) => r.vpcs, 'vpc', 'InvalidVpcID.NotFound');
export const subnetOf = finder<Subnet>((r) => r.subnets, 'subnet', 'InvalidSubnetID.NotFound');
export const tableOf = finder<RouteTable>((r) => r.routeTables, 'routeTable', 'InvalidRouteTableID.NotFound');
export const interfaceOf = finder<NetworkInterface>(
  (r) => r.interfaces,
  'networkInterface',
  'InvalidNetworkInterfaceID.NotFound',
);
export const gatewayOf = finder((r) => r.internetGateways, 'internetGateway', 'InvalidInternetGatewayID.NotFound');
export const allocationOf = finder((r) => r.addresses, 'allocation', 'InvalidAllocationID.NotFound');
export const peeringOf = finder((r) => r.peerings, 'vpcPeeringConnection', 'InvalidVpcPeeringConnectionID.NotFound');

/** What EC2 says of a transit gateway's part that isn't there. */
const gone =
  <T>(table: (region: Region) => Record<string, T>, what: string, code: string) =>
  (region: Region, id: string | undefined): T => {
    const found = id === undefined ? undefined : table(region)[id];
    if (found === undefined) throw new AwsError(code, `${what} ${id} was deleted or does not exist.`);
    return found;
  };

export const transitGatewayOf = gone((r) => r.transitGateways, 'Transit Gateway', 'InvalidTransitGatewayID.NotFound');
export const transitTableOf = gone((r) => r.transitTables, 'Transit Gateway Route Table', 'InvalidRouteTableID.NotFound');
export const attachmentOf = gone(
  (r) => r.transitAttachments,
  'Transit Gateway Attachment',
  'InvalidTransitGatewayAttachmentID.NotFound',
);
export const customerGatewayOf = finder((r) => r.customerGateways, 'customerGateway', 'InvalidCustomerGatewayID.NotFound');

/** A volume. */
export function volumeOf(region: Region, id: string | undefined): Volume {
  const found = region.volumes[id ?? ''];
  if (!found) throw new AwsError('InvalidVolume.NotFound', `The volume '${id}' does not exist.`);
  return found;
}

/** An instance that still exists. */
export function instanceOf(region: Region, id: string | undefined): Instance {
  const found = region.instances[id ?? ''];
  if (!found) throw new AwsError('InvalidInstanceID.NotFound', `The instance ID '${id}' does not exist`);
  return found;
}
