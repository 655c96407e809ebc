import { posix } from 'node:path';
import fc from 'fast-check';
import { hostConfig } from '../../lib/host-config/host-config';
import { plainPath } from '../../lib/host-config/host-names';
import { aliyunContext } from './aliyun-fixtures';
import { context, profile } from './fixtures';

const told = (...fragments: readonly string[]) =>
  hostConfig(
    context(),
    fragments.map((fragment, index) => profile('ab'[index]!, fragment)),
  ).findings;

test.each([
  ['/etc//docker/daemon.json', '/etc/docker/daemon.json'],
  ['/etc/./docker/daemon.json', '/etc/docker/daemon.json'],
  ['/usr/../etc/x', '/etc/x'],
  ['//etc/x', '/etc/x'],
  ['/../etc/x', '/etc/x'],
  ['/bin/x', '/usr/bin/x'],
  ['/sbin/x', '/usr/sbin/x'],
  ['/lib/systemd/system/x.service', '/usr/lib/systemd/system/x.service'],
  ['/lib64/x', '/usr/lib64/x'],
  ['/var/run/x/y', '/run/x/y'],
  ['/var//run/x', '/run/x'],
  ['/var/lock/x', '/run/lock/x'],
  ['~/x', '/home/core/x'],
  ['$HOME/x', '/home/core/x'],
])('%s has one spelling, which is written instead', (written, right) => {
  const item = (path: string) => `files: [{ path: "${path}", content: x }]`;
  const [finding, ...more] = told(item(written));
  expect([finding, more]).toMatchObject([{ code: 'FRAGMENT_VALUE', path: 'files[0].path', line: 1 }, []]);
  expect(finding!.fix).toContain(`${right}.`);
  expect(told(item(right)).filter(({ message }) => !message.includes('read-only on Flatcar'))).toEqual([]);
});

test.each(['/usr/bin/x', '/usr/local/bin/x', '/usr/lib/systemd/system/x.service'])('%s is read-only on Flatcar alone', (path) => {
  const own = profile('a', `files: [{ path: ${path}, content: x }]`);
  expect(hostConfig(context(), [own]).findings).toMatchObject([
    { code: 'FRAGMENT_VALUE', line: 1, message: expect.stringContaining('/usr is read-only on Flatcar') },
  ]);
  expect(hostConfig(aliyunContext([own]), [own]).findings).toEqual([]);
});

test.each(['/etc/x/', '/', 'etc/x', './x', '/etc/x/..', '/etc/a b', '/etc/%x'])('%s is no path of a file', (path) => {
  expect(told(`files: [{ path: "${path}", content: x }]`)).toMatchObject([{ code: 'FRAGMENT_VALUE', path: 'files[0].path' }]);
});

test('the one spelling of a path is the path that it leads to, and its own one spelling', () => {
  const part = fc.constantFrom('etc', 'bin', 'lib', 'var', 'run', '.', '..', '', 'x', 'lock', 'usr');
  fc.assert(
    fc.property(fc.array(part, { minLength: 1 }), (parts) => {
      const path = plainPath(`/${parts.join('/')}/x`);
      expect(plainPath(path)).toBe(path);
      expect(path).toBe(posix.resolve(path));
    }),
  );
});

test.each([
  ['docker', 'docker.service'],
  ['/etc/systemd/system/docker.service', 'docker.service'],
  ['rcv@1', 'rcv@1.service'],
])('a unit has its whole name: %s', (name, right) => {
  expect(told(`units: [{ name: ${name}, enable: true }]`)).toMatchObject([
    { code: 'FRAGMENT_VALUE', path: 'units[0].name', fix: `Write ${right}.` },
  ]);
  expect(told(`units: [{ name: ${right}, enable: true }]`)).toEqual([]);
});

test('and so has a drop-in', () => {
  const unit = (name: string) => `units: [{ name: x.service, dropIns: [{ name: ${name}, content: "[Unit]" }] }]`;
  expect(told(unit('10-x'))).toMatchObject([{ path: 'units[0].dropIns[0].name', fix: 'Write 10-x.conf.' }]);
  expect(told(unit('10-x.conf'))).toEqual([]);
});

const file = (path: string) => `files: [{ path: ${path}, content: "[Unit]" }]`;
const unit = 'units: [{ name: x.service, content: "[Unit]\\nDescription=a" }]';
const dropIn = 'units: [{ name: x.service, dropIns: [{ name: a.conf, content: "[Unit]" }] }]';

test.each([
  ['a file and a unit', file('/etc/systemd/system/x.service'), unit, 'unit x.service'],
  ['a unit and a file', unit, file('/etc/systemd/system/x.service'), 'unit x.service'],
  ['a file and a drop-in', file('/etc/systemd/system/x.service.d/a.conf'), dropIn, 'drop-in x.service/a.conf'],
  [
    'a file and a masked unit',
    file('/etc/systemd/system/x.service'),
    'units: [{ name: x.service, mask: true }]',
    'unit x.service',
  ],
  ['a file below a file', file('/etc/x'), file('/etc/x/y/z'), 'file /etc/x/y/z'],
  ['a file above a file', file('/etc/x/y'), file('/etc/x'), 'file /etc/x/y'],
  ['a file below a unit', unit, file('/etc/systemd/system/x.service/y'), 'file /etc/systemd/system/x.service/y'],
])('%s of two profiles are one path: a conflict that names both places', (_, first, second, path) => {
  const findings = told(first, second);
  expect(findings).toMatchObject([{ code: 'PROFILE_CONFLICT', severity: 'error', path, line: 1 }]);
  const [{ file: at, also }] = findings as [(typeof findings)[0]];
  expect([at, also?.[0]?.file].sort()).toEqual(['cloud-config/a/cloud-config.yaml', 'cloud-config/b/cloud-config.yaml']);
});

test('of one profile, too; a file beside a unit that is only started is the way to write one', () => {
  expect(told(`${unit}\n${file('/etc/systemd/system/x.service')}`)).toMatchObject([{ code: 'PROFILE_CONFLICT' }]);
  expect(told(`units: [{ name: x.service, command: start }]\n${file('/etc/systemd/system/x.service')}`)).toEqual([]);
});

test.each(['/etc/meissa/manifest', '/etc/meissa/apply', '/etc/meissa/programs'])(
  '%s is the configuration itself, on hosts of every cloud',
  (path) => {
    for (const at of [context(), aliyunContext([])]) {
      const { findings } = hostConfig(at, [profile('a', file(path))]);
      expect(findings).toMatchObject([
        { code: 'PROFILE_CONFLICT', path: `file ${path}`, file: 'cloud-config/a/cloud-config.yaml' },
      ]);
    }
  },
);

test('two spellings of one kernel parameter are one', () => {
  const sysctl = (name: string, value: string) => `sysctl: [{ name: ${name}, value: "${value}" }]`;
  expect(told(sysctl('net/ipv4/ip_forward', '1'), sysctl('net.ipv4.ip_forward', '0'))).toMatchObject([
    { code: 'PROFILE_CONFLICT', path: 'sysctl net.ipv4.ip_forward' },
  ]);
  const { config } = hostConfig(context(), [profile('a', sysctl('net/ipv4/conf/eth0.100/rp_filter', '1'))]);
  expect(Object.keys(config.sysctl)).toEqual(['net.ipv4.conf.eth0/100.rp_filter']);
});
