/** What people write in profiles and files, each with one finding; and where only a person can mend it, what a person does. */
import { stringify } from 'yaml';
import { beijing, line, links, peering, vpn, west, wide } from '../estate/cases/joined';
import { type Anything, type Written, written } from '../estate/written';

export interface AdviceRow {
  readonly code: string;
  readonly is: string;
  readonly change: (w: Written) => unknown;
  /** @default - steps are followed */
  readonly by?: { readonly says: RegExp; readonly hand: (w: Written) => unknown };
}

const PROFILE = 'cloud-config/mine/profile.yaml';
const FRAGMENT = 'cloud-config/mine/cloud-config.yaml';

const about = { profile: 'mine', description: 'A profile of a test.' };
const PORT = { name: 'web', port: 8080, protocol: 'tcp', from: 'cluster', why: 'a test' };

/** The small estate with a profile of its own on one fleet. */
export function estateWithMine(): Written {
  const w = written();
  w.places['sa-east-1'].clusters.core.fleets.storage.profiles.push('mine');
  w.more[PROFILE] = stringify(about);
  w.more[FRAGMENT] = '#cloud-config\n';
  return w;
}

type Hand = AdviceRow['by'];

function row(code: string, is: string, change: AdviceRow['change'], says?: RegExp, hand?: AdviceRow['change']): AdviceRow {
  return { code, is, change, ...(says !== undefined && { by: { says, hand: hand! } as Hand }) } as AdviceRow;
}

/** Of the fragment of the profile, and of files beside it. */
function fragment(text: string, files: Readonly<Record<string, string>> = {}): (w: Written) => void {
  return (w) => {
    w.more[FRAGMENT] = text;
    for (const [name, content] of Object.entries(files)) w.more[`cloud-config/mine/${name}`] = content;
  };
}

/** Of the profile.yaml. */
function profile(change: Record<string, unknown>): (w: Written) => void {
  return (w) => {
    w.more[PROFILE] = stringify({ ...about, ...change });
  };
}

function profileText(text: string): (w: Written) => void {
  return (w) => {
    w.more[PROFILE] = text;
  };
}

const head = 'profile: mine\ndescription: A profile of a test.\n';
const storage = (w: Written): Anything => w.places['sa-east-1'].clusters.core.fleets.storage;
const file = (name: string, text: string, more = ''): string => `files:\n  - { path: ${name}, content: '${text}'${more} }\n`;
const unit = (text: string): string => `units:\n  - name: x.service\n    content: |\n      [Service]\n      ExecStart=${text}\n`;

