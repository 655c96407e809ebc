import { chmodSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { pipeline } from 'node:stream';

/** Connections at once through one passage. */
const CONNECTIONS = 64;

/** The one way out of a place without a network: a socket in the file system that leads to the embedded cloud's port. */
export function openPassage(path: string, port: number): Promise<Server> {
  const server = createServer((inside) => {
    const outside = connect(port, '127.0.0.1');
    pipeline(inside, outside, () => undefined);
    pipeline(outside, inside, () => undefined);
  });
  server.maxConnections = CONNECTIONS;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      // The folder lets nobody of this machine in; inside, the function's own user must reach it.
      chmodSync(path, 0o777);
      resolve(server);
    });
  });
}
