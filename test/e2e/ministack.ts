/** ministack, an emulator of AWS that others wrote: started on a free port of loopback, and asked as AWS is. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';

export interface Ministack {
  readonly url: string;
  /** What the CDK CLI needs to reach it, and nothing of the user's own accounts. */
  readonly env: Readonly<Record<string, string>>;
  /** Calls CloudFormation; returns status and XML. */
  cloudFormation(action: string, parameters: Readonly<Record<string, string>>): Promise<{ ok: boolean; text: string }>;
  stop(): Promise<void>;
}

/** @param folder for its state and the CLI's; it keeps nothing elsewhere */
export async function startMinistack(
  program: string,
  { folder, account, region }: { folder: string; account: string; region: string },
): Promise<Ministack> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(program, [], {
    cwd: folder,
    stdio: 'ignore',
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      GATEWAY_PORT: String(port),
      // It binds to every address by itself.
      BIND_HOST: '127.0.0.1',
      MINISTACK_HOST: '127.0.0.1',
      MINISTACK_ACCOUNT_ID: account,
      MINISTACK_REGION: region,
      STATE_DIR: join(folder, 'state'),
      S3_DATA_DIR: join(folder, 's3'),
      TMPDIR: folder,
    },
  });
  const env = {
    AWS_ENDPOINT_URL: url,
    AWS_ENDPOINT_URL_S3: url,
    // It takes a key of twelve digits as the account.
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: region,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: join(folder, 'no-config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'no-credentials'),
    // The CLI remembers which account a key belongs to.
    CDK_HOME: join(folder, 'cdk-home'),
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    CDK_DISABLE_VERSION_CHECK: '1',
    CDK_VALIDATION: 'false',
    CI: '1',
  };
  const authorization = `AWS4-HMAC-SHA256 Credential=${account}/20261121/${region}/cloudformation/aws4_request, SignedHeaders=host, Signature=0`;
  const ministack: Ministack = {
    url,
    env,
    async cloudFormation(action, parameters) {
      const body = new URLSearchParams({ Action: action, Version: '2010-05-15', ...parameters });
      const answer = await fetch(url, { method: 'POST', headers: { authorization }, body, signal: AbortSignal.timeout(5000) });
      return { ok: answer.ok, text: await answer.text() };
    },
    stop: () => stop(child),
  };
  try {
    await answers(`${url}/_ministack/health`, child);
  } catch (error) {
    await stop(child);
    throw error;
  }
  return ministack;
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 150; tries++) {
    if (child.exitCode !== null) throw new Error(`ministack ended with ${child.exitCode}`);
    const answer = await fetch(url, { signal: AbortSignal.timeout(1000) }).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('ministack did not answer within 30 s');
}

/** By its own id; killed when it doesn't end by itself. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 5000);
  await ended;
  clearTimeout(late);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
