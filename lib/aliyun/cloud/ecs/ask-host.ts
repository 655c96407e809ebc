import { randomUUID } from 'node:crypto';
import { type Json, record, records, text } from '../answer';
import { NotFound } from '../errors';
import type { RpcClient } from '../rpc';

/** What a host said. */
export type HostAnswer =
  | { readonly kind: 'answered'; readonly exitCode: number; readonly output: string }
  /** The command didn't run or didn't end: the host is down, its agent doesn't answer, it took too long. */
  | { readonly kind: 'silent'; readonly why: string };

/** How long is waited. */
export interface AskHostOptions {
  /** For the command itself, on the host: 10 s or more (ECS, "RunCommand": Timeout). @default 60 */
  readonly timeoutSeconds?: number;
  /** Between two looks for the answer, milliseconds. @default 1000 */
  readonly lookEveryMs?: number;
}

/** How long Cloud Assistant may take beyond the command's own time to say that it ran. */
const SLACK_MS = 30_000;
/** Invocation statuses (ECS, "DescribeInvocationResults": InvocationStatus) that are on their way to something. */
const UNDERWAY = new Set(['', 'Pending', 'Scheduled', 'Running', 'Stopping']);

/**
 * Runs a command as root on one instance by Cloud Assistant and gives its exit code and what it wrote (ECS, "RunCommand"; Type
 * RunShellScript). The command is sent base64, as that API wants it.
 * @param command one shell command; nothing secret, Cloud Assistant keeps it
 */
export async function askHost(
  rpc: RpcClient,
  region: string,
  instanceId: string,
  command: string,
  options: AskHostOptions = {},
): Promise<HostAnswer> {
  const { timeoutSeconds = 60, lookEveryMs = 1000 } = options;
  const answer = await rpc.call({
    product: 'ecs',
    region,
    action: 'RunCommand',
    parameters: {
      RegionId: region,
      Type: 'RunShellScript',
      CommandContent: Buffer.from(command).toString('base64'),
      ContentEncoding: 'Base64',
      InstanceId: [instanceId],
      Timeout: timeoutSeconds,
      KeepCommand: false,
      ClientToken: randomUUID(),
    },
  });
  const invokeId = text(answer.InvokeId);
  const until = rpc.clock.now() + timeoutSeconds * 1000 + SLACK_MS;
  for (;;) {
    const result = await resultOf(rpc, region, invokeId, instanceId);
    const status = text(result?.InvocationStatus);
    if (result && !UNDERWAY.has(status)) return ended(result, status);
    if (rpc.clock.now() >= until) return { kind: 'silent', why: `no result of ${invokeId} in time (${status || 'none yet'})` };
    await rpc.clock.sleep(lookEveryMs);
  }
}

async function resultOf(
  rpc: RpcClient,
  region: string,
  invokeId: string,
  instanceId: string,
): Promise<Record<string, Json> | undefined> {
  try {
    const answer = await rpc.call({
      product: 'ecs',
      region,
      action: 'DescribeInvocationResults',
      parameters: { RegionId: region, InvokeId: invokeId, InstanceId: instanceId, ContentEncoding: 'Base64' },
    });
    return records(record(record(answer.Invocation).InvocationResults).InvocationResult)[0];
  } catch (error) {
    // Just made, and not listed yet.
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}

function ended(result: Record<string, Json>, status: string): HostAnswer {
  // A script that ended has an exit code, whether Cloud Assistant calls that a success or a failure.
  if (
    (status === 'Success' || status === 'Failed') &&
    text(result.ExitCode) !== '' &&
    !/^(ClientIs|Instance)/.test(text(result.ErrorCode))
  ) {
    return {
      kind: 'answered',
      exitCode: Number(text(result.ExitCode)),
      output: Buffer.from(text(result.Output), 'base64').toString(),
    };
  }
  const code = text(result.ErrorCode);
  return { kind: 'silent', why: `${status}${code ? `: ${code}` : ''}` };
}
