// node bench/front-end.mjs [--short]: the front end as hosts run it. Acknowledged lines a second against the bare fdatasync rate of the same disk, in
// the same run; bytes of the spool a line; and how fast a backlog goes to a real Kafka while live lines come. The load comes from this process, on the
// same cores.
import { spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { Agent, request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const parts = process.env.MEISSA_REAL_PARTS ?? join(root, '.meissa/real-parts');
const LINE = 500;
const CATCH_UP_GOAL = 3;
const LONGEST_MS = 180_000;

export async function benchFrontEnd(short) {
  const seconds = short ? 2 : 6;
  const folder = mkdtempSync(join(tmpdir(), 'meissa-bench-front-end-'));
  const kafka = join(parts, 'bin/kafka-java');
  const children = [];
  try {
    const frontEnd = await begin(folder, children);
    const bare = bareSyncs(folder, seconds);
    console.log(`fdatasync of 4 KiB appended, alone on that disk: ${Math.round(bare)} a second`);
    for (const [lines, senders] of [
      [1, 64],
      [100, 32],
    ]) {
      const before = await frontEnd.metrics();
      const rate = await load(frontEnd, { lines, senders, seconds });
      const after = await frontEnd.metrics();
      const grown = (name) => after[`meissa_front_end_${name}`] - (before[`meissa_front_end_${name}`] ?? 0);
      const taken = grown('lines_total{input="http",topic="logs"}');
      console.log(
        `front end takes ${lines} ${lines === 1 ? 'line' : 'lines'} of ${LINE} bytes a request, ${senders} senders: ${Math.round(rate)} acknowledged lines a second, ` +
          `${(rate / bare).toFixed(1)}x the bare fdatasync rate, ${(taken / grown('spool_syncs_total')).toFixed(0)} lines a fdatasync; ` +
          `spool ${(grown('spool_written_bytes_total') / taken).toFixed(1)} bytes a line`,
      );
    }
    if (!existsSync(kafka)) {
      console.log('catch-up of the front end: not measured, kafka-java is missing: run scripts/real-parts kafka');
      return;
    }
    await startKafka(kafka, folder, frontEnd.kafkaPort, children);
    await catchUp(frontEnd);
  } finally {
    for (const child of children) child.kill('SIGKILL');
    await pause(500);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function begin(folder, children) {
  const [http, metricsPort, kafkaPort] = await freePorts(3);
  mkdirSync(join(folder, 'run/meissa'), { recursive: true });
  writeFileSync(join(folder, 'run/meissa/host.env'), 'MEISSA_NAME=bench-1\n');
  const configuration = {
    region: 'bench',
    listen: '127.0.0.1',
    topics: [{ name: 'logs' }],
    spool: { folder: '/spool', whenFull: 'refuse' },
    kafka: { bootstrap: `127.0.0.1:${kafkaPort}`, compression: 'lz4' },
    http: { port: http },
    metrics: { port: metricsPort },
  };
  writeFileSync(join(folder, 'front-end.json'), JSON.stringify(configuration));
  const child = spawn(process.execPath, [join(root, 'dist/host-programs/front-end.js'), '/front-end.json'], {
    env: { ...process.env, MEISSA_ROOT: folder },
    stdio: 'ignore',
  });
  children.push(child);
  const text = async (port, path) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined);
    return response?.ok ? response.text() : undefined;
  };
  while ((await text(http, '/health')) === undefined) await pause(50);
  const metrics = async () => {
    // Starting Kafka blocks this process for longer than the other end keeps a connection.
    const all = (await text(metricsPort, '/metrics')) ?? (await text(metricsPort, '/metrics'));
    const lines = all.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return Object.fromEntries(
      lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
    );
  };
  return { http, kafkaPort, metrics };
}

/** @returns calls a second */
function bareSyncs(folder, seconds) {
  const file = openSync(join(folder, 'bare'), 'w');
  const block = Buffer.alloc(4096, 'x');
  let calls = 0;
  const start = performance.now();
  while (performance.now() - start < seconds * 1000) {
    writeSync(file, block);
    fdatasyncSync(file);
    calls++;
  }
  closeSync(file);
  return (calls * 1000) / (performance.now() - start);
}

/**
 * Posts lines over kept connections.
 *
 * @param rate lines a second at most. @default - as fast as they are acknowledged
 * @returns acknowledged lines a second
 */
async function load({ http }, { lines, senders, seconds, rate = Number.POSITIVE_INFINITY, until = () => false }) {
  const agent = new Agent({ keepAlive: true, maxSockets: senders });
  const words = 'GET /index.html 200 took 17 ms for user 4711 at shop.example.com; ';
  const body = Buffer.from(`${words.repeat(10).slice(0, LINE)}\n`.repeat(lines));
  let acknowledged = 0;
  const start = performance.now();
  const running = () => performance.now() - start < seconds * 1000 && !until();
  const post = () =>
    new Promise((done, failed) => {
      const options = {
        host: '127.0.0.1',
        port: http,
        path: '/lines/logs',
        method: 'POST',
        agent,
        headers: { 'content-length': body.length },
      };
      request(options, (response) => response.resume().on('end', () => done(response.statusCode)))
        .on('error', failed)
        .end(body);
    });
  const sender = async () => {
    while (running()) {
      if (acknowledged > ((performance.now() - start) / 1000) * rate) await pause(5);
      else if ((await post()) === 200) acknowledged += lines;
      else await pause(50);
    }
  };
  await Promise.all(Array.from({ length: senders }, sender));
  agent.destroy();
  return (acknowledged * 1000) / (performance.now() - start);
}

async function startKafka(java, folder, port, children) {
  const [controller] = await freePorts(1);
  const properties = [
    'process.roles=broker,controller',
    'node.id=1',
    `controller.quorum.voters=1@127.0.0.1:${controller}`,
    `listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}`,
    'controller.listener.names=CONTROLLER',
    'listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    `log.dirs=${join(folder, 'kafka')}`,
    'offsets.topic.replication.factor=1',
    'num.partitions=6',
    'auto.create.topics.enable=false',
  ];
  const file = join(folder, 'server.properties');
  writeFileSync(file, `${properties.join('\n')}\n`);
  const options = ['-Xmx384m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
  spawnSync(java, [...options, 'kafka.tools.StorageTool', 'format', '-t', 'AAAAAAAAAAAAAAAAAAAAAQ', '-c', file]);
  children.push(spawn(java, [...options, 'kafka.Kafka', file], { stdio: 'ignore' }));
  const create = [
    ...options,
    'org.apache.kafka.tools.TopicCommand',
    '--bootstrap-server',
    `127.0.0.1:${port}`,
    '--create',
    '--topic',
  ];
  for (const topic of ['meissa-heartbeats', 'logs']) {
    const { status, stdout } = spawnSync(java, [...create, topic], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`can't make the topic ${topic}: ${stdout}`);
  }
}

/** Live lines come meanwhile; the backlog is gone when nothing but them is on its way. */
async function catchUp(frontEnd) {
  const live = 5000;
  const begun = await frontEnd.metrics();
  let done = false;
  const loading = load(frontEnd, { lines: 50, senders: 8, seconds: 300, rate: live, until: () => done });
  const start = performance.now();
  let now = begun;
  while (now.meissa_front_end_lag_bytes > 2 * live * LINE) {
    await pause(100);
    now = await frontEnd.metrics();
    if (performance.now() - start > LONGEST_MS) throw new Error(`the backlog is not sent: ${JSON.stringify(now)}`);
  }
  const rate =
    ((now.meissa_front_end_acked_lines_total - begun.meissa_front_end_acked_lines_total) * 1000) / (performance.now() - start);
  done = true;
  const came = await loading;
  const multiple = rate / came;
  console.log(
    `front end catches up ${Math.round(begun.meissa_front_end_lag_bytes / 1e6)} MB with one broker, while ${Math.round(came)} live lines a second come: ` +
      `${Math.round(rate)} lines a second, ${multiple.toFixed(1)}x live (goal ${CATCH_UP_GOAL}: ${multiple >= CATCH_UP_GOAL ? 'met' : 'MISSED'})`,
  );
}

async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map((server) => new Promise((done) => server.listen(0, '127.0.0.1', () => done(server.address().port)))),
  );
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await benchFrontEnd(process.argv.includes('--short'));
