/** Words about hosts where it is one. */

const SINGULAR: readonly (readonly [RegExp, string])[] = [
  [/^stop and start/, 'stops and starts'],
  [/^restart/, 'restarts'],
  [/^come/, 'comes'],
  [/^go\b(.*)their system disks with them/, 'goes$1its system disk with it'],
  [/^(keep|lose) their /, '$1s its '],
  [/^go\b/, 'goes'],
  [/^are /, 'is '],
  [/^get /, 'gets '],
  [/^give their addresses back \(their interfaces go\)/, 'gives its address back (its interface goes)'],
];

export function singular(what: string): string {
  return SINGULAR.reduce((words, [pattern, to]) => words.replace(pattern, to), what);
}
