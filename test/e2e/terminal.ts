/** The command line on a terminal, as a person sits before it: `script` of util-linux gives it one. */
import { type ChildProcess, spawn } from 'node:child_process';
import { MEISSA } from '../child/run';
import { ROOT } from '../root';
import { cloudOnly, until } from './deployed-estate';

/** Seconds that anything may take to be shown. */
const PATIENCE = 20;

const quoted = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`;

export class Terminal {
  /** All that was shown, without what only colours and moves. */
  private shown = '';
  /** Up to where it was waited for already. */
  private read = 0;
  readonly ended: Promise<number | null>;

  private static readonly open = new Set<ChildProcess>();

  private constructor(private readonly child: ChildProcess) {
    Terminal.open.add(child);
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      this.shown += text;
    });
    this.ended = new Promise((resolve) =>
      child.once('close', (code) => {
        Terminal.open.delete(child);
        resolve(code);
      }),
    );
  }

  /** Starts a verb. */
  static meissa(env: Readonly<Record<string, string>>, root: string, ...args: string[]): Terminal {
    const command = [process.execPath, ...MEISSA, ...args, '--root', root].map(quoted).join(' ');
    const child = spawn(
      'script',
      ['--quiet', '--return', '--flush', '--command', `stty cols 200; exec ${command}`, '/dev/null'],
      {
        cwd: ROOT,
        // A person is no pipeline.
        env: { ...process.env, ...cloudOnly(env), CI: undefined, TERM: 'xterm' },
        stdio: ['pipe', 'pipe', 'inherit'],
      },
    );
    return new Terminal(child);
  }

  /** Ends what a test that failed left. */
  static endAll(): void {
    for (const child of Terminal.open) child.kill();
  }

  get said(): string {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a terminal is told by
    return this.shown.replaceAll(/\u001b\[[0-9;?]*[A-Za-z]/g, '').replaceAll('\r', '');
  }

  /** Waits until something new is shown. */
  async sees(text: string): Promise<void> {
    await until(`"${text}" is shown`, () => this.said.includes(text, this.read), PATIENCE).catch((error) => {
      throw new Error(`${error.message}\n${this.said}`);
    });
    this.read = this.said.indexOf(text, this.read) + text.length;
  }

  /** Types a line. */
  types(line: string): void {
    this.child.stdin!.write(`${line}\n`);
  }

  /** Ctrl-C, by the key. */
  interrupts(): void {
    this.child.stdin!.write('\u0003');
  }
}
