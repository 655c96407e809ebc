/**
 * Lines over RELP, the protocol of rsyslog's omrelp: a message is answered with `200 OK` when it is on disk. A full spool answers nothing and reads
 * nothing more, so that senders keep what they have.
 */
import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { reason, sayOften } from '../../shared/log';
import type { Intake } from '../intake';
import { type Lines, SpoolRefusal } from '../spool/spool';
import { oneLine, together } from './one-line';
import { type RelpFrame, RelpFrames, relpFrame } from './relp-frames';

const OFFER = 'relp_version=0\nrelp_software=meissa\ncommands=syslog';
const RETRY_MS = 1000;
const CONNECTIONS = 4096;

export function relpInput(intake: Intake, topic: string, lineBytes: number): Server {
  const sockets = new Set<Socket>();
  // Who has closed its side still hears what became of its lines.
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.setKeepAlive(true, 60_000);
    serve(socket, intake, topic, lineBytes).catch((error) => {
      sayOften('relp', `a RELP sender is sent away: ${reason(error)}`);
      socket.end(relpFrame('0', 'serverclose'));
    });
  });
  server.maxConnections = CONNECTIONS;
  intake.onShut(() => {
    for (const socket of sockets) socket.end(relpFrame('0', 'serverclose'));
  });
  return server;
}

async function serve(socket: Socket, intake: Intake, topic: string, lineBytes: number): Promise<void> {
  // A line's bytes are at most those of its message: escaped newlines are checked below.
  const frames = new RelpFrames(lineBytes);
  const held = intake.memory.holder(() => socket.destroy());
  try {
    // While lines wait for the disk nothing is read: what a sender may have under way is bounded by its own window and the socket's buffers.
    for await (const bytes of socket as AsyncIterable<Buffer>) {
      const came = frames.add(bytes);
      if (!held.hold(frames.memory)) throw new Error('too much comes at once');
      const messages = came.filter(({ command }) => command === 'syslog');
      if (messages.length > 0) {
        const lines = messages.map(({ data }) => oneLine(data));
        if (lines.some(({ length }) => length > lineBytes)) throw new Error(`a message is longer than ${lineBytes} bytes`);
        await keep(socket, intake, together(topic, lines));
      }
      const replies = came.map(reply).join('');
      if (replies !== '') socket.write(replies);
      if (came.some(({ command }) => command === 'close')) {
        socket.end(relpFrame('0', 'serverclose'));
        return;
      }
    }
    socket.end();
  } catch (error) {
    // The sender has gone: what it was not answered it sends again.
    if (!socket.destroyed) throw error;
  } finally {
    held.release();
  }
}

/** Tries until the lines are on disk, or nobody waits for it any more. */
async function keep(socket: Socket, intake: Intake, lines: Lines): Promise<void> {
  for (;;) {
    try {
      await intake.keep('relp', lines);
      return;
    } catch (error) {
      if (!(error instanceof SpoolRefusal) || error.why === 'closed' || socket.destroyed) throw error;
      await pause(RETRY_MS);
    }
  }
}

function reply({ transaction, command }: RelpFrame): string {
  if (command === 'open') return relpFrame(transaction, 'rsp', `200 OK\n${OFFER}`);
  if (command === 'syslog') return relpFrame(transaction, 'rsp', '200 OK');
  if (command === 'close') return relpFrame(transaction, 'rsp');
  return relpFrame(transaction, 'rsp', '500 unknown command');
}
