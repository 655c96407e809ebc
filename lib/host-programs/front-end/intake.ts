/** What every input asks before it takes lines, and where it gives them. */
import type { Counter } from '../shared/metrics';
import type { Memory } from './memory';
import { type Lines, type Spool, SpoolRefusal } from './spool/spool';

export type Input = 'http' | 'relp' | 'syslog-tcp' | 'syslog-udp' | 'heartbeat';

/** Where the front end stands: `leaving` is not well any more and still takes lines, until balancers have turned away. */
export type Stage = 'open' | 'leaving' | 'shut';

export class Intake {
  stage: Stage = 'open';
  /** Lines that were acknowledged since the start. */
  kept = 0;
  /** Tasks that wait for the intake to be shut. */
  private readonly ends: (() => void)[] = [];

  /**
   * @param topics that senders may give lines of
   * @param memory for what is not kept yet
   */
  constructor(
    private readonly spool: Spool,
    private readonly topics: ReadonlySet<string>,
    readonly memory: Memory,
    private readonly taken: Counter,
    private readonly refused: Counter,
  ) {}

  /** Whether senders may give lines of it. */
  knows(topic: string): boolean {
    return this.topics.has(topic);
  }

  /**
   * Returns when the lines are on disk.
   *
   * @throws SpoolRefusal
   */
  async keep(input: Input, lines: Lines): Promise<void> {
    try {
      if (this.stage === 'shut') throw new SpoolRefusal('closed', 'this front end takes no more lines');
      await this.spool.append(lines);
      this.kept += lines.count;
      this.taken.add(lines.count, { input, topic: lines.topic });
    } catch (error) {
      if (error instanceof SpoolRefusal) this.refused.add(lines.count, { input, why: error.why });
      throw error;
    }
  }

  /** Health fails from here on. */
  leave(): void {
    if (this.stage === 'open') this.stage = 'leaving';
  }

  /** Nothing is taken from here on. */
  shut(): void {
    if (this.stage === 'shut') return;
    this.stage = 'shut';
    for (const end of this.ends) end();
  }

  onShut(end: () => void): void {
    this.ends.push(end);
  }
}
