/** Entries of docker's json-file logs as lines of ours. */

/** What is said of a container on each of its lines. */
export interface ContainerName {
  readonly id: string;
  readonly name: string;
  readonly image: string;
}

/** Pieces that docker made of long lines, by stream, until the piece with the newline comes. Kept in the checkpoint. */
export type DockerPending = Readonly<Record<string, { readonly time: string; readonly log: string }>>;

interface Entry {
  readonly log: string;
  readonly stream: string;
  readonly time: string;
  readonly attrs?: Readonly<Record<string, string>>;
}

/**
 * Unwraps entries: `{"container","name","image","stream","time","log"}` for each line that the container wrote. Docker cuts lines at 16 KiB:
 * pieces of one stream are joined. What would be over the limit then is given in several lines, all but the last with `"continues":true`.
 * An entry that is none (docker was killed in it) is kept as `"malformed"`.
 */
export function dockerLines(
  entries: readonly Buffer[],
  pending: DockerPending,
  container: ContainerName,
  limit: number,
): { lines: Buffer[]; pending: DockerPending } {
  const lines: Buffer[] = [];
  const open = new Map(Object.entries(pending));
  const put = (fields: object): void => void lines.push(Buffer.from(JSON.stringify({ ...who(container), ...fields })));
  for (const raw of entries) {
    const entry = parse(raw);
    if (!entry) {
      if (raw.length > 0) put({ malformed: raw.toString() });
      continue;
    }
    const { stream, attrs } = entry;
    const before = open.get(stream);
    let log = entry.log;
    let time = entry.time;
    if (before) {
      open.delete(stream);
      // Escapes may make six bytes of a character; so much room is always enough, whatever is in it.
      if (Buffer.byteLength(JSON.stringify(before.log + log)) > limit - ROOM)
        put({ stream, time: before.time, log: before.log, continues: true });
      else ({ time, log } = { time: before.time, log: before.log + log });
    }
    if (log.endsWith('\n')) put({ stream, time, log: log.slice(0, -1), ...(attrs ? { attrs } : {}) });
    else open.set(stream, { time, log });
  }
  return { lines, pending: Object.fromEntries(open) };
}

/** The lines of what no end will come for, because the container is gone. */
export function unfinishedLines(pending: DockerPending, container: ContainerName): Buffer[] {
  return Object.entries(pending).map(([stream, { time, log }]) =>
    Buffer.from(JSON.stringify({ ...who(container), stream, time, log, continues: true })),
  );
}

/** Bytes for the fields beside the text. */
const ROOM = 4096;

function who({ id, name, image }: ContainerName): object {
  return { container: id.slice(0, 12), name, image };
}

function parse(raw: Buffer): Entry | undefined {
  try {
    const entry = JSON.parse(raw.toString()) as Entry;
    return typeof entry.log === 'string' && typeof entry.stream === 'string' && typeof entry.time === 'string'
      ? entry
      : undefined;
  } catch {
    return undefined;
  }
}
