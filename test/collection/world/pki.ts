/** Who issues certificates in the tests: a root, an intermediate below it, and a leaf a host, all made by the real openssl. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Subject {
  readonly region: string;
  /** `kafka-broker`, `kafka-controller`, `front-end`, `kafka-mirror`. */
  readonly role: string;
  readonly host: string;
  readonly address: string;
  /** @default 30 */
  readonly days?: number;
}

export class Pki {
  /** SHA-256 of the root, 64 hexadecimal digits: what user-data pins. */
  readonly fingerprint: string;
  readonly #folder: string;
  #issued = 0;

  constructor(
    folder: string,
    readonly estate: string,
  ) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
    this.#key('root');
    openssl(
      ...['req', '-x509', '-new', '-key', this.#path('root.key'), '-subj', `/O=${estate}/CN=root`, '-days', '3650'],
      ...['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
      ...['-out', this.#path('root.pem')],
    );
    this.#key('issuer');
    const extensions = ['basicConstraints=critical,CA:TRUE,pathlen:0', 'keyUsage=critical,keyCertSign,cRLSign'];
    this.#sign('issuer', `/O=${estate}/CN=issuer`, 'root', 365, extensions);
    const told = openssl('x509', '-in', this.#path('root.pem'), '-noout', '-fingerprint', '-sha256');
    this.fingerprint = told.trim().split('=')[1]!.replaceAll(':', '').toLowerCase();
  }

  /** A host's secret as it is kept: its key (PKCS#8), its certificate, the intermediate, the root. */
  issue({ region, role, host, address, days = 30 }: Subject): string {
    const name = `leaf-${++this.#issued}`;
    this.#key(name);
    this.#sign(name, `/O=${this.estate}/L=${region}/OU=${role}/CN=${host}`, 'issuer', days, [
      'basicConstraints=CA:FALSE',
      `subjectAltName=IP:${address},DNS:${host}`,
      'extendedKeyUsage=serverAuth,clientAuth',
    ]);
    const files = [`${name}.key`, `${name}.pem`, 'issuer.pem', 'root.pem'];
    return files.map((file) => readFileSync(this.#path(file), 'utf8')).join('');
  }

  #key(name: string): void {
    openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', this.#path(`${name}.key`));
  }

  #sign(name: string, subject: string, issuer: string, days: number, extensions: readonly string[]): void {
    openssl('req', '-new', '-key', this.#path(`${name}.key`), '-subj', subject, '-out', this.#path(`${name}.csr`));
    writeFileSync(this.#path(`${name}.ext`), `${extensions.join('\n')}\n`);
    openssl(
      ...['x509', '-req', '-in', this.#path(`${name}.csr`), '-extfile', this.#path(`${name}.ext`), '-days', String(days)],
      ...['-CA', this.#path(`${issuer}.pem`), '-CAkey', this.#path(`${issuer}.key`), '-CAcreateserial'],
      ...['-out', this.#path(`${name}.pem`)],
    );
  }

  #path(file: string): string {
    return join(this.#folder, file);
  }
}

function openssl(...args: string[]): string {
  return execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
