import { randomBytes } from 'node:crypto';

/** An EC2 id of today's length: `i-0123456789abcdef0`. */
export const ec2Id = (prefix: string): string => `${prefix}-0${randomBytes(8).toString('hex')}`;

/** What CloudFormation puts behind a name it makes itself. */
export const nameSuffix = (length = 12): string => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
  return [...randomBytes(length)].map((b) => alphabet[b % alphabet.length]).join('');
};

/** A name as CloudFormation generates it: stack, logical id, a random end; cut to the service's limit. */
export function generatedName(stackName: string, logicalId: string, limit: number, separator = '-'): string {
  const end = `${separator}${nameSuffix()}`;
  const room = limit - end.length;
  const whole = `${stackName}${separator}${logicalId}`;
  if (whole.length <= room) return whole + end;
  const half = Math.floor((room - 1) / 2);
  return `${stackName.slice(0, half)}${separator}${logicalId.slice(0, half)}${end}`;
}
