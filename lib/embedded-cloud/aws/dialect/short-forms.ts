import type { YAMLMap, YAMLSeq } from 'yaml';

const names = [
  'Base64',
  'Cidr',
  'FindInMap',
  'GetAtt',
  'GetAZs',
  'ImportValue',
  'Join',
  'Select',
  'Split',
  'Sub',
  'If',
  'Equals',
  'And',
  'Or',
  'Not',
  'GetStackOutput',
  // Of Rules alone ("Rule-specific intrinsic functions").
  'Contains',
  'EachMemberEquals',
  'EachMemberIn',
];

const long = (tag: string): string => (tag === 'Ref' || tag === 'Condition' ? tag : `Fn::${tag}`);

const split = (tag: string, text: string): unknown =>
  tag === 'GetAtt' ? [text.slice(0, text.indexOf('.')), text.slice(text.indexOf('.') + 1)] : text;

const plain = (node: YAMLMap | YAMLSeq): unknown => node.toJSON();

/** YAML's `!Sub`, `!Ref` ... as the long forms that the engine evaluates. */
export const shortForms = [...names, 'Ref', 'Condition'].flatMap((tag) => [
  { tag: `!${tag}`, resolve: (text: string) => ({ [long(tag)]: split(tag, text) }) },
  { tag: `!${tag}`, collection: 'seq' as const, resolve: (seq: YAMLMap | YAMLSeq) => ({ [long(tag)]: plain(seq) }) },
  { tag: `!${tag}`, collection: 'map' as const, resolve: (map: YAMLMap | YAMLSeq) => ({ [long(tag)]: plain(map) }) },
]);
