/** Connections that are cut off: what they have left over is no line, and is counted. */
import { once } from 'node:events';
import { type AddressInfo, connect, type Server } from 'node:net';
import { syslogTcpInput } from '../../../../lib/host-programs/front-end/inputs/syslog';
import type { Intake } from '../../../../lib/host-programs/front-end/intake';
import { Memory } from '../../../../lib/host-programs/front-end/memory';
import { Metrics } from '../../../../lib/host-programs/shared/metrics';
import { eventually } from '../../../hosts/eventually';

const kept: string[] = [];
let server: Server;
let metrics: Metrics;

async function begin(memory: Memory): Promise<number> {
  kept.length = 0;
  metrics = new Metrics();
  const intake = {
    memory,
    keep: async (_: string, { body }: { body: readonly Buffer[] }) => {
      kept.push(...Buffer.concat(body).toString().trimEnd().split('\n'));
    },
    onShut: () => undefined,
  } as unknown as Intake;
  const dropped = metrics.counter('dropped', 'Lost.', [{ why: 'syslog-tcp' }]);
  server = syslogTcpInput(intake, { topic: 'logs', lineBytes: 1 << 20, dropped });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
afterEach(() => {
  server.close();
});
const lost = (): number => Number(/^dropped\{why="syslog-tcp"\} (\d+)/m.exec(metrics.text())?.[1]);

test('a message for which there is no memory is lost as a whole, and counted', async () => {
  const port = await begin(new Memory(100_000));
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(`whole\n${'x'.repeat(200_000)}`);
  await new Promise((done) => socket.once('close', done));
  await eventually(() => lost() === 1, 'one message is lost');
  expect(kept).toEqual(['whole']);
});

test('a connection whose memory others get loses its half message, and that is counted', async () => {
  const memory = new Memory(100_000);
  const port = await begin(memory);
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write('whole\nhalf');
  await eventually(() => kept.length === 1, 'the first is kept');
  jest.spyOn(performance, 'now').mockReturnValue(performance.now() + 10_000);
  try {
    expect(memory.holder(() => undefined).hold(99_999)).toBe(true);
  } finally {
    jest.restoreAllMocks();
  }
  await new Promise((done) => socket.once('close', done));
  await eventually(() => lost() === 1, 'half a message is lost');
  expect(kept).toEqual(['whole']);
});

test('a last line without its newline is a line where the sender has ended', async () => {
  const port = await begin(new Memory(100_000));
  connect(port, '127.0.0.1').end('whole\nlast');
  await eventually(() => kept.length === 2, 'both are kept');
  expect(kept).toEqual(['whole', 'last']);
  expect(lost()).toBe(0);
});
