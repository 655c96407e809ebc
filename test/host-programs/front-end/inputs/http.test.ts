/** The real program: what is answered, and what is on disk then. */
import { readFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { gzipSync } from 'node:zlib';
import { eventually } from '../../../hosts/eventually';
import { lacksLinux, testWhere } from '../../../real-parts';
import { FrontEnd } from '../front-end';

let frontEnd: FrontEnd;
/** Lines that tests before this one have left. */
let before: number;
beforeAll(async () => {
  frontEnd = await FrontEnd.make({ http: { requestBytes: 1_000_000, requestLines: 50_000 }, memoryBytes: 16 << 20 });
  await frontEnd.start();
});
beforeEach(async () => {
  before = (await frontEnd.spooled()).length;
});
afterAll(() => frontEnd.remove());

async function added(): Promise<string[]> {
  return (await frontEnd.spooled()).slice(before);
}

/** Sends bytes as they are. @returns what was answered until the connection ended, or nothing came for half a second */
function raw(bytes: string, close: 'keep' | 'cut' = 'keep'): Promise<string> {
  return new Promise((done) => {
    const socket = createConnection(frontEnd.ports.http, '127.0.0.1');
    let text = '';
    socket.setEncoding('latin1');
    socket.on('data', (data) => (text += data));
    socket.on('error', () => undefined);
    socket.on('close', () => done(text));
    socket.setTimeout(500, () => socket.destroy());
    socket.write(bytes, () => close === 'cut' && socket.destroy());
  });
}

test('lines are on disk when they are acknowledged, also when the program is killed at once', async () => {
  const response = await frontEnd.post('logs', 'a\n\nb\r\nc');
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ accepted: 4 });
  await frontEnd.end('SIGKILL');
  expect(await added()).toEqual(['a', '', 'b\r', 'c']);
  await frontEnd.start();
});

test('bodies come gzipped, in chunks, and one after the other on one connection', async () => {
  expect((await frontEnd.post('logs', gzipSync('packed-1\npacked-2\n'), { 'content-encoding': 'gzip' })).status).toBe(200);
  const chunked =
    'POST /lines/logs HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n3\r\nchu\r\n5\r\nnked\n\r\n0\r\n\r\n';
  const plain = 'POST /lines/logs HTTP/1.1\r\nhost: x\r\ncontent-length: 6\r\n\r\nplain\n';
  expect((await raw(chunked + plain)).match(/200 OK/g)).toHaveLength(2);
  expect(await added()).toEqual(['packed-1', 'packed-2', 'chunked', 'plain']);
});

test('a request that ends too early keeps nothing', async () => {
  await raw('POST /lines/logs HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf\nof it\n', 'cut');
  await raw('POST /lines/logs HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhalf\n\r\n', 'cut');
  const packed = gzipSync('half\n'.repeat(1000));
  const cut = await frontEnd.post('logs', packed.subarray(0, packed.length - 10), { 'content-encoding': 'gzip' });
  expect(cut.status).toBe(400);
  expect((await frontEnd.post('logs', 'whole')).status).toBe(200);
  expect(await added()).toEqual(['whole']);
});

