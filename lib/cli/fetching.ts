/** Downloads with a time-out and plain words when they fail. */
import { Refusal, type VerbContext } from './verb';

const TIMEOUT_MS = 30_000;

export async function fetchText(context: Pick<VerbContext, 'fetch'>, url: string): Promise<string> {
  return (await get(context, url)).text();
}

export async function fetchBytes(context: Pick<VerbContext, 'fetch'>, url: string): Promise<Uint8Array> {
  return new Uint8Array(await (await get(context, url, 10 * TIMEOUT_MS)).arrayBuffer());
}

async function get({ fetch }: Pick<VerbContext, 'fetch'>, url: string, timeout = TIMEOUT_MS): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(timeout) });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : (error as Error).message;
    throw new Refusal('UNREACHABLE', `${url}: ${cause}`, 'check the address and the network, or give a file instead');
  }
  if (!response.ok)
    throw new Refusal('UNREACHABLE', `${url} answered ${response.status}`, 'check the address, or give a file instead');
  return response;
}
