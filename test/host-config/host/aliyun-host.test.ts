/** What hosts of Aliyun do by themselves that Flatcar's reader and image do elsewhere. */
import { closeSync, mkdirSync, openSync, readdirSync, statSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { aliyunContext, votersContext } from '../aliyun-fixtures';
import { ownProfiles } from '../fixtures';
import { Sandbox } from './sandbox';

const digest = 'ab'.repeat(32);
let host: Sandbox;
beforeEach(() => {
  const profiles = ['base', 'updates'];
  host = new Sandbox().install(profiles, aliyunContext(ownProfiles(...profiles), votersContext));
  // Its units are files of the root; what `states` lists is in that state.
  host.stub(
    'systemctl',
    '[[ $1 != cat ]] || exec cat "$MEISSA_ROOT/etc/systemd/system/$2"\n[[ $1 != "$(cat "$MEISSA_ROOT/fails")" ]]',
  );
  host.write('/fails', '');
});
afterEach(() => host.end());

const apply = (lines: string) => host.write('/etc/meissa/apply', lines);
const unit = (name: string, text: string) => host.write(`/etc/systemd/system/${name}`, text);

describe('meissa-apply', () => {
  beforeEach(() => {
    host.stub('id', '[[ -e $MEISSA_ROOT/home/$1 ]]').stub('useradd', 'mkdir -p "$MEISSA_ROOT/home/${!#}"').stub('chown');
    host.stub('getent', 'echo "$2:x:1000:1000::/home/$2:/bin/bash"');
  });
  const keys = () => host.read('/home/core/.ssh/authorized_keys');

  test('early in the boot removes, loads and enables, and waits for nothing', async () => {
    apply('enable a.service\nstart a.service\n');
    unit('a.service', 'a');
    expect(await host.run('meissa-apply')).toMatchObject({ code: 0, err: '' });
    expect(host.calls()).toEqual([
      'systemctl daemon-reload',
      'systemctl daemon-reload',
      'systemctl enable --quiet a.service',
      'systemctl restart --no-block meissa-units.service',
    ]);
  });

  test('starts units in their order, and one that fails stops nothing', async () => {
    apply('stop b.service\nstart a.service\nenable a.service\nrestart c.service\n');
    host.write('/fails', 'stop');
    const { code, err } = await host.run('meissa-apply', ['units']);
    expect([code, err]).toEqual([1, expect.stringContaining('meissa-apply: failed: b.service\n')]);
    expect(host.calls().filter((call) => !call.includes(' cat '))).toEqual([
      'systemctl restart systemd-sysctl.service',
      'systemctl stop b.service',
      'systemctl start a.service',
      'systemctl enable a.service',
      'systemctl restart c.service',
    ]);
  });

  test('starts a unit again in the same boot only if its text is another one', async () => {
    apply('start a.service\nstart b.service\n');
    unit('a.service', 'a');
    unit('b.service', 'b');
    await host.run('meissa-apply', ['units']);
    unit('b.service', 'changed');
    host.calls();
    await host.run('meissa-apply', ['units']);
    expect(host.calls().filter((call) => / [ab]\.service/.test(call) && !call.includes(' cat '))).toEqual([
      'systemctl start a.service',
      'systemctl restart b.service',
    ]);
  });

  test('makes users that are not there, and gives core what it has on Flatcar', async () => {
    mkdirSync(join(host.root, 'etc/sudoers.d'), { recursive: true });
    apply('user core\nkey core ssh-ed25519 AAAA me and you\nowner core /etc/x\n');
    expect(await host.run('meissa-apply', ['units'])).toMatchObject({ code: 0 });
    expect(host.calls()).toEqual(
      expect.arrayContaining(['useradd --create-home --shell /bin/bash core', `chown core: ${host.root}/etc/x`]),
    );
    expect(keys()).toBe('# meissa: begin\nssh-ed25519 AAAA me and you\n# meissa: end\n');
    expect(statSync(join(host.root, 'home/core/.ssh/authorized_keys')).mode & 0o777).toBe(0o600);
    expect(host.read('/etc/sudoers.d/60-meissa')).toBe('core ALL=(ALL) NOPASSWD: ALL\n');
  });

  test('takes away keys that are dropped, and no key of anybody else', async () => {
    host.write('/home/core/.ssh/authorized_keys', 'ssh-rsa BBBB the-cloud\n');
    apply('user core\nkey core ssh-ed25519 AAAA\n');
    await host.run('meissa-apply', ['units']);
    expect(keys()).toContain('AAAA');
    apply('user core\n');
    await host.run('meissa-apply', ['units']);
    expect(keys()).toBe('ssh-rsa BBBB the-cloud\n# meissa: begin\n# meissa: end\n');
    expect(host.calls().join()).not.toContain('useradd');
  });

  test('takes away the keys of a user who is no longer there', async () => {
    host.write('/home/ann/.ssh/authorized_keys', 'ssh-rsa BBBB her-own\n').write('/home/bob/.ssh/authorized_keys', 'x\n');
    apply('user core\nuser ann\nkey ann ssh-ed25519 AAAA\n');
    await host.run('meissa-apply', ['units']);
    expect(host.read('/home/ann/.ssh/authorized_keys')).toContain('AAAA');
    apply('user core\n');
    expect(await host.run('meissa-apply', ['units'])).toMatchObject({ code: 0 });
    expect(host.read('/home/ann/.ssh/authorized_keys')).toBe('ssh-rsa BBBB her-own\n# meissa: begin\n# meissa: end\n');
    expect(host.read('/home/bob/.ssh/authorized_keys')).toBe('x\n');
  });
});

describe('meissa-healthy', () => {
  const healthy = (...args: string[]) => host.run('meissa-healthy', args);
  beforeEach(() => {
    apply('start a.service\nenable a.service\nstart b.service\n');
    host.write('/state', 'active').write('/failed', '');
    // Neither volumes nor servers of time are here.
    for (const check of ['clock', 'disks']) host.write(`/opt/meissa/health.d/${check}`, '#!/bin/bash\n', '0755');
    host.stub(
      'systemctl',
      '[[ $1 != is-active ]] || { cat "$MEISSA_ROOT/state"; [[ $(cat "$MEISSA_ROOT/state") == active ]]; exit; }\n[[ $1 == is-failed && " $* " == *" $(cat "$MEISSA_ROOT/failed") "* ]]',
    );
  });

  test('says 3 where another configuration is applied, or none', async () => {
    expect(await healthy(digest)).toMatchObject({ code: 3, out: 'applied=\n' });
    host.write('/run/meissa/configuration', `${'cd'.repeat(32)}\n`);
    expect(await healthy(digest)).toMatchObject({ code: 3, out: `applied=${'cd'.repeat(32)}\n` });
  });

  test('says 0 where that one is applied and all is well', async () => {
    host.write('/run/meissa/configuration', `${digest}\n`);
    expect(await healthy(digest)).toEqual({ code: 0, out: `applied=${digest}\n`, err: '' });
  });

  test.each([
    ['units are still starting', '/state', 'activating', 'not all units are started (activating)'],
    ['a unit could not be started', '/state', 'failed', 'not all units are started (failed)'],
    ['a unit has failed', '/failed', 'b.service', 'a unit has failed'],
    ['a check fails', '/opt/meissa/health.d/ill', '#!/bin/bash\nexit 1\n', 'ill fails'],
  ])('says 1 while %s', async (_what, path, content, said) => {
    host.write('/run/meissa/configuration', `${digest}\n`).write(path, content, '0755');
    expect(await healthy(digest)).toMatchObject({ code: 1, out: `applied=${digest}\n`, err: expect.stringContaining(said) });
  });

  test('wants a digest', async () => {
    for (const words of [[], ['x'], [`${digest}'`]])
      expect(await healthy(...words)).toMatchObject({ code: 1, err: expect.stringContaining('SHA-256') });
  });
});

describe('meissa-programs', () => {
  /** Finds only what the root's stubs and the machine's basics have. */
  const install = () => host.run('meissa-programs', [], { MEISSA_PROGRAMS_SECONDS: '0' });
  const missing = (manager: string) =>
    host.stub(
      manager,
      `[[ $* != *install* ]] || { printf '#!/bin/bash\\n' >"${host.root}/stubs/not-there"; chmod 755 "${host.root}/stubs/not-there"; }`,
    );

  test('installs nothing where all programs are there', async () => {
    host.write('/etc/meissa/programs', 'bash bash bash\nnobody - -\n').stub('apt-get');
    expect(await install()).toMatchObject({ code: 0, out: '' });
    expect(host.calls()).toEqual([]);
  });

  test('installs what is missing with apt, and leaves files as the configuration has them', async () => {
    host.write('/etc/meissa/programs', 'bash bash bash\nnot-there the-package -\n');
    missing('apt-get');
    expect(await install()).toMatchObject({ code: 0, out: expect.stringContaining('installs the-package\n') });
    expect(host.calls()).toEqual([
      'apt-get -q update',
      'apt-get -qy -o DPkg::Lock::Timeout=600 -o Dpkg::Options::=--force-confold install --no-install-recommends the-package',
    ]);
  });

  test('tries again until it is there', async () => {
    host.write('/etc/meissa/programs', 'not-there the-package -\n');
    host.stub(
      'apt-get',
      `[[ -e ${host.root}/tried ]] || { touch ${host.root}/tried; exit 100; }\n[[ $* != *install* ]] || install -m 755 /dev/null ${host.root}/stubs/not-there`,
    );
    const { code, out } = await install();
    expect([code, out]).toEqual([0, expect.stringContaining('not installed: tried again')]);
  });
});

test('a host that apt left a reboot for says so to the lock, in the words of Flatcar`s program', async () => {
  const script = host.read('/opt/meissa/bin/meissa-reboot-lock')!;
  expect(script).toContain('update_engine_client() {');
  const asked = script.slice(script.indexOf('update_engine_client() {'), script.indexOf('etcd() {'));
  const ask = (name: string, stubs: (to: Sandbox) => unknown) => {
    stubs(host);
    host.write(
      `/opt/meissa/bin/${name}`,
      `#!/bin/bash\nset -euo pipefail\nroot=$MEISSA_ROOT\n${asked}\nupdate_engine_client -status\n`,
      '0755',
    );
    return host.run(name);
  };
  expect(await ask('a', (to) => to.stub('apt-get'))).toMatchObject({ code: 0, out: '' });
  expect(await ask('b', (to) => to.write('/run/reboot-required', ''))).toMatchObject({ code: 0, out: 'UPDATED_NEED_REBOOT\n' });
});

test('a masked unit is an empty file, which goes without a word to the image`s own unit', async () => {
  unit('image.service', '');
  host.write('/var/lib/meissa/manifest', '/etc/systemd/system/image.service\n');
  expect(await host.run('meissa-manifest')).toMatchObject({ code: 0, err: '' });
  expect(readdirSync(join(host.root, 'etc/systemd/system'))).not.toContain('image.service');
  expect(host.calls()).toEqual(['systemctl daemon-reload']);
});

test.each([
  ['virtio', 'virtio-2ze0abc'],
  ['NVMe', 'nvme-Alibaba_Cloud_Elastic_Block_Storage_2ze0abc'],
])('a volume is found by its id on %s', async (_what, name) => {
  host.write('/opt/meissa/bin/meissa-cloud', '#!/bin/bash\necho d-2ze0abc\n', '0755');
  const disk = join(host.root, 'disk');
  closeSync(openSync(disk, 'w'));
  truncateSync(disk, 16 * 1024 * 1024);
  mkdirSync(join(host.root, 'dev/disk/by-id'), { recursive: true });
  for (const link of [name, 'virtio-2ze0abcd', `${name}-part1`])
    symlinkSync(link === name ? disk : '/dev/null', join(host.root, 'dev/disk/by-id', link));
  host.stub('mountpoint', '[[ -e $MEISSA_ROOT/mounted ]]').stub('systemd-mount', `echo ${disk} >${host.root}/mounted`);
  host.stub('findmnt', 'cat "$MEISSA_ROOT/mounted"').stub('resize2fs').stub('blockdev', 'stat -Lc %s "$2"');
  expect(await host.run('meissa-volume', ['etcd', join(host.root, 'srv'), 'ext4'])).toMatchObject({ code: 0 });
});
