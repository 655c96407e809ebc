/** The environment in which the embedded cloud is deployed to: nothing in it points at a real account. */
import { join } from 'node:path';

/**
 * @param from variables of this process
 * @param embedded those of the embedded cloud
 * @param state folder that may be written to
 */
export function embeddedEnvironment(
  from: NodeJS.ProcessEnv,
  embedded: Readonly<Record<string, string>>,
  state: string,
): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(Object.entries(from).filter(([name]) => !OF_ACCOUNTS.test(name))),
    // The SDK warns of Node versions at every client; a rehearsal has many.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    // The files of the user's profiles aren't read either: these are never there.
    AWS_CONFIG_FILE: join(state, 'no-config'),
    AWS_SHARED_CREDENTIALS_FILE: join(state, 'no-credentials'),
    ...embedded,
    CDK_HOME: join(state, 'cdk-home'),
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    CDK_DISABLE_VERSION_CHECK: '1',
  };
}

/** Windows knows variables whatever their case. */
const OF_ACCOUNTS = /^(AWS|CDK)_/i;

/** Does the work with the environment of this process replaced by another one, and puts it back however it ends. */
export async function withEnvironment<T>(env: NodeJS.ProcessEnv, work: () => Promise<T>): Promise<T> {
  const before = { ...process.env };
  become(env);
  try {
    return await work();
  } finally {
    become(before);
  }
}

function become(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) if (!Object.hasOwn(env, name)) delete process.env[name];
  Object.assign(process.env, env);
}
