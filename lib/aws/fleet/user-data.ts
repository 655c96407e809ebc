/** A fleet's user-data in its template: the text stands once, however many members read it. */
import { createHash } from 'node:crypto';
import { Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { USER_DATA_BYTES } from '../../facts/aws/limits';
import type { UserData } from '../../host-config/model';
import type { Intrinsic, TemplateFragment } from '../template';

/** Logical id of the mapping. */
const MAPPING = 'UserData';

/**
 * The mapping that holds the text. Mapping values are literals: CloudFormation substitutes nothing in them, so `${}` of a
 * shell script arrives as it was written. Gzipped text is held as base64.
 */
export function userDataMapping(userData: UserData): NonNullable<TemplateFragment['Mappings']> {
  return { [MAPPING]: { Fleet: userData.gzipped ? { Base64: userData.base64 } : { Text: userData.text } } };
}

/** What instances and launch templates carry: no intrinsic function stands inside the text. */
export function userDataProperty(userData: UserData): Intrinsic {
  if (userData.gzipped) return { 'Fn::FindInMap': [MAPPING, 'Fleet', 'Base64'] };
  return { 'Fn::Base64': { 'Fn::FindInMap': [MAPPING, 'Fleet', 'Text'] } };
}

/**
 * Throws when the text holds CDK tokens: a mapping's values are literals, and CloudFormation would hand the token's name to the
 * host. What is only known at deploy belongs into a tag or a parameter that the host reads.
 */
export function requireLiteral(userData: UserData, scope: IConstruct): void {
  if (!Token.isUnresolved(userData.text)) return;
  throw new Error(
    `${scope.node.path}: user-data holds a token, but stands in the template as a literal; let the host read the value`,
  );
}

/** SHA-256 of what is sent: the text's own digest would not see that it is gzipped from now on. */
export function sentDigest(userData: UserData): string {
  return createHash('sha256').update(userData.base64).digest('hex');
}

/** User-data that the caller wrote himself, as the constructs take it; throws over 16,384 bytes. */
export function literalUserData(text: string): UserData {
  const raw = Buffer.from(text);
  if (raw.length > USER_DATA_BYTES) throw new RangeError(`user-data has ${raw.length} bytes: EC2 takes ${USER_DATA_BYTES}`);
  return {
    format: 'coreos',
    text,
    base64: raw.toString('base64'),
    gzipped: false,
    bytes: raw.length,
    digest: createHash('sha256').update(text).digest('hex'),
    budget: [],
  };
}
