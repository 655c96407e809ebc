/** What people write in profiles and files, each with one finding; and where only a person can mend it, what a person does. */
import { stringify } from 'yaml';
import { beijing as inAliyun } from '../estate/cases/aliyun';
import { beijing, line, links, peering, west, wide } from '../estate/cases/joined';
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

/** In place of a text: there is no such file. */
export const GONE = '\0gone';

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
const SECRET = ['wJalrXUtnFEMI', 'K7MDENG', 'bPxRfiCYzEXAMPLEKE2'].join('/');
const storage = (w: Written): Anything => w.places['sa-east-1'].clusters.core.fleets.storage;
const file = (name: string, text: string, more = ''): string => `files:\n  - { path: ${name}, content: '${text}'${more} }\n`;
const unit = (text: string): string => `units:\n  - name: x.service\n    content: |\n      [Service]\n      ExecStart=${text}\n`;

/** The profile on a fleet of Aliyun, too. */
function aliyun(w: Written): void {
  inAliyun(w, ({ clusters }) => clusters.core.fleets.storage.profiles.push('mine'));
}

/** Another profile beside it, of a fleet that has it only where it is added. */
function another(w: Written, change: Record<string, unknown>, text = '#cloud-config\n'): void {
  w.more['cloud-config/other/profile.yaml'] = stringify({ ...about, profile: 'other', ...change });
  w.more['cloud-config/other/cloud-config.yaml'] = text;
}

/** Two profiles of one fleet with one file. */
function twice(name: string): (w: Written) => void {
  return (w) => {
    another(w, {}, file('/etc/x', 'other'));
    fragment(file('/etc/x', 'mine'))(w);
    storage(w).profiles.push(name);
  };
}

