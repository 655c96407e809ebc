/** What the watch is told by its host's configuration. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fields, hostPath, readHostEnv, readJson } from '../shared/configuration';
import type { TlsPaths } from '../shared/tls-files';

/** A Kafka cluster whose brokers are looked at. */
export interface WatchedCluster {
  readonly region: string;
  /** `host:port` by comma. */
  readonly bootstrap: string;
}

export interface WatchConfiguration {
  readonly host: string;
  readonly address: string;
  readonly port: number;
  /** The central region's own first. */
  readonly clusters: readonly WatchedCluster[];
  /** @default - plain text, which only tests want */
  readonly tls?: TlsPaths;
  /** The heartbeats' topic; what came from another region has that region's name and a dot in front. */
  readonly topic: string;
  /** Seconds between two looks at the brokers. */
  readonly lookSeconds: number;
  /** Seconds that the longest delay is of. */
  readonly windowSeconds: number;
  /** Seconds of silence after which a front end is taken for gone. */
  readonly forgetSeconds: number;
}

/** @throws Error with the field that is wrong */
export function readConfiguration(path: string): WatchConfiguration {
  const all = new Fields(readJson(path));
  const env = readHostEnv();
  const tls = all.has('tls') ? all.part('tls') : undefined;
  return {
    host: env('MEISSA_NAME'),
    address: env('MEISSA_ADDRESS'),
    port: all.number('port', 9409),
    clusters: [{ region: all.text('region'), bootstrap: all.text('bootstrap') }, ...flows(hostPath(all.text('flows')))],
    ...(tls && { tls: { key: tls.text('key'), cert: tls.text('cert'), ca: tls.text('ca') } }),
    topic: all.text('topic', 'meissa-heartbeats'),
    lookSeconds: all.number('lookSeconds', 30, 1),
    windowSeconds: all.number('windowSeconds', 300, 1),
    forgetSeconds: all.number('forgetSeconds', 86_400, 60),
  };
}

/** Each flow is a file named by its region, with lines `name=value`. */
function flows(folder: string): WatchedCluster[] {
  return readdirSync(folder)
    .sort()
    .map((region) => {
      const bootstrap = /^bootstrap=(.+)$/m.exec(readFileSync(join(folder, region), 'utf8'))?.[1];
      if (bootstrap === undefined) throw new Error(`${join(folder, region)} has no bootstrap`);
      return { region, bootstrap };
    });
}
