/** What a broker or controller is asked, and what it does by itself. */
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { reason, say, sayOften } from '../shared/log';
import { steady } from '../shared/steady';
import { plannedGrants } from './acls';
import { askCluster } from './ask-cluster';
import { askQuorum } from './ask-quorum';
import type { GuardConfiguration } from './configuration';
import { directoryIdIn } from './directory-id';
import { grantAcls } from './grant-acls';
import { BROKER_PORT, CONTROLLER_PORT, type KafkaLink } from './kafka-link';
import { makeTopics } from './make-topics';
import { Marker } from './marker';
import { isCurrent, type Quorum, quorumIllness, sparesVoter } from './quorum';
import { staleProcess } from './renewal';
import { nextStep } from './replace-voter';
import { type Cluster, replicaIllness, sparesBroker } from './replicas';
import { setReadQuota } from './set-quota';
import { take } from './take-step';
import { allTopics } from './topics';

/** Replicas that internal topics need in sync, and topics that nobody planned: `meissa-kafka.sh` sets it for them. */
const MIN_INSYNC = 2;

export class Guard {
  readonly votes: boolean;
  readonly stores: boolean;
  private readonly marker: Marker;

  constructor(
    private readonly own: GuardConfiguration,
    private readonly link: KafkaLink,
  ) {
    this.votes = own.role !== 'broker';
    this.stores = own.role !== 'controller';
    this.marker = new Marker(own.cloud, own.marker);
  }

  /**
   * Why this host is not well, so that no other may be touched; undefined where it is. While the cluster isn't marked as formed it is well as soon as
   * it listens: otherwise the first one would wait for itself. A broker opens its port only when a quorum stands, so of one that is a controller as well
   * the controller's counts.
   */
  async illness(): Promise<string | undefined> {
    const { own } = this;
    const [first, ...more] = this.ports() as [number, ...number[]];
    if (!(await listens(own.address, first))) return `nothing listens on port ${first}`;
    if (!(await this.marker.isThere())) return undefined;
    for (const port of more) if (!(await listens(own.address, port))) return `nothing listens on port ${port}`;
    const [quorum, cluster] = await Promise.all([this.quorum(), this.cluster()]);
    const ill = quorumIllness(
      quorum,
      own.controllers.map(({ number }) => number),
    );
    if (ill !== undefined) return ill;
    if (this.votes && !quorum.voters.some((voter) => this.isSelf(voter))) return 'this controller does not vote yet';
    if (cluster === undefined) return undefined;
    if (cluster.id !== own.clusterId) return `this broker is of another cluster, ${cluster.id}`;
    // What it knows of others counts only while it follows the quorum. One with a new disk is listed twice for some minutes.
    if (![...quorum.observers, ...quorum.voters].some((replica) => replica.id === own.id && isCurrent(replica)))
      return 'this broker does not follow the quorum';
    return replicaIllness(cluster, own.id);
  }

  /** Waits until this host may stop without taking lines' replicas or the quorum away, at most for some seconds. Returns why it waited in vain. */
  async untilSpared(seconds: number): Promise<string | undefined> {
    const until = steady() + seconds * 1000;
    // Hosts that are told at the same moment look one after the other: two that look at each other while both are up would both go.
    await pause((((this.own.member - 1) % 3) * seconds * 1000) / 16);
    for (;;) {
      const kept = await this.needed().catch(reason);
      if (kept === undefined || steady() > until) return kept;
      sayOften('needed', `waits with its stop: ${kept}`);
      await pause(1000);
    }
  }

  /** Why the others need this host now. One that doesn't listen, or whose cluster hasn't formed, is not needed. */
  private async needed(): Promise<string | undefined> {
    const { own } = this;
    for (const port of this.ports()) if (!(await listens(own.address, port))) return undefined;
    if (!(await this.marker.isThere())) return undefined;
    if (this.votes && !sparesVoter(await this.quorum(), own.id)) return 'the quorum needs this controller';
    const cluster = await this.cluster();
    const needs = new Map(own.topics.map(({ name, minInsync }) => [name, minInsync]));
    if (cluster === undefined || sparesBroker(cluster, own.id, (topic) => needs.get(topic) ?? MIN_INSYNC)) return undefined;
    return 'partitions need this broker to take lines';
  }

