/** What may stand between a client and the cloud: a log-in page, or something that cuts connections. */
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export class Middlebox {
  /** Answers everything with a page of its own. */
  page?: string;
  /** Actions whose answer never arrives, although they are done: each once. */
  readonly cut = new Set<string>();

  private constructor(
    private readonly server: Server,
    private readonly to: string,
  ) {
    server.on('request', (asked: IncomingMessage, answer: ServerResponse) => void this.pass(asked, answer));
  }

  /** @param to URL of the cloud */
  static start(to: string): Promise<Middlebox> {
    const server = createServer();
    const box = new Middlebox(server, to);
    return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(box)));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async pass(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    if (this.page !== undefined) {
      answer.writeHead(200, { 'content-type': 'text/html' }).end(this.page);
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of asked) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const action = /(?:^|&)Action=(\w+)/.exec(body.toString('latin1'))?.[1] ?? '';
    const { method, headers } = asked;
    const onwards = request(
      new URL(asked.url!, this.to),
      { method, headers: { ...headers, host: new URL(this.to).host, connection: 'close' } },
      (told) => {
        if (this.cut.delete(action)) {
          told.resume();
          asked.socket.destroy();
          return;
        }
        answer.writeHead(told.statusCode!, told.headers);
        told.pipe(answer);
      },
    );
    onwards.on('error', () => asked.socket.destroy());
    onwards.end(body);
  }
}
