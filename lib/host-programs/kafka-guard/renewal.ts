/** A certificate that was renewed after Kafka had started. */
import { readFileSync, statSync } from 'node:fs';

/**
 * Process id of a Kafka that was started with a certificate which isn't the one of now; undefined where it is, or nothing runs. Kafka can read a new
 * one for its listeners, but its connections to the controllers have the one that it was started with.
 *
 * @param pidFile written when Kafka starts
 */
export function staleProcess(pidFile: string, keystore: string): number | undefined {
  try {
    if (statSync(pidFile).mtimeMs >= statSync(keystore).mtimeMs) return undefined;
    return Number(readFileSync(pidFile, 'utf8')) || undefined;
  } catch {
    return undefined;
  }
}
