import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { manifestText } from '../../../lib/host-config/manifest';
import { Sandbox } from './sandbox';

const record = '/var/lib/meissa/manifest';
const units = '/etc/systemd/system';

/** A host on which user-data was applied that had more than today's. */
function host(): Sandbox {
  const made = new Sandbox().install(['base']).stub('systemctl');
  made.write('/etc/meissa/manifest', `/etc kept\n${units} kept.service\n/opt new\n`);
  for (const path of [
    '/etc/kept',
    '/etc/gone',
    '/opt/new',
    `${units}/kept.service`,
    `${units}/gone.service`,
    `${units}/docker.service.d/gone.conf`,
  ])
    made.write(path, 'x');
  made.write(
    record,
    ['/etc/gone', '/etc/kept', `${units}/docker.service.d/gone.conf`, `${units}/gone.service`, `${units}/kept.service`, ''].join(
      '\n',
    ),
  );
  return made;
}

const applied = ['/etc/kept', `${units}/kept.service`, '/opt/new', ''].join('\n');

function isApplied(made: Sandbox): void {
  for (const path of ['/etc/gone', `${units}/gone.service`, `${units}/docker.service.d/gone.conf`])
    expect([path, existsSync(join(made.root, path))]).toEqual([path, false]);
  for (const path of ['/etc/kept', '/opt/new', `${units}/kept.service`])
    expect([path, existsSync(join(made.root, path))]).toEqual([path, true]);
  expect(made.read(record)).toBe(applied);
}

let made: Sandbox;
afterEach(() => made.end());

test('what the last manifest had and this one has not is stopped and removed, and this one is recorded', async () => {
  made = host();
  expect(await made.run('meissa-manifest')).toMatchObject({ code: 0 });
  isApplied(made);
  expect(made.calls()).toEqual(['systemctl disable --now gone.service', 'systemctl daemon-reload']);
  expect(await made.run('meissa-manifest')).toMatchObject({ code: 0, out: '' });
  isApplied(made);
});

test('a first boot has no record and removes nothing', async () => {
  made = new Sandbox().install(['base']).stub('systemctl');
  expect(await made.run('meissa-manifest')).toMatchObject({ code: 0, err: '' });
  expect(made.read(record)).toContain('/opt/meissa/bin/meissa-host\n');
  expect(made.calls()).toEqual(['systemctl daemon-reload']);
});

test('without a manifest nothing is removed', async () => {
  made = host();
  made.write('/etc/meissa/manifest', '');
  expect(await made.run('meissa-manifest')).toMatchObject({ code: 1, err: expect.stringContaining('no manifest') });
  expect(existsSync(join(made.root, '/etc/gone'))).toBe(true);
  expect(made.read(record)).toContain('/etc/gone');
});

test('a unit that does not stop stays, is recorded and told, and goes at the next boot', async () => {
  made = host().stub('systemctl', '[[ $1 != disable ]]');
  expect(await made.run('meissa-manifest')).toMatchObject({ code: 1, err: expect.stringContaining(`${units}/gone.service`) });
  expect(existsSync(join(made.root, units, 'gone.service'))).toBe(true);
  expect(existsSync(join(made.root, '/etc/gone'))).toBe(false);
  expect(made.read(record)).toBe(
    applied.replace('/opt/new', `${units}/gone.service\n/opt/new`).split('\n').sort().join('\n').trimStart() + '\n',
  );
  made.stub('systemctl');
  expect(await made.run('meissa-manifest')).toMatchObject({ code: 0 });
  isApplied(made);
});

test('a unit that systemd no longer knows counts as gone', async () => {
  made = host().stub('systemctl', '[[ $1 == daemon-reload ]]');
  expect(await made.run('meissa-manifest')).toMatchObject({ code: 0 });
  isApplied(made);
});