export const adviceRows: readonly AdviceRow[] = [
  // Fragments: their YAML.
  row(
    'FRAGMENT_YAML',
    'an alias',
    fragment('sysctl: &a []\nunits: *a\n'),
    /Write the value out/,
    fragment('sysctl: []\nunits: []\n'),
  ),
  row('FRAGMENT_YAML', 'a tab before a key', fragment('sysctl:\n\t- { name: a.b, value: "1" }\n')),
  row('FRAGMENT_YAML', 'a full-width colon', fragment('sysctl：\n  - { name: a.b, value: "1" }\n')),
  row('FRAGMENT_YAML', 'a bracket that stays open', fragment('sysctl: [\n'), /Correct the YAML|close/, fragment('sysctl: []\n')),
  row(
    'FRAGMENT_YAML',
    'braces without quotes',
    fragment('files:\n  - { path: {{fleet.name}}, content: x }\n'),
    /quotes/,
    fragment(file('/etc/x', 'x')),
  ),
  // What stands at its keys.
  row('FRAGMENT_UNKNOWN_KEY', 'a key misspelt', fragment('file: []\n')),
  row(
    'FRAGMENT_UNKNOWN_KEY',
    'a key misspelt whose value is below it',
    fragment('unit:\n\n  # x\n  - name: x.service\n    enable: true\n'),
  ),
  row(
    'FRAGMENT_UNKNOWN_KEY',
    'a key with a hyphen',
    fragment('units:\n  - name: x.service\n    drop-ins:\n      - { name: a.conf, content: "[Service]" }\n'),
  ),
  row(
    'FRAGMENT_UNKNOWN_KEY',
    'a key misspelt behind an item that is left out',
    fragment(`files:\n  - { path: /etc/a, content: a, when: false }\n  - { pth: /etc/b, path: /etc/b, content: a }\n`),
    /path/,
    fragment(file('/etc/b', 'a')),
  ),
  row(
    'FRAGMENT_UNKNOWN_KEY',
    'a key of cloud-init',
    fragment('users:\n  - { name: a, sudo: "ALL=(ALL) ALL" }\n'),
    /groups: \[sudo\]/,
    fragment('users:\n  - { name: a, groups: [sudo] }\n'),
  ),
  row('FRAGMENT_TYPE', 'permissions as a number', fragment(file('/etc/x', 'x', ', permissions: 0600'))),
  row('FRAGMENT_TYPE', 'permissions in octal', fragment(file('/etc/x', 'x', ', permissions: 0o755'))),
  row('FRAGMENT_TYPE', 'a word of YAML 1.1', fragment('units:\n  - { name: x.service, enable: yes }\n')),
  row(
    'FRAGMENT_TYPE',
    'a text where a list belongs',
    fragment('users:\n  - { name: a, groups: sudo }\n'),
    /`- `/,
    fragment('users:\n  - name: a\n    groups:\n      - sudo\n'),
  ),
  row(
    'FRAGMENT_TYPE',
    '`each` of a text',
    fragment(file('/etc/x-{{key}}', 'x', ', each: region.name')),
    /each: volumes/,
    fragment(file('/etc/x-{{key}}', 'x', ', each: volumes')),
  ),
  row('FRAGMENT_VALUE', 'a word that is none', fragment('units:\n  - { name: x.service, command: strat }\n')),
  row('FRAGMENT_VALUE', 'a unit without its kind', fragment('units:\n  - { name: x, enable: true }\n')),
  row('FRAGMENT_VALUE', 'another spelling of a path', fragment(file('/etc//x', 'x'))),
  row(
    'FRAGMENT_VALUE',
    'a drop-in without its ending',
    fragment('units:\n  - name: x.service\n    dropIns: [{ name: 10-a, content: "[Service]" }]\n'),
  ),
  row('FRAGMENT_VALUE', 'a user in capitals', fragment('users:\n  - { name: "Ann" }\n')),
  row('FRAGMENT_VALUE', 'a home', fragment(file('~/x', 'x'))),
  row(
    'FRAGMENT_VALUE',
    'a file that is not in the folder',
    fragment('files:\n  - { path: /opt/x.sh, source: y.sh }\n', { 'x.sh': 'true\n' }),
    /x\.sh/,
    fragment('files:\n  - { path: /opt/x.sh, source: x.sh }\n'),
  ),
  row(
    'FRAGMENT_MISSING',
    'a file without its path',
    fragment('files:\n  - { content: x }\n'),
    /Write path/,
    fragment(file('/etc/x', 'x')),
  ),
  row(
    'FRAGMENT_MISSING',
    'a file without its content',
    fragment('files:\n  - { path: /etc/x }\n'),
    /`content`, or `source`/,
    fragment(file('/etc/x', 'x')),
  ),
  row(
    'FRAGMENT_MISSING',
    'a language that nobody knows',
    fragment(file('/etc/x', '{{region.name}}')),
    /`words`/,
    fragment(file('/etc/x', '{{region.name}}', ', language: words')),
  ),
  row(
    'FRAGMENT_CONDITION',
    'a condition that is a name',
    fragment(file('/etc/x', 'x', ", when: '{{fleet.kind}}'")),
    /eq fleet\.kind "members"/,
    fragment(file('/etc/x', 'x', `, when: '{{eq fleet.kind "members"}}'`)),
  ),
  // Templates.
  row('TEMPLATE_VARIABLE', 'a variable misspelt', fragment(file('/etc/x.json', '"{{regoin.name}}"'))),
  row('TEMPLATE_VARIABLE', 'a part of a variable misspelt', fragment(file('/etc/x.json', '"{{region.naem}}"'))),
  row('TEMPLATE_VARIABLE', 'the second of a line', fragment(file('/etc/x.json', '"{{region.name}} {{cluster.nam}}"'))),
  row('TEMPLATE_VARIABLE', 'one in a condition', fragment(file('/etc/x', 'x', ', when: \'{{eq flet.kind "members"}}\''))),
  row(
    'TEMPLATE_VARIABLE',
    'one in a program',
    fragment('files:\n  - { path: /opt/x.sh, source: x.sh, template: true }\n', {
      'x.sh': '#!/bin/bash\ntrue; echo {{cluster.nam}}\n',
    }),
  ),
  row(
    'TEMPLATE_VARIABLE',
    'one within a block of another',
    fragment('files:\n  - { path: /opt/x.sh, source: x.sh, template: true }\n', {
      'x.sh': '#!/bin/bash\n{{#with region}}\necho {{nam}}\n{{/with}}\n',
    }),
  ),
  row(
    'TEMPLATE_VARIABLE',
    'one within a list',
    fragment('files:\n  - { path: /opt/x.sh, source: x.sh, template: true }\n', {
      'x.sh': '#!/bin/bash\n{{#each volumes}}\necho {{moutn}}\n{{/each}}\n',
    }),
  ),
  row(
    'TEMPLATE_VARIABLE',
    'one outside of the block',
    fragment('files:\n  - { path: /opt/x.sh, source: x.sh, template: true }\n', {
      'x.sh': '#!/bin/bash\n{{#each volumes}}\necho {{../regoin.name}}\n{{/each}}\n',
    }),
  ),
  row('TEMPLATE_VARIABLE', 'a list misspelt', fragment(file('/etc/x-{{key}}', 'x', ', each: volume'))),
  row(
    'TEMPLATE_VARIABLE',
    'one of another program',
    fragment(file('/etc/x.json', '"{{ ds }}"')),
    /`template: false`/,
    fragment(file('/etc/x.json', '"{{ ds }}"', ', template: false')),
  ),
  row('TEMPLATE_SYNTAX', 'a helper misspelt', fragment(file('/etc/x.json', '{{jsn region.name}}'))),
  row(
    'TEMPLATE_SYNTAX',
    'braces that stay open',
    fragment(file('/etc/x.json', '{{region.name')),
    /Close every \{\{/,
    fragment(file('/etc/x.json', '{{region.name}}')),
  ),
  row(
    'TEMPLATE_SYNTAX',
    'a block that stays open',
    fragment(file('/etc/x.json', '{{#if cluster.name}}1')),
    /every block/,
    fragment(file('/etc/x.json', '{{#if cluster.name}}1{{/if}}')),
  ),
  row(
    'TEMPLATE_SYNTAX',
    'a value as it is',
    fragment(file('/etc/x.json', '{{{region.name}}}')),
    /Write \{\{\.\.\.\}\}/,
    fragment(file('/etc/x.json', '{{region.name}}')),
  ),
  row(
    'TEMPLATE_SYNTAX',
    'a template of Go',
    fragment(file('/etc/x', '{{json .}}')),
    /\\\{\{ for \{\{/,
    fragment(file('/etc/x', '\\{{json .}}')),
  ),
  row(
    'TEMPLATE_SYNTAX',
    'the same, kept in a file',
    fragment(file('/etc/x', '{{json .}}')),
    /a file of the folder that `source` names/,
    fragment('files:\n  - { path: /etc/x, source: x }\n', { x: '{{json .}}\n' }),
  ),
  row(
    'TEMPLATE_SYNTAX',
    'a block without its sign',
    fragment(file('/etc/x.json', '{{if region.name}}1')),
    /\{\{#if \.\.\.\}\}/,
    fragment(file('/etc/x.json', '{{#if region.name}}1{{/if}}')),
  ),
  row(
    'TEMPLATE_SYNTAX',
    'a value too much',
    fragment(file('/etc/x.json', '{{json region.name 1}}')),
    /Give it 1/,
    fragment(file('/etc/x.json', '{{json region.name}}')),
  ),
  row(
    'TEMPLATE_SYNTAX',
    'a partial',
    fragment(file('/etc/x.json', '{{> part}}')),
    /Write the text itself/,
    fragment(file('/etc/x.json', '1')),
  ),
  row(
    'TEMPLATE_VALUE',
    'an object',
    fragment(file('/etc/x.json', '{{region}}')),
    /\{\{region\.name\}\}/,
    fragment(file('/etc/x.json', '{{region.name}}')),
  ),
  row(
    'TEMPLATE_VALUE',
    'an object, as JSON',
    fragment(file('/etc/x.json', '{{region}}')),
    /\{\{json region\}\}/,
    fragment(file('/etc/x.json', '{{json region}}')),
  ),
  row(
    'TEMPLATE_VALUE',
    'a list',
    fragment(file('/etc/x.json', '"{{containers.pools}}"')),
    /\{\{join containers\.pools ","\}\}/,
    fragment(file('/etc/x.json', '"{{join containers.pools ","}}"')),
  ),
  row(
    'TEMPLATE_VALUE',
    'a sum of names',
    fragment(file('/etc/x.json', '{{add region.name 1}}')),
    /two numbers/,
    fragment(file('/etc/x.json', '{{add cluster.generation 1}}')),
  ),
  row(
    'VALUE_UNENCODABLE',
    'a here-document that never ends',
    fragment('files:\n  - { path: /opt/x.sh, source: x.sh, template: true }\n', {
      'x.sh': '#!/bin/bash\ncat <<EOF\n{{region.name}}\n EOF\n',
    }),
    /a line that is exactly EOF/,
    (w) => (w.more['cloud-config/mine/x.sh'] = '#!/bin/bash\ncat <<EOF\n{{region.name}}\nEOF\n'),
  ),
  row(
    'LINE_ENDS',
    'lines of two kinds',
    fragment('files:\n  - { path: /opt/x.sh, source: x.sh }\n', { 'x.sh': '#!/bin/bash\r\ntrue\necho\r\n' }),
    /line feeds alone/,
    (w) => (w.more['cloud-config/mine/x.sh'] = '#!/bin/bash\ntrue\necho\n'),
  ),
  row(
    'LINE_ENDS',
    'a file of nobody knows what',
    fragment('files:\n  - { path: /etc/x, source: x }\n', { x: 'a\r\n' }),
    /`exact: true` beside `source`/,
    fragment('files:\n  - { path: /etc/x, source: x, exact: true }\n'),
  ),
];
