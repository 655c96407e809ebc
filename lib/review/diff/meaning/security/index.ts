/** What is less safe than before; a new rule is a file and a line here. Open rules and wider permissions are told where rules and permissions are. */
import type { DiffContext } from '../context';
import type { Meaning } from '../meaning';
import { dataIsEncrypted } from './encryption';
import { flowLogsStay } from './flow-logs';
import { imdsNeedsNoToken, imdsReachesFarther } from './metadata-service';
import { deletionIsGuarded, stacksAreGuarded, whatWasKeptIsKept } from './protection';
import { hostsArePublic } from './public-addresses';
import { balancersArePublic } from './public-balancers';
import { bucketsArePrivate, publicAccessIsBlocked } from './public-buckets';
import { boundariesStay, managedPoliciesAreFew, policiesNameWhoMay, rightsNameWhatTheyAllow } from './rights';
import { keyPairsAreKnown, sshKeysAreKnown } from './ssh-keys';
import type { SecurityRule } from './weakness';

const RULES: readonly SecurityRule[] = [
  balancersArePublic,
  hostsArePublic,
  publicAccessIsBlocked,
  bucketsArePrivate,
  policiesNameWhoMay,
  managedPoliciesAreFew,
  rightsNameWhatTheyAllow,
  boundariesStay,
  sshKeysAreKnown,
  keyPairsAreKnown,
  imdsNeedsNoToken,
  imdsReachesFarther,
  dataIsEncrypted,
  whatWasKeptIsKept,
  deletionIsGuarded,
  stacksAreGuarded,
  flowLogsStay,
];

export function whatIsLessSafe(context: DiffContext): Meaning[] {
  return RULES.flatMap((rule) => rule(context));
}
