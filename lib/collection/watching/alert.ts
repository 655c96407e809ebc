/** What somebody is told, and what they do then. */

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
  /** What is measured, and what is lost or isn't. With what follows it makes the alert's page, in Markdown. */
  readonly meaning: string;
  /** What to do then, in this order. Another alert is `[its name]`. */
  readonly steps: readonly string[];
  /** What would make it worse, behind the word *never*. */
  readonly never: string;
  /** Whether somebody is woken, who else is, and from when on. */
  readonly wake: string;
}

/** Seconds by which lines must be in the central region. */
export const LATE_SECONDS = 300;
export const MINUTE = 60;
export const DAY = 86_400;
/** So early that somebody can still do something before lines are late. */
export const PAGE_SECONDS = LATE_SECONDS - MINUTE;
export const WARN_SECONDS = 3 * MINUTE;

/**
 * Whether a counter has risen in the last ten minutes. `increase` alone doesn't see what was counted before Prometheus read the counter for
 * the first time: a host that has just come.
 */
export function rises(counter: string): string {
  return `increase(${counter}[10m]) > 0 or (${counter} > 0 unless ${counter} offset 10m)`;
}
