/** Hosts that should be alike, and what is told where they aren't. */
import type { Provider } from '../../estate/model/model';
import type { HostReport } from './host-reports';

/** Hosts that a template should have made alike. */
export interface LikeHosts {
  /** For people: `core/storage`. */
  readonly fleet: string;
  readonly provider: Provider;
  readonly members: boolean;
  readonly reports: readonly HostReport[];
  /** Milliseconds that a clock may be off. */
  readonly clockBound: number;
}

/** One thing that isn't alike, as `meissa drift` tells it. */
export interface Unlike {
  readonly hosts: readonly string[];
  readonly what: string;
  readonly means: string;
  readonly fix: string;
}

/** Names that a line holds. */
const MOST_NAMES = 3;

export function listed(names: readonly string[]): string {
  return names.length <= MOST_NAMES ? names.join(' and ') : `${names.length} hosts`;
}
