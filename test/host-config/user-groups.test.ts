import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { hostConfig } from '../../lib/host-config/host-config';
import { renderUserData } from '../../lib/host-config/user-data';
import type { FleetContext } from '../../lib/plan/model';
import { describeWithRealPart } from '../real-parts';
import { aliyunContext } from './aliyun-fixtures';
import { context, ownProfiles, profile } from './fixtures';
import { misread } from './misread';

const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExample ops@example';
const ops = profile('a', `users: [{ name: ops, groups: [sudo, docker, deploy], sshAuthorizedKeys: ["${key}"] }]`);
const more = profile(
  'b',
  'users: [{ name: ops, groups: [docker, adm] }, { name: core, groups: [deploy] }, { name: guest, groups: [] }]',
);
const unit = 'groups-of-users.service';

function textOf(at: FleetContext, profiles = [ops, more]): string {
  const { userData, findings } = renderUserData(at, profiles, { compress: 'never' });
  expect(findings).toEqual([]);
  return userData!.text;
}

/** The commands of the unit, in both forms of a configuration. */
function commands(text: string): string[] {
  const read = parse(text);
  const written =
    read.coreos?.units.find((each: { name: string }) => each.name === unit) ??
    read.write_files.find((each: { path: string }) => each.path === `/etc/systemd/system/${unit}`);
  return [...String(written.content).matchAll(/^ExecStart=(.*)$/gm)].map(([, command]) => command!);
}

const expected = [
  '/usr/sbin/groupadd --force --system adm',
  '/usr/sbin/groupadd --force --system deploy',
  '/usr/sbin/groupadd --force --system docker',
  '/usr/sbin/groupadd --force --system sudo',
  '/usr/sbin/usermod --append --groups deploy core',
  '/usr/sbin/usermod --groups "" guest',
  '/usr/sbin/usermod --groups sudo,docker,deploy,adm ops',
];

test('groups of one user unite over profiles, and are set at every boot on both kinds of image', () => {
  const coreos = textOf(context());
  expect(commands(coreos)).toEqual(expected);
  expect(parse(coreos).coreos.units[0]).toMatchObject({ name: unit, command: 'start' });
  expect(misread(coreos)).toEqual([]);
  const cloudInit = textOf(aliyunContext([ops, more]));
  expect(commands(cloudInit)).toEqual(expected);
  const file = (path: string) => parse(cloudInit).write_files.find((each: { path: string }) => each.path === path);
  // Users are there before units start.
  const plan = String(file('/etc/meissa/apply').content).split('\n');
  expect(plan.indexOf(`start ${unit}`)).toBeGreaterThan(plan.indexOf('user ops'));
  expect(file('/etc/sudoers.d/61-meissa-groups')).toMatchObject({
    permissions: '0440',
    content: '%sudo ALL=(ALL) NOPASSWD: ALL\n',
  });
  expect(misread(cloudInit, 'cloud-init')).toEqual([]);
});

test('coreos-cloudinit makes a user with groups of the image alone: another one would keep it from applying the rest', () => {
  const { users } = parse(textOf(context()));
  expect(users).toEqual([{ name: 'guest' }, { name: 'ops', groups: ['sudo', 'docker', 'adm'], ssh_authorized_keys: [key] }]);
});

test('the host owns the unit, so that it goes with the last group', () => {
  const { config } = hostConfig(context(), [ops]);
  const manifest = config.files.find(({ path }) => path === '/etc/meissa/manifest')!.content;
  expect(manifest).toContain(unit);
});

test('a user without groups makes no unit and no other byte', () => {
  const { config } = hostConfig(context(), [profile('a', `users: [{ name: ops, sshAuthorizedKeys: ["${key}"] }]`)]);
  expect(config.units).toEqual([]);
});

test('the services of base still share their confinement', () => {
  const own = ownProfiles('base');
  const confinement = (profiles: typeof own) =>
    hostConfig(aliyunContext(own), profiles).config.files.filter(({ path }) => path.endsWith('10-confine.conf'));
  expect(confinement([...own, ops])).toEqual(confinement(own));
  expect(confinement(own)).toHaveLength(1);
});

