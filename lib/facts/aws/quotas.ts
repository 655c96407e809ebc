/** Quotas of AWS: what a new account has, and the most that one can be granted. What an account has stands in estate.yaml (`quotas`). */
export const QUOTAS = {
  /** Quota L-93826ACB ("Amazon VPC quotas"). */
  routesPerTable: { usual: 500, most: 1000 },
  /** "Amazon VPC quotas". */
  subnetsPerVpc: { usual: 200, most: 10_000 },
  routeTablesPerVpc: { usual: 200, most: 10_000 },
  rulesPerSecurityGroup: { usual: 60, most: 1000 },
  /** Active ones; quota L-7E9ECCDB ("VPC peering quotas"). */
  peeringsPerVpc: { usual: 50, most: 125 },
  /** "Transit gateway quotas". */
  routesPerTransitGateway: { usual: 10_000, most: 100_000 },
  peeringsPerTransitGateway: { usual: 50, most: 1000 },
  tablesPerTransitGateway: { usual: 20, most: 20 },
  /** "AWS Direct Connect quotas": prefixes from AWS to on-premises an association, and those that a transit interface takes. */
  prefixesToDirectConnect: { usual: 200, most: 1000 },
  prefixesFromIdc: { usual: 100, most: 1000 },
} as const;
