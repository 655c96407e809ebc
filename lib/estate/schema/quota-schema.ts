/** `quotas` of `regions/estate.yaml`, and of one region. */
import { z } from 'zod';
import { ELASTIC_IPS, ROUTES_PER_TABLE } from '../../facts/aliyun/limits';
import { QUOTAS } from '../../facts/aws/quotas';
import { whole } from './scalars';

interface Fact {
  readonly usual: number;
  readonly most: number;
}

const quota = (description: string, { usual, most }: Fact, least = 1) => whole(description, least, most, usual);

/** Those that the cloud counts by region: a region may have been granted more than the others. */
const ofRegion = {
  routesPerTable: quota('Routes a route table (quota L-93826ACB).', QUOTAS.routesPerTable, 50),
  aliyunRoutesPerTable: quota('Custom routes a route table on Aliyun.', ROUTES_PER_TABLE, ROUTES_PER_TABLE.least),
  subnetsPerVpc: quota('Subnets a VPC.', QUOTAS.subnetsPerVpc),
  routeTablesPerVpc: quota('Route tables a VPC.', QUOTAS.routeTablesPerVpc),
  rulesPerSecurityGroup: quota('Inbound or outbound rules a security group.', QUOTAS.rulesPerSecurityGroup),
  elasticIps: quota('Elastic IP addresses a region (quota L-0263D0A3).', QUOTAS.elasticIps),
  interfaces: quota('Network interfaces a region (quota L-DF5E4CA3).', QUOTAS.interfaces),
  vpnConnections: quota('VPN connections a region (quota L-3E6EC3A3).', QUOTAS.vpnConnections),
  peeringsPerVpc: quota('Active peering connections a VPC (quota L-7E9ECCDB).', QUOTAS.peeringsPerVpc),
  routesPerTransitGateway: quota('Static routes a transit gateway.', QUOTAS.routesPerTransitGateway),
  peeringsPerTransitGateway: quota('Peering attachments a transit gateway.', QUOTAS.peeringsPerTransitGateway),
};

/** Defaults are the clouds' own; an account that was granted more writes it here. */
export const estateQuotas = z
  .strictObject({
    routesPerTable: ofRegion.routesPerTable.default(QUOTAS.routesPerTable.usual),
    aliyunRoutesPerTable: ofRegion.aliyunRoutesPerTable.default(ROUTES_PER_TABLE.usual),
    aliyunElasticIps: quota('Elastic IP addresses an account on Aliyun (eip_quota_instances_num).', ELASTIC_IPS).default(
      ELASTIC_IPS.usual,
    ),
    subnetsPerVpc: ofRegion.subnetsPerVpc.default(QUOTAS.subnetsPerVpc.usual),
    routeTablesPerVpc: ofRegion.routeTablesPerVpc.default(QUOTAS.routeTablesPerVpc.usual),
    rulesPerSecurityGroup: ofRegion.rulesPerSecurityGroup.default(QUOTAS.rulesPerSecurityGroup.usual),
    elasticIps: ofRegion.elasticIps.default(QUOTAS.elasticIps.usual),
    interfaces: ofRegion.interfaces.default(QUOTAS.interfaces.usual),
    vpnConnections: ofRegion.vpnConnections.default(QUOTAS.vpnConnections.usual),
    peeringsPerVpc: ofRegion.peeringsPerVpc.default(QUOTAS.peeringsPerVpc.usual),
    routesPerTransitGateway: ofRegion.routesPerTransitGateway.default(QUOTAS.routesPerTransitGateway.usual),
    peeringsPerTransitGateway: ofRegion.peeringsPerTransitGateway.default(QUOTAS.peeringsPerTransitGateway.usual),
    prefixesToDirectConnect: quota(
      'Prefixes from a transit gateway to a Direct Connect gateway.',
      QUOTAS.prefixesToDirectConnect,
    ).default(QUOTAS.prefixesToDirectConnect.usual),
    prefixesFromIdc: quota(
      'Prefixes that a transit interface takes; over it the BGP session goes down.',
      QUOTAS.prefixesFromIdc,
    ).default(QUOTAS.prefixesFromIdc.usual),
  })
  .meta({ description: 'Limits of the accounts as they stand there today. Default: those of a new account.', examples: [{}] });

export const regionQuotas = z
  .strictObject(ofRegion)
  .partial()
  .meta({
    description: 'Limits of the account in this region, where they differ from those of the estate.',
    examples: [{ elasticIps: 12 }],
  });
