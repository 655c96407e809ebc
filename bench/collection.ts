// node --require ./test/child/typescript.cjs bench/collection.ts: two collections as tests start them, from their rendered user-data, with
// everything on the same cores. Delay of healthy lines from the sender to the central region, through a front end, Kafka and a mirror; and how
// many lines a second go through front ends into Kafka, against Kafka's own producer on the same cluster and the same lines.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { frontEndMetrics } from '../test/collection/faults/front-end-metrics';
import { Traffic } from '../test/collection/faults/traffic';
import { World } from '../test/collection/world/world';
import { eventually } from '../test/hosts/eventually';
import { end } from '../test/hosts/unit-host';
import { findRealPart } from '../test/real-parts';

const BYTES = 500;
const CENTRAL = 'us-east-1';
const DELAY_GOAL_MS = 1000;
const RECORDS = 400_000;
const SEND_SECONDS = 10;

async function main(): Promise<void> {
  const jvmOptions = '-XX:+UseSerialGC -Xshare:auto';
  const parameters = { 'kafka-mirror': { heapMb: 256, discoverSeconds: 5, jvmOptions } };
  const world = new World({ regions: [CENTRAL, 'ap-south-1'], parameters });
  try {
    await world.form();
    const others = world.regions.flatMap((region) => [...region.members('front-ends'), ...region.members('mirrors')]);
    await Promise.all(others.map((host) => host.start()));
    await delay(world);
    await throughput(world);
  } finally {
    await world.end();
  }
}

async function delay(world: World): Promise<void> {
  const traffic = new Traffic(world, { topic: 'logs', rate: 200, bytes: BYTES });
  traffic.start();
  await eventually(() => traffic.acknowledged > 1000, 'front ends acknowledge', 60);
  // What waited while everything started; then a minute of nothing but life.
  await traffic.settle(120);
  await pause(10_000);
  await traffic.settle(60);
  await pause(30_000);
  const { delay, acknowledged, lost } = await traffic.settle(60);
  await traffic.stop();
  const verdict = delay.p99 < DELAY_GOAL_MS ? 'met' : 'MISSED';
  console.log(
    `healthy delay, two regions of 200 lines a second into the central one: p50 ${delay.p50} ms, p99 ${delay.p99} ms (goal ${DELAY_GOAL_MS}: ${verdict}), most ${delay.most} ms over ${acknowledged} lines, ${lost} missing`,
  );
}

async function throughput(world: World): Promise<void> {
  const ours = await path(world);
  const theirs = await reference(world);
  console.log(
    `through front ends into Kafka / Kafka's producer-perf-test, lines of ${BYTES} bytes, acks all: ${(ours / theirs).toFixed(2)}x, ${Math.round(ours)} / ${Math.round(theirs)} lines a second`,
  );
}

/** Lines a second from the first request until Kafka has acknowledged all that front ends have. */
async function path(world: World): Promise<number> {
  const region = world.region(CENTRAL);
  const hosts = region.members('front-ends');
  const sum = async (name: string): Promise<number> => {
    const all = await Promise.all(hosts.map(async (host) => (await frontEndMetrics(host)).get(`meissa_front_end_${name}`) ?? 0));
    return all.reduce((total, value) => total + value, 0);
  };
  const before = await sum('acked_lines_total');
  const start = Date.now();
  const sender = [join(__dirname, '../test/collection/faults/sender.cjs'), CENTRAL, 'logs', '100000', `${BYTES}`];
  const endpoints = hosts.map(({ address }) => `${address}:8080`);
  const command = ['netns', 'exec', region.namespace, process.execPath, ...sender, ...endpoints];
  const sending = world.watch(spawn('ip', command, { stdio: ['ignore', 'ignore', 'inherit'], detached: true }));
  await pause(SEND_SECONDS * 1000);
  await end(sending, 'SIGTERM');
  await eventually(async () => (await sum('lag_bytes')) === 0, 'front ends have sent everything', 300);
  return ((await sum('acked_lines_total')) - before) / ((Date.now() - start) / 1000);
}

/** Records a second of Kafka's own producer, with lines of the same kind. */
async function reference(world: World): Promise<number> {
  const region = world.region(CENTRAL);
  const folder = region.client('kafka-broker');
  const lines = Array.from({ length: 1000 }, (_, n) => `${CENTRAL} ${n} ${Date.now()} `.padEnd(BYTES, 'x'));
  writeFileSync(join(folder, 'lines'), lines.join('\n'));
  const tool = [findRealPart('kafka-java')!, '-Xmx256m', 'org.apache.kafka.tools.ProducerPerformance'];
  const load = ['--topic', 'logs', '--num-records', `${RECORDS}`, '--throughput', '-1', '--payload-file', join(folder, 'lines')];
  const props = ['--producer-props', `bootstrap.servers=${region.kafka().bootstrap}`, 'acks=all', 'compression.type=lz4'];
  const { out, err } = await region.hosts[0]!.run(...tool, ...load, ...props, '--producer.config', `${folder}/client.properties`);
  const rates = [...out.matchAll(/records sent, ([\d.]+) records\/sec/g)].map(([, rate]) => Number(rate));
  if (rates.length === 0) throw new Error(`no rate is told: ${out}${err}`);
  return rates.at(-1)!;
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
