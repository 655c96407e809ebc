/** How late the lines of every region are, told by the heartbeats that have arrived. Times are milliseconds since 1970. */
import type { Heartbeat } from './heartbeat';

/** A front end's heartbeats, as far as they tell something. */
export interface FrontEndDelay {
  readonly region: string;
  readonly frontEnd: string;
  /** Seconds that the last heartbeat was on its way; undefined where none has arrived since the watch began. */
  readonly last?: number;
  /** The longest way within the window. */
  readonly longest?: number;
  /** Seconds since the newest heartbeat was written. */
  readonly silent: number;
}

export interface RegionDelay {
  readonly region: string;
  /** Seconds since its newest heartbeat was written, by whichever front end; since the watch began where there was none. */
  readonly age: number;
  /** Heartbeats that have arrived. */
  readonly count: number;
}

interface Known {
  readonly region: string;
  readonly frontEnd: string;
  newest: number;
  /** When it arrived, and how long it was on its way. */
  arrivals: { readonly at: number; readonly delay: number }[];
}

export class Delays {
  private readonly known = new Map<string, Known>();
  private readonly counts = new Map<string, number>();

  /**
   * @param regions that heartbeats are expected from: absence is what alarms
   * @param began when the watch began
   * @param windowMs that `longest` is of
   * @param forgetMs silence after which a front end counts as gone for good
   */
  constructor(
    private readonly regions: readonly string[],
    private readonly began: number,
    private readonly windowMs: number,
    private readonly forgetMs: number,
  ) {}

  /**
   * @param region whose topic it came by: what a line says of itself is not believed
   * @param arrived when; undefined for one that was there before the watch began, whose way nobody has measured
   */
  add(region: string, { frontEnd, at }: Heartbeat, arrived: number | undefined): void {
    const key = `${region}/${frontEnd}`;
    const known = this.known.get(key) ?? { region, frontEnd, newest: at, arrivals: [] };
    this.known.set(key, known);
    known.newest = Math.max(known.newest, at);
    this.counts.set(region, (this.counts.get(region) ?? 0) + 1);
    if (arrived === undefined) return;
    // Clocks of two hosts: a heartbeat can't arrive before it was written.
    known.arrivals.push({ at: arrived, delay: Math.max(0, arrived - at) / 1000 });
    known.arrivals = known.arrivals.filter(
      (arrival, i) => i === known.arrivals.length - 1 || arrival.at > arrived - this.windowMs,
    );
  }

  frontEnds(now: number): FrontEndDelay[] {
    for (const [key, { newest, arrivals }] of this.known) {
      if (now - Math.max(newest, arrivals.at(-1)?.at ?? 0) > this.forgetMs) this.known.delete(key);
    }
    return [...this.known.values()].map(({ region, frontEnd, newest, arrivals }) => {
      const recent = arrivals.filter(({ at }) => at > now - this.windowMs);
      return {
        region,
        frontEnd,
        silent: Math.max(0, now - newest) / 1000,
        ...(arrivals.length === 0 ? {} : { last: arrivals.at(-1)!.delay }),
        ...(recent.length === 0 ? {} : { longest: Math.max(...recent.map(({ delay }) => delay)) }),
      };
    });
  }

  byRegion(now: number): RegionDelay[] {
    return this.regions.map((region) => {
      const written = [...this.known.values()].filter((known) => known.region === region).map(({ newest }) => newest);
      return {
        region,
        age: Math.max(0, now - (written.length === 0 ? this.began : Math.max(...written))) / 1000,
        count: this.counts.get(region) ?? 0,
      };
    });
  }
}
