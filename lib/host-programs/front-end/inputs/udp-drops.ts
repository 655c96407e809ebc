/** Datagrams that the kernel has thrown away, because a socket's buffer was full: nobody else counts them. Source: proc(5), /proc/net/udp. */
import { readFileSync } from 'node:fs';

/** Of all sockets on a port of this network namespace; 0 where the kernel doesn't tell. */
export function udpDrops(port: number): number {
  return ['udp', 'udp6'].reduce((sum, name) => sum + dropsIn(read(name), port), 0);
}

/** @param table text of /proc/net/udp */
export function dropsIn(table: string, port: number): number {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  let drops = 0;
  for (const line of table.split('\n').slice(1)) {
    const fields = line.trim().split(/\s+/);
    if (fields[1]?.endsWith(wanted)) drops += Number(fields.at(-1)) || 0;
  }
  return drops;
}

function read(name: string): string {
  try {
    return readFileSync(`/proc/net/${name}`, 'utf8');
  } catch {
    return '';
  }
}
