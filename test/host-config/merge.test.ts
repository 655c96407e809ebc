import fc from 'fast-check';
import { hostConfig } from '../../lib/host-config/host-config';
import { context, profile } from './fixtures';

function merge(first: string, second: string) {
  return hostConfig(context(), [profile('first', first), profile('second', second)]);
}

describe('two profiles', () => {
  test.each([
    ['a file of other contents', 'files: [{ path: /etc/x, content: a }]', 'files: [{ path: /etc/x, content: b }]', 'file /etc/x'],
    [
      'a file of other permissions',
      'files: [{ path: /etc/x, content: a }]',
      "files: [{ path: /etc/x, content: a, permissions: '0600' }]",
      '0644 and 0600',
    ],
    [
      'a file of another owner',
      'files: [{ path: /etc/x, content: a }]',
      'files: [{ path: /etc/x, content: a, owner: core }]',
      'owner root and core',
    ],
    [
      'a unit of other contents',
      'units: [{ name: x.service, content: a }]',
      'units: [{ name: x.service, content: b }]',
      'unit x.service',
    ],
    [
      'another command of a unit',
      'units: [{ name: x.service, command: start }]',
      'units: [{ name: x.service, command: stop }]',
      'command start and stop',
    ],
    [
      'a unit masked by one and used by the other',
      'units: [{ name: x.service, mask: true }]',
      'units: [{ name: x.service, command: start }]',
      'masked and used',
    ],
    [
      'a drop-in of other contents',
      'units: [{ name: x.service, dropIns: [{ name: a.conf, content: a }] }]',
      'units: [{ name: x.service, dropIns: [{ name: a.conf, content: b }] }]',
      'drop-in x.service/a.conf',
    ],
    ['another value of a kernel parameter', 'sysctl: [{ name: a, value: 1 }]', 'sysctl: [{ name: a, value: 2 }]', 'sysctl a'],
    ['another way of reboots', 'update: { rebootStrategy: off }', 'update: { rebootStrategy: reboot }', 'update'],
  ])('that want %s are a finding that names both and both places', (_what, first, second, words) => {
    const { findings } = merge(first, second);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      code: 'PROFILE_CONFLICT',
      file: 'cloud-config/second/cloud-config.yaml',
      line: 1,
      also: [{ file: 'cloud-config/first/cloud-config.yaml', line: 1 }],
    });
    expect(findings[0]!.message).toMatch(/Profiles first and second/);
    expect(findings[0]!.message).toContain(words);
  });

  test('that want the same agree', () => {
    const same =
      'files: [{ path: /etc/x, content: a }]\nunits: [{ name: x.service, content: a, command: start }]\nsysctl: [{ name: a, value: 1 }]\nupdate: { rebootStrategy: off }';
    expect(merge(same, same).findings).toEqual([]);
  });

  test('share a unit by drop-ins of their own, and a user by keys', () => {
    const { config, findings } = merge(
      'units: [{ name: x.service, command: start, dropIns: [{ name: 20.conf, content: a }] }]\nusers: [{ name: core, sshAuthorizedKeys: [k1, k2] }]',
      'units: [{ name: x.service, dropIns: [{ name: 10.conf, content: b }] }]\nusers: [{ name: core, sshAuthorizedKeys: [k2, k3] }]',
    );
    expect(findings).toEqual([]);
    expect(config.units[0]).toMatchObject({
      name: 'x.service',
      command: 'start',
      dropIns: [
        { name: '10.conf', profile: 'second' },
        { name: '20.conf', profile: 'first' },
      ],
    });
    expect(config.users).toEqual([{ name: 'core', sshAuthorizedKeys: ['k1', 'k2', 'k3'], profile: 'first' }]);
  });

  test('of any files conflict exactly where one path has two contents', () => {
    const files = fc.dictionary(fc.constantFrom('/a', '/b', '/c', '/d'), fc.constantFrom('x', 'y'));
    const text = (each: Record<string, string>): string =>
      JSON.stringify({ files: Object.entries(each).map(([path, content]) => ({ path, content })) });
    fc.assert(
      fc.property(files, files, (first, second) => {
        const { config, findings } = merge(text(first), text(second));
        const different = Object.keys(first).filter((path) => second[path] !== undefined && second[path] !== first[path]);
        expect(findings.map((finding) => finding.path).sort()).toEqual(different.map((path) => `file ${path}`).sort());
        expect(config.files.map((file) => file.path)).toEqual(
          [...new Set([...Object.keys(first), ...Object.keys(second), '/etc/meissa/manifest'])].sort(),
        );
      }),
    );
  });
});

test('a later line of one profile sets its kernel parameter: parameters overrule defaults', () => {
  const { config, findings } = merge('sysctl: [{ name: a, value: 1 }, { name: a, value: 2 }]', '');
  expect(findings).toEqual([]);
  expect(config.sysctl).toEqual({ a: { value: '2', profile: 'first' } });
});

test('units stand in the order that the profiles name them', () => {
  const { config } = merge(
    'units: [{ name: b.service, command: start }, { name: c.service, command: start }]',
    'units: [{ name: a.service, command: start }]',
  );
  expect(config.units.map((unit) => unit.name)).toEqual(['b.service', 'c.service', 'a.service']);
});

test('the manifest owns every file, unit, mask and drop-in, and itself', () => {
  const { config } = merge(
    'files: [{ path: /opt/b, content: a }, { path: /opt/a, content: a }]\nsysctl: [{ name: a, value: 1 }]',
    'units: [{ name: x.service, content: a }, { name: y.service, mask: true }, { name: z.service, command: start, dropIns: [{ name: a.conf, content: a }] }]',
  );
  expect(config.files.find((file) => file.path === '/etc/meissa/manifest')!.content).toBe(
    '/etc/meissa manifest\n/etc/sysctl.d 60-meissa.conf\n/etc/systemd/system x.service y.service\n/etc/systemd/system/z.service.d a.conf\n/opt a b\n',
  );
});
