/** One HTTP connection to the front ends at a time, renewed while all is well. */
import { type LookupAddress, type LookupOptions, lookup as resolve } from 'node:dns';
import { Agent, type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import { stamp } from '../shared/steady';

/**
 * Seconds after which an idle connection isn't used again. An NLB of AWS forgets a connection after 350 s without a packet (Network Load
 * Balancers, "Connection idle timeout"), one of Aliyun after 900 s; neither tells the client before it sends.
 */
const IDLE = 240;
/** Seconds a connection is used at most: only a new one finds front ends that were added. */
const LIFE = 600;
/** Part of the life that is left to chance, so that a fleet of agents doesn't renew at once. */
const JITTER = 0.2;
/** Bytes of an answer that are read. */
const ANSWER = 65_536;

export interface Answer {
  readonly status: number;
  readonly body: string;
  /** Seconds. */
  readonly retryAfter: number;
}

export interface ConnectionOptions {
  readonly endpoints: readonly URL[];
  /** Milliseconds without progress until a request has failed. @default 30,000 */
  readonly timeout?: number;
  readonly now?: () => number;
  readonly random?: () => number;
  readonly lookup?: typeof resolve;
}

export class Connection {
  /** Connections opened. */
  opened = 0;
  readonly #options: Required<ConnectionOptions>;
  #agent: Agent | undefined;
  #endpoint: number;
  #until = 0;
  #used = 0;

  constructor(options: ConnectionOptions) {
    this.#options = { timeout: 30_000, now: stamp, random: Math.random, lookup: resolve, ...options };
    this.#endpoint = Math.floor(this.#options.random() * options.endpoints.length);
  }

  /** Posts; an Error is thrown where no answer came. After that, and after an answer of 5xx, the next request goes to another address. */
  async post(path: string, headers: OutgoingHttpHeaders, body: Buffer): Promise<Answer> {
    const agent = this.#fresh();
    try {
      const answer = await this.#send(agent, path, headers, body);
      if (answer.status >= 500) this.#leave();
      return answer;
    } catch (error) {
      this.#leave();
      throw error;
    } finally {
      this.#used = this.#options.now();
    }
  }

  /** Ends what is open. */
  close(): void {
    this.#agent?.destroy();
    this.#agent = undefined;
  }

  #fresh(): Agent {
    const now = this.#options.now();
    if (this.#agent && (now >= this.#until || now - this.#used >= IDLE * 1000)) this.close();
    if (!this.#agent) {
      this.#agent = new Agent({ keepAlive: true, maxSockets: 1, maxFreeSockets: 1 });
      this.#until = now + LIFE * 1000 * (1 - JITTER * this.#options.random());
    }
    return this.#agent;
  }

  #leave(): void {
    this.close();
    this.#endpoint = (this.#endpoint + 1) % this.#options.endpoints.length;
  }

  #send(agent: Agent, path: string, headers: OutgoingHttpHeaders, body: Buffer): Promise<Answer> {
    const { endpoints, timeout, random, lookup } = this.#options;
    const { hostname, port } = endpoints[this.#endpoint]!;
    return new Promise((done, fail) => {
      const sent = request(
        {
          agent,
          method: 'POST',
          hostname,
          port: port || 80,
          path,
          timeout,
          headers: { ...headers, 'Content-Length': body.length },
          // For every new connection: names of load balancers change their addresses, and each zone has one.
          lookup: (name: string, options: LookupOptions, found: Found) =>
            lookup(name, { ...options, all: true }, (error, addresses) => answerLookup(error, addresses, options, random, found)),
        },
        (response) => read(response).then(done, fail),
      );
      sent.on('socket', (socket) => {
        if (socket.connecting) this.opened++;
      });
      sent.on('timeout', () => sent.destroy(new Error(`no answer in ${timeout / 1000} s`)));
      sent.on('error', fail);
      sent.end(body);
    });
  }
}

type Found = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void;

/** All addresses in any order: the first is tried first. */
function answerLookup(
  error: NodeJS.ErrnoException | null,
  addresses: LookupAddress[],
  { all }: LookupOptions,
  random: () => number,
  found: Found,
): void {
  const mixed = (addresses ?? []).map((each) => ({ each, at: random() })).sort((a, b) => a.at - b.at);
  const [first] = mixed;
  if (error || !first) found(error ?? new Error('the name has no address'), []);
  else if (all)
    found(
      null,
      mixed.map(({ each }) => each),
    );
  else found(null, first.each.address, first.each.family);
}

async function read(response: IncomingMessage): Promise<Answer> {
  let body = '';
  for await (const chunk of response.setEncoding('utf8')) if (body.length < ANSWER) body += chunk;
  const retryAfter = Number(response.headers['retry-after']);
  return { status: response.statusCode!, body, retryAfter: Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : 0 };
}
