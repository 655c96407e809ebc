/** Questions to Kafka, each on a connection of its own: what is asked once a while needs no pool, and never a stale one. */
import { Connection } from '@platformatic/kafka';
import type { TlsMaterial } from '../shared/tls-files';

export const BROKER_PORT = 9092;
export const CONTROLLER_PORT = 9093;
const PATIENCE_MS = 10_000;

export type Asks<T> = (connection: Connection) => Promise<T>;

export class KafkaLink {
  constructor(private readonly tls: () => TlsMaterial) {}

  /** @throws Error where nobody answers within some seconds, or Kafka says no */
  async ask<T>(address: string, port: number, use: Asks<T>): Promise<T> {
    const connection = new Connection('kafka-guard', { connectTimeout: 3000, requestTimeout: PATIENCE_MS, tls: this.tls() });
    // What it tells by an event it tells by the promise, too.
    connection.on('error', () => undefined);
    let late: NodeJS.Timeout | undefined;
    const patience = new Promise<never>((_, reject) => {
      late = setTimeout(() => reject(new Error(`no answer of ${address}:${port}`)), PATIENCE_MS + 3000);
    });
    try {
      return await Promise.race([connect(connection, address, port).then(() => use(connection)), patience]);
    } finally {
      clearTimeout(late);
      await connection.close().catch(() => undefined);
    }
  }

  /** The first that gives an answer; the error of the last where none does. */
  async askFirst<T>(addresses: readonly string[], port: number, use: Asks<T>): Promise<T> {
    let last: unknown = new Error('nobody to ask');
    for (const address of addresses) {
      try {
        return await this.ask(address, port, use);
      } catch (error) {
        last = error;
      }
    }
    throw last;
  }
}

async function connect(connection: Connection, address: string, port: number): Promise<void> {
  await connection.connect(address, port);
}
