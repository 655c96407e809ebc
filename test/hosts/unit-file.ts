/** What of a unit the hosts of the tests act on, with its paths below the host's root. */
export class UnitFile {
  readonly #lines: readonly string[];

  constructor(
    readonly name: string,
    content: string,
    readonly root: string,
  ) {
    this.#lines = content.replaceAll('\\\n', ' ').split('\n');
  }

  /** The last value of a key: later lines win. */
  value(key: string): string | undefined {
    return this.values(key).at(-1);
  }

  values(key: string): string[] {
    const start = `${key}=`;
    return this.#lines.filter((line) => line.startsWith(start)).map((line) => line.slice(start.length).trim());
  }

  /** Commands of a key, as words. What systemd reads as prefixes (`-`, `+`, `!`, `@`, `:`) is left out. */
  commands(key: string): string[][] {
    return this.values(key)
      .filter((line) => line !== '')
      .map((line) => line.replace(/^[-+!@:]+/, '').split(/\s+/))
      .map(([program = '', ...args]) => [this.#program(program), ...args.map((arg) => this.#below(arg))]);
  }

  /** Variables of `Environment=` and the paths of `EnvironmentFile=`. */
  environment(): { readonly variables: Readonly<Record<string, string>>; readonly files: readonly string[] } {
    const variables: Record<string, string> = {};
    for (const line of this.values('Environment')) {
      for (const [, quoted, plain] of line.matchAll(/"([^"]*)"|(\S+)/g)) {
        const text = quoted ?? plain ?? '';
        variables[text.slice(0, text.indexOf('='))] = this.#below(text.slice(text.indexOf('=') + 1));
      }
    }
    return { variables, files: this.values('EnvironmentFile').map((file) => this.#below(file.replace(/^-/, ''))) };
  }

  /** Nothing is in a root of its own here: what isn't Meissa's is the machine's. */
  #program(path: string): string {
    return path.startsWith('/opt/meissa/') ? this.root + path : path.slice(path.lastIndexOf('/') + 1);
  }

  #below(word: string): string {
    return word.replace(/(^|=)(?=\/(etc|opt|run|var)\/)/, `$1${this.root}`);
  }
}