/** Text that gzip can do nothing with. */
function noise(length: number): string {
  let [text, seed] = ['', 1];
  while (text.length < length) {
    seed = (seed * 48271) % 2147483647;
    text += seed.toString(36);
  }
  return text;
}

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
    /Leave it out: path stands beside it/,
    fragment(file('/etc/b', 'a')),
  ),
  row(
    'FRAGMENT_UNKNOWN_KEY',
    'a key of cloud-init',
    fragment('users:\n  - { name: a, sudo: "ALL=(ALL) ALL" }\n'),
    /groups: \[sudo\]/,
    fragment('users:\n  - { name: a, groups: [sudo] }\n'),
  ),
  row('FRAGMENT_UNKNOWN_KEY', 'a path misspelt, which every file has', fragment('files:\n  - { pth: /etc/x, content: x }\n')),
  row('FRAGMENT_UNKNOWN_KEY', 'a content misspelt', fragment('files:\n  - { path: /etc/x, contnet: x }\n')),
  row('FRAGMENT_UNKNOWN_KEY', 'a language misspelt', fragment(file('/etc/x', '{{region.name}}', ', langauge: words'))),
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
    fragment(file('"/etc/x-{{key}}"', 'x', ', each: region.name')),
    /each: volumes/,
    fragment(file('"/etc/x-{{key}}"', 'x', ', each: volumes')),
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
  row('TEMPLATE_VARIABLE', 'two parts of one path', fragment(file('/etc/x.json', '"{{regoin.nmae}}"'))),
  row(
    'TEMPLATE_VARIABLE',
    'one whose end is nowhere',
    fragment(file('/etc/x.json', '"{{regoin.colour}}"')),
    /There is region, without colour\. Known in it: name, id/,
    fragment(file('/etc/x.json', '"{{region.id}}"')),
  ),
  row('TEMPLATE_VARIABLE', 'a list misspelt', fragment(file('"/etc/x-{{key}}"', 'x', ', each: volume'))),
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
  row(
    'LINE_ENDS',
    'a unit of two kinds of lines',
    fragment('units:\n  - { name: x.service, source: x.service }\n', { 'x.service': '[Service]\r\nExecStart=/bin/true\n' }),
    /line feeds alone/,
    (w) => (w.more['cloud-config/mine/x.service'] = '[Service]\nExecStart=/bin/true\n'),
  ),
  // Between profiles, and what their hosts are.
  row(
    'PROFILE_CONFLICT',
    'two profiles with one file',
    twice('other'),
    /Leave file \/etc\/x to one of the two/,
    (w) => (w.more['cloud-config/other/cloud-config.yaml'] = '#cloud-config\n'),
  ),
  row(
    'PROFILE_CONFLICT',
    'the same in both',
    twice('other'),
    /write the same in both/,
    (w) => (w.more['cloud-config/other/cloud-config.yaml'] = file('/etc/x', 'mine')),
  ),
  row(
    'PROFILE_CONFLICT',
    'a file of the configuration itself',
    fragment(file('/etc/meissa/manifest', 'x')),
    /write another path/,
    fragment(file('/etc/mine', 'x')),
  ),
  row(
    'PROFILE_CONFLICT',
    'a file below a file',
    fragment(file('/etc/x', 'x') + file('/etc/x/y', 'x').replace('files:\n', '')),
    /Leave out file \/etc\/x or file \/etc\/x\/y/,
    fragment(file('/etc/x', 'x')),
  ),
  row('PROFILE_FILE_UNUSED', 'a file that nothing names', fragment('files: []\n', { 'x.sh': 'true\n' })),
  row(
    'PROFILE_FILE_UNUSED',
    'the same, which is then named',
    fragment('files: []\n', { 'x.sh': 'true\n' }),
    /`source: x\.sh`/,
    fragment('files:\n  - { path: /opt/x.sh, source: x.sh }\n'),
  ),
  row('PROFILE_NAME', 'another name than its folder', profile({ profile: 'other' })),
  row(
    'PROFILE_SCHEMA',
    'a keyword misspelt',
    profile({ parameters: { type: 'object', properties: { a: { type: 'string', defualt: 'x' } } } }),
  ),
  row(
    'PROFILE_SCHEMA',
    'a default that is none',
    profile({ parameters: { properties: { a: { type: 'integer', default: 'x' } } } }),
    /./,
    profile({ parameters: { properties: { a: { type: 'integer', default: 1 } } } }),
  ),
  row(
    'PROFILE_SCHEMA',
    'parameters that are a list',
    profile({ parameters: { type: 'array' } }),
    /`type: object`/,
    profile({ parameters: { type: 'object', properties: {} } }),
  ),
  row('PROFILE_FRAGMENT_MISSING', 'no fragment', (w) => delete w.more[FRAGMENT]),
  row(
    'PROFILE_FILE_MISSING',
    'no profile.yaml',
    (w) => delete w.more[PROFILE],
    /`profile: mine` and `description:` with one sentence/,
    profile({}),
  ),
  row(
    'PROFILE_FILE_MISSING',
    'neither of the two',
    (w) => {
      delete w.more[PROFILE];
      delete w.more[FRAGMENT];
      w.more['cloud-config/mine/README.md'] = 'x';
    },
    /`description:`.*cloud-config\.yaml, for which `#cloud-config`/,
    (w) => {
      profile({})(w);
      w.more[FRAGMENT] = '#cloud-config\n';
    },
  ),
  row(
    'PROFILE_NESTED',
    'a profile within another',
    (w) => {
      w.more['cloud-config/mine/inner/profile.yaml'] = stringify({ ...about, profile: 'inner' });
      w.more['cloud-config/mine/inner/cloud-config.yaml'] = '#cloud-config\n';
    },
    /move the folder to cloud-config\/inner/,
    (w) => {
      for (const name of ['profile.yaml', 'cloud-config.yaml']) {
        w.more[`cloud-config/inner/${name}`] = w.more[`cloud-config/mine/inner/${name}`]!;
        delete w.more[`cloud-config/mine/inner/${name}`];
      }
    },
  ),
  row('PROFILE_NEEDS_CLOUD', 'a rack with artifacts and no mirror', (w) => {
    profile({ needs: { artifacts: ['etcd'] } })(w);
    Object.assign(beijing(w).racks.a01, { profiles: ['base', 'mine'] });
  }),
  row('PROFILE_NEEDS_CLOUD', 'a profile that another one requires', (w) => {
    profile({ needs: { artifacts: ['etcd'] } })(w);
    another(w, { requires: ['mine'] });
    Object.assign(beijing(w).racks.a01, { profiles: ['other', 'base', 'mine'] });
  }),
  row('PORT_RANGE', 'a range the wrong way round', profile({ ports: [{ ...PORT, toPort: 8000 }] })),
  row('REBOOT_STRATEGY_UNKNOWN', 'an image that shall reboot by itself', (w) => {
    aliyun(w);
    fragment('update: { rebootStrategy: reboot }\n')(w);
  }),
  row('REBOOT_STRATEGY_UNKNOWN', 'the same by a template', (w) => {
    aliyun(w);
    fragment('update:\n  rebootStrategy: "{{#if true}}reboot{{/if}}"\n')(w);
  }),
  row(
    'PUBLISHED_PORT',
    'a port of a container with an address',
    (w) => {
      w.places['sa-east-1'].containers = { mode: 'host-gw', block: '172.16.0.0/16' };
      delete w.places['sa-east-1'].clusters.core.fleets.adserver;
      Object.assign(storage(w), { addresses: { first: 64, perZone: 32, firstRange: 48 }, membersPerStack: 20 });
      fragment(unit('/usr/bin/docker run -p 80:80 nginx'))(w);
    },
    /--network host, and the port in profile\.yaml/,
    (w) => {
      fragment(unit('/usr/bin/docker run --network host nginx'))(w);
      profile({ ports: [{ ...PORT, port: 80 }] })(w);
    },
  ),
  row(
    'USER_DATA_TOO_LARGE',
    'a file of noise',
    (w) => {
      fragment(file('/etc/x', noise(40_000)))(w);
    },
    /leave out a profile/,
    (w) => storage(w).profiles.pop(),
  ),
  row(
    'USER_DATA_TOO_LARGE',
    'a file that is not to be packed',
    (w) => {
      storage(w).compress = 'never';
      fragment(file('/etc/x', 'x'.repeat(20_000)))(w);
    },
    /`compress: auto`/,
    (w) => (storage(w).compress = 'auto'),
  ),
  row(
    'USER_DATA_TOO_LARGE',
    'noise, which packing makes no smaller',
    (w) => {
      storage(w).compress = 'never';
      fragment(file('/etc/x', noise(40_000)))(w);
    },
    /^Move large files/,
    (w) => storage(w).profiles.pop(),
  ),
  row(
    'USER_DATA_MISREAD',
    'a substitution of coreos-cloudinit',
    fragment(file('/etc/x', 'a=$private_ipv4')),
    /MEISSA_ADDRESS from \/run\/meissa\/host\.env/,
    fragment(unit('/bin/echo $MEISSA_ADDRESS').replace('ExecStart', 'EnvironmentFile=/run/meissa/host.env\n      ExecStart')),
  ),
  row(
    'SECRET_IN_USER_DATA',
    'a key of a cloud',
    fragment(file('/etc/x', `aws_secret_access_key=${SECRET}`)),
    /fetch it by name/,
    fragment(file('/etc/x', 'secret_name=mine/key')),
  ),
  row(
    'SECRET_IN_DESCRIPTION',
    'a key in a label',
    (w) => (w.estate.tags = { note: `aws_secret_access_key=${SECRET}` }),
    /the name under which a secret store keeps it/,
    (w) => (w.estate.tags = { note: 'mine/key' }),
  ),
  // Parameters.
  row('PARAMETER', 'a word that is none', (w) => (storage(w).parameters = { docker: { logDriver: 'jurnald' } })),
  row('PARAMETER', 'a number out of bounds', (w) => (storage(w).parameters = { docker: { stopTimeout: 0 } })),
  row('PARAMETER', 'a key misspelt', (w) => (storage(w).parameters = { docker: { stopTimeuot: 5 } })),
  row('PARAMETERS_UNUSED', 'a profile misspelt', (w) => (storage(w).parameters = { dokcer: { stopTimeout: 5 } })),
  row('PARAMETERS_UNUSED', 'a profile that the fleet has not', (w) => {
    another(w, {});
    storage(w).parameters = { other: {} };
  }),
  row(
    'PARAMETERS_UNUSED',
    'the same, which the fleet then has',
    (w) => {
      another(w, {});
      storage(w).parameters = { docker: {}, other: {} };
      w.places['sa-east-1'].clusters.core.fleets.adserver.profiles.push('other');
    },
    /add other to the profiles of a fleet/,
    (w) => storage(w).profiles.push('other'),
  ),
  row('PARAMETERS_UNUSED', 'a profile of nobody', (w) => (w.estate.profiles = { nothing: {} })),
  // Links and racks.
  row('LINK_SHAPE', 'places said twice', (w) => links(w, { a: { ...peering, pairs: [['sa-east-1', 'us-east-1']] } })),
  row('LINK_SHAPE', 'a hub beside two places', (w) => links(w, { a: { ...peering, hub: 'us-east-1', spokes: ['sa-east-1'] } })),
  row('LINK_SHAPE', 'spokes without a hub', (w) => links(w, { a: { ...peering, spokes: ['sa-east-1'] } })),
  row('LINK_SHAPE', 'a line of a mesh, too', (w) => {
    wide(w);
    links(w, { line: { ...line, mesh: 'all' } });
  }),
  row(
    'LINK_SHAPE',
    'no places',
    (w) => links(w, { a: { kind: 'peering' } }),
    /`between: \[a, b\]`, `pairs:`/,
    (w) => {
      w.estate.links = {};
      links(w, { a: peering });
    },
  ),
  row('LINK_CARRIES', 'what is no end', (w) => {
    west(w);
    links(w, { a: { ...peering, carries: { 'sa-east-1': ['hosts'], 'us-west-2': ['hosts'] } } });
  }),
  row('LINK_CARRIES', 'one more than the ends', (w) => {
    west(w);
    links(w, { a: { ...peering, carries: { 'sa-east-1': ['hosts'], 'us-east-1': ['hosts'], 'us-west-2': ['hosts'] } } });
  }),
  row('IDC_HOST_NUMBER', 'a retired one that never was', (w) => (beijing(w).racks.a01.removed = [5])),
  row('IDC_HOST_NUMBER', 'retired twice', (w) => (beijing(w).racks.a01.removed = [2, 2])),
  row('IDC_HOST_NUMBER', 'a place of a retired one', (w) =>
    Object.assign(beijing(w).racks.a01, { removed: [2], units: { '2': '12' } }),
  ),
  row('IDC_HOST_NUMBER', 'a place of nobody', (w) => (beijing(w).racks.a01.units = { '9': '12' })),
  // Files as such.
  row('ESTATE_MISSING', 'a file of another name', (w) => {
    w.more['regions/estate.yml'] = stringify(w.estate);
    w.more['regions/estate.yaml'] = GONE;
  }),
  row('FILE_EMPTY', 'an empty region', (w) => {
    w.more['regions/us-west-2.yaml'] = '';
  }),
  row('FILE_EMPTY', 'an empty profile', profileText('# nothing\n'), /describe something/, profile({})),
  row(
    'FILE_TOO_LARGE',
    'a comment of five million signs',
    profileText(`${head}# ${'x'.repeat(5_000_000)}\n`),
    /under 4000000/,
    profile({}),
  ),
  row(
    'FILE_UNREADABLE',
    'a sign that stands for one that could not be read',
    profileText(`${head}# \uFFFD\n`),
    /save it as UTF-8/,
    profile({}),
  ),
  row('DUPLICATE_KEY', 'a key twice', profileText(`${head}description: B.\n`), /leave one of them out/, profileText(head)),
  row('KEY_NOT_TEXT', 'braces without quotes', profileText(`${head}? [a]\n: b\n`), /`name: value`/, profileText(head)),
  row(
    'NUMBER_TOO_LARGE',
    'a number of four hundred digits',
    profileText(`${head}parameters: { properties: { a: { default: 1e999, type: number } } }\n`),
    /a smaller number/,
    profileText(`${head}parameters: { properties: { a: { default: 1e99, type: number } } }\n`),
  ),
  row(
    'YAML_ALIAS',
    'an alias before its anchor',
    profileText(`${head}requires: *a\n`),
    /write the value out/,
    profileText(`${head}requires: []\n`),
  ),
  row(
    'YAML_ALIAS',
    'an alias of what it stands in',
    profileText(`${head}requires: &a [*a]\n`),
    /write the value out/,
    profileText(`${head}requires: []\n`),
  ),
  row(
    'YAML_TOO_DEEP',
    'fifty lists',
    profileText(`${head}parameters: { properties: { a: { default: ${'['.repeat(50)}${']'.repeat(50)} } } }\n`),
    /plain mappings and lists/,
    profileText(head),
  ),
  row('YAML_SYNTAX', 'no colon', profileText('profile mine\ndescription: A.\n')),
  row('UNKNOWN_KEY', 'a key misspelt', profile({ require: ['base'] })),
  row('UNKNOWN_KEY', 'a word of JavaScript', profileText(`${head}constructor: 1\n`), /leave it out/, profileText(head)),
  row(
    'KEY_MISSING',
    'a port without its protocol',
    profile({ ports: [{ ...PORT, protocol: undefined }] }),
    /./,
    profile({ ports: [PORT] }),
  ),
  row('WRONG_TYPE', 'a port in quotes', profile({ ports: [{ ...PORT, port: '8080' }] })),
  row('VALUE_NOT_ALLOWED', 'a word in capitals', profile({ ports: [{ ...PORT, protocol: 'TCP' }] })),
  row('NAME_NOT_ALLOWED', 'a fleet in capitals', (w) => {
    const { fleets } = w.places['sa-east-1'].clusters.core;
    fleets.Storage = fleets.storage;
    delete fleets.storage;
  }),
];
