/** The bundled program, killed at any moment, between logs that are rotated and a front end that fails at random. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../../root';
import { FakeFrontEnd, type Fate } from './front-end';

const BUNDLE = join(ROOT, 'dist/host-programs/agent.js');

let folder: string;
let frontEnd: FakeFrontEnd;
let agent: ChildProcess | undefined;
let said: string;
let metricsPort: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'agent-killed-'));
  for (const each of ['run/meissa', 'etc/meissa', 'var/log', 'bin']) mkdirSync(join(folder, each), { recursive: true });
  writeFileSync(join(folder, 'run/meissa/host.env'), 'MEISSA_NAME=sa-east-1-core-web-1\n');
  copyFileSync(join(__dirname, 'journalctl.mjs'), join(folder, 'bin/journalctl'));
  frontEnd = await FakeFrontEnd.start();
  metricsPort = await freePort();
  said = '';
});
afterEach(async () => {
  await kill();
  await frontEnd.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

function configure(config: object): void {
  const endpoint = frontEnd.url.href.replace(/\/$/, '');
  const all = { endpoint, metricsPort, batchMilliseconds: 20, batchBytes: 2048, ...config };
  writeFileSync(join(folder, 'etc/meissa/line-agent.json'), JSON.stringify(all));
}

function start(): void {
  agent = spawn(process.execPath, [BUNDLE], {
    env: { PATH: `${join(folder, 'bin')}:${process.env.PATH}`, MEISSA_ROOT: folder, FAKE_JOURNAL: join(folder, 'journal') },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  agent.stderr!.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
}

async function kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<number | null> {
  const child = agent;
  agent = undefined;
  if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
  child.kill(signal);
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

async function until(what: () => boolean | Promise<boolean>, seconds = 40): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await what())) {
    if (Date.now() > end) throw new Error(`it doesn't come: ${said.slice(-2000)}`);
    await sleep(20);
  }
}

async function metrics(): Promise<Record<string, number>> {
  const text = await fetch(`http://127.0.0.1:${metricsPort}/metrics`).then(
    (response) => response.text(),
    () => '',
  );
  return Object.fromEntries([...text.matchAll(/^(meissa_agent_\S+) (\S+)$/gm)].map(([, name, value]) => [name, Number(value)]));
}

const log = (name = 'app.log'): string => join(folder, 'var/log', name);
const missing = (written: readonly string[]): string[] => {
  const texts = new Set(frontEnd.texts);
  return written.filter((text) => !texts.has(text));
};

/** Every key belongs to one line only, and every line has one key, unless its file was copied. */
function expectKeysOfOneLine(): void {
  const lines = new Map<string, string>();
  for (const { key, text } of frontEnd.lines) {
    if (key === undefined) continue;
    expect(lines.get(key) ?? text).toBe(text);
    lines.set(key, text);
  }
}

