/** Fragments that are no YAML as it is meant. */
import { type AdviceRow, fragment, row } from './row';

export const fragmentsRows: readonly AdviceRow[] = [
  row(
    'FRAGMENT_YAML',
    'an alias',
    fragment('sysctl: &a []\nunits: *a\n'),
    /Write the value out/,
    fragment('sysctl: []\nunits: []\n'),
  ),
  row('FRAGMENT_YAML', 'a tab before a key', fragment('sysctl:\n\t- { name: a.b, value: "1" }\n')),
  row('FRAGMENT_YAML', 'a full-width colon', fragment('sysctl：\n  - { name: a.b, value: "1" }\n')),
  row('FRAGMENT_YAML', 'a bracket that stays open', fragment('sysctl: [\n')),
  row('FRAGMENT_YAML', 'braces without quotes', fragment('files:\n  - { path: /etc/x.json, content: {{fleet.name}} }\n')),
  row('FRAGMENT_YAML', 'the same in lines', fragment('files:\n  - path: /etc/x.json\n    content: {{fleet.name}}\n')),
  row(
    'FRAGMENT_YAML',
    'braces within a value',
    fragment('files:\n  - { path: /etc/{{fleet.name}}.json, content: {{fleet.name}} }\n'),
  ),
  row(
    'FRAGMENT_YAML',
    'nested without end',
    fragment(`files: ${'['.repeat(30)}${']'.repeat(30)}\n`),
    /Write it flat/,
    fragment('files: []\n'),
  ),
];
