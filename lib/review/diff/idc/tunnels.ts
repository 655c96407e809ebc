/** IPsec tunnels of a router's VPNs. */
import type { Meaning } from '../meaning/meaning';
import { HIDDEN, isSecretName } from '../meaning/secrets';
import { entriesThatDiffer, fileOf, type RouterChange } from './router';

const CONNECTION = /^connections\.([^.]+)\.(.+)$/;

/** As people call them. Source: strongSwan documentation, "swanctl.conf". */
const NOUNS: Readonly<Record<string, string>> = {
  local_addrs: 'public address here',
  remote_addrs: "the cloud's address",
  proposals: 'what it offers for IKE',
  version: 'IKE version',
};

export function tunnelsThatChange(router: RouterChange): Meaning[] {
  const { before, after, place } = router;
  if (before === undefined || after === undefined) return [];
  const [old, now] = [connections(before.tunnels), connections(after.tunnels)];
  const base = { severity: 'network', stack: place, hosts: [], explains: [fileOf(router, 'swanctl.conf')] } as const;
  const names = [...new Set([...old.keys(), ...now.keys()])];
  const tunnels = names.flatMap((name): Meaning[] => {
    const [was, is] = [old.get(name), now.get(name)];
    const why = after.frr.descriptions.get(name) ?? before.frr.descriptions.get(name) ?? 'a VPN';
    const changes = entriesThatDiffer(was, is);
    if (changes.length === 0) return [];
    if (was === undefined) return [{ ...base, kind: 'tunnel-comes', what: `+ tunnel ${name} (${why})`, details: [] }];
    if (is === undefined) return [{ ...base, kind: 'tunnel-goes', what: `- tunnel ${name} (${why})`, details: [] }];
    const words = changes.map(settingWords);
    const what = `~ tunnel ${name} (${why}): ${words.length === 1 ? words[0] : `${words.length} settings`}`;
    return [{ ...base, kind: 'tunnel-changes', what, details: words.length === 1 ? [] : words }];
  });
  const others = entriesThatDiffer(outside(before.tunnels), outside(after.tunnels));
  if (others.length === 0) return tunnels;
  const what = `~ tunnels: ${others.length === 1 ? 'a setting of all' : `${others.length} settings of all`}`;
  return [...tunnels, { ...base, kind: 'tunnel-settings', what, details: others.map(settingWords) }];
}

/** By name of the connection. */
function connections(tunnels: ReadonlyMap<string, string>): Map<string, Map<string, string>> {
  const found = new Map<string, Map<string, string>>();
  for (const [path, value] of tunnels) {
    const [, name, key] = CONNECTION.exec(path) ?? [];
    if (name === undefined || key === undefined) continue;
    found.set(name, (found.get(name) ?? new Map<string, string>()).set(key, value));
  }
  return found;
}

function outside(tunnels: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...tunnels].filter(([path]) => !CONNECTION.test(path)));
}

function settingWords({ key, old, now }: { readonly key: string; readonly old?: string; readonly now?: string }): string {
  const noun = NOUNS[key] ?? key;
  if (isSecretName(key.slice(key.lastIndexOf('.') + 1))) return `${noun} ${HIDDEN}`;
  if (now === undefined) return `- ${noun}`;
  return old === undefined ? `+ ${noun}${now === '' ? '' : ` ${now}`}` : `${noun} ${old} -> ${now}`;
}