const LONG = 'x'.repeat(262_145);
test.each([
  ['a line over the limit', () => frontEnd.post('logs', `ok\nok\n${LONG}\nok`), 413, { line: 3 }],
  ['a last line over the limit', () => frontEnd.post('logs', LONG), 413, { line: 1 }],
  ['too many bytes', () => frontEnd.post('logs', 'line\n'.repeat(300_000)), 413, {}],
  ['too many lines', () => frontEnd.post('logs', '\n'.repeat(50_001)), 413, {}],
  [
    'too many lines, packed',
    () => frontEnd.post('logs', gzipSync(Buffer.alloc(900_000, 10)), { 'content-encoding': 'gzip' }),
    413,
    {},
  ],
  ['a heartbeat of somebody', () => frontEnd.post('meissa-heartbeats', '{}'), 404, {}],
  ['a bomb', () => frontEnd.post('logs', gzipSync(Buffer.alloc(1 << 26, 'a\n')), { 'content-encoding': 'gzip' }), 413, {}],
  ['no lines', () => frontEnd.post('logs', ''), 400, {}],
  ['what is no gzip', () => frontEnd.post('logs', 'plain', { 'content-encoding': 'gzip' }), 400, {}],
  ['another encoding', () => frontEnd.post('logs', 'plain', { 'content-encoding': 'br' }), 415, {}],
  ['a topic that nobody knows', () => frontEnd.post('other', 'line'), 404, {}],
  ['a key of one name', () => frontEnd.post('logs', 'line', { 'x-meissa-key': 'host' }), 400, {}],
  ['a key with other characters', () => frontEnd.post('logs', 'line', { 'x-meissa-key': 'host/a b' }), 400, {}],
  ['a key that is too long', () => frontEnd.post('logs', 'line', { 'x-meissa-key': `host/${'x'.repeat(196)}` }), 400, {}],
  ['no topic', () => fetch(`${frontEnd.url}/lines`, { method: 'POST', body: 'line' }), 404, {}],
  ['a question for lines', () => fetch(`${frontEnd.url}/lines/logs`), 405, {}],
])('%s is refused, and nothing of it is kept', async (_, ask, status, more) => {
  const response = await ask();
  expect(response.status).toBe(status);
  expect(await response.json()).toEqual({ error: expect.any(String), ...more });
  expect(await added()).toEqual([]);
  expect((await frontEnd.post('logs', 'next')).status).toBe(200);
});

test('a line of exactly the limit is taken', async () => {
  const line = 'x'.repeat(262_144);
  expect((await frontEnd.post('logs', `${line}\n`)).status).toBe(200);
  expect(await added()).toEqual([line]);
});

test('x-gzip is gzip, and health can be asked for its head only', async () => {
  expect((await frontEnd.post('logs', gzipSync('packed\n'), { 'content-encoding': 'x-gzip' })).status).toBe(200);
  expect(await added()).toEqual(['packed']);
  expect((await fetch(`${frontEnd.url}/health`, { method: 'HEAD' })).status).toBe(200);
});

/** All that comes back to who sends something and closes its side. */
function answered(port: number, sent: string): Promise<string> {
  return new Promise((done) => {
    const socket = createConnection({ port, host: '127.0.0.1', allowHalfOpen: true });
    let text = '';
    socket.setEncoding('latin1').on('data', (data) => (text += data));
    socket.on('end', () => done(text));
    socket.end(sent);
  });
}

test('who has closed its side after the request is answered', async () => {
  const request = 'POST /lines/logs HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 5\r\n\r\nhalf\n';
  expect(await answered(frontEnd.ports.http, request)).toMatch(/^HTTP\/1.1 200 OK/);
  expect(await added()).toEqual(['half']);
});

test('who has closed its side after a message of RELP is answered, too', async () => {
  const offers = 'relp_version=0\nrelp_software=test\ncommands=syslog';
  const answer = await answered(frontEnd.ports.relp, `1 open ${offers.length} ${offers}\n2 syslog 4 last\n`);
  expect(answer).toMatch(/^1 rsp \d+ 200 OK/);
  expect(answer).toMatch(/\n2 rsp 6 200 OK\n/);
  expect(await added()).toEqual(['last']);
});

