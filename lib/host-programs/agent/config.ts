/** What the agent reads from its file, which holds the parameters of the profile `line-agent` as they are. */
import { Fields } from '../shared/configuration';

export interface AgentConfig {
  /** Front ends, one name of a load balancer or several. */
  readonly endpoints: readonly URL[];
  readonly files: readonly { readonly topic: string; readonly paths: readonly string[] }[];
  readonly journal: readonly { readonly topic: string; readonly units: readonly string[]; readonly fields: readonly string[] }[];
  readonly docker: readonly { readonly topic: string; readonly folder: string }[];
  /** Bytes of a line that front ends take; a longer one becomes a dead letter. */
  readonly maxLineBytes: number;
  /** Bytes of lines in one request, about. */
  readonly batchBytes: number;
  /** Milliseconds that lines wait for others to be sent with. */
  readonly batchMilliseconds: number;
  /** Requests at once; each has a connection of its own. */
  readonly connections: number;
  /** Bytes of lines a second at most; 0: no limit. */
  readonly bytesPerSecond: number;
  readonly gzip: boolean;
  /** Bytes of dead letters that are kept at most; what needs another one waits then. */
  readonly deadLetterBytes: number;
  /** Seconds without growth until the last line of a file is sent without its newline. */
  readonly partialSeconds: number;
  readonly metricsPort: number;
  /** Folder of the checkpoint and the dead letters. */
  readonly state: string;
}

/** Topics as front ends take them in a path. */
const TOPIC = /^[A-Za-z0-9._-]{1,249}$/;

/** @throws Error what is wrong in it */
export function parseConfig(value: unknown): AgentConfig {
  const fields = new Fields(value);
  const lists = (name: string): Fields[] => (fields.has(name) ? fields.list(name) : []);
  const config: AgentConfig = {
    endpoints: endpoints(fields.text('endpoint')),
    files: lists('files').map((each) => ({ topic: topic(each), paths: texts(each, 'paths').map(absolute) })),
    journal: lists('journal').map((each) => ({ topic: topic(each), units: texts(each, 'units'), fields: texts(each, 'fields') })),
    docker: lists('docker').map((each) => ({
      topic: topic(each),
      folder: absolute(each.text('folder', '/var/lib/docker/containers')),
    })),
    maxLineBytes: fields.number('maxLineBytes', 262_144, 65_536),
    batchBytes: fields.number('batchBytes', 524_288, 1024),
    batchMilliseconds: fields.number('batchMilliseconds', 200, 1),
    connections: fields.number('connections', 2, 1),
    bytesPerSecond: fields.number('bytesPerSecond', 0),
    gzip: fields.flag('gzip', false),
    deadLetterBytes: fields.number('deadLetterBytes', 268_435_456),
    partialSeconds: fields.number('partialSeconds', 300, 1),
    metricsPort: fields.number('metricsPort', 9406),
    state: absolute(fields.text('state', '/var/lib/line-agent')),
  };
  if (config.files.length + config.journal.length + config.docker.length === 0)
    throw new Error('there is nothing to read: name files, journal or docker');
  return config;
}

function topic(source: Fields): string {
  const name = source.text('topic');
  if (!TOPIC.test(name)) throw new Error(`${JSON.stringify(name)} is no topic`);
  return name;
}

function texts(source: Fields, name: string): string[] {
  return source.has(name) ? source.texts(name) : [];
}

function absolute(path: string): string {
  if (!path.startsWith('/')) throw new Error(`${JSON.stringify(path)} is no absolute path`);
  // A folder is known by its name: what may be read lies below it.
  if (path.split('/').includes('..')) throw new Error(`${JSON.stringify(path)} leads up again: write where it leads to`);
  return path;
}

function endpoints(text: string): URL[] {
  const urls = text.split(',').map((each) => {
    const url = URL.canParse(each.trim()) ? new URL(each.trim()) : undefined;
    if (url?.protocol !== 'http:') throw new Error(`endpoint must be http://NAME:PORT, and is ${JSON.stringify(each)}`);
    return url;
  });
  return urls;
}
