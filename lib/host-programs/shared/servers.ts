/** Listening, and no more. */
import type { Socket as UdpSocket } from 'node:dgram';
import { createServer } from 'node:http';
import type { Server } from 'node:net';
import type { Metrics } from '../shared/metrics';

/** Returns when it listens. @throws Error where the port is taken or not allowed */
export function listen(server: Server, port: number, address: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, ...(address !== undefined && { host: address }), backlog: 1024 }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

export function bind(socket: UdpSocket, port: number, address: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(port, address, () => {
      socket.off('error', reject);
      socket.on('error', () => undefined);
      resolve();
    });
  });
}

/** `GET /metrics`. */
export function metricsServer(metrics: Metrics): Server {
  return createServer((request, response) => {
    const found = request.method === 'GET' && request.url === '/metrics';
    response.writeHead(found ? 200 : 404, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
    response.end(found ? metrics.text() : 'there is GET /metrics\n');
  });
}
