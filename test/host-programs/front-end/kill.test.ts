/** kill -9 of the real program on a real disk, under load: every acknowledged line is in the spool. */
import { createConnection, type Socket } from 'node:net';
import { eventually } from '../../hosts/eventually';
import { FrontEnd } from './front-end';

let frontEnd: FrontEnd;
afterEach(() => frontEnd.remove());

test('every acknowledged line survives kill -9, by HTTP and by RELP', async () => {
  frontEnd = await FrontEnd.make({ spool: { segmentBytes: 200_000 } });
  const acknowledged: string[] = [];
  for (let round = 0; round < 5; round++) {
    await frontEnd.start();
    let done = false;
    const senders = [0, 1, 2].map((sender) => http(`http-${round}-${sender}`, () => done, acknowledged));
    const relp = new RelpSender(frontEnd.ports.relp, `relp-${round}`, acknowledged);
    await eventually(async () => (await frontEnd.metric('meissa_front_end_spool_written_bytes_total')) > 300_000, 'lines come');
    await eventually(() => relp.answered > 20, 'RELP is answered');
    await frontEnd.end('SIGKILL');
    done = true;
    await Promise.all(senders);
    relp.end();
  }
  const spooled = new Set(await frontEnd.spooled());
  expect(acknowledged.length).toBeGreaterThan(5000);
  expect(acknowledged.filter((line) => !spooled.has(line))).toEqual([]);
}, 60_000);

async function http(name: string, done: () => boolean, acknowledged: string[]): Promise<void> {
  for (let number = 0; !done(); number++) {
    const lines = Array.from({ length: 40 }, (_, i) => `${name}-${number}-${i} ${'x'.repeat(50)}`);
    try {
      if ((await frontEnd.post('logs', lines.join('\n'))).status === 200) acknowledged.push(...lines);
    } catch {
      await new Promise((rest) => setTimeout(rest, 10));
    }
  }
}

/** Sends one message after the other, and remembers those that were answered. */
class RelpSender {
  answered = 0;
  private readonly socket: Socket;
  private rest = '';
  private transaction = 2;

  constructor(
    port: number,
    private readonly name: string,
    private readonly acknowledged: string[],
  ) {
    this.socket = createConnection(port, '127.0.0.1', () => {
      this.socket.write('1 open 0\n');
    });
    this.socket.setEncoding('latin1').on('error', () => undefined);
    this.socket.on('data', (data) => this.read(String(data)));
  }

  end(): void {
    this.socket.destroy();
  }

  private read(data: string): void {
    this.rest += data;
    for (let match = /(\d+) rsp 6 200 OK\n/.exec(this.rest); match !== null; match = /(\d+) rsp 6 200 OK\n/.exec(this.rest)) {
      this.acknowledged.push(`${this.name}-${match[1]}`);
      this.answered++;
      this.rest = this.rest.slice(match.index + match[0].length);
      this.send();
    }
    if (this.transaction === 2 && this.rest.includes('commands=')) {
      this.rest = '';
      this.send();
    }
  }

  private send(): void {
    const text = `${this.name}-${this.transaction}`;
    this.socket.write(`${this.transaction++} syslog ${text.length} ${text}\n`);
  }
}
