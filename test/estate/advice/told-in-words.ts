import { lockOf } from '../cases/case';
import { type Written, written } from '../written';

/** A code whose advice nobody but a person can follow, and why; one of its cases, what is said there, and what a person does. */
export interface ToldInWords {
  readonly because: string;
  /** Of the cases of the code. */
  readonly is: string;
  readonly says: RegExp;
  readonly hand: (w: Written, said: RegExpExecArray) => unknown;
}

export const TOLD_IN_WORDS: Readonly<Record<string, ToldInWords>> = {
  ARTIFACT_MISSING: {
    because: 'which version it is, and where it comes from, only its owner knows',
    is: 'an artifact that is not locked',
    says: /^run `meissa artifacts add etcd \.\.\.` with its version and source/,
    hand: (w) => (w.artifacts = written().artifacts),
  },
  ELASTIC_DRAIN: {
    because: 'members need a count, addresses and disks, which an elastic fleet has not',
    is: 'an elastic fleet of Aliyun whose hosts drain',
    says: /^write `kind: members` with a count and addresses/,
    hand: (w) => {
      const { fleets } = w.places['cn-beijing'].clusters.core;
      const { profiles } = fleets.adserver;
      fleets.adserver = { ...fleets.storage, profiles, addresses: { first: 300, perZone: 3 } };
    },
  },
  IMAGE_ID: {
    because: 'the id that the lock had stands in git alone',
    is: 'an id that was cut',
    says: /as the lock had it/,
    hand: (w) => (w.members['sa-east-1'] = lockOf()),
  },
  NAME_TOO_LONG: {
    because: 'a name is chosen by those who use it',
    is: 'a fleet whose hosts have no name',
    says: /^shorten the names of .* by (\d+) characters/,
    hand: (w, [, by]) => {
      const { fleets } = w.places['sa-east-1'].clusters.core;
      const name = Object.keys(fleets).find((one) => one.startsWith('storage'))!;
      fleets[name.slice(0, name.length - Number(by)).replace(/-+$/, '')] = fleets[name];
      delete fleets[name];
    },
  },
  TAGS_TOO_MANY: {
    because: 'which of the tags can go, only those who read them know',
    is: 'more than a host has room for, of the whole estate',
    says: /^keep at most (\d+)/,
    hand: (w, [, most]) => (w.estate.tags = Object.fromEntries(Object.entries(w.estate.tags).slice(0, Number(most)))),
  },
};
