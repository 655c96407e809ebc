/** The membership of a running etcd, over its v3 JSON gateway. Source: etcd documentation, "gRPC gateway", "Runtime reconfiguration". */

export type Fetch = typeof globalThis.fetch;

export interface EtcdMember {
  /** Decimal, as the gateway gives it. */
  readonly id: string;
  /** Empty until it has started. */
  readonly name: string;
  readonly peerUrls: readonly string[];
  /** Empty until it has started. */
  readonly clientUrls: readonly string[];
  readonly learner: boolean;
}

/** etcd said no, or nobody answered. */
export class EtcdError extends Error {
  override readonly name = 'EtcdError';
}

/** How long one call may take, ms. */
const TIMEOUT = 5000;

/** etcd's answers to a read while it elects: nothing is wrong, and the same question a moment later is answered. */
const ELECTING = /leader changed|no leader/;

/** How often a read is asked again during an election, and the pause between, ms: together longer than a default election (1 s, twice). */
const ASK_AGAIN = { times: 8, pause: 500 };

/** Calls of one cluster through whichever endpoint answers first. */
export class EtcdMembership {
  constructor(
    private readonly endpoints: readonly string[],
    private readonly fetch: Fetch,
  ) {}

  /** All members, as a quorum has confirmed them. */
  async list(): Promise<EtcdMember[]> {
    for (let asked = 1; ; asked++) {
      try {
        const answer = await this.call('member/list', { linearizable: true });
        return (answer.members as Raw[] | undefined)?.map(memberOf) ?? [];
      } catch (error) {
        if (asked > ASK_AGAIN.times || !(error instanceof EtcdError) || !ELECTING.test(error.message)) throw error;
        await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN.pause));
      }
    }
  }

  async remove(id: string): Promise<void> {
    await this.call('member/remove', { ID: id });
  }

  /** Adds a member that does not vote until it is promoted: one that votes before it has started takes the quorum of a lone survivor. */
  async addLearner(peerUrl: string): Promise<EtcdMember> {
    const answer = await this.call('member/add', { peerURLs: [peerUrl], isLearner: true });
    return memberOf(answer.member as Raw);
  }

  async promote(id: string): Promise<void> {
    await this.call('member/promote', { ID: id });
  }

  /** Whether a started member says of itself that it is well. */
  async isHealthy(member: EtcdMember): Promise<boolean> {
    for (const url of member.clientUrls) {
      try {
        const response = await this.fetch(`${url}/health`, { signal: AbortSignal.timeout(TIMEOUT) });
        const { health } = (await response.json()) as { health?: unknown };
        if (health === 'true' || health === true) return true;
      } catch {
        // The next address, or not well.
      }
    }
    return false;
  }

  private async call(path: string, body: object): Promise<Record<string, unknown>> {
    const tried: string[] = [];
    for (const endpoint of this.endpoints) {
      let response: Response;
      try {
        response = await this.fetch(`${endpoint}/v3/cluster/${path}`, {
          method: 'POST',
          body: JSON.stringify(body),
          signal: AbortSignal.timeout(TIMEOUT),
        });
      } catch (error) {
        const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : (error as Error).message;
        tried.push(`${endpoint}: ${cause}`);
        continue;
      }
      const answer = (await response.json().catch(() => ({}))) as Record<string, unknown>;
      if (response.ok) return answer;
      throw new EtcdError(`${path}: ${String(answer.message ?? answer.error ?? response.status)}`);
    }
    throw new EtcdError(`no endpoint answers: ${tried.join('; ')}`);
  }
}

interface Raw {
  readonly ID: string;
  readonly name?: string;
  readonly peerURLs?: string[];
  readonly clientURLs?: string[];
  readonly isLearner?: boolean;
}

function memberOf(raw: Raw): EtcdMember {
  return {
    id: raw.ID,
    name: raw.name ?? '',
    peerUrls: raw.peerURLs ?? [],
    clientUrls: raw.clientURLs ?? [],
    learner: raw.isLearner === true,
  };
}
