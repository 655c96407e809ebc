import type { Finding } from '../estate/findings/finding';
import { findSecrets } from '../secrets';
import type { HostPart } from './host-parts';

/** Secrets in what hosts get. */
export function secretsIn(parts: readonly HostPart[]): Finding[] {
  return parts.flatMap(({ what, profile, text, at }) =>
    findSecrets(text).map((secret) => ({
      ...at,
      code: 'SECRET_IN_USER_DATA',
      severity: 'error' as const,
      path: what,
      message: `Profile ${profile}: ${what} holds ${secret.kind} (line ${secret.line}).`,
      why: 'User-data and templates are read by every process of the host and by whoever may describe instances.',
      fix: 'Take it out and change it; let the host fetch it by name with its role.',
    })),
  );
}
