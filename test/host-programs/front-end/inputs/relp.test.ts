/**
 * RELP with the sender that it is for: rsyslog's own omrelp. What passes between the two is recorded, because omrelp (8.2302) loses a line of its own at
 * each session that breaks: it takes it from its queue and never sends it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../../hosts/eventually';
import { describeWithRealPart } from '../../../real-parts';
import { exited, FrontEnd } from '../front-end';

describeWithRealPart('rsyslogd', 'RELP', (rsyslogd) => {
  let folder: string;
  let frontEnd: FrontEnd;
  let sender: ChildProcess | undefined;
  let wire: Wire;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'relp-'));
    frontEnd = await FrontEnd.make({ spool: { segmentBytes: 50_000 } });
    wire = await Wire.lay(frontEnd.ports.relp);
  });
  afterEach(async () => {
    sender?.kill('SIGKILL');
    if (sender !== undefined) await exited(sender);
    wire.end();
    await frontEnd.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  function send(): void {
    mkdirSync(join(folder, 'work'), { recursive: true });
    writeFileSync(
      join(folder, 'rsyslog.conf'),
      [
        'module(load="imfile")',
        'module(load="omrelp")',
        `global(workDirectory="${folder}/work")`,
        `input(type="imfile" file="${folder}/in.log" tag="t" ruleset="r")`,
        'template(name="raw" type="string" string="%msg%")',
        'ruleset(name="r") {',
        `  action(type="omrelp" target="127.0.0.1" port="${wire.port}" template="raw" timeout="5"`,
        '    action.resumeRetryCount="-1" action.resumeInterval="1" queue.type="linkedlist")',
        '}',
        '',
      ].join('\n'),
    );
    const log = openSync(join(folder, 'log'), 'a');
    const args = ['--pdeathsig', 'KILL', rsyslogd, '-n', '-f', join(folder, 'rsyslog.conf'), '-i', join(folder, 'pid')];
    sender = spawn('setpriv', args, { stdio: ['ignore', log, log] });
  }

  function write(from: number, to: number): void {
    appendFileSync(join(folder, 'in.log'), Array.from({ length: to - from }, (_, i) => `line ${from + i}\n`).join(''));
  }

  /** Lines that are in the spool. */
  const kept = async (): Promise<Set<string>> => new Set((await frontEnd.spooled()).map((line) => line.trim()));

  test('a front end that is killed again and again has every line that it has acknowledged, and gets every one that was sent', async () => {
    await frontEnd.start();
    send();
    for (let round = 0; round < 3; round++) {
      write(round * 4000, (round + 1) * 4000);
      await eventually(async () => (await frontEnd.spooled()).length > round * 4000 + 500, 'lines come', 40);
      await frontEnd.end('SIGKILL');
      const before = await kept();
      expect(wire.acknowledged().filter((line) => !before.has(line))).toEqual([]);
      await frontEnd.start();
    }
    const last = (): boolean => wire.sent().includes('line 11999');
    await eventually(last, 'the last line is sent', 60);
    await eventually(async () => {
      const now = await kept();
      return wire.sent().every((line) => now.has(line));
    }, 'everything that was sent is kept');
    expect(wire.acknowledged().length).toBeGreaterThan(11_000);
  }, 180_000);

  test('a front end that stops says so, and its sender goes on with the next one', async () => {
    await frontEnd.start();
    send();
    write(0, 100);
    await eventually(async () => (await kept()).size === 100, 'lines come', 40);
    expect(await frontEnd.end('SIGTERM')).toBe(0);
    write(100, 200);
    await frontEnd.start();
    await eventually(async () => (await kept()).size === 200, 'the rest comes', 60);
    expect(await frontEnd.spooled()).toHaveLength(200);
  }, 120_000);
});

/** Carries bytes between a sender and a front end, and remembers them. */
class Wire {
  private readonly sessions: { up: string; down: string }[] = [];

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async lay(to: number): Promise<Wire> {
    const server = createServer((sender) => {
      const session = { up: '', down: '' };
      wire.sessions.push(session);
      const receiver = connect(to, '127.0.0.1');
      sender.on('data', (data) => {
        session.up += data.toString('latin1');
        receiver.write(data);
      });
      receiver.on('data', (data) => {
        session.down += data.toString('latin1');
        sender.write(data);
      });
      for (const [end, other] of [
        [sender, receiver],
        [receiver, sender],
      ] as const) {
        end.on('error', () => undefined).on('close', () => other.destroy());
      }
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const wire = new Wire(server, (server.address() as AddressInfo).port);
    return wire;
  }

  sent(): string[] {
    return this.sessions.flatMap(({ up }) => [...frames(up).values()]);
  }

  acknowledged(): string[] {
    return this.sessions.flatMap(({ up, down }) => {
      const said = frames(up);
      return [...down.matchAll(/(?<=\n)(\d+) rsp 6 200 OK\n/g)].flatMap(([, transaction]) => said.get(transaction!) ?? []);
    });
  }

  end(): void {
    this.server.close();
  }
}

/** Messages by transaction. */
function frames(up: string): Map<string, string> {
  return new Map(
    [...up.matchAll(/(?<=\n)(\d+) syslog \d+ (.*)\n/g)].map(([, transaction, text]) => [transaction!, text!.trim()]),
  );
}
