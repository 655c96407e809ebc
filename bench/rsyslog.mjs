// node bench/rsyslog.mjs: lines of a file on their way to Kafka, by rsyslog (imfile and omkafka: bench/rsyslog/rsyslog.conf) and by our agent
// and front end; a broker that is killed or hangs meanwhile, and then everything between file and broker is killed. Prints how many
// lines are missing: docs/collection/front-ends.md, "Why not rsyslog". The same lines at the same times, one broker, one disk; Kafka's
// own console consumer counts. About five minutes, so that no other run includes it; wants dist/ and scripts/real-parts kafka rsyslog.
import { spawn, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
require('../test/child/typescript.cjs');
const { exited, FrontEnd, freePorts } = require('../test/host-programs/front-end/front-end.ts');
const { KafkaNode } = require('../test/host-programs/kafka-node.ts');
const { findRealPart } = require('../test/real-parts.ts');

const here = dirname(fileURLToPath(import.meta.url));
const AGENT = join(here, '../dist/host-programs/agent.js');
/** Lines that arrive before anything happens, and lines that are written while the broker is away: so many a second. */
const BEFORE = 200;
const AFTER = 5000;
const A_SECOND = 500;
/** From the last line to the kill. */
const REST_MS = 5000;
/** Who reads the topic believes that nothing more comes after so long. */
const SILENT_MS = 30_000;

const EVENTS = [
  { id: 'dead', what: 'broker dead, then kill -9 of all before it, both back', hit: () => kafka.kill() },
  {
    id: 'hung',
    what: 'broker hung, then kill -9 of all before it and of the broker, both back',
    hit: () => kafka.signal('SIGSTOP'),
  },
];
const CARRIERS = { rsyslog, 'agent and front end': ours };

const java = findRealPart('kafka-java');
const rsyslogd = findRealPart('rsyslogd');
if (java === undefined || rsyslogd === undefined || !existsSync(AGENT)) {
  console.error('something is missing: run scripts/setup.mjs, and scripts/real-parts kafka rsyslog');
  process.exit(2);
}
console.log(spawnSync(rsyslogd, ['-v'], { encoding: 'utf8' }).stdout.split('\n')[0]);
const kafka = await KafkaNode.start(java);
try {
  kafka.createTopic('meissa-heartbeats', 1);
  const rows = [];
  for (const event of EVENTS) for (const carrier of Object.keys(CARRIERS)) rows.push(await trial(event, carrier));
  console.log('\n| what happened | carried by | lines written | arrived | lost | twice |\n|---|---|---|---|---|---|');
  for (const row of rows) console.log(`| ${row.map((each) => each.toLocaleString('en-US')).join(' | ')} |`);
} finally {
  await kafka.remove();
}

async function trial({ id, what, hit }, by) {
  const topic = `${by} broker ${id}`.replaceAll(' ', '-');
  kafka.createTopic(topic, 1);
  const carrier = await CARRIERS[by](topic);
  try {
    await carrier.start();
    write(carrier.file, 0, BEFORE);
    const first = arrived(topic, BEFORE);
    if (first.length < BEFORE)
      throw new Error(`${by} carries nothing: ${first.length} of ${BEFORE} lines came\n${carrier.log()}`);
    await hit();
    for (let from = BEFORE; from < BEFORE + AFTER; from += A_SECOND / 10) {
      write(carrier.file, from, from + A_SECOND / 10);
      await pause(100);
    }
    await pause(REST_MS);
    await carrier.kill();
    await kafka.kill();
    carrier.tell?.();
    await kafka.begin();
    await carrier.start();
    const found = arrived(topic);
    const numbers = new Set(found.map((line) => Number(/^line (\d+)$/.exec(line.trim())?.[1])));
    const there = Array.from({ length: BEFORE + AFTER }, (_, i) => i).filter((i) => numbers.has(i)).length;
    return [what, by, BEFORE + AFTER, there, BEFORE + AFTER - there, found.length - there];
  } finally {
    await carrier.remove();
  }
}

function write(file, from, to) {
  appendFileSync(file, Array.from({ length: to - from }, (_, i) => `line ${from + i}\n`).join(''));
}

/** What a topic holds, by Kafka's own consumer. @param most lines. @default - all that come until nothing does for a while */
function arrived(topic, most) {
  const args = ['--bootstrap-server', kafka.bootstrap, '--topic', topic, '--partition', '0', '--offset', 'earliest'];
  const end = ['--timeout-ms', String(SILENT_MS), ...(most === undefined ? [] : ['--max-messages', String(most)])];
  const main = 'org.apache.kafka.tools.consumer.ConsoleConsumer';
  const { stdout } = spawnSync(java, ['-Xmx128m', main, ...args, ...end], { encoding: 'utf8', maxBuffer: 1 << 30 });
  return stdout.split('\n').slice(0, -1);
}

/** rsyslogd on a folder of its own. */
function rsyslog(topic) {
  const folder = mkdtempSync(join(tmpdir(), 'rsyslog-'));
  const work = join(folder, 'work');
  mkdirSync(work);
  const args = ['-n', '-f', join(here, 'rsyslog/rsyslog.conf'), '-i', join(folder, 'pid')];
  const child = program(folder, rsyslogd, args, { FOLDER: folder, BROKER: kafka.bootstrap, TOPIC: topic });
  const file = join(folder, 'in.log');
  /** Where it stands by its own word, on disk. */
  const tell = () => {
    const state = readdirSync(work).find((name) => name.startsWith('imfile-state'));
    const { curr_offs: at } = JSON.parse(readFileSync(join(work, state), 'utf8'));
    const [, queued] = /iQueueSize:\d+:\d+:(\d+)/.exec(readFileSync(join(work, 'queue.qi'), 'latin1'));
    console.log(
      `${topic}: at the kill it stood at byte ${at} of ${readFileSync(file).length}, with ${queued} lines in its queue`,
    );
  };
  return { ...child, file, tell, remove: () => child.kill().then(() => rmSync(folder, { recursive: true, force: true })) };
}

/** Agent and front end as hosts have them, in one folder. Both are killed at once. */
async function ours(topic) {
  const frontEnd = await FrontEnd.make({ bootstrap: kafka.bootstrap, topics: [topic] });
  const { root, url } = frontEnd;
  const [metricsPort] = await freePorts(1);
  for (const each of ['etc/meissa', 'var/log']) mkdirSync(join(root, each), { recursive: true });
  const configuration = { endpoint: url, metricsPort, files: [{ topic, paths: ['/var/log/in.log'] }] };
  writeFileSync(join(root, 'etc/meissa/line-agent.json'), JSON.stringify(configuration));
  const agent = program(root, process.execPath, [AGENT], { MEISSA_ROOT: root });
  return {
    file: join(root, 'var/log/in.log'),
    start: () => frontEnd.start().then(agent.start),
    kill: () => Promise.all([agent.kill(), frontEnd.end('SIGKILL')]),
    log: agent.log,
    remove: () => agent.kill().then(() => frontEnd.remove()),
  };
}

/** A program that ends with this one; what it says is kept in its folder. */
function program(folder, command, args, env) {
  const log = join(folder, 'log');
  let child;
  return {
    start: async () => {
      const file = openSync(log, 'a');
      const stdio = ['ignore', file, file];
      child = spawn('setpriv', ['--pdeathsig', 'KILL', command, ...args], { env: { ...process.env, ...env }, stdio });
    },
    kill: async () => {
      child?.kill('SIGKILL');
      if (child !== undefined) await exited(child);
    },
    log: () => readFileSync(log, 'utf8').slice(-2000),
  };
}
