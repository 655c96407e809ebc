/** What was asked of a service. */
export interface Asked {
  /** Name of the stack. */
  readonly stack: string;
  readonly type: string;
  readonly logicalId: string;
  readonly action: 'create' | 'update' | 'delete';
}

/** A fault to be planted: what it strikes (default: anything), what happens then, once or always. */
export type Fault = Partial<Asked> & {
  /** Default true: the second attempt goes through. */
  readonly once?: boolean;
  /** How many attempts go through before it; default 0. */
  readonly after?: number;
} & (
    | {
        /** The service's error code: it does nothing. */
        readonly code: string;
        readonly message: string;
      }
    | {
        /**
         * The service does it, and its answer never comes. `again`: the engine asks again and is told the same; `given-up`: the engine fails,
         * and knows nothing of what was made; `usual`: what the dialect says of the type.
         */
        readonly lost: 'again' | 'given-up' | 'usual';
      }
  );

/** Planted faults. */
export class Faults {
  private planted: { readonly fault: Fault; left: number }[] = [];
  private throttling: { readonly rate: number; readonly random: () => number } | undefined;
  private readonly told: { readonly step: number; readonly then: () => void }[] = [];

  /** How often services were asked so far. */
  steps = 0;

  plant(fault: Fault): void {
    this.planted.push({ fault, left: fault.after ?? 0 });
  }

  /**
   * Turns requests away at a rate.
   *
   * @param rate share of requests, 0 to 1
   * @param random numbers from 0 to 1; a seeded source makes the same run again
   */
  throttle(rate: number, random: () => number): void {
    this.throttling = { rate, random };
  }

  /** Calls back when the n-th thing is asked from now on. */
  at(step: number, then: () => void): void {
    this.told.push({ step: this.steps + step, then });
  }

  clear(): void {
    this.planted = [];
    this.throttling = undefined;
  }

  /** Counts what is asked, and gives the fault that was planted for it. */
  struck(asked: Asked): Fault | undefined {
    this.steps++;
    for (const { step, then } of this.told) if (step === this.steps) then();
    const hits = this.planted.filter(({ fault }) => strikes(fault, asked));
    const hit = hits.find(({ left }) => left === 0);
    for (const one of hits) if (one !== hit && one.left > 0) one.left--;
    if (hit && (hit.fault.once ?? true)) this.planted = this.planted.filter((one) => one !== hit);
    return hit?.fault;
  }

  /** Whether a request is turned away for coming too fast. */
  throttled(): boolean {
    return this.throttling !== undefined && this.throttling.random() < this.throttling.rate;
  }
}

const strikes = (fault: Fault, asked: Asked): boolean =>
  (['stack', 'type', 'logicalId', 'action'] as const).every((key) => (fault[key] ?? asked[key]) === asked[key]);
