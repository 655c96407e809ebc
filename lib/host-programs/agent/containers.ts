/** What docker says of its containers, in the folder of each. */
import { basename, dirname, join } from 'node:path';
import { type ContainerName, dockerLines, unfinishedLines } from './docker-lines';
import type { Reach } from './reach';
import type { Decoder } from './tailed-file';

/** Milliseconds until a container's file is read again that couldn't be read. */
const AGAIN_MS = 10_000;
/** Bytes of what docker says of a container: its labels and variables make most of them. */
const MOST_BYTES = 4_194_304;

/** Patterns of the logs of docker's json-file driver, rotated ones, too. */
export function dockerLogs(folder: string): string[] {
  return [join(folder, '*/*-json.log'), join(folder, '*/*-json.log.[0-9]*')];
}

/** Unwraps the entries of the container in whose folder `path` lies. */
export function containerDecoder(path: string, reach: Reach, limit: number, now: () => number): Decoder {
  const folder = dirname(path);
  let name: ContainerName = { id: basename(folder), name: '', image: '' };
  let asked = Number.NEGATIVE_INFINITY;
  const container = (): ContainerName => {
    if (name.name !== '' || now() - asked < AGAIN_MS) return name;
    asked = now();
    name = readContainer(folder, reach) ?? name;
    return name;
  };
  return {
    lines: (raw, pending) => dockerLines(raw, pending, container(), limit),
    unfinished: (pending) => unfinishedLines(pending, container()),
  };
}

function readContainer(folder: string, reach: Reach): ContainerName | undefined {
  try {
    const { ID, Name, Config } = JSON.parse(reach.read(join(folder, 'config.v2.json'), MOST_BYTES)) as {
      ID: string;
      Name: string;
      Config: { Image: string };
    };
    return { id: String(ID), name: String(Name).replace(/^\//, ''), image: String(Config.Image) };
  } catch {
    // Not written yet, or gone with the container: its lines are worth more than its name.
    return undefined;
  }
}
