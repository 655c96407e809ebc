/** Names of many hosts in one line. */

/** `us-east-1-core-storage-1..3, 5; us-west-2-core-voters-2`. */
export function hostList(hosts: readonly string[]): string {
  const numbers = new Map<string, number[]>();
  const unnumbered: string[] = [];
  for (const host of new Set(hosts)) {
    const found = /^(.*)-(\d+)$/.exec(host);
    if (found === null) unnumbered.push(host);
    else numbers.set(found[1]!, [...(numbers.get(found[1]!) ?? []), Number(found[2])]);
  }
  const fleets = [...numbers].map(([prefix, own]) => `${prefix}-${runs(own).join(', ')}`);
  return [...fleets, ...unnumbered].sort().join('; ');
}

function runs(numbers: readonly number[]): string[] {
  const sorted = [...numbers].sort((a, b) => a - b);
  const found: [number, number][] = [];
  for (const n of sorted) {
    const last = found.at(-1);
    if (last !== undefined && last[1] === n - 1) last[1] = n;
    else found.push([n, n]);
  }
  return found.flatMap(([from, to]) => (from === to ? `${from}` : to === from + 1 ? [`${from}`, `${to}`] : `${from}..${to}`));
}
