/** The cloud of a host that runs in a test: `meissa-cloud` backed by files of a folder. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Outage = 'unreadable' | 'unwritable';

/** Markers, secrets and artifacts of one region. */
export class CloudStub {
  constructor(readonly folder: string) {
    mkdirSync(folder, { recursive: true });
  }

  /** The program that hosts have as `meissa-cloud`. */
  program(): string {
    return `#!/bin/bash
marker=${this.folder}/marker\${2//\\//_}
case $1 in
marker-get) [[ ! -e ${this.folder}/unreadable ]] || exit 1; cat "$marker" 2>/dev/null || exit 3 ;;
marker-put) [[ ! -e ${this.folder}/unwritable ]] || exit 1; [[ -e $marker ]] || echo "$3" >"$marker" ;;
secret-get) [[ ! -e ${this.folder}/unreadable ]] || exit 1; cat "${this.folder}/secret\${2//\\//_}" 2>/dev/null || exit 3 ;;
fetch) mkdir -p "\${3%/*}"; ln -f "${this.folder}/$2" "$3" ;;
*) exit 1 ;;
esac
`;
  }

  /** Value of a marker; undefined where it is absent. */
  marker(name: string): string | undefined {
    const file = join(this.folder, `marker${name.replaceAll('/', '_')}`);
    return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
  }

  /** Writes a secret, or takes it away. */
  secret(name: string, value: string | undefined): void {
    const file = join(this.folder, `secret${name.replaceAll('/', '_')}`);
    if (value === undefined) rmSync(file, { force: true });
    else writeFileSync(file, value, { mode: 0o600 });
  }

  /** An outage of what keeps markers and secrets. */
  outage(kind: Outage, on: boolean): void {
    const file = join(this.folder, kind);
    if (on) writeFileSync(file, '');
    else rmSync(file, { force: true });
  }
}
