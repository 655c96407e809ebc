/** What the guard of a broker or controller is told: `/etc/meissa/kafka-guard.json`, and the host's own name. */
import { Fields, hostPath, readHostEnv, readJson } from '../shared/configuration';

export interface GuardConfiguration {
  readonly role: 'controller' | 'broker' | 'combined';
  readonly region: string;
  /** Node id in Kafka. */
  readonly id: number;
  /** Member number of this host. */
  readonly member: number;
  readonly address: string;
  readonly clusterId: string;
  readonly marker: string;
  /** The planned controllers. */
  readonly controllers: readonly Controller[];
  /** Region that the topics are carried into; empty where they end here. */
  readonly into: string;
  /** Bytes a second that mirrors of `into` may read, over all brokers; 0: none do. */
  readonly mirrorRate: number;
  readonly topics: readonly Topic[];
  /** Folder of the metadata log, which holds this controller's directory id. */
  readonly metadata: string;
  /** Path of the store that Kafka reads its key and certificate from. */
  readonly keystore: string;
  /** Path of the file with Kafka's process id. */
  readonly pidFile: string;
  /** Path of the socket that questions come to. */
  readonly socket: string;
  /** Program that asks the cloud. */
  readonly cloud: string;
}

export interface Controller {
  readonly number: number;
  readonly address: string;
  /** As Kafka writes it, base64url. */
  readonly directoryId: string;
}

export interface Topic {
  readonly name: string;
  readonly partitions: number;
  readonly replication: number;
  readonly minInsync: number;
  /** Seconds. */
  readonly retention: number;
}

/** @throws Error that names what is missing */
export function readConfiguration(path: string): GuardConfiguration {
  const told = new Fields(readJson(path));
  const kafka = told.part('kafka');
  const host = readHostEnv();
  const member = Number(host('MEISSA_MEMBER'));
  const role = kafka.oneOf('role', ['controller', 'broker', 'combined'] as const);
  return {
    role,
    region: told.text('region'),
    id: member + (role === 'controller' ? 0 : kafka.number('brokerIdBase')),
    member,
    address: host('MEISSA_ADDRESS'),
    clusterId: kafka.text('clusterId'),
    marker: kafka.text('formedMarker'),
    controllers: kafka.list('controllers').map((each) => ({
      number: each.number('number'),
      address: each.text('address'),
      directoryId: each.text('directoryId'),
    })),
    into: told.text('into', '-').replace(/^-$/, ''),
    mirrorRate: kafka.number('mirrorRate'),
    topics: kafka.list('topics').map((each) => ({
      name: each.text('name'),
      partitions: each.number('partitions', undefined, 1),
      replication: each.number('replication', undefined, 1),
      minInsync: each.number('minInsync', undefined, 1),
      retention: each.number('retention', undefined, 1),
    })),
    metadata: hostPath(told.text('metadata')),
    keystore: hostPath('/run/meissa/tls/keystore.pem'),
    pidFile: hostPath(told.text('socket').replace('guard.sock', 'kafka.pid')),
    socket: hostPath(told.text('socket')),
    cloud: hostPath('/opt/meissa/bin/meissa-cloud'),
  };
}
