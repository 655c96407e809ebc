/** Routes with a largest packet that the programs of a host set. Source: ip-route(8), "mtu MTU". */
import type { SizedRoute } from '../host/model';
import { readRange } from '../range';
import { isProgram } from './loaded-tables';

const ROUTE =
  /(?:^|[\s;&|(])(?:\/\S*\/)?ip\s+(?:-4\s+)?route\s+(?:replace|add|change)\s+(?:unicast\s+)?(\S+)\s(?:[^\n;&|#]*\s)?mtu\s+(?:lock\s+)?(\d+)\b/;

/** A command that sets one and whose range is not written out. */
export interface UnreadRoute {
  readonly file: string;
  readonly line: number;
  readonly words: string;
}

export function routeSizes(files: ReadonlyMap<string, string>): {
  readonly routes: SizedRoute[];
  readonly unread: UnreadRoute[];
} {
  const routes: SizedRoute[] = [];
  const unread: UnreadRoute[] = [];
  for (const [file, content] of files) {
    if (!isProgram(file, content)) continue;
    content.split('\n').forEach((line, n) => {
      if (/^\s*[#;]/.test(line)) return;
      const [, range, mtu] = ROUTE.exec(line) ?? [];
      if (range === undefined) return;
      const destination = readRange(range.replace(/^["']|["']$/g, ''));
      if (destination === undefined) unread.push({ file, line: n + 1, words: line.trim() });
      else routes.push({ destination, mtu: Number(mtu) });
    });
  }
  return { routes, unread };
}
