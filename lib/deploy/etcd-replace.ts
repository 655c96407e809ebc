/** Gives a voter that lost its data a new place in its cluster: what to do is decided first, and may be read before it is done. */
import type { EtcdMember, EtcdMembership } from './etcd-members';

export interface LostVoter {
  /** Name of the member, with its generation: `sa-east-1-core-voters-2-g1`. */
  readonly name: string;
  /** For example `http://10.9.40.16:2380`. */
  readonly peerUrl: string;
}

export type Step =
  | { readonly kind: 'remove'; readonly member: EtcdMember }
  | { readonly kind: 'add'; readonly peerUrl: string }
  | { readonly kind: 'promote'; readonly peerUrl: string };

export type ReplacePlan =
  | {
      readonly steps: readonly Step[];
      /** It never was a member, or was only added: a deploy makes it and waits for it. */
      readonly comes: boolean;
      readonly refused?: undefined;
    }
  | { readonly steps?: undefined; readonly refused: { readonly code: string; readonly message: string; readonly fix: string } };

/**
 * Decides the steps that are still to be done: asked again after an interruption it goes on from there.
 *
 * @param retired voters that are described no more: those that aren't well are given up before another one is added (etcd FAQ, "Should I
 * add a member before removing an unhealthy member?")
 */
export async function planReplacement(
  cluster: EtcdMembership,
  lost: LostVoter,
  retired: readonly LostVoter[] = [],
): Promise<ReplacePlan> {
  const members = await cluster.list();
  const isOf = (m: EtcdMember, voter: LostVoter): boolean => m.name === voter.name || m.peerUrls.includes(voter.peerUrl);
  const own = members.filter((m) => isOf(m, lost));
  const gone = await given(
    cluster,
    members.filter((m) => !own.includes(m) && retired.some((voter) => isOf(m, voter))),
  );
  const others = members.filter((m) => !own.includes(m) && !gone.includes(m));
  const learner = others.find((m) => m.learner);
  if (learner !== undefined)
    return refuse('ETCD_LEARNER', `${learner.name || learner.id} is being replaced already`, 'finish that one first');
  const well = await Promise.all(others.map((m) => cluster.isHealthy(m)));
  const sick = others.filter((_, i) => !well[i]);
  // What is left when the lost one is out must be a quorum of itself, all of it well: nothing may fail in the meantime.
  if (others.length === 0)
    return refuse('ETCD_ALONE', `${lost.name} is the only member`, 'restore the cluster: docs/etcd.md, "Two of three lost"');
  if (sick.length > 0)
    return refuse(
      'ETCD_UNWELL',
      `${sick.map((m) => m.name || m.id).join(', ')} is not well`,
      'mend it first: a second voter that fails now takes the quorum',
    );
  const standing = own.find((m) => m.learner);
  if (standing !== undefined) return { comes: true, steps: [{ kind: 'promote', peerUrl: lost.peerUrl }] };
  for (const member of own) {
    if (member.clientUrls.length > 0 && (await cluster.isHealthy(member))) {
      return refuse(
        'ETCD_NOT_LOST',
        `${lost.name} is a voter and is well`,
        'nothing to do; `meissa replace` replaces the host itself',
      );
    }
    // Added by somebody as a voter, or one of the first that comes late: it starts by itself, and to remove it would be a step back.
    if (member.clientUrls.length === 0) return { comes: true, steps: [] };
  }
  return {
    comes: own.length === 0,
    steps: [
      ...gone.map((member): Step => ({ kind: 'remove', member })),
      ...own.map((member): Step => ({ kind: 'remove', member })),
      { kind: 'add', peerUrl: lost.peerUrl },
      { kind: 'promote', peerUrl: lost.peerUrl },
    ],
  };
}

/** Who is well and only no longer described is a person's to take away. */
async function given(cluster: EtcdMembership, retired: readonly EtcdMember[]): Promise<EtcdMember[]> {
  const well = await Promise.all(retired.map((m) => cluster.isHealthy(m)));
  return retired.filter((_, i) => !well[i]);
}

export interface CarryOut {
  /** Tells of a step before it is done. */
  readonly say: (words: string) => void;
  readonly sleep: (ms: number) => Promise<void>;
  /** How long the new member may take to start and catch up, ms. */
  readonly patience: number;
}

/** Carries the steps out. Throws what etcd says; a second call goes on from there. */
export async function carryOut(
  cluster: EtcdMembership,
  steps: readonly Step[],
  { say, sleep, patience }: CarryOut,
): Promise<void> {
  for (const step of steps) {
    say(stepWords(step));
    if (step.kind === 'remove') await cluster.remove(step.member.id);
    else if (step.kind === 'add') await insist(() => cluster.addLearner(step.peerUrl), sleep, patience);
    else await insist(() => promote(cluster, step.peerUrl), sleep, patience);
  }
}

export function stepWords(step: Step): string {
  if (step.kind === 'remove')
    return `remove member ${step.member.name || step.member.peerUrls.join(', ')} (${BigInt(step.member.id).toString(16)})`;
  if (step.kind === 'add') return `add ${step.peerUrl} as a learner: the host starts by itself within 10 s and fetches the data`;
  return `promote ${step.peerUrl} to a voter as soon as it has caught up`;
}

async function promote(cluster: EtcdMembership, peerUrl: string): Promise<void> {
  const member = (await cluster.list()).find((m) => m.peerUrls.includes(peerUrl));
  if (member === undefined) throw new Error(`${peerUrl} is no member any more`);
  if (member.learner) await cluster.promote(member.id);
}

/** etcd refuses a change for five seconds after a connection was lost, and a promotion until the learner has caught up. */
async function insist(change: () => Promise<unknown>, sleep: CarryOut['sleep'], patience: number): Promise<void> {
  const pause = 1000;
  for (let waited = 0; ; waited += pause) {
    try {
      await change();
      return;
    } catch (error) {
      if (waited >= patience) throw error;
      await sleep(pause);
    }
  }
}

function refuse(code: string, message: string, fix: string): ReplacePlan {
  return { refused: { code, message, fix } };
}
