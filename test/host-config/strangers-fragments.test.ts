/** Fragments as cloud-configs of other tools have them: what a host would get otherwise than it stands there is refused. */
import { hostConfig } from '../../lib/host-config/host-config';
import { context, profile } from './fixtures';

const found = (fragment: string, files: Record<string, string> = {}) =>
  hostConfig(context(), [profile('p', fragment, files)]).findings.filter(({ severity }) => severity === 'error');
const fixes = (fragment: string, files?: Record<string, string>) =>
  found(fragment, files).map(({ message, fix }) => `${message} ${fix}`);

test.each([
  ['0644', '644'],
  ['1.10', '1.1'],
  ['0x1f', '31'],
  ['1e3', '1000'],
  ['True', 'true'],
])('content %s without quotes would be %s on the host', (written, read) => {
  expect(fixes(`files: [{ path: /etc/x, content: ${written} }]`)).toEqual([
    expect.stringMatching(new RegExp(`^Without quotes ${written} is the (number|boolean) ${read}\\. Write '${written}'`)),
  ]);
});
test.each(['5', 'yes', '2024-01-01', '12:30:45', '1_000', "'0644'"])('content %s arrives as it stands', (written) => {
  const { config, findings } = hostConfig(context(), [profile('p', `files: [{ path: /etc/x, content: ${written} }]`)]);
  expect(findings).toEqual([]);
  expect(config.files.find(({ path }) => path === '/etc/x')?.content).toBe(written.replaceAll("'", ''));
});

test('what a tag asks for is not passed over', () => {
  expect(fixes('files: [{ path: /etc/x, content: !!binary eA== }]')).toEqual([expect.stringContaining('the tag !!binary')]);
});

test.each([
  ["'644'", '0644'],
  ["'0o600'", '0600'],
  ["'00755'", '0755'],
])('permissions %s are advised as %s', (written, right) => {
  expect(fixes(`files: [{ path: /etc/x, content: a, permissions: ${written} }]`)).toEqual([
    expect.stringContaining(`Write ${right}`),
  ]);
});
test('set-user-id is refused by its name', () => {
  expect(fixes("files: [{ path: /etc/x, content: a, permissions: '4755' }]")).toEqual([expect.stringContaining('set-user-id')]);
});

test.each([
  ['root:root', /Write root/],
  ['core:', /Write core/],
  ['root:docker', /let a unit change the group/],
])('the owner %s', (owner, told) => {
  expect(fixes(`files: [{ path: /etc/x, content: a, owner: '${owner}' }]`)).toEqual([expect.stringMatching(told)]);
});

test.each(['/usr/bin/x', '/usr/lib/systemd/system/x.service', '/proc/sys/x', '/dev/x', `/etc/${'a'.repeat(256)}`])(
  'no file can be written at %s',
  (path) => expect(found(`files: [{ path: ${path}, content: a }]`)).toMatchObject([{ code: 'FRAGMENT_VALUE' }]),
);

const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExample';
test.each([
  [key],
  [`${key} ops@example`],
  ['from="10.0.0.0/8",no-pty ssh-rsa AAAAB3NzaC1yc2E= ops'],
  ['sk-ssh-ed25519@openssh.com AAAAGnNr'],
  ['ecdsa-sha2-nistp256 AAAAE2Vj ops'],
])('%s is a key', (written) => expect(found(`users: [{ name: ops, sshAuthorizedKeys: ['${written}'] }]`)).toEqual([]));
test.each([
  ['~/.ssh/id_rsa.pub', /path of a key/],
  ['ssh-dss AAAAB3NzaC1kc3M', /ssh-dss/],
  ['AAAAC3NzaC1lZDI1NTE5AAAAIExample', /no type of a key/],
])('%s lets nobody in', (written, told) => {
  expect(fixes(`users: [{ name: ops, sshAuthorizedKeys: ['${written}'] }]`)).toEqual([expect.stringMatching(told)]);
});
test('a key as a block ends with a line break', () => {
  const block = (lines: string) => `users:\n- name: ops\n  sshAuthorizedKeys:\n  - |\n${lines}`;
  expect(fixes(block(`    ${key}\n`))).toEqual([expect.stringContaining('without | before it')]);
  expect(fixes(block(`    ${key}\n    ${key}\n`))).toEqual([expect.stringContaining('an item of its own')]);
});

test.each([
  ['x.servce', 'x.service'],
  ['X.SERVICE', 'X.service'],
  ["'x.service '", 'x.service'],
])('the unit %s is meant as %s', (name, right) => {
  expect(fixes(`units: [{ name: ${name}, content: '[Service]' }]`)).toEqual([expect.stringContaining(`Write ${right}`)]);
});
test('a network of systemd-networkd is a file', () => {
  expect(fixes("units: [{ name: 10-x.network, content: '[Match]' }]")).toEqual([
    expect.stringContaining('path: /etc/systemd/network/10-x.network'),
  ]);
});
test.each(['srv.automount', 'var-swap.swap'])('%s is a unit', (name) => {
  expect(found(`units: [{ name: ${name}, content: "[Unit]\\nDescription=x\\n" }]`)).toEqual([]);
});
test('a name of over 255 characters is none', () => {
  expect(fixes(`units: [{ name: ${'a'.repeat(250)}.service, content: '[Service]' }]`)).toEqual([
    expect.stringContaining('of 255'),
  ]);
});

test('a script in a conflict of git reaches no host, unless its bytes are meant', () => {
  const script = '#!/bin/bash\n<<<<<<< HEAD\necho a\n=======\necho b\n>>>>>>> topic\n';
  expect(found('files: [{ path: /opt/x, source: x.sh }]', { 'x.sh': script })).toMatchObject([
    { code: 'MERGE_CONFLICT', file: 'cloud-config/p/x.sh', line: 2 },
  ]);
  expect(found('files: [{ path: /opt/x, source: x.sh, exact: true }]', { 'x.sh': script })).toEqual([]);
  const heredoc = '#!/bin/bash\ncat <<EOF\n=======\nEOF\n';
  expect(found('files: [{ path: /opt/x, source: x.sh }]', { 'x.sh': heredoc })).toEqual([]);
});
