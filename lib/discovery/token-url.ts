/** A discovery URL: the service's own address and, as its last part, the token. Pure. */
import type { Refused } from '../estate/changes/change';

/** Hexadecimal digits of a token: the public service has given 32 and 40 of them. Source: etcd, "Discovery service protocol". */
const TOKEN = /^[0-9a-f]{32,40}$/;

export type ReadTokenUrl = { readonly url: string; readonly refused?: undefined } | { readonly refused: Refused };

/**
 * Reads what a service answered to `/new`: a URL of that very service that ends with a token. The scheme may have
 * become https; anything else that differs would send the voters to somebody who was never configured.
 */
export function readTokenUrl(service: string, answer: string): ReadTokenUrl {
  const text = answer.trim();
  const url = parse(text);
  const token = url?.pathname.slice(url.pathname.lastIndexOf('/') + 1) ?? '';
  if (url === undefined || !TOKEN.test(token) || url.search !== '' || url.hash !== '' || url.username !== '') {
    return no(
      'DISCOVERY_ANSWER',
      `${service} answered ${JSON.stringify(text.slice(0, 80))}, which is no discovery URL: it may not be a discovery service`,
      'write the address of a discovery service as `discovery.url` in regions/estate.yaml, or bootstrap: static',
    );
  }
  const own = new URL(service);
  const path = own.pathname.replace(/\/$/, '');
  const upgraded = own.protocol === 'http:' && url.protocol === 'https:' && own.port === '' && url.port === '';
  const scheme = own.protocol === url.protocol || upgraded;
  if (!scheme || own.host !== url.host || url.pathname !== `${path}/${token}`) {
    const named = `${url.origin}${url.pathname.slice(0, -token.length - 1)}`;
    return no(
      'DISCOVERY_FOREIGN',
      `${service} gave a token of ${named}: the voters would register with a service that the estate does not name`,
      `if that is its right name, write \`url: ${named}\` under \`discovery\` in regions/estate.yaml`,
    );
  }
  return { url: text };
}

function parse(text: string): URL | undefined {
  if (!/^https?:\/\/\S+$/.test(text)) return undefined;
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

function no(code: string, message: string, fix: string): { readonly refused: Refused } {
  return { refused: { code, message, fix } };
}
