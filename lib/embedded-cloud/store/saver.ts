import { clock } from '../../engine/clock';
import type { World } from './world';
import { writeWorld } from './world-file';

const DELAY_MILLISECONDS = 300;
/** A big world is saved less often: saving takes at most this share of the time. */
const SHARE = 0.1;

/** Saves the world a moment after it changed, and at the end. */
export class Saver {
  private timer: NodeJS.Timeout | undefined;
  private closed = false;
  private lastTook = 0;

  constructor(
    private readonly folder: string | undefined,
    private readonly world: World,
  ) {}

  /** Something changed. */
  changed(): void {
    if (!this.folder || this.timer || this.closed) return;
    this.timer = setTimeout(() => this.save(), Math.max(DELAY_MILLISECONDS, this.lastTook / SHARE));
    this.timer.unref();
  }

  /** Saves now. */
  save(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (!this.folder) return;
    const began = clock.milliseconds();
    writeWorld(this.folder, this.world);
    this.lastTook = clock.milliseconds() - began;
  }

  /** Saves for the last time. */
  close(): void {
    this.save();
    this.closed = true;
  }
}
