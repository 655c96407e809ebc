/** Who everyone is, and what stands behind a port that is open to them. */

/** Ranges that hold more than any private one: `0.0.0.0/0`, `::/0`, and halves of them. Sources: RFC 1918 (10.0.0.0/8), RFC 4193 (fc00::/7). */
export function isEveryone(range: unknown): boolean {
  const found = /^([0-9a-f.:]+)\/(\d+)$/i.exec(String(range));
  return found !== null && Number(found[2]) < (found[1]!.includes(':') ? 7 : 8);
}

/** Ports that no host ever opens to everyone, and what is lost by them. */
const WORST: readonly (readonly [port: number, what: string])[] = [
  [22, 'a shell on the hosts'],
  [2379, 'every key of etcd, to read and to write'],
  [2380, "etcd's own voices"],
  [6443, 'the API of Kubernetes'],
  [9092, 'lines of Kafka'],
  [9093, "Kafka's metadata"],
  [8080, 'the intake of lines'],
  [5000, 'the registry'],
];

/** What is open: `22: a shell on the hosts`; undefined where none of the worst is among the ports. */
export function worstOf(from: number, to: number): string | undefined {
  const found = WORST.filter(([port]) => from <= port && port <= to).map(([port, what]) => `${port}: ${what}`);
  return found.length === 0 ? undefined : found.join('; ');
}
