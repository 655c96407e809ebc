/**
 * The guard of a broker or controller: answers how it is, holds its stop back until the others can do without it, writes the formed marker,
 * brings a controller with a new disk back among the voters, and keeps topics and rights as planned.
 *
 *     node kafka-guard.js /etc/meissa/kafka-guard.json
 *
 * Questions come by HTTP over a socket of the disk: `GET /health`, `GET /yield?seconds=<n>`; 200, or 503 with the reason.
 */
import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { basename, dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { reason, sayOften } from '../shared/log';
import { runProgram } from '../shared/program';
import { TlsFiles } from '../shared/tls-files';
import { readConfiguration } from './configuration';
import { Guard } from './guard';
import { KafkaLink } from './kafka-link';

const TLS = { key: '/run/meissa/tls/key.pem', cert: '/run/meissa/tls/cert.pem', ca: '/run/meissa/tls/ca.pem' };
/** Between two rounds while there is something to do, and when all is as planned. */
const SOON_MS = 2000;
const LATER_MS = 60_000;

async function main(path: string): Promise<void> {
  const configuration = readConfiguration(path);
  const tls = new TlsFiles(TLS, () => undefined);
  const guard = new Guard(configuration, new KafkaLink(() => tls.material));
  serve(guard, configuration.socket);
  for (;;) {
    const done = await guard.round().catch((error) => {
      sayOften('round', reason(error));
      return false;
    });
    await pause(done ? LATER_MS : SOON_MS);
  }
}

function serve(guard: Guard, socket: string): void {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://guard');
    const answer = (why: string | undefined): void => {
      response.writeHead(why === undefined ? 200 : 503).end(`${why ?? 'well'}\n`);
    };
    if (url.pathname === '/health') guard.illness().catch(reason).then(answer);
    else if (url.pathname === '/yield') guard.untilSpared(Number(url.searchParams.get('seconds'))).then(answer);
    else response.writeHead(404).end();
  });
  // A socket's path has 107 bytes at most.
  process.chdir(dirname(socket));
  rmSync(basename(socket), { force: true });
  server.listen(basename(socket));
}

runProgram('kafka-guard', main);
