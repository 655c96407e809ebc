/** Codes of profiles and files whose advice nobody but a person can follow, and why. Their cases follow it by hand. */
export const TOLD_IN_WORDS: Readonly<Record<string, string>> = {
  FILE_TOO_LARGE: 'what of a file nobody reads can go, only its owner knows',
  FILE_UNREADABLE: 'the characters that were written are lost',
  FRAGMENT_CONDITION: 'what a condition is to ask, its value does not say',
  FRAGMENT_MISSING: 'a path, a content and the language of a file are its own',
  KEY_NOT_TEXT: 'a list or a mapping in the place of a key is no name that could be kept',
  NUMBER_TOO_LARGE: 'whether it is a number or an id, only who wrote it knows',
  PROFILE_CONFLICT: 'which of two wishes holds, only those who run the hosts know',
  PROFILE_FILE_MISSING: 'a profile has a description, which is a sentence of its author',
  PUBLISHED_PORT: 'whether a container is reached at its own address or at its host, only its owner knows',
  SECRET_IN_DESCRIPTION: 'the secret is changed where it is used, and kept in a store that only its owner has',
  SECRET_IN_USER_DATA: 'the secret is changed where it is used, and kept in a store that only its owner has',
  UNIT_NETWORK: 'where in the text of a unit a line belongs, its author decides',
  UNIT_NEWER: 'what the program is to do instead, only its author knows',
  USER_DATA_MISREAD: 'where the address is wanted decides how it is read',
  VALUE_UNENCODABLE: 'how a text is to be written that its language has no words for, only its author knows',
  YAML_ALIAS: 'the value that has no end is nowhere',
  YAML_TOO_DEEP: 'what was meant by so many levels, only who wrote them knows',
};

/** What looks like a code and is told of no file, with where it comes from. */
export const NO_FILE: Readonly<Record<string, string>> = {
  ERR_BUFFER_TOO_LARGE: "Node's, of a text that unpacks to more than is searched for secrets",
  MORE_FINDINGS: 'counts the findings of a file that are not told',
  REFUSED_LATE: 'a fault of this program, asked to be reported',
  SECRET_IN_OUTPUT: 'of what is about to be written; its file is told by SECRET_IN_DESCRIPTION or SECRET_IN_USER_DATA',
  TOO_DEEP: 'of the reader of YAML, told as YAML_TOO_DEEP',
};
