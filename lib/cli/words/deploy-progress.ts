/** What engines do, as it happens: one block that is drawn anew on a terminal, plain lines elsewhere. */
import type { DeployListener, StackOutcome } from '../../deploy/deploy';
import type { Journal } from '../../deploy/deploy-error';
import type { StackPlace, StackProgress } from '../../deploy/engine';
import { terminalLine } from '../../encode/terminal';
import { maskSecrets } from '../../secrets';
import { type LiveTerminal, type Output, talkTerminal } from './output';

export interface Progress extends DeployListener {
  /** Takes the block away. */
  end(): void;
}

type Words = Pick<Output, 'say' | 'style'>;

const MARKS: Record<StackOutcome['outcome'], { mark: string; style: 'green' | 'red' | 'dim' | 'yellow' }> = {
  created: { mark: '+', style: 'green' },
  updated: { mark: '~', style: 'green' },
  unchanged: { mark: '=', style: 'dim' },
  deleted: { mark: '-', style: 'green' },
  absent: { mark: '=', style: 'dim' },
  failed: { mark: 'x', style: 'red' },
  skipped: { mark: '.', style: 'yellow' },
};

export function deployProgress(output: Words, terminal: LiveTerminal = talkTerminal()): Progress {
  const live = terminal.isTTY === true && process.env.TERM !== 'dumb';
  return live ? new Block(output, terminal) : new Lines(output);
}

/** How a stack ended, with what a person should know. */
export function outcomeLines(output: Words, { path }: StackPlace, { outcome, warnings, error }: StackOutcome): string[] {
  const { mark, style } = MARKS[outcome];
  return [
    `${output.style(style, mark)} ${path} ${outcome}`,
    ...(error === undefined
      ? []
      : [`    ${error.code}: ${error.message}`, ...error.journals.flatMap(journalLines), `    write: ${error.fix}`]),
    ...warnings.map((warning) => `    ${output.style('yellow', '!')} ${warning}`),
  ];
}

/** What a host wrote last, below what failed of it. */
function journalLines({ host, lines }: Journal): string[] {
  return [`    last lines of ${host}:`, ...lines.map((line) => `      | ${line}`)];
}

function eventWords({ logicalId, status, reason }: StackProgress): string {
  const failed = status.endsWith('_FAILED');
  return `${logicalId} ${status}${failed && reason !== undefined ? ` ${reason}` : ''}`;
}

class Lines implements Progress {
  constructor(private readonly output: Words) {}

  started({ path }: StackPlace): void {
    this.output.say(`> ${path}`);
  }

  /** Of what goes on only gates are said: they are what a deploy waits for. */
  progress({ path }: StackPlace, progress: StackProgress): void {
    if (progress.status.endsWith('_IN_PROGRESS') && !progress.type.endsWith('::WaitCondition')) return;
    this.output.say(`  ${path}  ${eventWords(progress)}`);
  }

  finished(stack: StackPlace, outcome: StackOutcome): void {
    for (const line of outcomeLines(this.output, stack, outcome)) this.output.say(line);
  }

  end(): void {}
}

class Block implements Progress {
  private readonly running = new Map<string, { since: number; events: number; last: string }>();
  private drawn = 0;
  private readonly tick: NodeJS.Timeout;

  constructor(
    private readonly output: Words,
    private readonly terminal: LiveTerminal,
  ) {
    this.tick = setInterval(() => this.draw(), 1000);
    this.tick.unref();
  }

  started({ path }: StackPlace): void {
    this.running.set(path, { since: Date.now(), events: 0, last: '' });
    this.draw();
  }

  progress({ path }: StackPlace, progress: StackProgress): void {
    const at = this.running.get(path);
    if (at === undefined) return;
    at.events++;
    at.last = eventWords(progress);
    // A failure is kept: the block shows only the last event.
    if (progress.status.endsWith('_FAILED')) this.above(`  ${path}  ${at.last}`);
    this.draw();
  }

  finished(stack: StackPlace, outcome: StackOutcome): void {
    this.running.delete(stack.path);
    this.above(...outcomeLines(this.output, stack, outcome));
    this.draw();
  }

  end(): void {
    clearInterval(this.tick);
    this.erase();
  }

  private above(...lines: string[]): void {
    this.erase();
    for (const line of lines) this.output.say(line);
  }

  private erase(): void {
    if (this.drawn > 0) this.terminal.write(`\u001b[${this.drawn}A\u001b[J`);
    this.drawn = 0;
  }

  private draw(): void {
    this.erase();
    const width = Math.max(20, (this.terminal.columns ?? 80) - 1);
    const lines = [...this.running].map(([path, { since, events, last }]) => {
      const seconds = Math.round((Date.now() - since) / 1000);
      const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
      return terminalLine(maskSecrets(`> ${path}  ${time}  ${events} events  ${last}`)).slice(0, width);
    });
    for (const line of lines) this.terminal.write(`${line}\n`);
    this.drawn = lines.length;
  }
}
