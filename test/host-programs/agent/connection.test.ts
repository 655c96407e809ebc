import type { lookup } from 'node:dns';
import { Connection, type ConnectionOptions } from '../../../lib/host-programs/agent/connection';
import { FakeFrontEnd } from './front-end';

const all: { stop(): Promise<void> | void }[] = [];
let now = 0;

beforeEach(() => {
  now = 0;
});
afterEach(async () => {
  for (const each of all.splice(0)) await each.stop();
});

async function frontEnd(): Promise<FakeFrontEnd> {
  const started = await FakeFrontEnd.start();
  all.push(started);
  return started;
}

function connection(options: Partial<ConnectionOptions> & Pick<ConnectionOptions, 'endpoints'>): Connection {
  const made = new Connection({ now: () => now, random: () => 0.5, ...options });
  all.push({ stop: () => made.close() });
  return made;
}

const post = (to: Connection): Promise<unknown> => to.post('/lines/app', {}, Buffer.from('a\n'));
const sockets = (of: FakeFrontEnd): number => new Set(of.requests.map(({ socket }) => socket)).size;

test('requests share a connection', async () => {
  const server = await frontEnd();
  const to = connection({ endpoints: [server.url] });
  for (let i = 0; i < 5; i++) await post(to);
  expect([sockets(server), to.opened]).toEqual([1, 1]);
});

test('a connection that was idle for four minutes is not used again: balancers forget it without a word', async () => {
  const server = await frontEnd();
  const to = connection({ endpoints: [server.url] });
  await post(to);
  now += 239_000;
  await post(to);
  expect(sockets(server)).toBe(1);
  now += 240_000;
  await post(to);
  expect(sockets(server)).toBe(2);
});

test.each([
  [0, 600],
  [0.5, 540],
  [1, 480],
])('a busy connection is renewed: with chance %d after %d s', async (random, seconds) => {
  const server = await frontEnd();
  const to = connection({ endpoints: [server.url], random: () => random * 0.999999 });
  for (now = 0; now < (seconds - 1) * 1000; now += 10_000) await post(to);
  now = (seconds - 1) * 1000;
  await post(to);
  expect(sockets(server)).toBe(1);
  now = seconds * 1000 + 1;
  await post(to);
  expect(sockets(server)).toBe(2);
});

test('the name is resolved anew for every connection, and any of its addresses is taken', async () => {
  const server = await frontEnd();
  const asked: string[] = [];
  const spied = ((name: string, _options: object, found: (error: null, addresses: object[]) => void) => {
    asked.push(name);
    found(null, [{ address: '127.0.0.1', family: 4 }]);
  }) as unknown as typeof lookup;
  const to = connection({ endpoints: [new URL(`http://front-ends.test:${server.url.port}`)], lookup: spied });
  await post(to);
  await post(to);
  expect(asked).toEqual(['front-ends.test']);
  now += 600_000;
  await post(to);
  expect(asked).toEqual(['front-ends.test', 'front-ends.test']);
});

test('a name without addresses is an error, and the next try asks again', async () => {
  const server = await frontEnd();
  const answers: object[][] = [[], [{ address: '127.0.0.1', family: 4 }]];
  const empty = ((_name: string, _options: object, found: (error: null, addresses: object[]) => void) =>
    found(null, answers.shift()!)) as unknown as typeof lookup;
  const to = connection({ endpoints: [new URL(`http://front-ends.test:${server.url.port}`)], lookup: empty });
  await expect(post(to)).rejects.toThrow('the name has no address');
  expect(await post(to)).toMatchObject({ status: 200 });
});

test('after a failure the next endpoint is asked', async () => {
  const server = await frontEnd();
  const gone = await FakeFrontEnd.start();
  const { url } = gone;
  await gone.stop();
  const to = connection({ endpoints: [url, server.url], random: () => 0 });
  await expect(post(to)).rejects.toThrow('ECONNREFUSED');
  expect(await post(to)).toMatchObject({ status: 200 });
});

test('after an answer of 503 the next request takes a new connection, and knows when to come again', async () => {
  const [full, other] = [await frontEnd(), await frontEnd()];
  full.fate = () => 'refuse';
  const to = connection({ endpoints: [full.url, other.url], random: () => 0 });
  expect(await post(to)).toMatchObject({ status: 503, retryAfter: 0 });
  expect(await post(to)).toMatchObject({ status: 200 });
});

test('a server that says nothing is an error', async () => {
  const server = await frontEnd();
  server.fate = () => 'hang';
  const to = connection({ endpoints: [server.url], timeout: 100 });
  await expect(post(to)).rejects.toThrow('no answer in 0.1 s');
});
