/** Codes of profiles and files whose advice nobody but a person can follow, and why. Their cases follow it by hand. */
export const TOLD_IN_WORDS: Readonly<Record<string, string>> = {};

/** What looks like a code and is caused by no file, with where it comes from. */
export const NO_FILE: Readonly<Record<string, string>> = {};
