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
  material: TlsMaterial;

  /**
   * @param renewed is called after `material` has changed
   * @throws Error where a file is missing
   */
  constructor(
    private readonly paths: TlsPaths,
    private readonly renewed: () => void,
  ) {
    this.stamp = this.look();
    this.material = this.read();
    this.timer = setInterval(() => this.reload(), LOOK_MS);
    this.timer.unref();
  }

  /** Reads the files again where one of them has changed. What can't be read leaves the old ones in use. */
  reload(): void {
    try {
      const stamp = this.look();
      if (stamp === this.stamp) return;
      const material = this.read();
      // Files are replaced one after the other: a key without its certificate is no pair, and the next look finds both.
      createSecureContext(material);
      this.material = material;
      this.stamp = stamp;
      this.renewed();
    } catch (error) {
      sayOften('tls', `the certificate's files can't be read, the old ones stay in use: ${reason(error)}`);
    }
  }

  close(): void {
    clearInterval(this.timer);
  }

  private look(): string {
    return [this.paths.key, this.paths.cert, this.paths.ca]
      .map((path) => {
        const { mtimeMs, ino, size } = statSync(hostPath(path));
        return `${mtimeMs} ${ino} ${size}`;
      })
      .join('|');
  }

  private read(): TlsMaterial {
    const [key, cert, ca] = [this.paths.key, this.paths.cert, this.paths.ca].map((path) => readFileSync(hostPath(path)));
    return { key: key!, cert: cert!, ca: ca! };
  }
}
