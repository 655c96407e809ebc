/** The certificate of this host as files, which are renewed while a program runs. */
import { readFileSync, statSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { hostPath } from './configuration';
import { reason, sayOften } from './log';

/** Paths of PEM files, as `collection-certificates` writes them. */
export interface TlsPaths {
  /** Private key, PKCS #8. */
  readonly key: string;
  /** Leaf and intermediates. */
  readonly cert: string;
  /** Root of who is trusted. */
  readonly ca: string;
}

/** What those files hold: options of `tls.connect` and `tls.createServer`. */
export interface TlsMaterial {
  readonly key: Buffer;
  readonly cert: Buffer;
  readonly ca: Buffer;
}

/** Files are looked at so often: certificates are renewed days before they end. */
const LOOK_MS = 10_000;

export class TlsFiles {
  private stamp = '';
  private readonly timer: NodeJS.Timeout;
  private read: TlsMaterial | undefined;

  /**
   * A host whose certificate has not come yet has other work that it can do: the files may be missing.
   *
   * @param renewed is called whenever `material` has changed
   */
  constructor(
    private readonly paths: TlsPaths,
    private readonly renewed: () => void = () => undefined,
  ) {
    this.timer = setInterval(() => this.reload(), LOOK_MS);
    this.timer.unref();
    this.reload();
  }

  /** @throws Error where no certificate has come yet */
  get material(): TlsMaterial {
    if (this.read === undefined) this.reload();
    if (this.read === undefined) throw new Error('this host has no certificate yet');
    return this.read;
  }

  /** Reads the files again where one of them has changed. What can't be read leaves the old ones in use. */
  reload(): void {
    try {
      const stamp = this.look();
      if (stamp === this.stamp) return;
      const [key, cert, ca] = this.files().map((path) => readFileSync(path));
      const material = { key: key!, cert: cert!, ca: ca! };
      // Files may be replaced one after the other: a key without its certificate is no pair, and the next look finds both.
      createSecureContext(material);
      const first = this.read === undefined;
      this.read = material;
      this.stamp = stamp;
      if (!first) this.renewed();
    } catch (error) {
      sayOften('tls', `the certificate's files can't be read${this.read ? ', the old ones stay in use' : ''}: ${reason(error)}`);
    }
  }

  close(): void {
    clearInterval(this.timer);
  }

  private look(): string {
    return this.files()
      .map((path) => {
        const { mtimeMs, ino, size } = statSync(path);
        return `${mtimeMs} ${ino} ${size}`;
      })
      .join('|');
  }

  private files(): string[] {
    return [this.paths.key, this.paths.cert, this.paths.ca].map(hostPath);
  }
}