const memory = (): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${frontEnd.child!.pid}/status`, 'utf8'))![1]) * 1024;

testWhere(
  lacksLinux(),
  'a body in pieces of one byte costs the memory of its bytes',
  async () => {
    const before = memory();
    const socket = createConnection(frontEnd.ports.http, '127.0.0.1');
    // It may be sent away meanwhile.
    socket.on('error', () => undefined);
    socket.write('POST /lines/logs HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n');
    socket.write('1\r\nx\r\n'.repeat(900_000));
    await eventually(() => socket.bytesWritten > 5_000_000, 'they are sent');
    let most = 0;
    for (let i = 0; i < 10; i++) {
      most = Math.max(most, memory());
      await new Promise((rest) => setTimeout(rest, 100));
    }
    socket.destroy();
    console.log(`grew by ${(most - before) >> 20} MiB`);
    expect(most - before).toBeLessThan(150 << 20);
  },
  30_000,
);

testWhere(
  lacksLinux(),
  'many slow bodies keep nobody out, and are sent away for those who are ready',
  async () => {
    const slow = Array.from({ length: 40 }, () => {
      const socket = createConnection(frontEnd.ports.http, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write('POST /lines/logs HTTP/1.1\r\nhost: x\r\ncontent-length: 900000\r\n\r\n');
      socket.write(Buffer.alloc(800_000, `${'x'.repeat(99)}\n`));
      return socket;
    });
    const answers: string[] = [];
    for (const socket of slow) socket.setEncoding('latin1').on('data', (data) => answers.push(String(data)));
    await eventually(() => answers.length > 0, 'some are refused');
    await new Promise((rest) => setTimeout(rest, 2500));
    const body = 'a line\n'.repeat(20_000);
    for (let i = 0; i < 10; i++) expect((await frontEnd.post('logs', body)).status).toBe(200);
    await eventually(async () => (await frontEnd.get('/health')).status === 200, 'it is well');
    expect(answers.some((answer) => /^HTTP\/1.1 (408|503)/.test(answer))).toBe(true);
    for (const socket of slow) socket.destroy();
  },
  30_000,
);

test('who stops lets health fail first, and refuses lines then', async () => {
  const leaving = await FrontEnd.make({ stop: { leaveSeconds: 3, forwardSeconds: 1 } });
  await leaving.start();
  const ended = leaving.end('SIGTERM');
  await eventually(async () => (await leaving.get('/health')).status === 503, 'health fails');
  expect((await leaving.post('logs', 'still')).status).toBe(200);
  expect(await ended).toBe(0);
  expect(await leaving.spooled()).toEqual(['still']);
  expect(leaving.log).toMatch(/ends, \d+ lines stay in the spool/);
  await leaving.remove();
});

test('plain syslog comes by TCP and UDP, and is counted by input', async () => {
  const { createSocket } = await import('node:dgram');
  const tcp = createConnection(frontEnd.ports.syslog, '127.0.0.1');
  tcp.end('<13>by line\n11 <13>counted');
  const udp = createSocket('udp4');
  udp.send('<13>datagram', frontEnd.ports.syslog, '127.0.0.1', () => udp.close());
  await eventually(async () => (await added()).length === 3, 'all three are kept');
  expect((await added()).sort()).toEqual(['<13>by line', '<13>counted', '<13>datagram']);
  expect(await frontEnd.metric('meissa_front_end_lines_total{input="syslog-udp",topic="logs"}')).toBe(1);
  expect(await frontEnd.metric('meissa_front_end_lines_total{input="syslog-tcp",topic="logs"}')).toBe(2);
});

testWhere(
  lacksLinux(),
  'datagrams that the kernel throws away are counted',
  async () => {
    const { createSocket } = await import('node:dgram');
    const kept = async () => (await frontEnd.metric('meissa_front_end_lines_total{input="syslog-udp",topic="logs"}')) || 0;
    const lost = () => frontEnd.metric('meissa_front_end_dropped_lines_total{why="udp-buffer"}');
    const first = (await kept()) + (await lost());
    const udp = createSocket('udp4');
    await new Promise<void>((done) => udp.connect(frontEnd.ports.syslog, '127.0.0.1', done));
    frontEnd.child!.kill('SIGSTOP');
    const line = Buffer.alloc(1000, 'x');
    const all = 40_000;
    for (let i = 0; i < all; i++) await new Promise<void>((done) => udp.send(line, () => done()));
    frontEnd.child!.kill('SIGCONT');
    udp.close();
    await eventually(async () => (await kept()) + (await lost()) - first === all, 'each is kept or counted');
    expect(await lost()).toBeGreaterThan(1000);
  },
  60_000,
);
