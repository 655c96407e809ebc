import fc from 'fast-check';
import { parse } from 'yaml';
import { writeCoreos } from '../../lib/cloud-config/coreos-writer';
import { lintCloudConfig } from '../../lib/cloud-config/lint';
import type { HostConfig, HostFile, HostUnit } from '../../lib/cloud-config/model';

const write = (config: Partial<HostConfig>): string =>
  writeCoreos({ users: [], files: [], units: [], sysctl: {}, programs: [], ...config })
    .map((section) => section.text)
    .join('');

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
const config = fc.record<HostConfig>({
  users: fc.uniqueArray(
    fc.record({ name: fc.constantFrom('core', 'ops', 'y'), sshAuthorizedKeys: fc.array(text), profile: fc.constant('p') }),
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

test('what the writer writes reads back as what was put in', () => {
  fc.assert(
    fc.property(config, (given) => {
      const read = parse(write(given)) ?? {};
      const files = (read.write_files ?? []).filter((each: { path: string }) => each.path !== '/etc/sysctl.d/60-meissa.conf');
      expect(
        files.map((each: Record<string, string>) => [each.path, each.permissions ?? '0644', each.owner ?? 'root', each.content]),
      ).toEqual(given.files.map((each) => [each.path, each.permissions, each.owner, each.content]));
      const units = (read.coreos?.units ?? []).filter((each: { name: string }) => each.name !== 'systemd-sysctl.service');
      expect(units).toEqual(
        given.units.map((each) => ({
          name: each.name,
          ...(each.mask ? { mask: true } : {}),
          ...(each.enable ? { enable: true } : {}),
          ...(each.command ? { command: each.command } : {}),
          ...(each.content === undefined ? {} : { content: each.content }),
          ...(each.dropIns.length > 0 ? { drop_ins: each.dropIns.map(({ name, content }) => ({ name, content })) } : {}),
        })),
      );
      expect(read.coreos?.update?.reboot_strategy).toBe(given.update?.rebootStrategy);
      const core = given.users.find((user) => user.name === 'core');
      expect(read.ssh_authorized_keys ?? []).toEqual(core?.sshAuthorizedKeys ?? []);
      expect(
        (read.users ?? []).map((user: { name: string; ssh_authorized_keys?: string[] }) => [
          user.name,
          user.ssh_authorized_keys ?? [],
        ]),
      ).toEqual(given.users.filter((user) => user !== core).map((user) => [user.name, user.sshAuthorizedKeys]));
    }),
    { numRuns: 300 },
  );
});

test('the first line is exactly #cloud-config, and no key ever has a hyphen', () => {
  fc.assert(
    fc.property(config, (given) => {
      const written = write(given);
      expect(written.startsWith('#cloud-config\n')).toBe(true);
      const keys = (value: unknown): string[] => {
        if (Array.isArray(value)) return value.flatMap(keys);
        if (typeof value !== 'object' || value === null) return [];
        return Object.entries(value).flatMap(([key, inner]) => [key, ...keys(inner)]);
      };
      expect(keys(parse(written)).filter((key) => key.includes('-'))).toEqual([]);
      expect(lintCloudConfig(written).filter((problem) => !problem.message.includes('stands in the text'))).toEqual([]);
    }),
  );
});

test('scripts and units stand as literal blocks that a person reads', () => {
  expect(
    write({ files: [{ path: '/opt/x', permissions: '0755', owner: 'root', content: '#!/bin/bash\necho a\n', profile: 'p' }] }),
  ).toBe('#cloud-config\nwrite_files:\n-\n path: /opt/x\n permissions: "0755"\n content: |\n  #!/bin/bash\n  echo a\n');
});

test('kernel parameters are a file, and the first unit applies it at every boot', () => {
  const read = parse(
    write({
      sysctl: { 'vm.swappiness': { value: '1', profile: 'p' } },
      units: [{ name: 'a.service', command: 'start', enable: false, mask: false, dropIns: [], profile: 'p' }],
    }),
  );
  expect(read.write_files).toEqual([{ path: '/etc/sysctl.d/60-meissa.conf', content: 'vm.swappiness = 1\n' }]);
  expect(read.coreos.units[0]).toEqual({ name: 'systemd-sysctl.service', command: 'restart' });
});
