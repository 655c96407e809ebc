/** A clock that ends a wait: one call of a function is short, an operation of ROS is not. */
import type { Clock } from '../../cloud';

/** The operation goes on in ROS; this call doesn't wait for it. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

export interface PatienceProps {
  readonly clock: Clock;
  /** Until something has begun, milliseconds: another operation may have to end first. */
  readonly toBegin: number;
  /** For what has begun to end, milliseconds. */
  readonly toEnd: number;
}

/** Everything that waits does it by this clock; a wait that would be too long throws {@link OutOfTime} at once. */
export class Patience implements Clock {
  private until: number;

  constructor(private readonly props: PatienceProps) {
    this.until = props.clock.now() + props.toBegin;
  }

  /** From now on only as long as the operation's end may be waited for. */
  begun(): void {
    this.until = this.now() + this.props.toEnd;
  }

  now(): number {
    return this.props.clock.now();
  }

  random(): number {
    return this.props.clock.random();
  }

  async sleep(milliseconds: number): Promise<void> {
    if (this.now() + milliseconds > this.until) throw new OutOfTime();
    await this.props.clock.sleep(milliseconds);
  }
}

/** @returns undefined where it goes on without us */
export async function inTime<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof OutOfTime) return undefined;
    throw error;
  }
}
