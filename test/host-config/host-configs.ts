/** Any configuration of a host, with the texts in it that break writers of YAML. */
import fc from 'fast-check';
import type { HostConfig, HostFile, HostUnit, Section } from '../../lib/host-config/model';

export const textOf = (sections: readonly Section[]): string => sections.map((section) => section.text).join('');

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        'a',
        ' b',
        '\tc',
        '',
        ' ',
        '# d',
        '- e',
        'f: g',
        '---',
        '"',
        "'",
        '\\',
        '{{',
        '$x',
        'é',
        '\u2028',
        '🙂',
        '\u0085',
      ),
      { maxLength: 6 },
    )
    .map((lines) => lines.join('\n')),
  fc.constantFrom(
    '',
    'off',
    'yes',
    'null',
    '~',
    '0644',
    '1e3',
    '.inf',
    '2001-01-01',
    '1:30',
    '- a',
    'a: b',
    '#x',
    '%x',
    '@x',
    '`x',
    '!x',
    '&x',
    '*x',
    '|',
    '>',
  ),
);
const unitName = fc.stringMatching(/^[a-z]{1,8}\.service$/);
const file = fc.record<HostFile>({
  path: fc.stringMatching(/^\/[a-z/.]{1,12}$/),
  permissions: fc.constantFrom('0644', '0755', '0600'),
  owner: fc.constantFrom('root', 'core'),
  content: text,
  profile: fc.constant('p'),
});
const unit = fc.record<HostUnit>({
  name: unitName,
  content: fc.option(text, { nil: undefined }),
  enable: fc.boolean(),
  mask: fc.boolean(),
  command: fc.constantFrom('start' as const, undefined),
  dropIns: fc.array(fc.record({ name: fc.stringMatching(/^[0-9a-z]{1,5}\.conf$/), content: text, profile: fc.constant('p') }), {
    maxLength: 2,
  }),
  profile: fc.constant('p'),
});
export const hostConfigs = fc.record<HostConfig>({
  users: fc.uniqueArray(
    fc.record(
      {
        name: fc.constantFrom('core', 'ops', 'y'),
        groups: fc.subarray(['sudo', 'docker', 'wheel']),
        sshAuthorizedKeys: fc.array(text),
        profile: fc.constant('p'),
      },
      { requiredKeys: ['name', 'sshAuthorizedKeys', 'profile'] },
    ),
    { selector: (user) => user.name },
  ),
  files: fc.array(file, { maxLength: 4 }),
  units: fc.array(unit, { maxLength: 4 }),
  sysctl: fc.dictionary(
    fc.stringMatching(/^[a-z.]{1,9}$/),
    fc.record({ value: fc.stringMatching(/^[0-9 ]{1,9}$/), profile: fc.constant('p') }),
  ),
  programs: fc.constant([]),
  update: fc.option(
    fc.record({ rebootStrategy: fc.constantFrom('off' as const, 'reboot' as const), profile: fc.constant('p') }),
    { nil: undefined },
  ),
});
