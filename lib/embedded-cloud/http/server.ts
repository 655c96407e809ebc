import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { uuid } from '../../engine/ids';
import type { Mailbox } from '../aws/functions/mailbox';
import type { Keys } from '../keys';
import { admit, unsigned } from './admission';
import { readBody } from './body';
import { type CloudResponse, type Incoming, type Protocol, Refused } from './exchange';

/** Longest answer of a custom resource that is read, bytes; CloudFormation takes 4,096. */
const ANSWER_BYTES = 64 * 1024;
/** Connections at once; each holds one call's body at most until it is known whose it is. */
const CONNECTIONS = 256;

/** What stands behind the door. */
export interface House {
  readonly keys: Keys;
  /** The only addresses that need no signature: each is unguessable and takes one answer. */
  readonly mailbox: Mailbox;
  /** Whether it is told of an incident, and what is said to that. */
  incident(incoming: Incoming): Promise<CloudResponse | undefined>;
  /** Asked in this order. */
  readonly protocols: readonly Protocol[];
  unexpected(error: unknown): void;
}

/** The HTTP side: one address for every service of every region, and one door before all of them. */
export class CloudServer {
  private readonly server: Server;
  private port = 0;

  constructor(private readonly house: House) {
    this.server = createServer(
      { headersTimeout: 5_000, requestTimeout: 120_000, keepAliveTimeout: 60_000, connectionsCheckingInterval: 2_000 },
      (req, res) => void this.serve(req, res),
    );
    this.server.maxConnections = CONNECTIONS;
    // A client that went away is no business of the server's.
    this.server.on('clientError', (_e, socket) => socket.destroy());
    // `Expect: 100-continue` is answered by the same way in; nobody is told to go on before it.
    this.server.on('checkContinue', (req, res) => void this.serve(req, res));
  }

  /** Listens on loopback. */
  listen(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', () => {
        this.port = (this.server.address() as AddressInfo).port;
        resolve(this.port);
      });
    });
  }

  /** Ends at once, whoever is still connected. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private async serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    res.on('error', () => undefined);
    const requestId = uuid();
    try {
      const answer = await this.answerTo(req, res, requestId);
      if (answer.hang) return;
      const payload = answer.body ?? '';
      const length = Buffer.byteLength(payload);
      res.writeHead(answer.status ?? 200, {
        'x-amzn-requestid': requestId,
        'x-amz-request-id': requestId,
        ...(answer.status === 204 ? {} : { 'content-length': String(length) }),
        ...answer.headers,
      });
      res.end(req.method === 'HEAD' ? undefined : payload);
    } catch (e) {
      // The connection broke, or the program is wrong; there is nobody to answer in the first case.
      if (!req.destroyed) this.house.unexpected(e);
      if (!res.headersSent) res.writeHead(500);
      res.end();
    }
  }

  private async answerTo(req: IncomingMessage, res: ServerResponse, requestId: string): Promise<CloudResponse> {
    try {
      admit(req, this.port);
      const incoming = incomingOf(req, res, requestId);
      const { mailbox } = this.house;
      if (incoming.method === 'PUT' && mailbox.awaits(incoming.path)) {
        mailbox.deliver(incoming.path, (await incoming.read(ANSWER_BYTES)).toString('utf8'));
        return { status: 200 };
      }
      return (await this.house.incident(incoming)) ?? (await this.signed(incoming));
    } catch (e) {
      if (!(e instanceof Refused)) throw e;
      // What of the body hasn't come yet isn't waited for.
      return req.complete ? e.response : { ...e.response, headers: { ...e.response.headers, connection: 'close' } };
    }
  }

  private async signed(incoming: Incoming): Promise<CloudResponse> {
    const { keys, protocols } = this.house;
    for (const protocol of protocols) {
      const admission = await protocol(incoming);
      if (admission === undefined) continue;
      if (!keys.holds(admission.key)) throw new Error('a protocol let in a key that this cloud never gave out');
      return admission.answer();
    }
    throw unsigned(incoming);
  }
}

function incomingOf(req: IncomingMessage, res: ServerResponse, requestId: string): Incoming {
  const target = req.url as string;
  const end = target.indexOf('?');
  const [path, query] = end < 0 ? [target, ''] : [target.slice(0, end), target.slice(end + 1)];
  let body: Promise<Buffer> | undefined;
  return {
    method: req.method as string,
    path,
    query: new URLSearchParams(query),
    headers: req.headers as Record<string, string | undefined>,
    requestId,
    read: (most) => {
      if (body === undefined && req.headers.expect !== undefined) res.writeContinue();
      body ??= readBody(req, most);
      return body;
    },
  };
}
