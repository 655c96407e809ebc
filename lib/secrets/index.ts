/** What must not be told, found in any text. See README.md of this folder for what it can't know. */
export { findInDocument, type SecretAt } from './document';
export { findSecrets } from './find';
export { MASK, maskSecrets, maskValue } from './mask';
export type { SecretFound } from './model';
export { secretUnder } from './named';
