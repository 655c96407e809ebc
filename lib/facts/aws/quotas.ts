/** Quotas of AWS: what a new account has, and the most that one can be granted. What an account has stands in estate.yaml, and of one region in its file (`quotas`). */
export const QUOTAS = {
  /** Quota L-93826ACB ("Amazon VPC quotas"). */
  routesPerTable: { usual: 500, most: 1000 },
  /** "Amazon VPC quotas". */
  subnetsPerVpc: { usual: 200, most: 10_000 },
  routeTablesPerVpc: { usual: 200, most: 10_000 },
  rulesPerSecurityGroup: { usual: 60, most: 1000 },
  /** Quota L-0263D0A3: Elastic IP addresses a region. */
  elasticIps: { usual: 5, most: 5000 },
  /** Quota L-DF5E4CA3: network interfaces a region. */
  interfaces: { usual: 5000, most: 1_000_000 },
  /** Quota L-3E6EC3A3: VPN connections a region ("Site-to-Site VPN quotas"). */
  vpnConnections: { usual: 50, most: 5000 },
  /** Active ones; quota L-7E9ECCDB ("VPC peering quotas"). */
  peeringsPerVpc: { usual: 50, most: 125 },
  /** "Transit gateway quotas". */
  routesPerTransitGateway: { usual: 10_000, most: 100_000 },
  peeringsPerTransitGateway: { usual: 50, most: 1000 },
  tablesPerTransitGateway: { usual: 20, most: 20 },
  /** "AWS Direct Connect quotas": prefixes from AWS to on-premises an association, and those that a transit interface takes. Neither is raised. */
  prefixesToDirectConnect: { usual: 200, most: 200 },
  prefixesFromIdc: { usual: 100, most: 100 },
} as const;
