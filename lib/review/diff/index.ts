/** What reviews of changed stacks are made of: model, meaning, words. */

export { diffStacks, diffStates, type StackDiff } from './diff';
export { estateMeanings } from './estate';
export { type Diffed, differs, type EstateDiff, type FindingsSince, findingsSince } from './estate-diff';
export { type IdcSide, idcSides, placesThatChange } from './idc';
export { MEANING_KINDS, type MeaningKind } from './kinds';
export { type Meaning, SEVERITIES, type Severity, type UserDataChange } from './meaning/meaning';
export type { StackChange } from './model/stack-change';
export type { FleetConfiguration, Provider, StackState } from './state';
export { diffJson } from './words/json';
export { diffMarkdown } from './words/markdown';
export { diffLines, diffText, type Paint, type TextOptions } from './words/text';
