/** Names by which the stacks of a region know each other's things. All are planned, so they are literals in templates. */
import { pascal } from '../plan/names';

export { pascal };

/** Role names, profile names and the like are global in an account, so they hold the region. */
export function instanceProfileName(estate: string, region: string, cluster: string, fleet: string): string {
  return `${estate}-${region}-${cluster}-${fleet}`;
}

/** Alias of the region's key. Volumes name the alias: the key's id is not known when a template is written. */
export function keyAlias(estate: string, region: string): string {
  return `alias/meissa-${estate}-${region}`;
}

/** Output names of the network stack. The generation stands in them: a reader's text changes with it. */
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
  keyArn: 'KeyArn',
  instanceProfile: (fleetId: string) => `InstanceProfile${fleetId}`,
  roleArn: (fleetId: string) => `RoleArn${fleetId}`,
};

/** Logical ids of a member's resources: by its number, never by its position. */
export const memberId = {
  interface: (number: number) => `M${number}Interface`,
  instance: (number: number, generation: number) => `M${number}InstanceG${generation}`,
  volume: (number: number, volume: string) => `M${number}Volume${pascal(volume)}`,
  route: (number: number, routeTable: string) => `M${number}Route${routeTable}`,
  gate: (number: number, digest: string) => `M${number}Gate${digest}`,
  recoverAlarm: (number: number) => `M${number}Recover`,
};

/** Logical ids of an elastic fleet. `meissa:gate` names the group. */
export const elasticId = { group: 'Group', launchTemplate: 'LaunchTemplate' };
