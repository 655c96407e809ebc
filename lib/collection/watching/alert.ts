/** What somebody is told. */

export interface Alert {
  readonly name: string;
  /** `page`: wakes somebody, lines are late, lost or about to be. `warning`: somebody looks at it in the day. */
  readonly severity: 'page' | 'warning';
  /** PromQL; every series that it has is an alert. */
  readonly expression: string;
  /** Seconds that it must hold. */
  readonly holds: number;
  /** One sentence, in which `{{ $labels.region }}` and the like are filled in. */
  readonly summary: string;
  /** What to look at first. */
  readonly action: string;
}

/** Seconds by which lines must be in the central region. */
export const LATE_SECONDS = 300;
export const MINUTE = 60;
export const DAY = 86_400;
