/** The files that a host writes from the text that it boots with. Source: cloud-init, "Module reference" (Write Files); Flatcar, "Cloud-config". */
import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';

interface FileItem {
  readonly path?: unknown;
  readonly content?: unknown;
  readonly encoding?: unknown;
}

interface UnitItem {
  readonly name?: unknown;
  readonly content?: unknown;
  readonly command?: unknown;
  readonly drop_ins?: readonly { readonly name?: unknown; readonly content?: unknown }[];
}

/** Name of a text that is no cloud-config: the program that the host runs. */
export const WHOLE = 'user-data';

const UNITS = '/etc/systemd/system';

/** Read before: the worlds of a diff or of a deploy's turns have nearly all texts alike. Bounded. */
const known = new Map<string, ReadonlyMap<string, string> | string>();
const KNOWN_AT_MOST = 256;

/** By path; units and their drop-ins are files, too. A message where the text is a cloud-config that can't be read. */
export function hostFiles(text: string): ReadonlyMap<string, string> | string {
  const before = known.get(text);
  if (before !== undefined) return before;
  if (known.size >= KNOWN_AT_MOST) known.clear();
  const files = filesOf(text);
  known.set(text, files);
  return files;
}

function filesOf(text: string): ReadonlyMap<string, string> | string {
  if (!text.startsWith('#cloud-config')) return new Map([[WHOLE, text]]);
  const files = new Map<string, string>();
  const add = (path: unknown, content: unknown): void => {
    if (typeof path === 'string' && typeof content === 'string') files.set(path, content);
  };
  try {
    const config = (parse(text) ?? {}) as {
      write_files?: readonly FileItem[];
      coreos?: { units?: readonly UnitItem[] };
    };
    for (const { path, content, encoding } of config.write_files ?? []) add(path, decoded(content, encoding));
    for (const { name, content, drop_ins } of config.coreos?.units ?? []) {
      add(`${UNITS}/${name}`, content);
      for (const dropIn of drop_ins ?? []) add(`${UNITS}/${name}.d/${dropIn.name}`, dropIn.content);
    }
    return files;
  } catch (error) {
    return (error as Error).message.split('\n')[0]!;
  }
}

function decoded(content: unknown, encoding: unknown): string {
  const text = content === undefined ? '' : String(content);
  if (encoding === undefined || encoding === 'text/plain') return text;
  const [, gzip, base64] = /^(gz(?:ip)?)?\+?(b(?:ase)?64)?$/.exec(String(encoding)) ?? [];
  const raw = Buffer.from(text, base64 === undefined ? 'latin1' : 'base64');
  return (gzip === undefined ? raw : gunzipSync(raw)).toString('utf8');
}
