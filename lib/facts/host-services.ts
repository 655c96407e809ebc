/** What a cloud answers each host at an address of its own, whatever the route tables say. As of 2026-11. */

export type HostService = 'metadata' | 'resolver' | 'time';

/**
 * Sources: EC2 user guide, "Instance metadata", "Set the time reference on your EC2 instance"; VPC user guide, "DNS attributes for your
 * VPC" (Amazon DNS server; the base of the VPC's range plus two is one too).
 */
export const AWS_HOST_SERVICES: Readonly<Record<string, HostService>> = {
  '169.254.169.254': 'metadata',
  '169.254.169.253': 'resolver',
  '169.254.169.123': 'time',
};

/** Sources: ECS, "Access instance metadata", "Alibaba Cloud NTP servers"; VPC, "Network ACL overview" (DNS servers and metadata server). */
export const ALIYUN_HOST_SERVICES: Readonly<Record<string, HostService>> = {
  '100.100.100.200': 'metadata',
  '100.100.2.136': 'resolver',
  '100.100.2.138': 'resolver',
  '100.100.61.88': 'time',
};

/**
 * Of time, by name: in a network of Aliyun `ntp` is the address above. Several, so that one that is wrong is outvoted ("Synchronize ECS
 * instance clocks with Alibaba Cloud NTP servers").
 */
export const ALIYUN_TIME_SERVERS: readonly string[] = [7, 8, 9, 10, 11, 12].map((n) => `ntp${n}.cloud.aliyuncs.com`);

/** Names of services of a region that hosts of an estate speak to, as endpoints have them ("AWS services that integrate with AWS PrivateLink"). */
export const AWS_SERVICES: readonly string[] = [
  'autoscaling',
  'cloudformation',
  'dynamodb',
  'ec2',
  'ec2messages',
  'ecr.api',
  'ecr.dkr',
  'kms',
  'logs',
  'monitoring',
  's3',
  'secretsmanager',
  'sns',
  'sqs',
  'ssm',
  'ssmmessages',
  'sts',
];
