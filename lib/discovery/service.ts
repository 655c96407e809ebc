/** The client of a discovery service: three requests, each with a time-out, and no failure that isn't told in words. */
import type { Refused } from '../estate/changes/change';
import { type Registration, readRegistration, unsuitable } from './registration';
import { readTokenUrl } from './token-url';

export type Fetch = typeof globalThis.fetch;

/** Milliseconds that one request may take. */
const TIMEOUT = 15_000;
/** Characters of an answer that are read; a registry of nine members has some hundred each. */
const LONGEST = 100_000;

export type Requested = { readonly url: string; readonly refused?: undefined } | { readonly refused: Refused };

/** Asks for a new token for exactly `size` voters, reads back what the service has made of it, and refuses one that is not as asked for. */
export async function requestToken(fetch: Fetch, service: string, size: number): Promise<Requested> {
  const answer = await get(fetch, `${service.replace(/\/+$/, '')}/new?size=${size}`);
  if (typeof answer !== 'string') return { refused: answer };
  const given = readTokenUrl(service, answer);
  if (given.refused) return given;
  const refused = await checkToken(fetch, given.url, size);
  return refused ? { refused } : given;
}

/** Why the token does not suit; undefined when it does. */
export async function checkToken(
  fetch: Fetch,
  url: string,
  size: number,
  expected: readonly string[] = [],
): Promise<Refused | undefined> {
  const found = await lookUp(fetch, url);
  return 'code' in found ? found : unsuitable(url, found, size, expected);
}

/** Size and members of a token as the service tells them. */
export async function lookUp(fetch: Fetch, url: string): Promise<Registration | Refused> {
  const answers: unknown[] = [];
  for (const path of ['/_config/size', '']) {
    const answer = await get(fetch, `${url}${path}`);
    if (typeof answer !== 'string') return answer;
    answers.push(json(answer));
  }
  return (
    readRegistration(answers[0], answers[1]) ?? {
      code: 'DISCOVERY_ANSWER',
      message: `${url} does not answer like a token of a discovery service: its size and members are not known`,
      fix: 'check the address; a proxy in between may answer for the service',
    }
  );
}

async function get(fetch: Fetch, url: string): Promise<string | Refused> {
  const fix =
    'check `discovery.url` in regions/estate.yaml and the network, or write `bootstrap: static`, which needs no service';
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT), headers: { accept: '*/*' } });
    if (!response.ok) return { code: 'DISCOVERY_FAILED', message: `${url} answered ${response.status}`, fix };
    return (await response.text()).slice(0, LONGEST);
  } catch (error) {
    const { message, cause } = error as Error;
    const why = cause instanceof Error && cause.message !== '' ? cause.message : message;
    return { code: 'DISCOVERY_UNREACHABLE', message: `${url}: ${why}`, fix };
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
