/** Which packet filters the files of a host load: here-documents to `nft -f`, files that a unit or script names to it. */
import { OWN } from './nft-rule';

export interface LoadedTable {
  /** File on the host, and how many lines of it stand before the text. */
  readonly file: string;
  readonly before: number;
  readonly text: string;
}

export interface UnreadCommand {
  readonly file: string;
  readonly line: number;
  readonly words: string;
}

export interface Loaded {
  readonly tables: readonly LoadedTable[];
  /** Commands that change a packet filter in a way that isn't read. */
  readonly unread: readonly UnreadCommand[];
}

/** What Debian's nftables.service loads. Source: Debian's nftables package, nftables.service. */
const SERVICE = { unit: 'nftables.service', file: '/etc/nftables.conf' } as const;

const NFT = /(?:^|[\s;&|(=!@+-])(?:\/\S*\/)?nft\s+(\S.*)$/;
/** These look and change nothing. */
const LOOKS = /^(?:-\w*[cvVh]\w*\b|--(?:check|version|help)\b|(?:-\w+\s+)*(?:list|monitor)\b)/;
const FROM_FILE = /^(?:-\w*f|--file)[=\s]+(\S+)/;
const HERE = /<<(-?)\s*(['"]?)(\w+)\2/;

/** Other programs that write packet filters. */
const OTHERS = /(?:^|[\s;&|(=!@+-])(?:\/\S*\/)?((?:ip|ip6|eb|arp)tables(?:-restore|-legacy|-nft)?|firewall-cmd|ufw)\s+(\S.*)$/;
const OTHERS_LOOK = /^(?:-\w*[LSV]|--(?:list|list-rules|version)\b|status\b)/;

/** @param starts names of units that are started */
export function loadedTables(files: ReadonlyMap<string, string>): Loaded {
  const tables: LoadedTable[] = [];
  const unread: UnreadCommand[] = [];
  for (const [file, content] of files) {
    if (!isProgram(file, content)) continue;
    const lines = content.split('\n');
    for (let n = 0; n < lines.length; n++) {
      const line = lines[n]!.trim();
      if (line.startsWith('#') || line.startsWith(';')) continue;
      const fail = (words: string) => unread.push({ file, line: n + 1, words });
      const here = HERE.exec(line);
      const nft = NFT.exec(line)?.[1];
      const end = here === null ? -1 : lines.findIndex((other, k) => k > n && ended(other, here[1] === '-') === here[3]);
      const from = nft === undefined ? undefined : FROM_FILE.exec(nft)?.[1]?.replace(/^["']|["']$/g, '');
      const other = OTHERS.exec(line);
      if (other !== null && !OTHERS_LOOK.test(other[2]!)) fail(line);
      else if (nft !== undefined && !LOOKS.test(nft)) {
        const text = from === undefined ? undefined : files.get(from);
        if ((from === '-' || from === '/dev/stdin') && here !== null && end > 0) {
          const body = lines.slice(n + 1, end).join('\n');
          tables.push({ file, before: n + 1, text: here[2] === '' ? ownRules(body, content) : body });
        } else if (from !== undefined && text !== undefined) tables.push({ file: from, before: 0, text });
        else fail(line);
      }
      if (here !== null && end > 0) n = end;
    }
  }
  const conf = files.get(SERVICE.file);
  if (conf !== undefined && !tables.some(({ file }) => file === SERVICE.file))
    tables.push({ file: SERVICE.file, before: 0, text: conf });
  return { tables, unread };
}

function ended(line: string, tabs: boolean): string {
  return tabs ? line.replace(/^\t+/, '') : line;
}

/** Scripts, and the commands of units. */
export function isProgram(file: string, content: string): boolean {
  return content.startsWith('#!') && !content.startsWith('#!/usr/sbin/nft')
    ? true
    : /\.(?:service|conf|sh)$/.test(file) && !file.includes('nftables');
}

/** The function of the profile base that writes a rule for each container range of the host. */
const OWN_FUNCTION =
  /^own\(\) \{\n\s*local range\n\s*for range in "\$\{ranges\[@\]\}"; do echo "\s*\$1 \$range \$2"; done\n\s*\}$/m;
const OWN_RANGES = /^IFS=, read -ra ranges <<<"\$MEISSA_CONTAINER_RANGES"$/m;

function ownRules(body: string, script: string): string {
  if (!OWN_FUNCTION.test(script) || !OWN_RANGES.test(script)) return body;
  return body.replace(/^\s*\$\(own '([^'$]*)' ('[^'$]*'|[a-z]+)\)$/gm, (_all, match, verdict: string) => {
    return `${match} ${OWN} ${verdict.replaceAll("'", '')}`;
  });
}
