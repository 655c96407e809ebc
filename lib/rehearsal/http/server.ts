import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { uuid } from '../ids';
import { readBody } from './body';
import type { CloudRequest, CloudResponse, Door, RawRequest } from './exchange';

/** Who signed a request, and for what: the scope of its signature (AWS Signature Version 4). */
export interface Scope {
  accessKeyId: string;
  region: string;
  service: string;
}

/** Reads the scope from the header, or from the query of a presigned address. */
export function scopeOf(authorization: string | undefined, query: URLSearchParams): Scope | undefined {
  const text = /Credential=([^,\s]+)/.exec(authorization ?? '')?.[1] ?? query.get('X-Amz-Credential') ?? '';
  const [accessKeyId, , region, service] = text.split('/');
  return accessKeyId && region && service ? { accessKeyId, region, service } : undefined;
}

/** AWS's protocols: a request is of the service and region that its signature's scope names. */
export function awsDoor(
  accountOf: (accessKeyId: string) => string,
  answer: (request: CloudRequest) => Promise<CloudResponse>,
): Door {
  return (request) => {
    const scope = scopeOf(request.headers.authorization, request.query);
    return scope && answer({ ...request, ...scope, account: accountOf(scope.accessKeyId) });
  };
}

/** The HTTP side: one address for every service of every region. */
export class CloudServer {
  private readonly server: Server;

  constructor(
    /** Asked in this order. */
    private readonly doors: readonly Door[],
    private readonly unexpected: (error: unknown) => void,
  ) {
    this.server = createServer((req, res) => void this.serve(req, res));
    this.server.keepAliveTimeout = 60_000;
    // A client that went away is no business of the server's.
    this.server.on('clientError', (_e, socket) => socket.destroy());
  }

  /** Listens on loopback. */
  listen(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', () => resolve((this.server.address() as AddressInfo).port));
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
      const body = await readBody(req);
      const url = new URL(req.url ?? '/', 'http://127.0.0.1');
      const headers = Object.fromEntries(Object.entries(req.headers).map(([k, v]) => [k, Array.isArray(v) ? v.join(',') : v]));
      const request = { method: req.method ?? 'GET', path: url.pathname, query: url.searchParams, headers, body, requestId };
      const answer = await this.answerTo(request);
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
      if (!req.destroyed) this.unexpected(e);
      if (!res.headersSent) res.writeHead(500);
      res.end();
    }
  }

  private async answerTo(request: RawRequest): Promise<CloudResponse> {
    for (const door of this.doors) {
      const answer = door(request);
      if (answer) return answer;
    }
    return {
      status: 403,
      headers: { 'content-type': 'text/xml' },
      body: '<ErrorResponse><Error><Type>Sender</Type><Code>MissingAuthenticationToken</Code><Message>Request is missing Authentication Token</Message></Error></ErrorResponse>',
    };
  }
}
