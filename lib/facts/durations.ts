/** How long a cloud takes for something, in seconds. */
export interface Durations {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
  /** From its stop until it runs again; how long a host boots is `BOOT_SECONDS`. @default - nothing of it is interrupted */
  readonly interrupt?: number;
}

export type TimedAct = keyof Durations;
