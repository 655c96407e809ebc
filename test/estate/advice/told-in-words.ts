/** Codes whose advice nobody but a person can follow, and why. */
export const TOLD_IN_WORDS: Readonly<Record<string, string>> = {
  ARTIFACT_MISSING: 'which version it is, and where it comes from, only its owner knows',
  ELASTIC_DRAIN: 'members need a count, addresses and disks, which an elastic fleet has not',
  IMAGE_ID: 'the id that the lock had stands in git alone',
  NAME_TOO_LONG: 'a name is chosen by those who use it',
  TAGS_TOO_MANY: 'which of the tags can go, only those who read them know',
};