test('kill -9 at any moment, rotations, lost answers, refusals: 0 lines lost, and keys tell duplicates', async () => {
  const seed = Number(process.env.MEISSA_SEED ?? 1 + Math.floor(Math.random() * 1e9));
  process.stderr.write(`MEISSA_SEED=${seed}\n`);
  const chance = generator(seed);
  const pick = <T>(of: readonly T[]): T => of[Math.floor(chance() * of.length)]!;
  frontEnd.fate = () => pick<Fate>(['accept', 'accept', 'accept', 'lost', 'refuse', 'reset', 'miscount']);
  configure({ files: [{ topic: 'app', paths: ['/var/log/app.log*'] }] });
  const written: string[] = [];
  const perFile: string[][] = [[]];
  for (let round = 0; round < 60; round++) {
    if (!agent) start();
    for (let i = Math.floor(chance() * 60); i > 0; i--) {
      const text = `line-${written.length}-${'.'.repeat(Math.floor(chance() * 150))}`;
      // A write that is cut in two, as a pipe does.
      const cut = Math.floor(chance() * text.length);
      appendFileSync(log(), text.slice(0, cut));
      appendFileSync(log(), `${text.slice(cut)}\n`);
      written.push(text);
      perFile.at(-1)!.push(text);
    }
    const what = chance();
    if (what < 0.12) {
      rotate();
      if (existsSync(log())) renameSync(log(), log('app.log.1'));
      perFile.push([]);
    } else if (what < 0.2 && existsSync(log())) {
      rotate();
      copyFileSync(log(), log('app.log.1'));
      truncateSync(log());
      perFile.push([]);
    } else if (what < 0.45) await kill();
    await sleep(chance() * 60);
  }
  if (!agent) start();
  frontEnd.fate = () => 'accept';
  await until(() => missing(written).length === 0);
  for (const lines of perFile) {
    const own = new Set(lines);
    expect([...new Set(frontEnd.texts.filter((text) => own.has(text)))]).toEqual(lines);
  }
  expectKeysOfOneLine();
  const keys = new Set(frontEnd.lines.map(({ key }) => key)).size;
  process.stderr.write(
    `${written.length} lines, ${frontEnd.lines.length - written.length} duplicates, ${keys - written.length} of them under another key\n`,
  );
}, 90_000);

/** Numbers from 0 to 1, the same of the same seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Makes room for `app.log.1`. */
function rotate(): void {
  const numbers = readdirSync(join(folder, 'var/log')).map((name) => Number(/\.(\d+)$/.exec(name)?.[1] ?? 0));
  for (const number of numbers.filter((each) => each > 0).sort((a, b) => b - a))
    renameSync(log(`app.log.${number}`), log(`app.log.${number + 1}`));
}

test("containers' lines are unwrapped, over rotations of docker and a kill", async () => {
  configure({ docker: [{ topic: 'containers' }] });
  const id = '4c01db0b339c7e8a0c2c9d6f7b0f7d5a2f1f2f5e6a7b8c9d0e1f2a3b4c5d6e7f';
  const container = join(folder, 'var/lib/docker/containers', id);
  mkdirSync(container, { recursive: true });
  writeFileSync(join(container, 'config.v2.json'), JSON.stringify({ ID: id, Name: '/web', Config: { Image: 'nginx:1.27' } }));
  const path = join(container, `${id}-json.log`);
  const put = (text: string): void =>
    appendFileSync(path, `${JSON.stringify({ log: text, stream: 'stdout', time: '2026-01-02T03:04:05Z' })}\n`);
  const logs = (): string[] => frontEnd.texts.map((text) => (JSON.parse(text) as { log: string }).log);
  start();
  put('one\n');
  put('a'.repeat(16_384));
  await until(() => logs().length === 1);
  await kill();
  renameSync(path, `${path}.1`);
  put('b\n');
  put('two\n');
  renameSync(`${path}.1`, `${path}.2`);
  renameSync(path, `${path}.1`);
  put('three\n');
  start();
  await until(() => logs().includes('three'));
  expect([...new Set(logs())]).toEqual(['one', `${'a'.repeat(16_384)}b`, 'two', 'three']);
  expect(JSON.parse(frontEnd.texts[0]!)).toMatchObject({ container: id.slice(0, 12), name: 'web', image: 'nginx:1.27' });
  rmSync(container, { recursive: true });
  expectKeysOfOneLine();
}, 60_000);

test('the journal goes on after the last acknowledged entry, without a key: entries carry their cursor', async () => {
  configure({ journal: [{ topic: 'journal' }] });
  const put = (i: number): void =>
    appendFileSync(join(folder, 'journal'), `${JSON.stringify({ __CURSOR: `s=1;i=${i}`, MESSAGE: `m${i}` })}\n`);
  for (let i = 0; i < 300; i++) put(i);
  frontEnd.fate = (count) => (count % 3 === 0 ? 'lost' : 'accept');
  start();
  // The second batch is sent when the first is in the checkpoint.
  await until(() => frontEnd.requests.length > 3);
  await kill();
  for (let i = 300; i < 400; i++) put(i);
  start();
  await until(() => new Set(frontEnd.texts).size === 400);
  expect(frontEnd.lines.every(({ key }) => key === undefined)).toBe(true);
  expect(readFileSync(join(folder, 'journal.arguments'), 'utf8').trim().split('\n').at(-1)).toContain('--after-cursor=');
}, 60_000);

