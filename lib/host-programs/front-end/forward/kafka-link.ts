/**
 * Connections to the brokers, and who leads which partition. Built from the client library's connection and requests and not from its producer:
 * that one stops at a partition without a leader, and goes on with a connection on which a request has timed out, which never answers again.
 */
import { type CompressionAlgorithmValue, Connection, metadataV12, produceV11 } from '@platformatic/kafka';
import { reason } from '../../shared/log';
import { steady } from '../../shared/steady';
import type { TlsMaterial } from '../../shared/tls-files';
import { type Link, LinkError, type Message } from './link';

export interface LinkOptions {
  /** `host:port` by comma. */
  readonly bootstrap: string;
  readonly clientId: string;
  readonly compression: CompressionAlgorithmValue;
  /** @default - plain text */
  readonly tls?: () => TlsMaterial;
}

interface Broker {
  readonly host: string;
  readonly port: number;
}

/** Of each partition; undefined where it has none. */
type Leaders = readonly (Broker | undefined)[];

const CONNECT_MS = 5_000;
/** A broker answers that not enough replicas have a batch after so long, */
const ACKNOWLEDGE_MS = 10_000;
/** and a broker that says nothing for so long is taken for gone. */
const REQUEST_MS = 15_000;
/** Leaders move without an error when they are balanced. */
const LEADERS_MS = 60_000;

export class KafkaLink implements Link {
  private readonly connections = new Map<string, Promise<Connection>>();
  private leaders = new Map<string, { readonly partitions: Leaders; readonly at: number }>();
  private asking = new Map<string, Promise<Leaders>>();
  private turn = 0;

  constructor(private readonly options: LinkOptions) {}

  /** Number of partitions of a topic. @throws LinkError where nobody can tell */
  async partitions(topic: string): Promise<number> {
    return (await this.leadersOf(topic)).length;
  }

  /**
   * Gives one batch to the leader of a partition. It returns when all replicas in sync have it.
   *
   * @throws LinkError after which the batch may be there, or not
   */
  async produce(topic: string, partition: number, messages: Message[]): Promise<void> {
    const leader = (await this.leadersOf(topic))[partition];
    if (leader === undefined)
      throw this.stale(topic, new LinkError('LEADER_NOT_AVAILABLE', `${topic}-${partition} has no leader`));
    const connection = await this.connect(leader);
    try {
      await produceV11.api.async(connection, -1, ACKNOWLEDGE_MS, messages, { compression: this.options.compression });
    } catch (error) {
      throw this.stale(topic, await this.judge(leader, error));
    }
  }

  /**
   * Lets all connections go: the next request makes new ones, with the certificate as it is then.
   *
   * @param grace milliseconds until the old ones are closed; answers that are still to come arrive until then
   */
  async reset(grace: number): Promise<void> {
    const open = [...this.connections.values()];
    this.connections.clear();
    if (grace > 0) await new Promise((resolve) => setTimeout(resolve, grace));
    await Promise.allSettled(open.map(async (connection) => (await connection).close()));
  }

  /** The same for a new certificate: answers that are still to come are waited for. */
  renew(): void {
    void this.reset(REQUEST_MS);
  }

  private async leadersOf(topic: string): Promise<Leaders> {
    const known = this.leaders.get(topic);
    if (known !== undefined && steady() - known.at < LEADERS_MS) return known.partitions;
    let asked = this.asking.get(topic);
    if (asked === undefined) {
      asked = this.ask(topic).finally(() => this.asking.delete(topic));
      this.asking.set(topic, asked);
    }
    return asked;
  }

  private async ask(topic: string): Promise<Leaders> {
    const brokers = this.options.bootstrap.split(',').map((text) => {
      const [, host, port] = /^(.*):(\d+)$/.exec(text.trim()) ?? [];
      return { host: host ?? text, port: Number(port ?? 9092) };
    });
    const errors: unknown[] = [];
    this.turn++;
    for (let i = 0; i < brokers.length; i++) {
      const broker = brokers[(this.turn + i) % brokers.length]!;
      try {
        return this.learn(topic, await this.metadata(broker, topic));
      } catch (error) {
        if (error instanceof LinkError && error.code !== 'NETWORK') throw error;
        errors.push(error);
      }
    }
    throw new LinkError('NETWORK', `no broker answers: ${errors.map(reason).join('; ')}`);
  }

  private async metadata(broker: Broker, topic: string): Promise<metadataV12.MetadataResponse> {
    const connection = await this.connect(broker);
    try {
      return await metadataV12.api.async(connection, [topic], false, false);
    } catch (error) {
      // One partition without a leader makes an error of the whole answer.
      const { response } = error as { response?: metadataV12.MetadataResponse };
      if (response !== undefined) return response;
      throw await this.judge(broker, error);
    }
  }

  private learn(topic: string, { brokers, topics }: metadataV12.MetadataResponse): Leaders {
    const found = topics.find(({ name }) => name === topic);
    if (found === undefined || found.partitions.length === 0)
      throw new LinkError(
        found?.errorCode === 29 ? 'TOPIC_AUTHORIZATION_FAILED' : 'UNKNOWN_TOPIC_OR_PARTITION',
        `there is no topic ${topic}`,
      );
    const partitions: (Broker | undefined)[] = new Array(found.partitions.length).fill(undefined);
    for (const { partitionIndex, leaderId } of found.partitions)
      partitions[partitionIndex] = brokers.find(({ nodeId }) => nodeId === leaderId);
    this.leaders.set(topic, { partitions, at: steady() });
    return partitions;
  }

  /** Who leads is asked again before the next try. */
  private stale(topic: string, error: LinkError): LinkError {
    this.leaders.delete(topic);
    return error;
  }

  private async judge(broker: Broker, error: unknown): Promise<LinkError> {
    const said = (error as { errors?: { apiId?: string }[] }).errors?.find(({ apiId }) => apiId !== undefined)?.apiId;
    if (said !== undefined) return new LinkError(said, `${broker.host}:${broker.port} says ${said}`);
    const key = `${broker.host}:${broker.port}`;
    const connection = await this.connections.get(key)?.catch(() => undefined);
    this.connections.delete(key);
    connection?.socket?.destroy();
    return new LinkError('NETWORK', `${key}: ${reason(error)}`);
  }

  private connect(broker: Broker): Promise<Connection> {
    const key = `${broker.host}:${broker.port}`;
    const known = this.connections.get(key);
    if (known !== undefined) return known;
    const made = this.open(broker, () => {
      if (this.connections.get(key) === made) this.connections.delete(key);
    });
    this.connections.set(key, made);
    // Whatever kept it from being made, the next try makes another one.
    made.catch(() => this.connections.get(key) === made && this.connections.delete(key));
    return made;
  }

  private async open({ host, port }: Broker, gone: () => void): Promise<Connection> {
    const { clientId, tls } = this.options;
    const connection = new Connection(clientId, {
      connectTimeout: CONNECT_MS,
      requestTimeout: REQUEST_MS,
      maxInflights: 64,
      ...(tls && { tls: { ...tls() } }),
    });
    connection.on('error', gone);
    connection.on('close', gone);
    try {
      await connection.connect(host, port);
      connection.socket.setKeepAlive(true, 30_000);
      return connection;
    } catch (error) {
      gone();
      throw new LinkError('NETWORK', `${host}:${port}: ${reason(error)}`);
    }
  }
}
