/** What must not be told, found in any text. What it can't know stands in docs/security.md. */
export { findInDocument, type SecretAt } from './document';
export { findSecrets } from './find';
export { MASK, maskSecrets, maskValue } from './mask';
export type { SecretFound } from './model';
export { secretUnder } from './named';
