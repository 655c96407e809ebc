/** What a cluster's brokers tell anybody who may read there: room on their disks, and until when their certificates hold. */
import { connect } from 'node:tls';
import { Admin } from '@platformatic/kafka';
import type { TlsMaterial } from '../shared/tls-files';

export interface BrokerLook {
  /** `host:port`. */
  readonly broker: string;
  readonly diskBytes: number;
  readonly freeBytes: number;
  /** When its certificate ends, milliseconds since 1970. @default - none: plain text */
  readonly certificateEnds?: number;
}

const ANSWER_MS = 10_000;

/** Asks every broker of a cluster. @throws Error where the cluster doesn't answer, or not everything */
export async function lookAt(bootstrap: string, clientId: string, tls: TlsMaterial | undefined): Promise<BrokerLook[]> {
  const options = { connectTimeout: ANSWER_MS, requestTimeout: ANSWER_MS, timeout: ANSWER_MS, retries: 0 };
  const admin = new Admin({ clientId, bootstrapBrokers: bootstrap.split(','), ...options, ...(tls && { tls }) });
  try {
    const { brokers } = await admin.metadata({ topics: [], forceUpdate: true });
    const folders = await admin.describeLogDirs({ topics: [] });
    return await Promise.all(
      folders.map(async ({ broker, results }): Promise<BrokerLook> => {
        const { host, port } = brokers.get(broker)!;
        const sum = (of: (folder: (typeof results)[number]) => bigint): number =>
          Number(results.reduce((total, folder) => total + of(folder), 0n));
        return {
          broker: `${host}:${port}`,
          diskBytes: sum(({ totalBytes }) => totalBytes),
          freeBytes: sum(({ usableBytes }) => usableBytes),
          ...(tls && { certificateEnds: await certificateEnds(host, port, tls) }),
        };
      }),
    );
  } finally {
    await admin.close().catch(() => undefined);
  }
}

/** Until when the certificate of a server holds, milliseconds since 1970. */
function certificateEnds(host: string, port: number, tls: TlsMaterial): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, ...tls, timeout: ANSWER_MS }, () => {
      resolve(Date.parse(socket.getPeerCertificate().valid_to));
      socket.end();
    });
    socket.on('error', reject);
    socket.on('timeout', () => socket.destroy(new Error(`${host}:${port} doesn't answer`)));
  });
}
