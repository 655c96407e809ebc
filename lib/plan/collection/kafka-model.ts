/** What a fleet's hosts know of their region's collection. */
import type { SpoolConfig, TopicConfig } from '../../estate/model/model';

/**
 * Nothing in it changes when brokers or front ends are added: the first three brokers are all that clients need to find the
 * others, and members compute their own ids.
 */
export interface KafkaContext {
  /** `client`: none of the others, for example application hosts of the same cluster. */
  readonly role: 'controller' | 'broker' | 'combined' | 'front-end' | 'mirror' | 'client';
  readonly size: 'standard' | 'small';
  /** 22 characters, of estate, region, cluster and generation. Kafka refuses to join another one's data. */
  readonly clusterId: string;
  /** Name of the generation's *formed* marker. */
  readonly formedMarker: string;
  /** The first controllers, who are the quorum when the cluster is made; by number. */
  readonly controllers: readonly KafkaController[];
  /** `address:port` of the first three brokers, by comma: where clients begin. */
  readonly bootstrap: string;
  /** The same of the controllers. */
  readonly controllerBootstrap: string;
  /** Added to a member's number to get a broker's node id; controllers have theirs as it is. */
  readonly brokerIdBase: number;
  /** Region that the topics are carried into; empty where they aren't. Its mirrors may read here. */
  readonly into: string;
  /**
   * Bytes a second that the mirrors of `into` may read here, over all brokers: what the brokers set as a quota of the user
   * `<into>.kafka-mirror`. 0 where nothing is carried on.
   */
  readonly mirrorRate: number;
  /** Replicas of what programs make for themselves in this cluster: 3, or as many as there are brokers. */
  readonly internalReplication: number;
  /** The cluster's own topics, sorted by name. */
  readonly topics: readonly TopicConfig[];
  readonly spool: SpoolConfig;
  /** Flows of a mirror's hosts, sorted by region. Empty for the others. */
  readonly flows: readonly MirrorFlow[];
  /**
   * What Kafka takes a host for, `<region>.<role>`: from its certificate's `OU=<role>,L=<region>,O=<estate>`, roles `kafka-broker`,
   * `kafka-controller`, `front-end`, `kafka-mirror`. Brokers and controllers of the region are super users.
   */
  readonly superUsers: string;
  /** Name of the hosts' certificates without the host's own part: `/<member number>`, of an elastic fleet `/fleet`. Empty where no profile of the fleet needs one. */
  readonly certificate: string;
}

export interface KafkaController {
  readonly number: number;
  readonly name: string;
  readonly address: string;
  /** 22 characters; the id of its metadata folder in the quorum. */
  readonly directoryId: string;
}

/** One region's topics on their way into this cluster. */
export interface MirrorFlow {
  /** Also the alias, and so the prefix of the topics here: `sa-east-1.logs`. */
  readonly region: string;
  readonly bootstrap: string;
  /** Added to the first port of what has a port a flow. By the regions' blocks: a new region has the last, so the others keep theirs. */
  readonly number: number;
  /** Tasks that carry at the same time, over both workers; never more than partitions. */
  readonly tasks: number;
  /** Topics that are carried, sorted. */
  readonly topics: readonly string[];
  /** Partitions of all of them. */
  readonly partitions: number;
  /** Bytes a second at the region's peak. */
  readonly peak: number;
}
