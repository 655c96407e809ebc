/** The unmodified CDK CLI in this repository, as who clones it runs it: by cdk.json, built before it runs. No cloud. */
import { join } from 'node:path';
import { type Ran, ROOT, run } from '../child/run';
import { temporaryFolder } from './example';

const CLI = join(ROOT, 'node_modules/aws-cdk/bin/cdk');

/** Nothing of the user's own accounts, and no way out: who asked a cloud would be refused. */
const NO_CLOUD = {
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: join(ROOT, 'no-config'),
  AWS_SHARED_CREDENTIALS_FILE: join(ROOT, 'no-credentials'),
  AWS_ACCESS_KEY_ID: undefined,
  AWS_PROFILE: undefined,
  CDK_DISABLE_CLI_TELEMETRY: 'true',
  CDK_DISABLE_VERSION_CHECK: '1',
  // The CLI prints to stderr what isn't data, except in CI.
  CI: undefined,
};

/** @param output cloud assembly to write; a folder of its own, because the CLI locks it */
export function cdk(args: readonly string[], output = temporaryFolder()): Promise<Ran> {
  const env = { ...NO_CLOUD, CDK_HOME: temporaryFolder() };
  return run(process.execPath, [CLI, ...args, '--output', output], { env, timeout: 80 });
}
