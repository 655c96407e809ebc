/** Calls that are turned away for being too many. */
export interface Throttle {
  /** Share of the calls, 0 to 1. */
  share: number;
  /** The same seed turns the same calls of an action away, counted from when this was set, whatever else is called. Default 1. */
  seed?: number;
  /** Only calls of these actions; default all. */
  actions?: readonly string[];
}

/** A fault of the API itself, not of a resource. */
export interface RpcFault {
  /**
   * - `html`: a page, as a proxy or a load balancer answers
   * - `half`: half of the JSON
   * - `error`: HTTP 500 with `InternalError`
   * - `unavailable`: HTTP 503 with `ServiceUnavailable`
   * - `empty`: HTTP 500 with JSON that names no code
   * - `hang`: no answer at all
   */
  kind: 'html' | 'half' | 'error' | 'unavailable' | 'empty' | 'hang';
  /** Only calls of this action. */
  action?: string;
  /** Whether the action is done although its caller doesn't learn it; default: with `half` and `hang`. */
  done?: boolean;
  /** How many calls; default 1. */
  times?: number;
  /** How many calls go through before; default 0. */
  after?: number;
}

/** How often an action was called, and what became of it. */
export interface CallCount {
  /** All that came, whatever was answered. */
  received: number;
  throttled: number;
  /** Met by a planted fault. */
  faulted: number;
  /** Answered with an error of the service. */
  refused: number;
}

/** Planted trouble, and the counts of calls. */
export class Trouble {
  private throttled: (Throttle & { states: Map<string, { state: number }> }) | undefined;
  private faults: RpcFault[] = [];
  private counts: Record<string, CallCount> = {};

  throttle(throttle: Throttle | undefined): void {
    this.throttled = throttle && { ...throttle, states: new Map() };
  }

  plant(fault: RpcFault): void {
    this.faults.push({ times: 1, after: 0, ...fault });
  }

  clear(): void {
    this.throttled = undefined;
    this.faults = [];
  }

  /** The counts since the last reset, by `<product>.<Action>`. */
  get calls(): Readonly<Record<string, Readonly<CallCount>>> {
    return structuredClone(this.counts);
  }

  resetCalls(): void {
    this.counts = {};
  }

  count(name: string, what: keyof CallCount): void {
    this.counts[name] ??= { received: 0, throttled: 0, faulted: 0, refused: 0 };
    this.counts[name][what]++;
  }

  /** Whether this call is turned away. */
  denies(action: string): boolean {
    const t = this.throttled;
    if (!t || (t.actions && !t.actions.includes(action))) return false;
    const stream = t.states.get(action) ?? { state: seedOf(action, t.seed ?? 1) };
    t.states.set(action, stream);
    return random(stream) < t.share;
  }

  /** The fault that meets this call. */
  meets(action: string): RpcFault | undefined {
    const fault = this.faults.find((f) => (f.action ?? action) === action);
    if (!fault) return undefined;
    if (fault.after) {
      fault.after--;
      return undefined;
    }
    fault.times = (fault.times ?? 1) - 1;
    if (fault.times <= 0) this.faults.splice(this.faults.indexOf(fault), 1);
    return fault;
  }
}

/** Each action has chances of its own: how calls of many interleave must not decide which are turned away. */
function seedOf(action: string, seed: number): number {
  let state = seed;
  for (const letter of action) state = (Math.imul(state, 31) + letter.charCodeAt(0)) | 0;
  return state;
}

/** mulberry32: small, and the same everywhere. */
function random(t: { state: number }): number {
  t.state = (t.state + 0x6d2b79f5) | 0;
  let x = Math.imul(t.state ^ (t.state >>> 15), 1 | t.state);
  x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
  return ((x ^ (x >>> 14)) >>> 0) / 4_294_967_296;
}