  /** One round of what it does by itself. @returns whether there is nothing left to do */
  async round(): Promise<boolean> {
    if (!(await this.marker.isThere())) {
      if (this.votes) await this.form();
      return false;
    }
    const votes = !this.votes || (await this.vote());
    if (this.stores) await this.furnish();
    return votes && (await this.renew());
  }

  /** The first quorum stands when it has exactly the planned voters, and each has all that the leader has. */
  private async form(): Promise<void> {
    const { own } = this;
    const { voters } = await this.quorum();
    const planned = own.controllers.map(({ number, directoryId }) => `${number} ${directoryId}`).sort();
    const stand = voters.map(({ id, directoryId }) => `${id} ${directoryId}`).sort();
    if (!voters.every(isCurrent)) return;
    if (planned.join() !== stand.join()) {
      sayOften('planned', `the voters are not the planned ones: ${stand.join(', ')}`);
      return;
    }
    await this.marker.write(own.clusterId);
    say(`the quorum stands: ${own.marker} is written`);
  }

  private async vote(): Promise<boolean> {
    const { own } = this;
    const quorum = await this.quorum();
    const step = nextStep(quorum, { id: own.id, directoryId: this.directoryId() });
    if (step === undefined) return true;
    if ('wait' in step) {
      sayOften('vote', `this controller does not vote yet: ${step.wait}`);
      return false;
    }
    const leader = own.controllers.find(({ number }) => number === quorum.leader);
    if (leader === undefined) throw new Error(`controller ${quorum.leader}, which leads, is not planned`);
    await take(step, this.link, { clusterId: own.clusterId, leader: leader.address, address: own.address });
    return false;
  }

  /**
   * Starts Kafka again with a new certificate while all are well. Timers bring certificates to hosts at different times; should two meet all the same, lines
   * wait for some seconds.
   */
  private async renew(): Promise<boolean> {
    const pid = staleProcess(this.own.pidFile, this.own.keystore);
    if (pid === undefined) return true;
    const ill = await this.illness();
    if (ill !== undefined) sayOften('renew', `waits with a new certificate: ${ill}`);
    else {
      say('Kafka starts again with a new certificate');
      process.kill(pid, 'SIGTERM');
    }
    return false;
  }

  /** Topics, rights, and the quota of mirrors. */
  private async furnish(): Promise<void> {
    const { own, link } = this;
    const topics = allTopics(own.topics);
    await grantAcls(link, own.address, plannedGrants({ ...own, topics }));
    const cluster = await askCluster(link, own.address);
    await makeTopics(link, own.address, topics, cluster);
    if (own.mirrorRate > 0)
      await setReadQuota(link, own.address, `${own.into}.kafka-mirror`, Math.ceil(own.mirrorRate / cluster.brokers.length));
  }

  private quorum(): Promise<Quorum> {
    return askQuorum(
      this.link,
      this.own.controllers.map(({ address }) => address),
    );
  }

  private async cluster(): Promise<Cluster | undefined> {
    return this.stores ? askCluster(this.link, this.own.address) : undefined;
  }

  private isSelf({ id, directoryId }: { id: number; directoryId: string }): boolean {
    return id === this.own.id && directoryId === this.directoryId();
  }

  private directoryId(): string {
    const found = directoryIdIn(readFileSync(join(this.own.metadata, 'meta.properties'), 'utf8'));
    if (found === undefined) throw new Error(`${this.own.metadata} has no directory id`);
    return found;
  }

  private ports(): number[] {
    return [...(this.votes ? [CONTROLLER_PORT] : []), ...(this.stores ? [BROKER_PORT] : [])];
  }
}

function listens(host: string, port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ host, port, timeout: 2000 });
    const end = (open: boolean): void => {
      socket.destroy();
      done(open);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}
