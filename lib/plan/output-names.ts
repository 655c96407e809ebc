/**
 * Names of what stacks give to other stacks, the same on every cloud. All are planned, so they are literals in templates. The generation
 * stands in them: a reader's text changes with it.
 */

/** Output names of the network stack. */
export const networkOutput = {
  vpcId: (generation: number) => `VpcIdG${generation}`,
  subnet: (id: string, generation: number) => `Subnet${id}G${generation}`,
  routeTable: (id: string, generation: number) => `RouteTable${id}G${generation}`,
  securityGroup: (id: string, generation: number) => `SecurityGroup${id}G${generation}`,
};

/** Output names of the transit stack. */
export const transitOutput = {
  gateway: (generation: number) => `TransitGatewayIdG${generation}`,
  routeTable: (generation: number) => `TransitRouteTableIdG${generation}`,
  vpcAttachment: (generation: number) => `VpcAttachmentIdG${generation}`,
};

/** Output names of link stacks: with both generations, a data centre's being 0. */
export const linkOutput = {
  peering: (ends: LinkGenerations) => `PeeringId${both(ends)}`,
  peeringAttachment: (ends: LinkGenerations) => `PeeringAttachmentId${both(ends)}`,
  lineAttachment: (ends: LinkGenerations) => `LineAttachmentId${both(ends)}`,
  vpnAttachment: (ends: LinkGenerations) => `VpnAttachmentId${both(ends)}`,
  vpnConnection: (ends: LinkGenerations) => `VpnConnectionId${both(ends)}`,
  /** AWS: the Direct Connect gateway, which belongs to no generation; another number makes another one. */
  gateway: (asn: number) => `DirectConnectGatewayIdAs${asn}`,
  /** Aliyun: public address of the cloud's end of a tunnel. @param tunnel from 1 */
  vpnAddress: (ends: LinkGenerations, tunnel: number) => `VpnAddress${tunnel}${both(ends)}`,
  /** Aliyun: the virtual border router of a line. */
  borderRouter: (ends: LinkGenerations) => `BorderRouterId${both(ends)}`,
};

/** Output names of the stack of a load balancer, with the region's generation. */
export const entryOutput = {
  /** DNS name that the cloud gave. */
  endpoint: (generation: number) => `LinesEndpointG${generation}`,
  /** What hosts register with. @param id of the listener; on Aliyun one a protocol */
  targets: (id: string, generation: number) => `LinesTargets${id}G${generation}`,
};

/** What of a link stands in its names. */
export interface LinkGenerations {
  readonly a: { readonly generation: number };
  readonly b: { readonly generation: number };
}

/** `G1x2`: generations of ends a and b. */
export function both({ a, b }: LinkGenerations): string {
  return `G${a.generation}x${b.generation}`;
}

/** Output names of the base stack. */
export const baseOutput = {
  artifactBucket: 'ArtifactBucketName',
  /** Aliyun: the Cloud Enterprise Network, in the base stack of its region. */
  cen: (generation: number) => `CenIdG${generation}`,
  keyArn: 'KeyArn',
  instanceProfile: (fleetId: string) => `InstanceProfile${fleetId}`,
  roleArn: (fleetId: string) => `RoleArn${fleetId}`,
};