test.each(['rm', 'systemctl', 'sync', 'mv', 'sort', 'cat'])(
  'after a power cut at any call of %s the next boot ends at the same',
  async (command) => {
    for (let nth = 1; nth <= 8; nth++) {
      made = host();
      // The nth call cuts the power: once before it does its work, once after it.
      for (const work of ['', `/usr/bin/${command} "$@"`]) {
        made.stub(
          command,
          `[[ $(grep -c '^${command} ' "${made.root}/calls") != ${nth} ]] || { ${work || ':'}; kill -9 $PPID; exit; }\n${command === 'systemctl' ? '' : `exec /usr/bin/${command} "$@"`}`,
        );
        await made.run('meissa-manifest');
        made.calls();
      }
      made.write(
        `/stubs/${command}`,
        command === 'systemctl' ? '#!/bin/bash\n' : `#!/bin/bash\nexec /usr/bin/${command} "$@"\n`,
        '0755',
      );
      expect(await made.run('meissa-manifest')).toMatchObject({ code: 0 });
      isApplied(made);
      made.end();
    }
  },
);

test('the folder of a drop-in of an escaped name is that folder, though printf makes paths of it', async () => {
  made = host();
  const name = String.raw`dev-x\x2dy%i.mount`;
  const config = { users: [], files: [], sysctl: {}, programs: [], update: undefined };
  const unit = { name, enable: false, mask: false, profile: 'p', dropIns: [{ name: 'a.conf', content: '', profile: 'p' }] };
  made.write('/etc/meissa/manifest', manifestText({ ...config, units: [unit] }, 'coreos'));
  await made.run('meissa-manifest');
  expect(made.read(record)).toContain(`${units}/${name}.d/a.conf\n`);
});

describe('ssh keys on Flatcar, whose update-ssh-keys writes no empty set', () => {
  const ssh = '/home/core/.ssh';
  const set = `${ssh}/authorized_keys.d/coreos-cloudinit`;
  const host = (): Sandbox => {
    made = new Sandbox().install(['base']).stub('systemctl');
    made.write(set, 'ssh-ed25519 AAAA me\n').write(`${ssh}/authorized_keys`, '# auto-generated\nssh-ed25519 AAAA me\n');
    return made;
  };

  test('the last key goes, also where no record knows that it was given, and nothing else does', async () => {
    host();
    expect(await made.run('meissa-manifest')).toMatchObject({ code: 0, err: '' });
    expect([made.read(set), made.read(`${ssh}/authorized_keys`)]).toEqual([undefined, '']);
  });

  test('what others gave stays: the key pair of EC2, a person’s own', async () => {
    host().write(`${ssh}/authorized_keys.d/afterburn`, 'ssh-rsa BBBB pair\n');
    await made.run('meissa-manifest');
    expect([made.read(set), made.read(`${ssh}/authorized_keys`)]).toEqual([undefined, 'ssh-rsa BBBB pair\n']);
  });

  test('of a user who is no longer there the keys go, and of one who is they stay', async () => {
    host();
    const keys = { sshAuthorizedKeys: ['ssh-ed25519 AAAA me'], profile: 'p' };
    const config = { files: [], units: [], sysctl: {}, programs: [], update: undefined };
    const given = (...names: string[]): void =>
      void made.write(
        '/etc/meissa/manifest',
        manifestText({ ...config, users: names.map((name) => ({ name, ...keys })) }, 'coreos'),
      );
    made
      .write(set.replace('core', 'ann'), 'ssh-ed25519 CCCC ann\n')
      .write('/home/ann/.ssh/authorized_keys', 'ssh-ed25519 CCCC ann\n');
    given('ann', 'core');
    await made.run('meissa-manifest');
    expect(made.read('/home/ann/.ssh/authorized_keys')).toContain('CCCC');
    given('core');
    expect(await made.run('meissa-manifest')).toMatchObject({ code: 0, err: '' });
    expect(made.read('/home/ann/.ssh/authorized_keys')).toBe('');
    expect(made.read(`${ssh}/authorized_keys`)).toContain('AAAA');
  });

  test('a cut between two steps leaves none', async () => {
    host().stub('rm', 'kill -9 $PPID');
    await made.run('meissa-manifest');
    expect(made.read(`${ssh}/authorized_keys`)).toBe('');
    made.stub('rm', 'exec /usr/bin/rm "$@"');
    expect(await made.run('meissa-manifest')).toMatchObject({ code: 0 });
    expect(made.read(set)).toBeUndefined();
  });
});
