/** A cluster of etcd as its JSON gateway tells it: members that are well or not, and changes of them. No data. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Member {
  readonly ID: string;
  readonly name: string;
  readonly peerURLs: string[];
  clientURLs: string[];
  isLearner: boolean;
}

export class FakeEtcd {
  readonly #server: Server;
  #joined = 0;
  readonly members: Member[] = [];
  /** What was asked to change, in order. */
  readonly changes: string[] = [];

  /** @param dead names of members that don't answer */
  constructor(private readonly dead: readonly string[]) {
    this.#server = createServer((request, response) => {
      let body = '';
      request.on('data', (part) => {
        body += part;
      });
      request.on('end', () => {
        const answer = this.#answer(request.url ?? '', body === '' ? {} : JSON.parse(body));
        response.statusCode = answer === undefined ? 503 : 200;
        response.end(JSON.stringify(answer ?? { error: 'down' }));
      });
    });
  }

  async start(voters: readonly { readonly name: string; readonly peer: string }[]): Promise<void> {
    await new Promise<void>((listening) => this.#server.listen(0, '127.0.0.1', listening));
    for (const { name, peer } of voters) this.#join(name, peer, false);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): Promise<void> {
    return new Promise((closed) => this.#server.close(() => closed()));
  }

  #join(name: string, peer: string, isLearner: boolean): Member {
    const ID = `${1000 + this.#joined++}`;
    const member = { ID, name, peerURLs: [peer], clientURLs: name === '' ? [] : [`${this.url}/${name}`], isLearner };
    this.members.push(member);
    return member;
  }

  #answer(path: string, asked: { ID?: string; peerURLs?: string[] }): object | undefined {
    const [, name] = /^\/(.+)\/health$/.exec(path) ?? [];
    if (name !== undefined) return this.dead.includes(name) ? undefined : { health: 'true' };
    const own = this.members.findIndex(({ ID }) => ID === asked.ID);
    if (path.endsWith('/member/list')) return { members: this.members };
    if (path.endsWith('/member/remove')) {
      this.changes.push(`remove ${this.members[own]!.name}`);
      this.members.splice(own, 1);
      return {};
    }
    if (path.endsWith('/member/add')) {
      this.changes.push(`add ${asked.peerURLs![0]}`);
      return { member: this.#join('', asked.peerURLs![0]!, true) };
    }
    if (!path.endsWith('/member/promote')) return undefined;
    this.changes.push(`promote ${this.members[own]!.peerURLs[0]}`);
    this.members[own]!.isLearner = false;
    return {};
  }
}
