/** The CDK CLI of this project, unmodified, as a process of its own. What it says holds names of the estate: it comes through our door. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Refusal } from './verb';
import { processOutput } from './words/output';

export interface CdkRun {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Data goes to stdout: the CLI's progress is sent to stderr. */
  readonly json: boolean;
}

/** Runs `cdk`; resolves to its exit code. Ctrl-C reaches the CLI, which leaves CloudFormation to finish. */
export function cdk(args: readonly string[], run: CdkRun): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cdkPath(), ...args], {
      cwd: run.cwd,
      // Its colours couldn't be told apart from those that a name holds.
      env: { ...run.env, NO_COLOR: '1', FORCE_COLOR: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output = processOutput();
    createInterface(child.stdout).on('line', run.json ? output.say : output.print);
    createInterface(child.stderr).on('line', output.say);
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? (signal === null ? 1 : 130)));
  });
}

function cdkPath(): string {
  try {
    return require.resolve('aws-cdk/bin/cdk');
  } catch {
    throw new Refusal(
      'CDK_CLI_MISSING',
      'the package aws-cdk is not installed beside meissa',
      'npm install --save-dev --save-exact aws-cdk@2.1148.1',
    );
  }
}

/**
 * The environment of a rehearsal's CLI: nothing that points at a real account survives, so that a rehearsal can't touch one.
 */
export function cdkEnvironment(embedded: Readonly<Record<string, string>>, state: string): NodeJS.ProcessEnv {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AWS|CDK)_/.test(name)));
  return {
    ...clean,
    // The SDK inside the CLI warns of Node versions at every call; a rehearsal has many.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    CDK_HOME: join(state, 'cdk-home'),
    ...embedded,
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    CDK_DISABLE_VERSION_CHECK: '1',
  };
}