test('a line that front ends refuse as too long becomes a dead letter, and the others arrive', async () => {
  configure({ files: [{ topic: 'app', paths: ['/var/log/app.log'] }] });
  frontEnd.limits = { line: 100, request: 600 };
  const texts = Array.from({ length: 50 }, (_, i) => `line-${i}-${'.'.repeat(i === 20 ? 200 : 40)}`);
  for (const text of texts) appendFileSync(log(), `${text}\n`);
  start();
  await until(() => missing(texts).length === 1);
  expect(missing(texts)).toEqual([texts[20]]);
  await until(async () => (await metrics()).meissa_agent_oldest_unsent_seconds === 0);
  const letters = join(folder, 'var/lib/line-agent/dead-letters');
  expect(readdirSync(letters).map((name) => readFileSync(join(letters, name), 'utf8'))).toEqual([texts[20]]);
  expect((await metrics()).meissa_agent_dead_letters_total).toBe(1);
}, 60_000);

test('while front ends are full nothing is read beyond a batch, and the age of the oldest line says so', async () => {
  configure({ files: [{ topic: 'app', paths: ['/var/log/*.log'] }], gzip: true });
  frontEnd.fate = () => 'refuse';
  const texts = Array.from({ length: 3000 }, (_, i) => `line-${i}`);
  appendFileSync(log(), `${texts.join('\n')}\n`);
  start();
  await until(async () => ((await metrics()).meissa_agent_oldest_unsent_seconds ?? 0) > 1);
  expect(await metrics()).toMatchObject({
    meissa_agent_unread_bytes: Buffer.byteLength(texts.join('\n')) + 1,
    meissa_agent_files: 1,
  });
  expect((await fetch(`http://127.0.0.1:${metricsPort}/health`)).status).toBe(200);
  frontEnd.fate = () => 'accept';
  await until(() => missing(texts).length === 0);
  expect(frontEnd.requests.at(-1)!.headers['content-encoding']).toBe('gzip');
}, 60_000);

test('a topic that front ends do not know holds up no other', async () => {
  configure({ files: ['a', 'b', 'c'].map((topic) => ({ topic, paths: [`/var/log/${topic}.log`] })), connections: 1 });
  for (const topic of ['a', 'b', 'c']) appendFileSync(log(`${topic}.log`), `${topic}\n`);
  let refused = 0;
  frontEnd.fate = () => (refused++ < 2 ? 'topic' : 'accept');
  start();
  await until(() => frontEnd.texts.length === 3);
  expect((await metrics())['meissa_agent_failures_total{kind="topic"}']).toBe(2);
}, 60_000);

test('SIGTERM ends it with 0 after what was on its way, and nothing is sent twice then', async () => {
  configure({ files: [{ topic: 'app', paths: ['/var/log/app.log'] }] });
  const texts = Array.from({ length: 2000 }, (_, i) => `line-${i}`);
  appendFileSync(log(), `${texts.join('\n')}\n`);
  start();
  await until(() => frontEnd.lines.length > 0);
  expect(await kill('SIGTERM')).toBe(0);
  start();
  await until(() => missing(texts).length === 0);
  expect(frontEnd.texts).toEqual(texts);
}, 60_000);

test('a configuration that is wrong ends it, and says what is wrong', async () => {
  configure({ endpoint: 'https://elsewhere', files: [] });
  start();
  const [code] = (await once(agent!, 'exit')) as [number];
  expect([code, said]).toEqual([1, 'endpoint must be http://NAME:PORT, and is "https://elsewhere"\n']);
});
