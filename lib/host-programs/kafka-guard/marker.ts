/** The generation's formed marker: written once, outside of the data disks. */
import { execFile } from 'node:child_process';

export class Marker {
  private known = false;

  constructor(
    private readonly cloud: string,
    private readonly name: string,
  ) {}

  /**
   * Whether it is there; asked no more once it is.
   *
   * @throws Error where nobody can tell
   */
  async isThere(): Promise<boolean> {
    if (this.known) return true;
    const code = await this.run('marker-get', this.name);
    if (code !== 0 && code !== 3) throw new Error(`can't tell whether ${this.name} is there`);
    this.known = code === 0;
    return this.known;
  }

  /** @throws Error where it can't be written */
  async write(value: string): Promise<void> {
    if ((await this.run('marker-put', this.name, value)) !== 0) throw new Error(`${this.name} can't be written`);
  }

  private run(...args: string[]): Promise<number> {
    return new Promise((done) => {
      execFile(this.cloud, args, { timeout: 60_000 }, (error) => {
        const code = error === null ? 0 : (error as { code?: unknown }).code;
        done(typeof code === 'number' ? code : 1);
      });
    });
  }
}
