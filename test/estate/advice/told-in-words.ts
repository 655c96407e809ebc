/** Codes whose advice nobody but a person can follow, and why. */
export const TOLD_IN_WORDS: Readonly<Record<string, string>> = {
  ARTIFACT_MISSING: 'which version it is, and where it comes from, only its owner knows',
  ELASTIC_DRAIN: 'members need a count, addresses and disks, which an elastic fleet has not',
  IMAGE_ID: 'the id that the lock had stands in git alone',
  NAME_TOO_LONG: 'a name is chosen by those who use it',
  VOLUME_TYPE: 'a type has a range of sizes and rates to choose from',
};
