/** Names of resources. Source: AWS General Reference, "Amazon Resource Names (ARNs)". */

export interface Arn {
  readonly partition: string;
  readonly service: string;
  /** Empty for what is no region's: roles, buckets. */
  readonly region: string;
  /** Empty for buckets and their objects. */
  readonly account: string;
  readonly resource: string;
}

/** Undefined for text that is no ARN. */
export function parseArn(text: string): Arn | undefined {
  const [, partition, service, region, account, resource] =
    /^arn:(aws[a-z0-9-]*):([a-z0-9-]+):([a-z0-9-]*):([0-9]{12}|aws)?:(\S+)$/.exec(text) ?? [];
  if (partition === undefined || service === undefined || region === undefined || resource === undefined) return undefined;
  return { partition, service, region, account: account ?? '', resource };
}
