/** Plain syslog, over TCP and UDP. Nothing of it is acknowledged, because the protocol has no way to: what can't be kept is lost, and counted. */
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { createServer, isIPv6, type Server, type Socket } from 'node:net';
import type { Counter } from '../../shared/metrics';
import type { Intake } from '../intake';
import { oneLine, together } from './one-line';
import { SyslogFrames } from './syslog-frames';
import { udpDrops } from './udp-drops';

export interface SyslogOptions {
  readonly topic: string;
  readonly lineBytes: number;
  readonly dropped: Counter;
}

export function syslogTcpInput(intake: Intake, { topic, lineBytes, dropped }: SyslogOptions): Server {
  const sockets = new Set<Socket>();
  const serve = async (socket: Socket): Promise<void> => {
    const frames = new SyslogFrames(lineBytes);
    const keep = async (messages: Buffer[]): Promise<void> => {
      dropped.add(frames.tooLong, { why: 'too-long' });
      dropped.add(frames.torn, { why: 'syslog-tcp' });
      frames.tooLong = 0;
      frames.torn = 0;
      if (messages.length === 0) return;
      // Nothing is read meanwhile: a slow disk slows senders down, and only a full or failing one loses lines.
      await intake.keep('syslog-tcp', together(topic, messages.map(oneLine))).catch(() => {
        dropped.add(messages.length, { why: 'syslog-tcp' });
      });
    };
    const held = intake.memory.holder(() => socket.destroy());
    try {
      for await (const bytes of socket as AsyncIterable<Buffer>) {
        await keep(frames.add(bytes));
        if (!held.hold(frames.memory)) break;
      }
      // Only who has said that this was all has said a last line: what is cut off, also for want of memory, is half of one.
      if (socket.readableEnded) await keep(frames.end());
    } finally {
      if (!socket.readableEnded) dropped.add(frames.memory > 0 ? 1 : 0, { why: 'syslog-tcp' });
      held.release();
    }
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.setKeepAlive(true, 60_000);
    serve(socket).catch(() => socket.destroy());
  });
  server.maxConnections = CONNECTIONS;
  intake.onShut(() => {
    for (const socket of sockets) socket.end();
  });
  return server;
}

const CONNECTIONS = 4096;

/** Datagrams are gathered for so long: each append is a frame of its own. */
const GATHER_MS = 5;
const GATHER_BYTES = 1 << 20;
const LOOK_MS = 1000;

export function syslogUdpInput(
  intake: Intake,
  { topic, lineBytes, dropped }: SyslogOptions,
  address: string | undefined,
): UdpSocket {
  const socket = createSocket({ type: isIPv6(address ?? '') ? 'udp6' : 'udp4', recvBufferSize: 16 << 20 });
  let messages: Buffer[] = [];
  let bytes = 0;
  let drops = 0;
  socket.on('listening', () => {
    const { port } = socket.address();
    drops = udpDrops(port);
    const look = (): void => {
      const now = udpDrops(port);
      dropped.add(now - drops, { why: 'udp-buffer' });
      drops = now;
    };
    const timer = setInterval(look, LOOK_MS);
    socket.once('close', () => clearInterval(timer));
    // What is closed the kernel tells nothing of.
    intake.onShut(look);
  });
  const keep = (): void => {
    const came = messages;
    messages = [];
    bytes = 0;
    if (came.length === 0) return;
    intake.keep('syslog-udp', together(topic, came)).catch(() => dropped.add(came.length, { why: 'syslog-udp' }));
  };
  socket.on('message', (message) => {
    const line = oneLine(message);
    if (line.length === 0) return;
    if (line.length > lineBytes) return dropped.add(1, { why: 'too-long' });
    if (messages.length === 0) setTimeout(keep, GATHER_MS);
    messages.push(line);
    bytes += line.length;
    if (bytes > GATHER_BYTES) keep();
  });
  return socket;
}
