/**
 * The front end: takes lines, keeps them on disk, acknowledges, and hands them to Kafka.
 *
 *     node front-end.js /etc/meissa/front-end.json
 */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { say } from '../shared/log';
import { Metrics } from '../shared/metrics';
import { runProgram } from '../shared/program';
import { bind, listen, metricsServer } from '../shared/servers';
import { steady } from '../shared/steady';
import { TlsFiles } from '../shared/tls-files';
import { type FrontEndConfiguration, readConfiguration } from './configuration';
import { Forwarder } from './forward/forwarder';
import { KafkaLink } from './forward/kafka-link';
import { forwarderMetrics, type InputCounters, inputCounters, spoolMetrics } from './front-end-metrics';
import { illness } from './health';
import { beat } from './heartbeat';
import { httpInput } from './inputs/http';
import { relpInput } from './inputs/relp';
import { syslogTcpInput, syslogUdpInput } from './inputs/syslog';
import { Intake } from './intake';
import { Memory } from './memory';
import { Spool } from './spool/spool';

const LOOK_MS = 1000;
/** In the spool's folder: the front end was asked to drain, and Kafka has everything. */
const DRAINED = 'drained';

async function main(path: string): Promise<void> {
  const configuration = readConfiguration(path);
  const { kafka, heartbeat } = configuration;
  const metrics = new Metrics();
  rmSync(join(configuration.spool.folder, DRAINED), { force: true });
  const spool = await Spool.open(configuration.spool);
  const tls = kafka.tls && new TlsFiles(kafka.tls, () => link.renew());
  const link = new KafkaLink({ ...kafka, clientId: configuration.host, tls: tls && (() => tls.material) });
  const forwarder = Forwarder.start(spool, link, { folder: configuration.spool.folder, host: configuration.host, ...kafka });
  const counters = inputCounters(metrics);
  spoolMetrics(metrics, spool);
  // Heartbeats are the front end's own: whoever could send them could tell that a silent region is well.
  const topics = new Set(configuration.topics.filter((topic) => topic !== heartbeat.topic));
  const intake = new Intake(spool, topics, new Memory(configuration.memory), counters.taken, counters.refused);
  forwarderMetrics(metrics, forwarder, () => forwarder.imbalance(intake.kept));

  await listen(metricsServer(metrics), configuration.metricsPort, configuration.listen);
  if (!existsSync(configuration.stop.drainFile)) {
    const stopBeating = beat(intake, { ...configuration, ...heartbeat });
    intake.onShut(stopBeating);
    const servers = await open(configuration, intake, counters, () => illness(spool, intake, heartbeat.seconds));
    intake.onShut(() => {
      for (const server of servers) server.close();
    });
  }
  say(
    `takes lines as ${configuration.host}, boot ${spool.boot}; ${forwarder.lagLines} lines of earlier boots are still to be sent`,
  );

  const wanted = await asked(configuration.stop.drainFile);
  await end(wanted, configuration, intake, spool, forwarder);
}

async function open(
  { listen: address, http, relp, syslog }: FrontEndConfiguration,
  intake: Intake,
  { dropped }: InputCounters,
  ill: () => string | undefined,
): Promise<{ close(): unknown }[]> {
  const servers: Server[] = [httpInput(intake, http.limits, ill)];
  await listen(servers[0]!, http.port, address);
  if (relp.port !== 0) {
    const server = relpInput(intake, relp.topic, http.limits.line);
    await listen(server, relp.port, address);
    servers.push(server);
  }
  const plain = { topic: syslog.topic, lineBytes: http.limits.line, dropped };
  if (syslog.tcpPort !== 0) {
    const server = syslogTcpInput(intake, plain);
    await listen(server, syslog.tcpPort, address);
    servers.push(server);
  }
  if (syslog.udpPort === 0) return servers;
  const socket = syslogUdpInput(intake, plain, address);
  await bind(socket, syslog.udpPort, address);
  return [...servers, socket];
}

/** Waits for the wish to end. */
async function asked(drainFile: string): Promise<'stop' | 'drain'> {
  const signal = new Promise<'stop'>((resolve) => {
    process.once('SIGTERM', () => resolve('stop'));
    process.once('SIGINT', () => resolve('stop'));
  });
  for (;;) {
    const wish = await Promise.race([signal, pause(LOOK_MS, undefined)]);
    if (wish !== undefined) return wish;
    if (existsSync(drainFile)) return 'drain';
  }
}

/**
 * Health fails first, and lines are still taken for as long as balancers need to turn away. Then everything that was taken is forwarded: when it
 * stops for as long as it was told, the rest stays in the spool; when it drains, to the end.
 */
async function end(
  wish: 'stop' | 'drain',
  { stop, spool: { folder } }: FrontEndConfiguration,
  intake: Intake,
  spool: Spool,
  forwarder: Forwarder,
): Promise<void> {
  let hurried = false;
  const hurry = (): void => {
    hurried = true;
  };
  process.on('SIGTERM', hurry).on('SIGINT', hurry);
  const until = async (seconds: number, done: () => boolean): Promise<void> => {
    const at = steady() + seconds * 1000;
    while (!hurried && steady() < at && !done()) await pause(50);
  };
  say(wish === 'stop' ? 'stops' : 'drains');
  intake.leave();
  await until(stop.leave, () => false);
  intake.shut();
  await spool.close();
  // By two counts: the spool is empty, and as many lines have arrived as were kept. What isn't there because files are missing has not arrived.
  const done = (): boolean => spool.strange === undefined && forwarder.empty && forwarder.imbalance(intake.kept) === 0;
  await until(wish === 'stop' ? stop.forward : Number.POSITIVE_INFINITY, done);
  await forwarder.stop();
  // A program that died is not there any more either: only this says that nothing is left.
  if (wish === 'drain' && done()) writeFileSync(join(folder, DRAINED), '', { flag: 'wx' });
  say(done() ? 'ends, everything is sent' : `ends, ${spool.strange ?? `${forwarder.lagLines} lines stay in the spool`}`);
  process.exit(0);
}

runProgram('front-end', main);
