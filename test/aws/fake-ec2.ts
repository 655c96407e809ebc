/** An EC2 endpoint that speaks the query protocol about attachments, and the bucket address that CloudFormation waits at. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What EC2 does with one call: an answer's XML, an error's code, or nothing at all. */
export type Reply = { readonly xml: string } | { readonly error: string; readonly message?: string } | 'silence';

export interface Call {
  readonly action: string;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface Answered {
  readonly method: string;
  readonly type: string | undefined;
  readonly body: Record<string, string>;
}

export class FakeCloud {
  readonly calls: Call[] = [];
  readonly answers: Answered[] = [];
  /** Status codes with which the bucket refuses first. */
  refusals: number[] = [];
  /** Answers a call of EC2. */
  reply: (call: Call) => Reply = () => ({ error: 'InternalError' });
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => this.serve(request, response));
  }

  static async start(): Promise<FakeCloud> {
    const cloud = new FakeCloud();
    await new Promise<void>((done) => cloud.server.listen(0, '127.0.0.1', done));
    return cloud;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private serve(request: IncomingMessage, response: ServerResponse): void {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      if (request.url === '/answer') this.take(request, body, response);
      else this.ec2(Object.fromEntries(new URLSearchParams(body)), response);
    });
  }

  private take(request: IncomingMessage, body: string, response: ServerResponse): void {
    const refusal = this.refusals.shift();
    if (refusal === undefined) {
      this.answers.push({ method: request.method!, type: request.headers['content-type'], body: JSON.parse(body) });
    }
    response.writeHead(refusal ?? 200).end();
  }

  private ec2(parameters: Record<string, string>, response: ServerResponse): void {
    const call = { action: parameters.Action!, parameters };
    this.calls.push(call);
    const reply = this.reply(call);
    if (reply === 'silence') return;
    if ('error' in reply) {
      const { error, message = error } = reply;
      const xml = `<Response><Errors><Error><Code>${error}</Code><Message>${message}</Message></Error></Errors><RequestID>r</RequestID></Response>`;
      response.writeHead(400, { 'content-type': 'text/xml' }).end(xml);
      return;
    }
    const xml = `<${call.action}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>r</requestId>${reply.xml}</${call.action}Response>`;
    response.writeHead(200, { 'content-type': 'text/xml' }).end(xml);
  }
}

export function peeringXml(state: string, why?: string): Reply {
  const status = why === undefined ? '' : `<status><code>x</code><message>${why}</message></status>`;
  const item = `<item><transitGatewayAttachmentId>tgw-attach-1</transitGatewayAttachmentId><state>${state}</state>${status}</item>`;
  return { xml: `<transitGatewayPeeringAttachments>${item}</transitGatewayPeeringAttachments>` };
}

export function attachmentsXml(...attachments: readonly (readonly [id: string, state: string])[]): Reply {
  const items = attachments.map(
    ([id, state]) => `<item><transitGatewayAttachmentId>${id}</transitGatewayAttachmentId><state>${state}</state></item>`,
  );
  return { xml: `<transitGatewayAttachments>${items.join('')}</transitGatewayAttachments>` };
}