test.each([
  ['passwd', /password, or its hash, is read/, /sshAuthorizedKeys/],
  ['password-hash', /password, or its hash, is read/, /sshAuthorizedKeys/],
  ['lock_passwd', /password, or its hash, is read/, /sshAuthorizedKeys/],
  ['shell', /never again/, /Leave it out/],
  ['noCreateHome', /never again/, /Leave it out/],
  ['no-create-home', /never again/, /Leave it out/],
  ['primary_group', /never again/, /Leave it out/],
  ['coreos-ssh-import-github', /Keys from elsewhere/, /sshAuthorizedKeys/],
  ['coreos_ssh_import_url', /Keys from elsewhere/, /sshAuthorizedKeys/],
  ['sudo', /Rights are given by groups/, /groups: \[sudo\]/],
  ['ssh_authorized_keys', /no key ssh_authorized_keys/, /Write sshAuthorizedKeys/],
  ['ssh-authorized-keys', /no key ssh-authorized-keys/, /Write sshAuthorizedKeys/],
  ['group', /no key group/, /Write groups/],
  ['nonsense', /no key nonsense/, /Keys are name, groups, sshAuthorizedKeys/],
])('the key %s of a user is refused with a reason', (name, message, fix) => {
  const { findings } = hostConfig(context(), [profile('a', `users: [{ name: ops, ${name}: x }]`)]);
  expect(findings).toEqual([
    expect.objectContaining({
      ...{ code: 'FRAGMENT_UNKNOWN_KEY', file: 'cloud-config/a/cloud-config.yaml', line: 1, path: `users[0].${name}` },
      message: expect.stringMatching(message),
      fix: expect.stringMatching(fix),
    }),
  ]);
});

test.each([
  ['groups: sudo', 'FRAGMENT_TYPE', 'users[0].groups'],
  ['groups: ["a,b"]', 'FRAGMENT_VALUE', 'users[0].groups[0]'],
  ['groups: ["--root"]', 'FRAGMENT_VALUE', 'users[0].groups[0]'],
  ['groups: [1]', 'FRAGMENT_VALUE', 'users[0].groups[0]'],
])('a group is a name: %s', (groups, code, path) => {
  const { findings } = hostConfig(context(), [profile('a', `users: [{ name: ops, ${groups} }]`)]);
  expect(findings).toMatchObject([{ code, path }]);
});

/** shadow's own programs, on files of their own: what a host does with the unit. */
test('a user is in exactly these groups afterwards, whatever it was in before, and the image user in its own, too', () => {
  const root = mkdtempSync(join(tmpdir(), 'meissa-groups-'));
  try {
    mkdirSync(join(root, 'etc'));
    const etc = (name: string, text: string) => writeFileSync(join(root, 'etc', name), text);
    etc(
      'passwd',
      'root:x:0:0::/root:/bin/sh\ncore:x:500:500::/home/core:/bin/bash\nops:x:1000:1000::/home/ops:/bin/bash\nguest:x:1001:1001::/home/guest:/bin/bash\n',
    );
    etc('shadow', 'root:*:1::::::\ncore:*:1::::::\nops:*:1::::::\nguest:*:1::::::\n');
    etc('group', 'root:x:0:\nsudo:x:27:guest\nwheel:x:10:core,ops\ncore:x:500:\nops:x:1000:\nguest:x:1001:\n');
    etc('gshadow', 'root:*::\nsudo:*::guest\nwheel:*::core,ops\ncore:!::\nops:!::\nguest:!::\n');
    const members = () =>
      Object.fromEntries(
        readFileSync(join(root, 'etc/group'), 'utf8')
          .trim()
          .split('\n')
          .map((line) => line.split(':'))
          .map(([name, , , users]) => [name!, users!.split(',').filter(Boolean).sort()]),
      );
    // Twice: every boot does it.
    for (let boot = 0; boot < 2; boot++) {
      for (const command of commands(textOf(context()))) {
        const [program, ...rest] = command.split(' ').map((word) => (word === '""' ? '' : word));
        const { status, stderr } = spawnSync(program!, ['--prefix', root, ...rest], { encoding: 'utf8' });
        expect([command, status, stderr]).toEqual([command, 0, expect.anything()]);
      }
      expect(members()).toMatchObject({
        ...{ adm: ['ops'], deploy: ['core', 'ops'], docker: ['ops'], sudo: ['ops'], wheel: ['core'] },
      });
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});

describeWithRealPart('coreos-cloudinit-validator', "coreos-cloudinit's own reader", (validator) => {
  test('takes groups without a word, and reads what was written', () => {
    const root = mkdtempSync(join(tmpdir(), 'meissa-groups-'));
    try {
      const file = join(root, 'user-data');
      writeFileSync(file, textOf(context()));
      expect(execFileSync(validator, [file], { encoding: 'utf8' })).toBe('');
      const read = JSON.parse(execFileSync(validator, ['-json', file], { encoding: 'utf8' }));
      expect(read.Users).toMatchObject([
        { Name: 'guest' },
        { Name: 'ops', Groups: ['sudo', 'docker', 'adm'], SSHAuthorizedKeys: [key] },
      ]);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});
