/** How long a cloud takes for something, in seconds. */
export interface Durations {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
  /** From its stop until it runs again; how long a host boots is `BOOT_SECONDS`. @default - nothing of it is interrupted */
  readonly interrupt?: number;
}

export type TimedAct = keyof Durations;

/**
 * Seconds, by type; what interrupts takes as long as an update where no other time is known.
 *
 * @param usual of every type and act that the table doesn't name
 */
export const secondsFrom =
  (table: Readonly<Record<string, Partial<Durations>>>, usual: Durations) =>
  (type: string, act: TimedAct): number => {
    const own = table[type];
    return own?.[act] ?? (act === 'interrupt' ? (own?.update ?? usual.update) : usual[act]);
  };
