/** Somebody on call who does what a page says: fills in what stands in angle brackets, runs its commands in order, says yes. */
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runbookPage } from '../../lib/plan/runbook-page';
import { MEISSA, ROOT, run } from '../child/run';
import { cloudOnly } from '../e2e/deployed-estate';
import { findRealPart } from '../real-parts';

/** `meissa` as on a person's machine, whose questions are answered with yes. That there are changes or drift (2) ends no page. */
const PROGRAM = `#!/bin/bash
yes=()
case $1 in deploy | repair) [[ " $* " == *" --dry-run "* ]] || yes=(--yes) ;; esac
'${process.execPath}' ${MEISSA.map((each) => `'${each}'`).join(' ')} "$@" "\${yes[@]}" || { code=$?; ((code == 2)) || exit "$code"; }
`;

export interface OnCallOptions {
  /** Folder with the estate, a git repository. */
  readonly root: string;
  /** Where programs of this person stand. */
  readonly home: string;
  readonly env: () => Readonly<Record<string, string>>;
}

export class OnCall {
  private readonly bin: string;

  constructor(private readonly options: OnCallOptions) {
    this.bin = join(options.home, 'bin');
    mkdirSync(this.bin, { recursive: true });
    writeFileSync(join(this.bin, 'meissa'), PROGRAM);
    chmodSync(join(this.bin, 'meissa'), 0o755);
    const aws = findRealPart('aws');
    if (aws !== undefined) symlinkSync(aws, join(this.bin, 'aws'));
    const aliyun = join(ROOT, 'test/runbooks/aliyun-oss-mb.js');
    writeFileSync(join(this.bin, 'aliyun'), `#!/bin/bash\nexec '${process.execPath}' '${aliyun}' "$@"\n`, { mode: 0o755 });
  }

  /**
   * Runs the shell blocks of a page, in order.
   *
   * @param filled what stands in angle brackets there, by name: all of it, and nothing that does not
   * @param which of its blocks, from 0 on; for a page with several ways @default - all
   * @returns what they said
   * @throws where one fails, with all that was said
   */
  async follow(page: string, filled: Readonly<Record<string, string>>, which?: readonly number[]): Promise<string> {
    const text = readFileSync(join(ROOT, runbookPage(`incidents/${page}`)), 'utf8');
    const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block]) => block!);
    const chosen = which === undefined ? blocks : which.map((at) => blocks[at]!);
    const used = new Set<string>();
    let said = '';
    for (const block of chosen) {
      const script = block.replaceAll(/<([a-z][a-z -]*)>/g, (_, name: string) => {
        used.add(name);
        const value = filled[name];
        if (value === undefined) throw new Error(`${page} wants <${name}>`);
        return value;
      });
      const ran = await this.shell(script);
      said += ran;
    }
    const unused = Object.keys(filled).filter((name) => !used.has(name));
    if (unused.length > 0) throw new Error(`${page} has no <${unused.join('>, <')}>`);
    return said;
  }

  /** Runs a script in the estate's folder; its first command that fails ends it. */
  async shell(script: string): Promise<string> {
    const { root, env } = this.options;
    const { code, stdout, stderr } = await run('bash', ['-euo', 'pipefail', '-c', script], {
      cwd: root,
      env: { ...cloudOnly(env()), PATH: `${this.bin}:${process.env.PATH}`, AWS_PAGER: '', GIT_PAGER: 'cat' },
      timeout: 240,
    });
    if (code !== 0) throw new Error(`${script}\nended with ${code}\n${stdout}${stderr}`);
    return `${stdout}${stderr}`;
  }

  /** Begins the history of the estate, or goes on with it. @returns the commit */
  async commit(message: string): Promise<string> {
    await this.shell(
      `[ -d .git ] || git init -q .; git config user.email a@example.com; git config user.name a; git add regions; git commit -qm '${message}'`,
    );
    return (await this.shell('git rev-parse --short HEAD')).trim();
  }
}
