/**
 * The watch: tells Prometheus how late the lines of every region are in the central one, and what brokers tell of their disks and certificates.
 *
 *     node watch.js /etc/meissa/watch.json
 */
import { X509Certificate } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { reason, say, sayOften } from '../shared/log';
import { Metrics } from '../shared/metrics';
import { runProgram } from '../shared/program';
import { listen, metricsServer } from '../shared/servers';
import { TlsFiles } from '../shared/tls-files';
import { type BrokerLook, lookAt } from './brokers';
import { readConfiguration, type WatchConfiguration } from './configuration';
import { Delays } from './delays';
import { readHeartbeat } from './heartbeat';
import { TopicReader, type TopicReaderOptions } from './topic-reader';
import { watchMetrics } from './watch-metrics';

/** Heartbeats before the end that are read at the start: more than the front ends of a region write in a minute. */
const BEFORE = 500;

async function main(path: string): Promise<void> {
  const configuration = readConfiguration(path);
  const { clusters, host, topic, windowSeconds, forgetSeconds } = configuration;
  const regions = clusters.map(({ region }) => region);
  const delays = new Delays(regions, Date.now(), windowSeconds * 1000, forgetSeconds * 1000);
  const looks = new Map<string, readonly BrokerLook[]>();
  // Sessions are short: each new one has the certificate as it is then.
  const tls = configuration.tls && new TlsFiles(configuration.tls, () => say('has a new certificate'));
  const metrics = new Metrics();
  watchMetrics(metrics, delays, looks);
  const refused = metrics.counter(
    'meissa_heartbeats_refused_total',
    "Lines of the heartbeats' topics that are none of the region's front ends, or from the future.",
    regions.flatMap((region) => ['other', 'stranger', 'future'].map((why) => ({ region, why }))),
  );
  if (tls) {
    metrics.gauge('meissa_certificate_seconds', 'Until the certificate of this host ends.', () => {
      return (Date.parse(new X509Certificate(tls.material.cert).validTo) - Date.now()) / 1000;
    });
  }
  await listen(metricsServer(metrics), configuration.port, configuration.address);
  const bootstrap = clusters[0]!.bootstrap;
  const material = tls && { tls: () => tls.material };
  for (const [index, region] of regions.entries()) {
    const onRecord: TopicReaderOptions['onRecord'] = (record, fresh) => {
      const now = Date.now();
      const heartbeat = readHeartbeat(record, region, now);
      if (typeof heartbeat === 'object') delays.add(region, heartbeat, fresh ? now : undefined);
      else refused.add(1, { region, why: heartbeat });
    };
    const name = index === 0 ? topic : `${region}.${topic}`;
    void new TopicReader({ clientId: `${host}-watch`, bootstrap, topic: name, before: BEFORE, onRecord, ...material }).run();
  }
  say(`watches ${regions.join(', ')}`);
  await Promise.all(clusters.map((cluster) => keepLooking(cluster, configuration, looks, tls)));
}

/** What a cluster said last is forgotten when it says nothing: an old number looks like a good one. */
async function keepLooking(
  { region, bootstrap }: WatchConfiguration['clusters'][number],
  { host, lookSeconds }: WatchConfiguration,
  looks: Map<string, readonly BrokerLook[]>,
  tls: TlsFiles | undefined,
): Promise<never> {
  for (;;) {
    try {
      looks.set(region, await lookAt(bootstrap, `${host}-watch`, tls?.material));
    } catch (error) {
      looks.delete(region);
      sayOften(region, `the brokers of ${region} don't tell: ${reason(error)}`);
    }
    await pause(lookSeconds * 1000);
  }
}

runProgram('watch', main);
