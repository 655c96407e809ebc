import type { Fetch } from '../../lib/discovery/service';

export const SERVICE = 'https://discovery.example.com';
export const TOKEN = `${SERVICE}/3e86b59982e49066c5d813af1c2e2579`;

/** A discovery service whose answers are given by path; a path that isn't there is a 404, an Error is a network that fails. */
export function service(answers: Readonly<Record<string, string | number | Error>>): Fetch & { readonly asked: string[] } {
  const asked: string[] = [];
  const fetch = async (url: unknown): Promise<Response> => {
    asked.push(String(url));
    const answer = answers[String(url)] ?? 404;
    if (typeof answer === 'object') throw answer;
    return typeof answer === 'number' ? new Response('no', { status: answer }) : new Response(answer);
  };
  return Object.assign(fetch as Fetch, { asked });
}

/** Answers for a token of that size with those members on it, as etcd's second API gives them. */
export function token(url: string, size: number | string, members: readonly string[] = []): Record<string, string> {
  const key = `/_etcd/registry/${url.slice(url.lastIndexOf('/') + 1)}`;
  const nodes = members.map((value, i) => ({ key: `${key}/${i}`, value, modifiedIndex: i, createdIndex: i }));
  return {
    [`${url}/_config/size`]: JSON.stringify({ action: 'get', node: { key: `${key}/_config/size`, value: String(size) } }),
    [url]: JSON.stringify({ action: 'get', node: { key, dir: true, ...(nodes.length > 0 ? { nodes } : {}) } }),
  };
}
