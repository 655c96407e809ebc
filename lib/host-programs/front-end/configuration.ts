/** What a front end is told by its host's configuration. */
import type { CompressionAlgorithmValue } from '@platformatic/kafka';
import { Fields, hostPath, readHostEnv, readJson } from '../shared/configuration';
import type { TlsPaths } from '../shared/tls-files';
import type { HttpLimits } from './inputs/http';
import type { SpoolOptions } from './spool/spool';

export interface FrontEndConfiguration {
  /** This host's name: the first part of the lines' keys. */
  readonly host: string;
  readonly region: string;
  readonly topics: readonly string[];
  readonly spool: SpoolOptions;
  readonly kafka: {
    readonly bootstrap: string;
    readonly compression: CompressionAlgorithmValue;
    readonly batchBytes: number;
    readonly lingerMs: number;
    readonly inFlight: number;
    /** @default - plain text, which only tests want */
    readonly tls?: TlsPaths;
  };
  /** Address that inputs and metrics listen on. Tests that run several hosts in one network say it by MEISSA_LISTEN. @default - all */
  readonly listen?: string;
  readonly http: { readonly port: number; readonly limits: HttpLimits };
  /** Port 0: none. */
  readonly relp: { readonly port: number; readonly topic: string };
  readonly syslog: { readonly tcpPort: number; readonly udpPort: number; readonly topic: string };
  readonly metricsPort: number;
  readonly heartbeat: { readonly topic: string; readonly seconds: number };
  /** Bytes of requests that are held in memory, at most. */
  readonly memory: number;
  readonly stop: {
    /** Seconds that lines are still taken after health has begun to fail. */
    readonly leave: number;
    /** Seconds that lines are still forwarded after nothing is taken any more. */
    readonly forward: number;
    /** While it is there, the front end drains: it takes nothing, and ends when Kafka has everything. */
    readonly drainFile: string;
  };
}

const MIB = 1 << 20;
const HEARTBEATS = 'meissa-heartbeats';

/**
 * Reads the file that was rendered with the host, and the host's name.
 *
 * @throws Error with the field that is wrong
 */
export function readConfiguration(path: string): FrontEndConfiguration {
  const all = new Fields(readJson(path));
  const [spool, kafka, http, relp, syslog, stop] = ['spool', 'kafka', 'http', 'relp', 'syslog', 'stop'].map((name) =>
    all.part(name),
  );
  const tls = kafka!.has('tls') ? kafka!.part('tls') : undefined;
  const topics = all.list('topics').map((topic) => topic.text('name'));
  const host = readHostEnv()('MEISSA_NAME');
  const listen = process.env.MEISSA_LISTEN ?? (all.has('listen') ? all.text('listen') : undefined);
  return {
    host,
    region: all.text('region'),
    topics,
    spool: {
      folder: hostPath(spool!.text('folder')),
      host,
      segmentBytes: spool!.number('segmentBytes', 64 * MIB, 1),
      share: spool!.number('sharePercent', 90, 1) / 100,
      reserveBytes: spool!.number('reserveBytes', 256 * MIB),
      pendingBytes: spool!.number('pendingBytes', 64 * MIB, 1),
      whenFull: spool!.oneOf('whenFull', ['refuse', 'drop-oldest']),
    },
    kafka: {
      bootstrap: kafka!.text('bootstrap'),
      compression: kafka!.oneOf('compression', ['none', 'gzip', 'lz4', 'snappy', 'zstd']),
      batchBytes: kafka!.number('batchBytes', 512 * 1024, 1),
      lingerMs: kafka!.number('lingerMs', 25),
      inFlight: kafka!.number('inFlight', 8, 1),
      ...(tls && { tls: { key: tls.text('key'), cert: tls.text('cert'), ca: tls.text('ca') } }),
    },
    ...(listen !== undefined && { listen }),
    http: {
      port: http!.number('port', 8080),
      limits: {
        line: http!.number('lineBytes', 262_144, 1),
        request: http!.number('requestBytes', 8 * MIB, 1),
        lines: http!.number('requestLines', 100_000, 1),
      },
    },
    relp: { port: relp!.number('port', 0), topic: topicOf(relp!, topics, 'port') },
    syslog: {
      tcpPort: syslog!.number('tcpPort', 0),
      udpPort: syslog!.number('udpPort', 0),
      topic: topicOf(syslog!, topics, 'tcpPort', 'udpPort'),
    },
    metricsPort: all.part('metrics').number('port', 9405),
    heartbeat: {
      topic: all.part('heartbeat').text('topic', HEARTBEATS),
      seconds: all.part('heartbeat').number('seconds', 5, 1),
    },
    memory: all.number('memoryBytes', 128 * MIB, MIB),
    stop: {
      leave: stop!.number('leaveSeconds', 10),
      forward: stop!.number('forwardSeconds', 20),
      drainFile: hostPath(stop!.text('drainFile', '/run/meissa/front-end.drain')),
    },
  };
}

/** An input that is on needs a topic that is there. @default - the first one that isn't for heartbeats */
function topicOf(input: Fields, topics: readonly string[], ...ports: string[]): string {
  if (!ports.some((port) => input.number(port, 0) !== 0)) return '';
  const first = topics.find((topic) => topic !== HEARTBEATS);
  return input.has('topic') || first === undefined ? input.oneOf('topic', topics) : first;
}
